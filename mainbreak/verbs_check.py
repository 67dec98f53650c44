"""`mainbreak check`: what is odd in the stored network, and the safe repairs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import gis
from domain.findings import Finding
from domain.network import PipeNetwork
from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, show_json
from mainbreak.findings_table import finding_row, mended_row, show_findings, show_mending
from mainbreak.options import AsJson
from operations.repair_network import repair_network


def check(
    context: typer.Context,
    snap_m: Annotated[
        float, typer.Option(min=0.0, max=20.0, help="Ends this near were meant to meet, metres.")
    ] = 1.0,
    out: Annotated[
        Path | None, typer.Option(help="Write the findings as a .gpkg or .geojson layer.")
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", help="Write a page with pipes and findings.")
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Do the safe repairs.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --repair: only say what would be done.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what is odd in the stored network: ends that do not meet, parts without a source."""
    home: Home = context.obj
    if dry_run and not repair:
        raise typer.BadParameter("--dry-run needs --repair")
    language = home.settings.language
    with progress_bar() as tell:
        tell(0.1, "checking the network")
        network, mending, findings = _look(home, snap_m, repair=repair, dry_run=dry_run)
        if out is not None:
            tell(0.7, f"writing {out.name}")
            from operations.write_findings import write_layer

            write_layer(findings, out)
        if map_file is not None:
            tell(0.8, f"writing {map_file.name}")
            # Loads folium, which takes a second that only a map is worth.
            from operations.write_findings import write_map

            write_map(network, findings, map_file, language)
    rows = [finding_row(one, language) for one in findings]
    if as_json and mending is not None:
        done = [mended_row(one, language) for one in mending.done]
        withheld = [one.subject for one in mending.withheld]
        answer = {"done": done, "dry_run": dry_run, "withheld": withheld, "findings": rows}
        show_json(answer)
    elif as_json:
        show_json(rows)
    else:
        if mending is not None:
            show_mending(mending, language, dry_run=dry_run)
        show_findings(findings, language)


def _look(
    home: Home, snap_m: float, *, repair: bool, dry_run: bool
) -> tuple[PipeNetwork, gis.Mending | None, tuple[Finding, ...]]:
    """Return the network, what was mended in it if asked, and what is odd in it now."""
    with home.work() as work:
        if repair:
            mending = repair_network(work, snap_m, dry_run=dry_run)
            return mending.network, mending, mending.left
        network = work.network.load()
    return network, None, gis.check(network, snap_m)
