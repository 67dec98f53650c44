"""crews.csv: levels, breaks, overtime, the way home, the van; depots.csv."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.crews import Break, Crew, Depot
from domain.places import LonLat
from domain.rejection import RejectReason
from domain.words import Skill
from gateways import Rows, read_crews, read_depots

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 22)
EIGHT = datetime(2026, 11, 22, tzinfo=UTC)
BARE = {
    "id": "C1",
    "skills": "pipe",
    "size": "2",
    "lon": "108.9",
    "lat": "34.2",
    "shift_start": "08:00",
    "shift_end": "20:00",
}


def read(folder: Path, **cells: str) -> Rows[Crew]:
    """Return what a crews file with one row gives."""
    row = BARE | cells
    file = folder / "crews.csv"
    file.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    return read_crews(file, ZONE, DAY)


def crew(folder: Path, **cells: str) -> Crew:
    """Return the one crew of such a file."""
    (found,), rejected = read(folder, **cells)
    assert rejected == ()
    return found


def at(minutes: float) -> datetime:
    """Return the instant so many minutes after eight."""
    return EIGHT + timedelta(minutes=minutes)


def test_without_the_columns_a_crew_has_nothing_of_it(tmp_path: Path) -> None:
    """Files of before are read as before."""
    bare = crew(tmp_path)
    assert (bare.levels, bare.breaks, bare.overtime_s, bare.home) == ((), (), 0, None)
    assert (bare.stock, bare.territories, bare.reserve) == ((), (), False)


def test_levels_stand_behind_the_skills(tmp_path: Path) -> None:
    """One without a level is level 1, which is not worth a word."""
    found = crew(tmp_path, skills="Pipe:2; valve；civil：3;meter:1")
    assert found.skills == {Skill.PIPE, Skill.VALVE, Skill.CIVIL, Skill.METER}
    assert found.levels == ((Skill.CIVIL, 3), (Skill.PIPE, 2))
    assert [found.level(one) for one in (Skill.PIPE, Skill.VALVE, Skill.TANKER)] == [2, 1, 0]


def test_breaks_lie_in_the_shift(tmp_path: Path) -> None:
    """In order of time; of a night shift those after midnight on the next day."""
    day = crew(tmp_path, breaks="17:30-18:00/15;12:00-13:00/30")
    assert day.breaks == (Break(at(240), at(300), 1800), Break(at(570), at(600), 900))
    night = crew(tmp_path, shift_start="20:00", shift_end="06:00", breaks="23:30至0:30/45")
    assert night.breaks == (Break(at(930), at(990), 2700),)


def test_breaks_are_told_in_the_offset_of_the_shift(tmp_path: Path) -> None:
    """A file of another zone says so with the shift."""
    start, end = "2026-11-22T08:00+01:00", "2026-11-22T17:00+01:00"
    found = crew(tmp_path, shift_start=start, shift_end=end, breaks="12:00-12:00/30")
    assert found.breaks == (Break(at(11 * 60), at(11 * 60), 1800),)


def test_the_rest_of_a_crew(tmp_path: Path) -> None:
    """Overtime in minutes, parts by the piece, districts, the reserve in Chinese too."""
    found = crew(
        tmp_path,
        overtime_min="90",
        stock="管卡 DN100:4；哈夫节：2",
        territories="城东;城西",
        reserve="是",
    )
    assert (found.overtime_s, found.reserve) == (5400, True)
    assert found.stock == (("管卡 DN100", 4), ("哈夫节", 2))
    assert found.territories == ("城东", "城西")


def test_the_way_home(tmp_path: Path) -> None:
    """To a place of its own in the datum of the row, else back to the start if asked."""
    start = LonLat(108.9, 34.2)
    assert crew(tmp_path, home="yes").home == start
    assert crew(tmp_path, home="否").home is None
    own = crew(tmp_path, home="yes", home_lon="109", home_lat="34.3").home
    assert own == crew(tmp_path, home_lon="109", home_lat="34.3").home == LonLat(109, 34.3)
    shifted = crew(tmp_path, home_lon="109", home_lat="34.3", datum="gcj02").home
    assert shifted is not None
    assert 0.001 < abs(shifted.lon - 109) < 0.01


@pytest.mark.parametrize(
    ("column", "cell", "field", "reason", "said"),
    [
        ("skills", "pipe:0", "skills", RejectReason.BAD_NUMBER, "from 1 to 9"),
        ("skills", "pipe:expert", "skills", RejectReason.BAD_NUMBER, "'pipe:expert'"),
        ("skills", "magic:2", "skills", RejectReason.UNKNOWN_SKILL, "'magic'"),
        ("breaks", "noon", "breaks", RejectReason.BAD_TIME, "12:00-13:00/30"),
        ("breaks", "12:00-13:00", "breaks", RejectReason.BAD_TIME, "12:00-13:00/30"),
        ("breaks", "12:00-25:00/30", "breaks", RejectReason.BAD_TIME, "no break"),
        ("breaks", "12:00-13:00/0", "breaks", RejectReason.BAD_TIME, "up to 480"),
        ("breaks", "12:00-13:00/481", "breaks", RejectReason.BAD_TIME, "up to 480"),
        ("breaks", "20:30-21:00/30", "breaks", RejectReason.BAD_SHIFT, "after the shift"),
        ("breaks", "7:00-7:30/30", "breaks", RejectReason.BAD_SHIFT, "after the shift"),
        ("breaks", "12:00-13:00/30;13:15-14:00/9", "breaks", RejectReason.BAD_SHIFT, "overlap"),
        ("overtime_min", "-5", "overtime_min", RejectReason.BAD_NUMBER, "from 0 to 720"),
        ("overtime_min", "much", "overtime_min", RejectReason.BAD_NUMBER, "no number"),
        ("home", "maybe", "home", RejectReason.BAD_WORD, "'maybe'"),
        ("home_lon", "109", "home_lat", RejectReason.BAD_NUMBER, "home_lon and home_lat"),
        ("stock", "sleeve", "stock", RejectReason.BAD_NUMBER, "'sleeve'"),
        ("stock", "sleeve:0", "stock", RejectReason.BAD_NUMBER, "from 1"),
        ("stock", "sleeve:few", "stock", RejectReason.BAD_NUMBER, "whole number"),
        ("stock", "clamp:1;clamp:2", "stock", RejectReason.BAD_WORD, "stands twice"),
        ("reserve", "sometimes", "reserve", RejectReason.BAD_WORD, "'sometimes'"),
    ],
)
def test_a_bad_cell_puts_the_crew_aside(
    tmp_path: Path, column: str, cell: str, field: str, reason: RejectReason, said: str
) -> None:
    """Each with its field, reason and a sentence."""
    values, (bad,) = read(tmp_path, **{column: cell})
    assert values == ()
    assert (bad.id, bad.row, bad.field, bad.reason) == ("C1", 2, field, reason)
    assert said in bad.detail


def test_swapped_places_of_home_are_named(tmp_path: Path) -> None:
    """By the columns they stand in."""
    _, (bad,) = read(tmp_path, home_lon="34.3", home_lat="109")
    assert (bad.field, bad.reason) == ("home_lat", RejectReason.SWAPPED_COORDINATES)


def test_depots(tmp_path: Path) -> None:
    """A quarter of an hour to load where nothing is said; bad rows are put aside."""
    file = tmp_path / "depots.csv"
    rows = "D1,仓库,108.9,34.2,\nD2,,108.8,34.1,7.5\nD3,x,108.8,34.1,late\nD4,x,,,5\n"
    file.write_text(f"id,name,lon,lat,load_min\n{rows}", encoding="utf-8")
    values, rejected = read_depots(file)
    assert values == (
        Depot("D1", "仓库", LonLat(108.9, 34.2), 900),
        Depot("D2", "D2", LonLat(108.8, 34.1), 450),
    )
    assert [(one.id, one.field) for one in rejected] == [("D3", "load_min"), ("D4", "lon")]
