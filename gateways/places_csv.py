"""places.csv: the landmarks callers name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from domain.places import Datum, Place
from domain.rejection import RejectReason
from gateways.cells import listed, place
from gateways.rows import Rows, usable
from gateways.table import Cells, RowFault, read_rows
from gateways.writing import degrees, write_csv

COLUMNS = ("id", "name", "aliases", "lon", "lat", "datum")
REQUIRED = ("id", "name", "lon", "lat")


def read_places(path: Path, *, assumed: Datum = Datum.WGS84) -> Rows[Place]:
    """Return (places, rejected rows); ``assumed`` is the datum of rows that name none.

    Raises
    ------
    BadFile
        If the file is no CSV file of places, or has rows and none can be used.
    """

    def named(cells: Cells) -> Place:
        if not cells["name"]:
            raise RowFault("name", RejectReason.BAD_WORD, "The place has no name. Give it one.")
        position = place(cells, assumed)
        return Place(cells["id"], cells["name"], position, listed(cells["aliases"]))

    return usable(path, read_rows(path, COLUMNS, REQUIRED, named), "places")


def write_places(path: Path, places: Iterable[Place]) -> None:
    """Write places so that ``read_places`` gives them back."""
    rows = ((one.id, one.name, ";".join(one.aliases), *degrees(one.position)) for one in places)
    write_csv(path, COLUMNS, rows)
