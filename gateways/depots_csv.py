"""depots.csv: where crews pick up parts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from domain.crews import Depot
from domain.places import Datum
from gateways.cells import minutes, place
from gateways.rows import Rows, usable
from gateways.table import Cells, read_rows
from gateways.writing import degrees, write_csv

COLUMNS = ("id", "name", "lon", "lat", "datum", "load_min")
REQUIRED = ("id", "lon", "lat")

#: Minutes that loading takes at the most, and usually. Source: mainbreak defaults.
_MOST_LOADING, _USUAL_S = 480, 900


def read_depots(path: Path, *, assumed: Datum = Datum.WGS84) -> Rows[Depot]:
    """Return (depots, rejected rows); ``assumed`` is the datum of rows that name none.

    Raises
    ------
    BadFile
        If the file is no CSV file of depots, or has rows and none can be used.
    """

    def depot(cells: Cells) -> Depot:
        load_s = minutes(cells, "load_min", most=_MOST_LOADING, default_s=_USUAL_S)
        return Depot(cells["id"], cells["name"] or cells["id"], place(cells, assumed), load_s)

    return usable(path, read_rows(path, COLUMNS, REQUIRED, depot), "depots")


def write_depots(path: Path, depots: Iterable[Depot]) -> None:
    """Write depots so that ``read_depots`` gives them back."""
    rows = ((one.id, one.name, *degrees(one.position), f"{one.load_s / 60:.10g}") for one in depots)
    write_csv(path, COLUMNS, rows)
