"""What is written is read back equal; what people open cannot run as a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.crews import Break, Crew, Depot, Shift
from domain.errors import BadFile
from domain.network import Premises
from domain.places import LonLat, Place
from domain.rejection import Rejected, RejectReason
from domain.tickets import Ticket
from domain.words import Channel, PremisesKind, Priority, Skill, Symptom
from gateways import (
    read_crews,
    read_depots,
    read_places,
    read_premises,
    read_tickets,
    write_crews,
    write_depots,
    write_places,
    write_premises,
    write_rejected,
    write_tickets,
)
from gateways.rejected_csv import harmless

ZONE = ZoneInfo("Asia/Shanghai")
QUIET = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)

#: What a cell can hold: any text without a NUL, spaces at its ends not kept.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
CELL = TEXT.map(str.strip)
IDS = CELL.filter(bool)
PART = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00;；"), max_size=8
).map(str.strip)
LONLATS = st.builds(LonLat, st.floats(-180, 180), st.floats(-90, 90))
INSTANTS = st.integers(1, 36_800 * 86_400).map(
    lambda seconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=7)
)
SHIFTS = st.builds(
    lambda start, seconds: Shift(start, start + timedelta(seconds=seconds)),
    INSTANTS.filter(lambda at: at.year < 2100),
    st.integers(1, 86400),
)
TICKETS = st.builds(
    Ticket,
    id=IDS,
    received_at=INSTANTS,
    channel=st.sampled_from(Channel),
    phone=CELL,
    account=CELL,
    address=IDS,
    text=CELL,
    position=st.none() | LONLATS,
    symptom=st.none() | st.sampled_from(Symptom),
    priority=st.none() | st.sampled_from(Priority),
)
CREWS = st.builds(
    Crew,
    id=IDS,
    name=IDS,
    skills=st.frozensets(st.sampled_from(Skill), min_size=1),
    size=st.integers(1, 99),
    position=LONLATS,
    shift=SHIFTS,
    vehicle=CELL,
    overtime_s=st.integers(0, 43_200),
    home=st.none() | LONLATS,
    stock=st.dictionaries(PART.filter(bool), st.integers(1, 9999), max_size=3).map(
        lambda pieces: tuple(pieces.items())
    ),
    territories=st.lists(PART.filter(bool), max_size=3).map(tuple),
    reserve=st.booleans(),
)


@st.composite
def dressed(draw: st.DrawFn) -> Crew:
    """Return a crew with levels of its skills and breaks in its shift."""
    crew = draw(CREWS)
    levels = [(one, draw(st.integers(1, 9))) for one in sorted(crew.skills)]
    at, breaks = crew.shift.start.replace(microsecond=0) + timedelta(seconds=1), []
    for _ in range(draw(st.integers(0, 3))):
        earliest = at + timedelta(seconds=draw(st.integers(0, 14_400)))
        latest = earliest + timedelta(seconds=draw(st.integers(0, 7200)))
        breaks.append(Break(earliest, latest, draw(st.integers(1, 3600))))
        at = latest + timedelta(seconds=breaks[-1].duration_s)
    inside = [one for one in breaks if one.earliest < crew.shift.end]
    above = tuple(one for one in levels if one[1] > 1)
    return replace(crew, levels=above, breaks=tuple(inside))


DEPOTS = st.builds(Depot, IDS, IDS, LONLATS, st.integers(0, 28_800))
PREMISES = st.builds(
    Premises,
    id=IDS,
    location=LONLATS,
    link=st.none() | IDS,
    node=st.none(),
    kind=st.sampled_from(PremisesKind),
    critical=st.booleans(),
    account=CELL,
    name=CELL,
    phone=CELL,
    address=CELL,
)
PLACES = st.builds(Place, IDS, IDS, LONLATS, st.lists(PART.filter(bool), max_size=3).map(tuple))


def many(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Return tuples of a few values with different ids."""
    return st.lists(strategy, max_size=4, unique_by=lambda one: one.id).map(tuple)  # type: ignore[attr-defined]


@QUIET
@given(tickets=many(TICKETS), zone=st.sampled_from((UTC, ZONE)))
def test_tickets_round_trip(tmp_path: Path, tickets: tuple[Ticket, ...], zone: ZoneInfo) -> None:
    """Equal, whatever zone the times are written in."""
    write_tickets(tmp_path / "t.csv", tickets, zone)
    assert read_tickets(tmp_path / "t.csv", UTC) == (tickets, ())


@QUIET
@given(crews=many(dressed()), zone=st.sampled_from((UTC, ZONE)))
def test_crews_round_trip(tmp_path: Path, crews: tuple[Crew, ...], zone: ZoneInfo) -> None:
    """Equal, shifts, breaks and what the van carries included."""
    write_crews(tmp_path / "c.csv", crews, zone)
    assert read_crews(tmp_path / "c.csv", UTC) == (crews, ())


@QUIET
@given(premises=many(PREMISES))
def test_premises_round_trip(tmp_path: Path, premises: tuple[Premises, ...]) -> None:
    """Equal, those on a pipe and those on none."""
    write_premises(tmp_path / "p.csv", premises)
    assert read_premises(tmp_path / "p.csv") == (premises, ())


@QUIET
@given(depots=many(DEPOTS))
def test_depots_round_trip(tmp_path: Path, depots: tuple[Depot, ...]) -> None:
    """Equal, to the second."""
    write_depots(tmp_path / "d.csv", depots)
    assert read_depots(tmp_path / "d.csv") == (depots, ())


@QUIET
@given(places=many(PLACES))
def test_places_round_trip(tmp_path: Path, places: tuple[Place, ...]) -> None:
    """Equal, aliases included."""
    write_places(tmp_path / "l.csv", places)
    assert read_places(tmp_path / "l.csv") == (places, ())


def test_a_phone_with_a_plus_is_written_as_it_is(tmp_path: Path) -> None:
    """Files that are read again are not made harmless: the phone would be another one."""
    ticket = Ticket("T1", datetime(2026, 11, 22, tzinfo=UTC), phone="+8613800138000")
    write_tickets(tmp_path / "t.csv", [ticket], ZONE)
    text = (tmp_path / "t.csv").read_text(encoding="utf-8")
    assert "T1,2026-11-22T08:00:00+08:00,phone,+8613800138000," in text


def test_rejected_rows_open_safely_in_a_spreadsheet(tmp_path: Path) -> None:
    """UTF-8 with its mark; a cell that poses as a formula has a quote in front."""
    rejected = [
        Rejected("t.csv", 7, '=HYPERLINK("http://x")', "lon", RejectReason.BAD_NUMBER, "@SUM(1)"),
        Rejected("t.csv", 8, "T2", "id", RejectReason.DUPLICATE_ID, "第 2 行,也是"),
    ]
    write_rejected(tmp_path / "rejected.csv", rejected)
    data = (tmp_path / "rejected.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbffile,row,id,field,reason,detail\r\n")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert rows[1:] == [
        ["t.csv", "7", '\'=HYPERLINK("http://x")', "lon", "bad_number", "'@SUM(1)"],
        ["t.csv", "8", "T2", "id", "duplicate_id", "第 2 行,也是"],
    ]


@given(text=st.text(max_size=5))
def test_no_written_cell_begins_like_a_formula(text: str) -> None:
    """Whatever came from outside."""
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """Nothing half-written, one line."""
    with pytest.raises(BadFile, match=r"rejected\.csv: it cannot be written"):
        write_rejected(tmp_path / "no" / "rejected.csv", [])
    assert list(tmp_path.iterdir()) == []
