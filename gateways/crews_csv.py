"""crews.csv: who can be sent, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from domain.crews import Crew, Shift
from domain.places import LonLat
from domain.rejection import RejectReason
from gateways.cells import listed, minutes, optional_place, place, shown, whole, yes
from gateways.crew_lists import (
    breaks,
    breaks_cell,
    skills_and_levels,
    skills_cell,
    stock,
    stock_cell,
)
from gateways.rows import Rows
from gateways.table import Cells, RowFault, read_rows
from gateways.times import instant, time_of_day, zone_of
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
    "breaks",
    "overtime_min",
    "home",
    "home_lon",
    "home_lat",
    "stock",
    "territories",
    "reserve",
)
REQUIRED = ("id", "skills", "size", "lon", "lat", "shift_start", "shift_end")

#: A crew of unknown size. Source: mainbreak default; two people and a van.
DEFAULT_SIZE = 2
_LARGEST = 99

#: Minutes of overtime at the most. Source: mainbreak default.
_MOST_OVERTIME = 720


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
        skills, levels = skills_and_levels(cells)
        shift = _shift(cells, zone, day)
        return Crew(
            id=cells["id"],
            name=cells["name"] or cells["id"],
            skills=skills,
            size=whole(cells, "size", least=1, most=_LARGEST) if cells["size"] else DEFAULT_SIZE,
            position=place(cells),
            shift=shift,
            vehicle=cells["vehicle"],
            levels=levels,
            breaks=breaks(cells, shift, zone_of(cells, "shift_start", zone)),
            overtime_s=minutes(cells, "overtime_min", most=_MOST_OVERTIME),
            home=_home(cells),
            stock=stock(cells),
            territories=listed(cells["territories"]),
            reserve=yes(cells, "reserve"),
        )

    return read_rows(path, COLUMNS, REQUIRED, crew)


def _home(cells: Cells) -> LonLat | None:
    """Return where the crew must be back: at a place of its own, or with ``home`` at its start."""
    back_at_start = yes(cells, "home")
    own = optional_place(cells, prefix="home_")
    return own or (place(cells) if back_at_start else None)


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
        skills_cell(one.skills, one.levels),
        one.size,
        *degrees(one.position),
        one.shift.start.astimezone(zone).isoformat(),
        one.shift.end.astimezone(zone).isoformat(),
        one.vehicle,
        breaks_cell(one.breaks, one.shift.start.astimezone(zone)),
        f"{one.overtime_s / 60:.10g}",
        "",
        *degrees(one.home)[:2],
        stock_cell(one.stock),
        ";".join(one.territories),
        "yes" if one.reserve else "no",
    )
