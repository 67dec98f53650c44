"""`mainbreak simulate`: random days under several ways to dispatch, side by side.

What it runs is imported when it runs; see verbs_day.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mainbreak.bootstrap import Home
from mainbreak.options import AsJson

MOST_SEED = 2**31 - 1


def simulate(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=60, help="Days in a row.")] = 1,
    runs: Annotated[
        int, typer.Option(min=1, max=1000, help="Runs of so many days, each with its own seed.")
    ] = 1,
    seed: Annotated[int, typer.Option(min=0, max=MOST_SEED, help="Of the first run.")] = 1,
    policy: Annotated[
        list[str] | None,
        typer.Option(help="May be repeated; default all. With + it may interrupt and divert."),
    ] = None,
    crews: Annotated[int, typer.Option(min=5, max=400, help="On duty each day.")] = 40,
    tickets: Annotated[int, typer.Option(min=0, max=4000, help="A day, on average.")] = 300,
    bursts: Annotated[float, typer.Option(min=0, max=100, help="A day, on average.")] = 4.0,
    load: Annotated[
        float, typer.Option(min=0.1, max=2.0, help="Of the crews' time, with random drives.")
    ] = 0.95,
    streets: Annotated[
        Path | None,
        typer.Option(help=".osm.pbf, .osm or .graphml; default the imported streets, else none."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write to.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes to run in.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Simulate random days: mainbreak beside other ways to dispatch, on the same calls."""
    from mainbreak.run_simulation import run_simulation
    from operations.simulate_days import Wanted
    from operations.simulating.policies import NAMES
    from operations.simulating.size import Size

    home: Home = context.obj
    size = Size(crews, tickets, bursts, load, days)
    names = tuple(dict.fromkeys(policy)) if policy else NAMES
    language = home.settings.language
    wanted = Wanted(size, seed, runs, names, language, streets, out, workers)
    run_simulation(home, wanted, as_json=as_json)
