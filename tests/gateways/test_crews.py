"""crews.csv: skills, sizes and shifts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.crews import Crew
from domain.places import LonLat
from domain.rejection import RejectReason
from domain.words import Skill
from gateways import Rows, read_crews

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 22)
HEADER = "id,name,skills,size,lon,lat,shift_start,shift_end"


def read(folder: Path, row: str, day: date | None = DAY) -> Rows[Crew]:
    """Return what a crews file with this one row gives."""
    file = folder / "crews.csv"
    file.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    return read_crews(file, ZONE, day)


def test_a_crew(tmp_path: Path) -> None:
    """Name and size have defaults; skills are separated by semicolons, also Chinese ones."""
    (crew,), rejected = read(tmp_path, "C1,,Pipe; valve；civil,,108.9,34.2,08:00,17:30")
    assert rejected == ()
    assert crew.name == "C1"
    assert crew.size == 2
    assert crew.skills == {Skill.PIPE, Skill.VALVE, Skill.CIVIL}
    assert crew.position == LonLat(108.9, 34.2)
    assert crew.shift.start == datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    assert crew.shift.end == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("20:00", "06:00", 10),
        ("8:00", "17:00", 9),
        ("8:00:00", "17:00:30", 9 + 30 / 3600),
        ("８：００", "0:00", 16),
        ("2026/11/22 20:00", "2026年11月23日 6:00", 10),
        ("2026-11-22T20:00", "06:00", 10),
        ("2026-11-22T20:00", "2026-11-23T06:00", 10),
        ("2026-11-22T20:00Z", "2026-11-23T06:00+08:00", 2),
        ("08:00", "2026-11-22T12:00", 4),
    ],
)
def test_shifts(tmp_path: Path, start: str, end: str, hours: int) -> None:
    """Times of day lie on the day, an end before the start on the next one."""
    (crew,), _ = read(tmp_path, f"C1,,pipe,,108.9,34.2,{start},{end}")
    assert (crew.shift.end - crew.shift.start).total_seconds() == hours * 3600


@pytest.mark.parametrize(
    ("row", "field", "reason", "said"),
    [
        ("C1,,pipe;magic,,108.9,34.2,08:00,17:00", "skills", RejectReason.UNKNOWN_SKILL, "'magic'"),
        ("C1,,,,108.9,34.2,08:00,17:00", "skills", RejectReason.UNKNOWN_SKILL, "large_main"),
        ("C1,,pipe,0,108.9,34.2,08:00,17:00", "size", RejectReason.BAD_NUMBER, "from 1"),
        ("C1,,pipe,2.5,108.9,34.2,08:00,17:00", "size", RejectReason.BAD_NUMBER, "whole"),
        ("C1,,pipe,1e300,108.9,34.2,08:00,17:00", "size", RejectReason.BAD_NUMBER, "to 99"),
        ("C1,,pipe,2,,,08:00,17:00", "lon", RejectReason.NO_PLACE, "Say where"),
        ("C1,,pipe,2,34.2,108.9,08:00,17:00", "lat", RejectReason.SWAPPED_COORDINATES, "lon first"),
        ("C1,,pipe,2,108.9,34.2,08:00,08:00", "shift_end", RejectReason.BAD_SHIFT, "not after"),
        (
            "C1,,pipe,2,108.9,34.2,2026-11-22T17:00,2026-11-22T08:00",
            "shift_end",
            RejectReason.BAD_SHIFT,
            "'2026-11-22T08:00'",
        ),
        ("C1,,pipe,2,108.9,34.2,25:00,17:00", "shift_start", RejectReason.BAD_TIME, "time of day"),
        ("C1,,pipe,2,108.9,34.2,8:00:60,17:00", "shift_start", RejectReason.BAD_TIME, "no time"),
        ("C1,,pipe,2,108.9,34.2,early,late", "shift_start", RejectReason.BAD_TIME, "'EARLY'"),
        ("C1,,pipe,2,108.9,34.2,08:00,", "shift_end", RejectReason.BAD_TIME, "is empty"),
    ],
)
def test_a_crew_that_cannot_be_used_is_put_aside(
    tmp_path: Path, row: str, field: str, reason: RejectReason, said: str
) -> None:
    """Each with its field, reason and a sentence."""
    values, (bad,) = read(tmp_path, row)
    assert values == ()
    assert (bad.id, bad.row, bad.field, bad.reason) == ("C1", 2, field, reason)
    assert said in bad.detail


def test_a_time_of_day_needs_a_day(tmp_path: Path) -> None:
    """Without a day it cannot be placed."""
    _, (bad,) = read(tmp_path, "C1,,pipe,2,108.9,34.2,08:00,17:00", day=None)
    assert bad.reason is RejectReason.BAD_TIME
    assert "no date" in bad.detail
