"""`mainbreak import ...`: networks, streets, premises, crews, depots, places."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from domain.places import Datum
from gis import SNAP_M
from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, show_json
from mainbreak.import_report import report_network, report_rows, report_streets
from mainbreak.options import AsJson, InputFile
from operations.import_network import plan_import, store_import
from operations.import_people import (
    import_crews,
    import_depots,
    import_places,
    import_premises,
)
from operations.import_streets import import_place, import_streets

app = typer.Typer(help="Bring in what the utility has.", no_args_is_help=True)

Crs = Annotated[
    str | None,
    typer.Option(help="CRS of the file's coordinates, such as EPSG:4547, if it does not say."),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help="TOML file that names layers, fields, units and codes."),
]
IsolationValves = Annotated[
    str | None,
    typer.Option(help="TCV: every TCV of the file is one; N-1: make them by that rule."),
]
SnapM = Annotated[
    float,
    typer.Option(
        "--snap", min=0.0, max=10.0, help="Metres within which pipe ends meet that name no node."
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change and store nothing.")
]
StreetFile = Annotated[Path | None, typer.Argument(help="The file to read.", show_default=False)]
Place = Annotated[
    str | None,
    typer.Option(help="Fetch this place's streets instead, such as 'Heidelberg, Germany'."),
]
Ferries = Annotated[bool, typer.Option("--ferries", help="Keep ferries that take cars.")]
Left = Annotated[bool, typer.Option("--left", help="Traffic drives on the left.")]
Private = Annotated[bool, typer.Option("--private", help="Keep private roads.")]
DatumOption = Annotated[Datum, typer.Option("--datum", help="Datum of rows that name none.")]
Force = Annotated[
    bool, typer.Option("--force", help="Import what looks like the wrong file all the same.")
]


@app.command()
def network(
    context: typer.Context,
    file: InputFile,
    crs: Crs = None,
    mapping: MappingFile = None,
    isolation_valves: IsolationValves = None,
    snap_m: SnapM = SNAP_M,
    dry_run: DryRun = False,
    force: Force = False,
) -> None:
    """Import a pipe network: .inp, .gpkg, .shp or a folder or .zip of them, .geojson."""
    home: Home = context.obj
    if (isolation_valves or "TCV").upper() not in {"TCV", "N-1"}:
        raise typer.BadParameter(
            "--isolation-valves takes TCV or N-1", param_hint="--isolation-valves"
        )
    with home.work() as work, progress_bar() as tell:
        found = plan_import(
            work,
            file,
            crs=crs,
            mapping=mapping,
            isolation_valves=isolation_valves,
            snap_m=snap_m,
            progress=tell,
        )
    if not dry_run:
        with home.work(write_first=True) as work:
            found = store_import(work, found, force=force)
    report_network(found, home.settings.language)


@app.command()
def streets(
    context: typer.Context,
    file: StreetFile = None,
    place: Place = None,
    ferries: Ferries = False,
    private: Private = False,
    left: Left = False,
    as_json: AsJson = False,
) -> None:
    """Import streets: .osm, .osm.pbf or .graphml, or a place by its name."""
    home: Home = context.obj
    if (file is None) == (not (place or "").strip()):
        raise typer.BadParameter("give a FILE or --place NAME, one of them", param_hint="FILE")
    with home.work() as work, progress_bar() as tell:
        if file is not None:
            found = import_streets(
                work, file, ferries=ferries, private=private, left=left, progress=tell
            )
        else:
            found = import_place(
                work, place or "", ferries=ferries, private=private, left=left, progress=tell
            )
    if as_json:
        show_json(asdict(found))
    else:
        report_streets(found, home.settings.language)


@app.command()
def premises(context: typer.Context, file: InputFile, datum: DatumOption = Datum.WGS84) -> None:
    """Import premises from CSV and connect them to the nearest pipe."""
    home: Home = context.obj
    with home.work() as work:
        found = import_premises(work, file, datum)
    report_rows("premises", found, home.settings.language)


@app.command()
def crews(context: typer.Context, file: InputFile) -> None:
    """Import crews from CSV."""
    home: Home = context.obj
    with home.work() as work:
        zone = home.settings.tzinfo
        today = home.clock().astimezone(zone).date()
        report_rows("crews", import_crews(work, file, zone, today))


@app.command()
def depots(context: typer.Context, file: InputFile, datum: DatumOption = Datum.WGS84) -> None:
    """Import depots from CSV: where crews pick up parts."""
    home: Home = context.obj
    with home.work() as work:
        found = import_depots(work, file, datum)
    report_rows("depots", found, home.settings.language)


@app.command()
def places(context: typer.Context, file: InputFile, datum: DatumOption = Datum.WGS84) -> None:
    """Import named places from CSV: the landmarks callers use."""
    home: Home = context.obj
    with home.work() as work:
        found = import_places(work, file, datum)
    report_rows("places", found, home.settings.language)
