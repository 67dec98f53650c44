"""`mainbreak plan`, `town`, `demo`: whole days.

What they run is imported when they run: a question to the network should not wait a second for
the solver, the map and the web server to load.
"""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated

import typer

from mainbreak.bootstrap import Home
from mainbreak.options import AsJson, instant

MOST = 2**31 - 1

Out = Annotated[Path, typer.Option(help="Folder to write to.", show_default=False)]


def plan(
    context: typer.Context,
    tickets: Annotated[Path, typer.Option(help="CSV of tickets.", show_default=False)],
    crews: Annotated[Path, typer.Option(help="CSV of crews.", show_default=False)],
    out: Out,
    now: Annotated[str | None, typer.Option(help="Default: start of the first shift.")] = None,
    seed: Annotated[int, typer.Option(min=0, max=MOST, help="Random seed of the search.")] = 1,
    seconds: Annotated[
        float, typer.Option(min=0, max=3600, help="Seconds to search at the most.")
    ] = 30.0,
    as_json: AsJson = False,
) -> None:
    """Plan a day: plan.json, map.html, outages.geojson and rejected.csv from two CSV files."""
    from mainbreak.plan_weights import weights_of
    from mainbreak.run_day import run_plan
    from operations.plan_day import Effort
    from operations.plan_to_folder import Job

    home: Home = context.obj
    zone, language = home.settings.tzinfo, home.settings.language
    effort = Effort(seed, seconds)
    weights = weights_of(home.settings)
    job = Job(tickets, crews, out, zone, language, instant(now, zone), effort, weights)
    run_plan(home, job, as_json=as_json)


def town(
    context: typer.Context,
    out: Out,
    premises: Annotated[int, typer.Option(min=20)] = 6000,
    tickets: Annotated[int, typer.Option(min=1)] = 150,
    crews: Annotated[int, typer.Option(min=1)] = 12,
    seed: Annotated[int, typer.Option(min=0, max=MOST)] = 1,
    day: Annotated[str, typer.Option(help="The day of the tickets.")] = "2026-11-23",
    streets: Annotated[
        Path | None, typer.Option(help=".osm.pbf or .osm of a real place to lay pipes along.")
    ] = None,
) -> None:
    """Make a town with a day of tickets, write its files and load it into the database."""
    from mainbreak.run_day import run_town
    from operations.make_town import TownSize

    home: Home = context.obj
    try:
        size = TownSize(premises, tickets, crews, seed, date.fromisoformat(day))
    except ValueError as error:
        raise typer.BadParameter(f"{day!r} is not a date such as 2026-11-23") from error
    run_town(home, size, out, streets)


def demo(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="First port to try.")] = 8000,
    browser: Annotated[bool, typer.Option("--browser/--no-browser")] = True,
    speed: Annotated[
        float, typer.Option(min=1, max=600, help="Simulated seconds in a real one.")
    ] = 20.0,
    start: Annotated[str, typer.Option(help="Begin at this time of the day, HH:MM.")] = "14:16",
    seed: Annotated[int, typer.Option(min=0, max=MOST, help="Of everybody's chance.")] = 1,
) -> None:
    """Run the bundled town as a live day, with every page, on this machine until stopped."""
    from mainbreak.demo.run import run_demo
    from mainbreak.demo.show import DemoOptions

    home: Home = context.obj
    try:
        begin = time.fromisoformat(start.zfill(5))
    except ValueError as error:
        raise typer.BadParameter(f"{start!r} is not a time such as 14:16") from error
    run_demo(home.settings, DemoOptions(port, browser, speed, begin, seed))
