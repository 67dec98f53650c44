"""When crews arrive: from a live position, from the plan, with a silent phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.calibration import SPREAD, BandFit, TimeBand
from domain.durations import PRESET_SPREAD
from domain.eta import Eta, EtaSource
from domain.reports import CrewFix
from domain.states import VisitState
from domain.travel import Unreachable
from operations.arriving.arrival_times import arrival_times
from storage import Database
from tests.operations.replanned import ReplannedDay, burst, crew, order, spot


@pytest.fixture
def day(database: Database) -> ReplannedDay:
    """Return a day of one crew and two orders, ten and twenty minutes away, planned."""
    day = ReplannedDay(database)
    day.crews(crew("A"))
    day.add(order("W1", at=10), order("W2", at=20))
    day.plan()
    return day


def etas(day: ReplannedDay) -> dict[str, Eta]:
    """Return the arrival times by visit."""
    with day.open_work() as work:
        return arrival_times(work, day.keeper.of(work), day.now)


def minutes(day: ReplannedDay, eta: Eta) -> tuple[float, float]:
    """Return the median and the 90th percentile in minutes after eight, to a tenth."""
    since = [(one - day.at(0)).total_seconds() / 60 for one in (eta.p50, eta.p90)]
    return round(since[0], 1), round(since[1], 1)


def test_planned_visits_have_a_range_that_grows_along_the_chain(day: ReplannedDay) -> None:
    """The second one is as unsure as the drive to the first, the work there and its own drive."""
    found = etas(day)
    first, second = found["W1.1"], found["W2.1"]
    assert (first.source, second.source) == (EtaSource.PLANNED, EtaSource.PLANNED)
    assert (first.as_of, second.as_of) == (day.at(0), day.at(0))
    assert minutes(day, first) == (10.0, round(10 * SPREAD, 1))
    drive, work = 10 * (SPREAD - 1), 30 * (PRESET_SPREAD - 1)
    assert minutes(day, second) == (50.0, round(50 + (2 * drive**2 + work**2) ** 0.5, 1))


def test_a_crew_under_way_arrives_after_the_way_left(day: ReplannedDay) -> None:
    """As of the fix; the age of it counts in full."""
    day.report("W1", VisitState.EN_ROUTE)
    day.pass_minutes(6)
    day.seen("A", 2)
    live = etas(day)["W1.1"]
    assert (live.source, live.as_of) == (EtaSource.LIVE, day.at(6))
    assert minutes(day, live) == (14.0, round(6 + 8 * SPREAD, 1))
    day.pass_minutes(3)
    later = etas(day)["W1.1"]
    assert (later.source, later.as_of) == (EtaSource.LIVE, day.at(6))
    assert minutes(day, later) == (14.0, round(9 + 8 * SPREAD, 1))
    behind = etas(day)["W2.1"]
    assert behind.p50 == later.p50 + timedelta(minutes=40)


def test_a_silent_phone_leaves_the_plan(day: ReplannedDay) -> None:
    """It says so, and since when; the silence widens the range."""
    day.report("W1", VisitState.EN_ROUTE)
    day.seen("A", 1)
    day.pass_minutes(12)
    silent = etas(day)["W1.1"]
    assert (silent.source, silent.as_of) == (EtaSource.OLD_FIX, day.at(0))
    assert minutes(day, silent) == (12.0, round(10 * SPREAD + 12, 1))


def test_a_blurred_fix_is_no_position(day: ReplannedDay) -> None:
    """The sharp one before it counts as long as it is not old."""
    day.report("W1", VisitState.EN_ROUTE)
    day.pass_minutes(4)
    day.seen("A", 3)
    day.pass_minutes(2)
    blurred = CrewFix("blurred", "A", day.now, day.now, spot(9), accuracy_m=900.0)
    day.change(lambda work: work.fixes.save([blurred]))
    live = etas(day)["W1.1"]
    assert (live.source, live.as_of, live.p50) == (EtaSource.LIVE, day.at(4), day.at(11))


def test_where_no_street_leads_on_the_plan_stands_and_says_so(
    day: ReplannedDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closed bridge is no silent phone."""
    day.report("W1", VisitState.EN_ROUTE)
    day.pass_minutes(2)
    day.seen("A", 1)
    with day.open_work() as work:
        travel = day.keeper.of(work).travel
    monkeypatch.setattr(type(travel), "route", lambda *_, **__: Unreachable.CLOSED)
    barred = etas(day)["W1.1"]
    assert (barred.source, barred.as_of, barred.p50) == (EtaSource.NO_WAY, day.at(2), day.at(10))


def test_who_is_there_has_no_arrival_and_delays_what_follows(day: ReplannedDay) -> None:
    """Work that should have ended ends in five minutes."""
    day.report("W1", VisitState.EN_ROUTE)
    day.pass_minutes(10)
    day.report("W1", VisitState.ON_SITE)
    day.pass_minutes(60)
    found = etas(day)
    assert set(found) == {"W2.1"}
    assert found["W2.1"].p50 == day.at(70 + 5 + 10)
    day.report("W1", VisitState.PAUSED)
    assert etas(day)["W2.1"].p50 == day.at(70 + 10)


def test_work_that_waits_there_is_waited_for(database: Database) -> None:
    """A repair begins after the isolation of another crew, the visit behind it after the repair."""
    day = ReplannedDay(database)
    day.crews(crew("V", skills="valve"), crew("A"))
    shut, mend = burst("E-9", at=5)
    day.add(shut, mend)
    day.add(order("W3", at=5))
    day.plan()
    found, visits = etas(day), day.visits()
    behind, repair = visits["W3"], visits[mend.id]
    if behind.planned.start > repair.planned.start:
        assert found[behind.id].p50 >= repair.planned.end
    assert found[repair.id].p50 < repair.planned.start


def test_the_fitted_spread_of_the_hour_counts(day: ReplannedDay) -> None:
    """Eight in the morning in Shanghai, a Monday."""
    fits = {TimeBand.MORNING: BandFit(1.0, 2.0, 40)}
    day.change(lambda work: work.calibration.save(fits))
    assert minutes(day, etas(day)["W1.1"]) == (10.0, 20.0)


def test_without_a_plan_a_visit_given_by_hand_is_as_of_now(day: ReplannedDay) -> None:
    """Or as of the crew's last fix, never later than now."""
    day.pass_minutes(1)
    day.seen("A", 0)
    assert {one.as_of for one in etas(day).values()} == {day.at(1)}
