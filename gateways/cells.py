"""From the text of a cell to a value, or to the fault that sets its row aside."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TypeVar

from domain.datum import to_wgs84
from domain.places import Datum, LonLat
from domain.rejection import RejectReason
from domain.words import Priority
from gateways.table import Cells, RowFault

W = TypeVar("W", bound=StrEnum)

#: A number as people write it in a table; Python alone would also take 1_000 and nan.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.ASCII)

#: Other names a datum is given. Source: EPSG registry.
_DATUM_NAMES = {"epsg4326": Datum.WGS84, "epsg4490": Datum.CGCS2000}

_YES = {"true", "yes", "1", "是"}
_NO = {"false", "no", "0", "否", ""}


def plain(text: str) -> str:
    """Return the text in lower case, full-width digits and letters made half-width."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def number(cells: Cells, field: str) -> float:
    """Return the cell as a finite number."""
    text = plain(cells[field])
    value = float(text) if _NUMBER.fullmatch(text) else float("inf")
    if abs(value) == float("inf"):
        raise RowFault(
            field, RejectReason.BAD_NUMBER, f"{shown(cells[field])} is no number. Write one."
        )
    return value


def minutes(cells: Cells, field: str, *, most: int, default_s: int = 0) -> int:
    """Return the cell, minutes from 0 to ``most``, in seconds; ``default_s`` if it is empty."""
    if not cells[field]:
        return default_s
    value = number(cells, field)
    if not 0 <= value <= most:
        raise RowFault(
            field,
            RejectReason.BAD_NUMBER,
            f"{shown(cells[field])} is not a number of minutes from 0 to {most}.",
        )
    return round(60 * value)


def whole(cells: Cells, field: str, *, least: int, most: int) -> int:
    """Return the cell as a whole number from ``least`` to ``most``."""
    value = number(cells, field)
    if not (value.is_integer() and least <= value <= most):
        raise RowFault(
            field,
            RejectReason.BAD_NUMBER,
            f"{shown(cells[field])} is not a whole number from {least} to {most}.",
        )
    return int(value)


def word(cells: Cells, field: str, kind: type[W], *, default: W) -> W:
    """Return the cell as a word of a closed vocabulary, ``default`` if it is empty."""
    return optional_word(cells, field, kind) or default


def optional_word(cells: Cells, field: str, kind: type[W]) -> W | None:
    """Return the cell as a word of a closed vocabulary, None if it is empty."""
    text = plain(cells[field])
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise unknown_word(cells[field], field, [one.value for one in kind]) from None


def optional_priority(cells: Cells, field: str) -> Priority | None:
    """Return the cell, P1 to P4 or 1 to 4, as a priority, None if it is empty."""
    text = plain(cells[field]).removeprefix("p")
    if not plain(cells[field]):
        return None
    if text not in {"1", "2", "3", "4"}:
        raise unknown_word(cells[field], field, [one.name for one in Priority])
    return Priority(int(text))


def yes(cells: Cells, field: str) -> bool:
    """Return True for true, yes, 1 or 是, False for their opposites or an empty cell."""
    text = plain(cells[field])
    if text not in _YES | _NO:
        raise unknown_word(cells[field], field, ["true", "false"])
    return text in _YES


def unknown_word(
    given: str, field: str, known: list[str], reason: RejectReason = RejectReason.BAD_WORD
) -> RowFault:
    """Return the fault that names the words that would have done."""
    return RowFault(field, reason, f"{shown(given)} is not known. Write {', '.join(known)}.")


def place(cells: Cells, assumed: Datum = Datum.WGS84) -> LonLat:
    """Return the place of ``lon``, ``lat`` in the row's ``datum``, in WGS-84."""
    found = optional_place(cells, assumed)
    if found is None:
        raise RowFault("lon", RejectReason.NO_PLACE, "lon and lat are empty. Say where.")
    return found


def optional_place(cells: Cells, assumed: Datum = Datum.WGS84, prefix: str = "") -> LonLat | None:
    """Return the place of ``lon``, ``lat`` in its ``datum`` (``assumed`` if empty), or None.

    ``prefix`` stands before the names of the two columns.
    """
    fields = (f"{prefix}lon", f"{prefix}lat")
    empty = [field for field in fields if not cells[field]]
    datum = _datum(cells, assumed)
    if len(empty) == 2:
        return None
    if empty:
        raise RowFault(
            empty[0],
            RejectReason.BAD_NUMBER,
            f"Only one of {' and '.join(fields)} is given. Give both.",
        )
    lon, lat = number(cells, fields[0]), number(cells, fields[1])
    _check_degrees(fields, lon, lat)
    return to_wgs84(lon, lat, datum)


def _check_degrees(fields: tuple[str, str], lon: float, lat: float) -> None:
    if abs(lat) <= 90 and abs(lon) <= 180:
        return
    if abs(lon) <= 90 and abs(lat) <= 180:
        raise RowFault(
            fields[1],
            RejectReason.SWAPPED_COORDINATES,
            f"lat {lat:g} can only be a longitude. Write lon first, then lat.",
        )
    raise RowFault(
        fields[0] if abs(lon) > 180 else fields[1],
        RejectReason.BAD_NUMBER,
        f"lon {lon:g}, lat {lat:g} are no degrees. Convert them to WGS-84.",
    )


def _datum(cells: Cells, assumed: Datum) -> Datum:
    name = re.sub(r"[-_:\s]", "", plain(cells["datum"]))
    if not name:
        return assumed
    if name in _DATUM_NAMES:
        return _DATUM_NAMES[name]
    try:
        return Datum(name)
    except ValueError:
        raise unknown_word(cells["datum"], "datum", [one.value for one in Datum]) from None


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a ``;``-separated cell, empty ones left out."""
    parts = (part.strip() for part in text.replace("；", ";").split(";"))
    return tuple(part for part in parts if part)


def shown(text: str) -> str:
    """Return the text as a message quotes it: one line, not too long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 60 else line[:57] + "...")
