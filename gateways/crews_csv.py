"""crews.csv: who can be sent, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from domain.crews import Crew, Shift
from domain.rejection import RejectReason
from domain.words import Skill
from gateways.cells import listed, place, plain, shown, unknown_word, whole
from gateways.rows import Rows
from gateways.table import Cells, RowFault, read_rows
from gateways.times import instant, time_of_day
from gateways.writing import degrees, write_csv

COLUMNS = (
    "id",
    "name",
    "skills",
    "size",
    "lon",
    "lat",
    "datum",
    "shift_start",
    "shift_end",
    "vehicle",
)
REQUIRED = ("id", "skills", "size", "lon", "lat", "shift_start", "shift_end")

#: A crew of unknown size. Source: mainbreak default; two people and a van.
DEFAULT_SIZE = 2
_LARGEST = 99


def read_crews(path: Path, zone: tzinfo, day: date | None = None) -> Rows[Crew]:
    """Return (crews, rejected rows); a time without an offset is in ``zone``.

    A shift may be written as times of day, H:MM or H:MM:SS: it starts on ``day``, and one that
    ends before it starts is a night shift and ends on the next day. Written with dates it must
    end after it starts.

    Raises
    ------
    BadFile
        If the file is no CSV file of crews.
    """

    def crew(cells: Cells) -> Crew:
        return Crew(
            id=cells["id"],
            name=cells["name"] or cells["id"],
            skills=_skills(cells),
            size=whole(cells, "size", least=1, most=_LARGEST) if cells["size"] else DEFAULT_SIZE,
            position=place(cells),
            shift=_shift(cells, zone, day),
            vehicle=cells["vehicle"],
        )

    return read_rows(path, COLUMNS, REQUIRED, crew)


def _skills(cells: Cells) -> frozenset[Skill]:
    words = listed(plain(cells["skills"]))
    known = [skill.value for skill in Skill]
    unknown = [one for one in words if one not in known]
    if unknown or not words:
        given = ";".join(unknown) or cells["skills"]
        raise unknown_word(given, "skills", known, RejectReason.UNKNOWN_SKILL)
    return frozenset(Skill(one) for one in words)


def _shift(cells: Cells, zone: tzinfo, day: date | None) -> Shift:
    start = _time(cells, "shift_start", zone, day)
    end = _time(cells, "shift_end", zone, start.astimezone(zone).date())
    if end < start and time_of_day(cells, "shift_end") is not None:
        end = (end.astimezone(zone) + timedelta(days=1)).astimezone(UTC)
    if end <= start:
        raise RowFault(
            "shift_end",
            RejectReason.BAD_SHIFT,
            f"The shift ends at {shown(cells['shift_end'])}, not after it starts at "
            f"{shown(cells['shift_start'])}.",
        )
    return Shift(start, end)


def _time(cells: Cells, field: str, zone: tzinfo, day: date | None) -> datetime:
    clock = time_of_day(cells, field)
    if clock is None:
        return instant(cells, field, zone)
    if day is None:
        raise RowFault(
            field, RejectReason.BAD_TIME, f"{shown(cells[field])} has no date. Write one."
        )
    return datetime.combine(day, clock, zone).astimezone(UTC)


def write_crews(path: Path, crews: Iterable[Crew], zone: tzinfo = UTC) -> None:
    """Write crews so that ``read_crews`` gives them back; times are written in ``zone``."""
    write_csv(path, COLUMNS, (_cells(one, zone) for one in crews))


def _cells(one: Crew, zone: tzinfo) -> tuple[object, ...]:
    return (
        one.id,
        one.name,
        ";".join(sorted(skill.value for skill in one.skills)),
        one.size,
        *degrees(one.position),
        one.shift.start.astimezone(zone).isoformat(),
        one.shift.end.astimezone(zone).isoformat(),
        one.vehicle,
    )
