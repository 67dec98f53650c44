"""What becomes of an arrival that a phone shows: told once, asked about, never set."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import routing
from domain.places import LonLat
from domain.reports import CrewFix, Report, ReportKind
from domain.states import VisitState
from domain.travel import RouteLine
from operations.arriving.arrivals_seen import (
    SEEN,
    SeenArrival,
    arrivals_seen,
    not_told_yet,
    tell_arrivals,
)
from operations.ground import GroundKeeper
from operations.record_report import record_report
from operations.showing.crew_day import crew_day
from storage import Database
from tests.operations.replanned import ReplannedDay, crew, order
from tests.operations.test_geofence import Track, engine, picked, streets
from tests.storage import examples


class Drive:
    """A day with one crew that drives a real way to its work."""

    def __init__(self, database: Database, shelf: Path) -> None:
        net, line = streets(shelf, "liechtenstein"), engine(shelf, "liechtenstein")
        way = line.route(picked(net, 3), picked(net, 900))
        assert isinstance(way, RouteLine)
        self.way, self.day = way, ReplannedDay(database)
        stored = routing.to_bytes(net)
        self.day.change(lambda work: work.streets.save(stored, examples.REPORT))
        self.day.crews(replace(crew("A"), position=way.path[0]))
        self.day.add(order("W1", location=way.path[-1]))
        self.day.plan()
        self.report(ReportKind.ACCEPTED)
        self.report(ReportKind.EN_ROUTE)
        self.track = Track(way, 1.0, 1, 8.0)
        self.track.at = self.day.now

    def report(self, kind: ReportKind, *, ago: float = 0.0) -> Report:
        """Let the crew report, as it does from its phone."""
        at = self.day.now - timedelta(minutes=ago)
        said = Report(f"{kind}-{at}", "A", "W1", kind, at, self.day.now)
        with self.day.open_work(write_first=True) as work:
            kept = record_report(work, self.day.keeper.of(work), said, self.day.now)
            work.commit()
        return kept

    def arrive(self) -> None:
        """Drive there and stand for three minutes; the clock goes on."""
        self.track.drive(9.0, self.track.line.length).stand(self.track.line.length, 3)
        self.send(self.track.fixes)

    def send(self, fixes: list[CrewFix]) -> None:
        """Store fixes and put the clock to the last one."""
        self.day.change(lambda work: work.fixes.save(fixes))
        self.day.now = fixes[-1].device_time

    def seen(self) -> dict[str, SeenArrival]:
        """Return what a server sees that was started this moment."""
        with self.day.open_work() as work:
            return arrivals_seen(work, GroundKeeper().of(work), self.day.now)

    def tell(self) -> int:
        """Tell what is seen, and return how many events of it there are."""
        seen = self.seen()
        with self.day.open_work(write_first=True) as work:
            tell_arrivals(work, seen.values())
            work.commit()
        with self.day.open_work() as work:
            assert not_told_yet(work, seen.values()) == []
            return sum(one.kind == SEEN for one in work.events.since(0, 10_000))


@pytest.fixture
def drive(database: Database, shelf: Path) -> Drive:
    """Return a crew on its way."""
    return Drive(database, shelf)


def test_an_arrival_is_seen_told_once_and_changes_nothing(drive: Drive) -> None:
    """The visit stays on its way until the crew says otherwise."""
    assert drive.seen() == {}
    drive.arrive()
    (seen,) = drive.seen().values()
    assert (seen.visit.id, seen.visit.crew) == ("W1.1", "A")
    assert drive.day.now - timedelta(minutes=4) < seen.at < drive.day.now
    assert (drive.tell(), drive.tell()) == (1, 1)
    assert drive.day.visits()["W1"].state is VisitState.EN_ROUTE
    with drive.day.open_work() as work:
        event = next(one for one in work.events.about(["W1.1"], 10) if one.kind == SEEN)
    assert event.payload == {
        "crew": "A",
        "work_order": "W1",
        "fix": seen.fix.id,
        "arrived_at": seen.at.isoformat(),
    }


def test_the_crew_is_asked_and_its_own_word_counts(drive: Drive) -> None:
    """One tap reports the instant that its phone stood there."""
    drive.arrive()
    with drive.day.open_work() as work:
        (shown,) = crew_day(work, drive.day.keeper.of(work), "A", drive.day.now)
    assert shown.seen_at == drive.seen()["W1.1"].at
    ago = (drive.day.now - shown.seen_at).total_seconds() / 60
    drive.report(ReportKind.ON_SITE, ago=ago)
    visit = drive.day.visits()["W1"]
    assert (visit.state, visit.on_site_at) == (VisitState.ON_SITE, shown.seen_at)
    assert drive.seen() == {}


def test_who_drives_on_is_asked_no_more(drive: Drive) -> None:
    """And comes back later: that is another arrival, and told again only if it is."""
    drive.arrive()
    assert drive.tell() == 1
    gone = drive.track.fixes[0]
    drive.send([replace(gone, id="away", device_time=drive.track.at)])
    assert drive.seen() == {}
    with drive.day.open_work() as work:
        (shown,) = crew_day(work, drive.day.keeper.of(work), "A", drive.day.now)
    assert shown.seen_at is None


def test_a_phone_silent_since_shows_nothing(drive: Drive) -> None:
    """Ten minutes later nobody knows where the crew is."""
    drive.arrive()
    drive.day.pass_minutes(11)
    assert drive.seen() == {}


def test_who_set_out_anew_must_arrive_anew(drive: Drive) -> None:
    """Fixes from before it said so are another drive's."""
    drive.arrive()
    drive.day.pass_minutes(1)
    drive.report(ReportKind.EN_ROUTE)
    late = replace(drive.track.fixes[-1], id="late", device_time=drive.day.now)
    drive.send([late])
    assert drive.seen() == {}


def test_without_streets_nobody_is_asked(database: Database) -> None:
    """Standing at the work says nothing where no street is known."""
    day = ReplannedDay(database)
    day.crews(crew("A"))
    day.add(order("W1"))
    day.plan()
    day.report("W1", VisitState.EN_ROUTE)
    for _ in range(4):
        day.pass_minutes(1)
        day.seen("A", 0)
    with day.open_work() as work:
        assert arrivals_seen(work, day.keeper.of(work), day.now) == {}
    assert LonLat(0.0, 0.0) == day.order("W1").location
