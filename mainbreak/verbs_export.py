"""`mainbreak export ...`: the stored network as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import gis
from domain.sentences import Sentence
from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, say

app = typer.Typer(help="Write what is stored for other programs.", no_args_is_help=True)

OutputFile = Annotated[
    Path, typer.Argument(help=".gpkg, .geojson, .shp, .zip or .inp.", show_default=False)
]


@app.callback()
def export() -> None:
    """Write what is stored for other programs."""


@app.command()
def network(context: typer.Context, file: OutputFile) -> None:
    """Write the stored network, without personal data; the file's ending says the format."""
    home: Home = context.obj
    with progress_bar() as tell:
        tell(0.0, "loading the network")
        with home.work() as work:
            found = work.network.load()
        tell(0.3, f"writing {file.name}")
        gis.write_network(found, file)
    counts = (len(found.nodes), len(found.links), len(found.isolation_valves))
    said = Sentence(
        zh="{}：节点 {}，管段 {}，阀门 {}，消火栓 {}，用水户 {}（不含个人信息）。",
        en="{}: {} nodes, {} links, {} isolation valves, {} hydrants, {} premises, no names.",
    ).in_language(home.settings.language)
    say(said.format(file.name, *counts, len(found.hydrants), len(found.premises)))
