"""Make a town, write its files and load it: a whole utility to try things on."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path

import gateways
import gis
import routing
from data import pipes_network
from domain.errors import BadFile
from domain.progress import Progress, quiet
from domain.streets import StreetNetwork
from domain.town import Town
from operations.out_folder import out_folder
from operations.spare_live_day import spare_live_day
from storage import UnitOfWork

NETWORK, PREMISES, PLACES = "network.geojson", "premises.csv", "places.csv"
CREWS, TICKETS, TRUTH = "crews.csv", "tickets.csv", "truth.json"
STREETS = "streets.osm"
FILES = (NETWORK, PREMISES, PLACES, CREWS, TICKETS, TRUTH, STREETS)


@dataclass(frozen=True, slots=True)
class TownSize:
    """What to make: counts, the random seed, and the day of the tickets."""

    premises: int
    tickets: int
    crews: int
    seed: int
    day: date


def make_town(
    size: TownSize,
    out: Path,
    zone: tzinfo,
    *,
    streets_file: Path | None = None,
    progress: Progress | None = None,
) -> tuple[Town, StreetNetwork]:
    """Return a town along the given streets, or invented ones, after writing it to ``out``.

    Raises
    ------
    BadFile
        If the streets file is not what it claims; nothing is written then.
    """
    tell = progress or quiet
    with out_folder(out, FILES) as folder:
        file = streets_file or _made_streets(size, folder)
        streets = routing.build_streets(file, progress=lambda f, what: tell(0.5 * f, what))
        town = _laid(size, streets, file, zone, lambda f, what: tell(0.5 + 0.45 * f, what))
        if streets_file:
            shutil.copyfile(streets_file, folder / _streets_name(streets_file))
        tell(0.95, "writing files")
        _write(town, folder, zone)
    return town, streets


def _laid(size: TownSize, streets: StreetNetwork, file: Path, zone: tzinfo, tell: Progress) -> Town:
    """Return the town along the streets; streets that carry no pipe are the file's fault."""
    try:
        return pipes_network.make_town(
            streets,
            premises=size.premises,
            tickets=size.tickets,
            crews=size.crews,
            seed=size.seed,
            day=size.day,
            zone=zone,
            progress=tell,
        )
    except ValueError as error:
        raise BadFile(file, str(error), "give streets of a place where people live") from error


def _made_streets(size: TownSize, folder: Path) -> Path:
    made = folder / STREETS
    made.write_text(pipes_network.made_streets(size.seed, size.premises), encoding="utf-8")
    return made


def _streets_name(given: Path) -> str:
    """Return what the town calls its copy of a streets file, by the kind of file."""
    return "streets.osm.pbf" if given.name.lower().endswith(".pbf") else f"streets{given.suffix}"


def _write(town: Town, folder: Path, zone: tzinfo) -> None:
    gis.write_network_geojson(town.network, folder / NETWORK)
    gateways.write_premises(folder / PREMISES, town.network.premises)
    gateways.write_places(folder / PLACES, town.places)
    gateways.write_crews(folder / CREWS, town.crews, zone)
    gateways.write_tickets(folder / TICKETS, town.tickets, zone)
    truth = {
        "bursts": [{"pipe": p, "at": t.isoformat()} for p, t in town.truth.bursts],
        "ticket_pipe": town.truth.ticket_pipe,
    }
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    (folder / TRUTH).write_text(text + "\n", encoding="utf-8")


def load_town(work: UnitOfWork, town: Town, streets: StreetNetwork) -> None:
    """Replace everything stored by the town; BadInput if that holds a live day."""
    spare_live_day(work)
    work.clear_day()
    work.network.save(town.network)
    work.streets.save(routing.to_bytes(streets), streets.report)
    work.places.save(town.places)
    work.crews.save(town.crews)
    work.commit()
