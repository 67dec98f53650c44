"""premises.csv: who takes water where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from domain.network import Premises
from domain.places import Datum, LonLat
from domain.rejection import RejectReason
from domain.words import PremisesKind
from gateways.cells import optional_place, shown, word, yes
from gateways.rows import Rows, usable
from gateways.table import Cells, RowFault, read_rows
from gateways.writing import degrees, write_csv

COLUMNS = (
    "id",
    "account",
    "name",
    "phone",
    "address",
    "lon",
    "lat",
    "datum",
    "pipe",
    "kind",
    "critical",
    "meter",
)
REQUIRED = ("id", "lon", "lat")
REQUIRED_WITH_PIPES = ("id", "lon or pipe", "lat or pipe")

PipePlace = Callable[[str], LonLat | None]


def read_premises(
    path: Path, *, place_of_pipe: PipePlace | None = None, assumed: Datum = Datum.WGS84
) -> Rows[Premises]:
    """Return (premises, rejected rows).

    Parameters
    ----------
    place_of_pipe
        From a pipe's id to a place on it, None for an unknown pipe. With it, premises may name
        their pipe instead of lon and lat, and one on an unknown pipe is rejected.
    assumed
        The datum of rows that name none.

    Raises
    ------
    BadFile
        If the file is no CSV file of premises, or has rows and none can be used.
    """

    def premises(cells: Cells) -> Premises:
        return Premises(
            id=cells["id"],
            location=_location(cells, place_of_pipe, assumed),
            link=cells["pipe"] or None,
            kind=word(cells, "kind", PremisesKind, default=PremisesKind.HOME),
            critical=yes(cells, "critical"),
            account=cells["account"],
            name=cells["name"],
            phone=cells["phone"],
            address=cells["address"],
            meter=cells["meter"],
        )

    required = REQUIRED_WITH_PIPES if place_of_pipe else REQUIRED
    return usable(path, read_rows(path, COLUMNS, required, premises), "premises")


def _location(cells: Cells, place_of_pipe: PipePlace | None, assumed: Datum) -> LonLat:
    given, pipe = optional_place(cells, assumed), cells["pipe"]
    on_pipe = place_of_pipe(pipe) if place_of_pipe and pipe else None
    if place_of_pipe and pipe and on_pipe is None:
        raise RowFault("pipe", RejectReason.UNKNOWN_PIPE, f"The network has no pipe {shown(pipe)}.")
    location = given or on_pipe
    if location is None:
        raise RowFault("lon", RejectReason.NO_PLACE, "Nothing says where. Give lon and lat.")
    return location


def write_premises(path: Path, premises: Iterable[Premises]) -> None:
    """Write premises so that ``read_premises`` gives them back.

    A connection to a node has no column: it is found again by the place.
    """
    write_csv(path, COLUMNS, map(_cells, premises))


def _cells(one: Premises) -> tuple[object, ...]:
    return (
        one.id,
        one.account,
        one.name,
        one.phone,
        one.address,
        *degrees(one.location),
        one.link or "",
        one.kind.value,
        "true" if one.critical else "false",
        one.meter,
    )
