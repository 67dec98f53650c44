"""`mainbreak import ...`: networks, streets, premises, crews, places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, say
from mainbreak.options import InputFile
from operations.import_network import NetworkImport, import_network
from operations.import_people import Intake, import_crews, import_places, import_premises
from operations.import_streets import import_streets

app = typer.Typer(help="Bring in what the utility has.", no_args_is_help=True)

#: Rejected rows shown; the first ones tell what is wrong with the file.
MOST_SHOWN = 10

Crs = Annotated[
    str | None,
    typer.Option(help="CRS of the file's coordinates, such as EPSG:4547; needed for an .inp."),
]
Tcv = Annotated[
    str | None,
    typer.Option("--isolation-valves", help="TCV: every TCV of the file is an isolation valve."),
]


@app.command()
def network(
    context: typer.Context, file: InputFile, crs: Crs = None, isolation_valves: Tcv = None
) -> None:
    """Import a pipe network: EPANET .inp, or .geojson as `town` writes it."""
    home: Home = context.obj
    if isolation_valves not in {None, "TCV"}:
        raise typer.BadParameter("--isolation-valves takes TCV", param_hint="--isolation-valves")
    with home.work() as work:
        found = import_network(work, file, crs=crs, isolation_valves=isolation_valves)
    _report_network(file, found)


def _report_network(file: Path, found: NetworkImport) -> None:
    network, middle = found.network, found.middle
    kilometres = sum(link.length_m for link in network.links) / 1000
    say(
        f"{file.name}: {len(network.nodes)} nodes, {len(network.links)} links "
        f"({kilometres:.1f} km), {len(network.isolation_valves)} isolation valves found, "
        f"{len(network.hydrants)} hydrants, {len(network.premises)} premises; "
        f"the middle lies at {middle.lon:.5f},{middle.lat:.5f}."
    )
    if found.kept_premises:
        say(f"{found.kept_premises} premises stored before were kept and connected again.")
    if found.lost_premises:
        say(f"Warning: {found.lost_premises} premises stored before are gone; import theirs again.")
    if found.unconnected_premises:
        say(f"Warning: {found.unconnected_premises} premises have no pipe near; see check.")


@app.command()
def streets(context: typer.Context, file: InputFile) -> None:
    """Import streets: .osm, .osm.pbf or .graphml."""
    home: Home = context.obj
    with home.work() as work, progress_bar() as tell:
        report = import_streets(work, file, progress=tell)
    say(
        f"{file.name}: {report.nodes} crossings, {report.edges} directed street edges; left out "
        f"{report.dropped_nodes} and {report.dropped_edges} that one cannot drive in and out of."
    )
    if report.dropped_edges > report.edges:
        say(
            "Warning: more was left out than kept; the file may be cut, or not one connected place."
        )


@app.command()
def premises(context: typer.Context, file: InputFile) -> None:
    """Import premises from CSV and connect them to the nearest pipe."""
    home: Home = context.obj
    with home.work() as work:
        _report("premises", import_premises(work, file))


@app.command()
def crews(context: typer.Context, file: InputFile) -> None:
    """Import crews from CSV."""
    home: Home = context.obj
    with home.work() as work:
        zone = home.settings.tzinfo
        today = home.clock().astimezone(zone).date()
        _report("crews", import_crews(work, file, zone, today))


@app.command()
def places(context: typer.Context, file: InputFile) -> None:
    """Import named places from CSV: the landmarks callers use."""
    home: Home = context.obj
    with home.work() as work:
        _report("places", import_places(work, file))


def _report(what: str, intake: Intake) -> None:
    say(
        f"{intake.stored} {what} stored in place of {intake.replaced}, "
        f"{len(intake.rejected)} rows rejected."
    )
    for one in intake.rejected[:MOST_SHOWN]:
        say(f"  {one.file}, row {one.row}, field {one.field}: {one.reason}. {one.detail}")
    if len(intake.rejected) > MOST_SHOWN:
        say(f"  and {len(intake.rejected) - MOST_SHOWN} more.")
