"""Where crews are, what they do, when and where they are free."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.states import VisitState
from operations.live_crews import CrewState
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


def test_a_crew_that_began_nothing_is_free_now(day: ReplannedDay) -> None:
    """At the start of its shift, where it starts; what it was told is not kept."""
    found = day.live()["A"]
    assert (found.state, found.visit, found.kept) == (CrewState.FREE, None, ())
    assert (found.position, found.free_position, found.free_at) == (spot(0), spot(0), day.at(0))
    assert (found.fix_at, found.stale) == (None, False)


def test_a_crew_is_off_shift_before_and_after(day: ReplannedDay) -> None:
    """Before it, it is free when the shift begins."""
    day.crews(crew("A", hours=(1, 2)))
    assert day.live()["A"].state is CrewState.OFF_SHIFT
    assert day.live()["A"].free_at == day.at(60)
    day.pass_minutes(120)
    assert day.live()["A"].state is CrewState.OFF_SHIFT


def test_an_accepted_visit_is_next(day: ReplannedDay) -> None:
    """Timed from now, whatever was planned; then the crew is free at its place."""
    day.report("W2", VisitState.ACCEPTED)
    day.pass_minutes(7)
    found = day.live()["A"]
    assert found.state is CrewState.ACCEPTED
    assert found.visit is not None
    assert (found.visit.id, found.visit.planned.eta) == ("W2.1", day.at(27))
    assert (found.free_at, found.free_position) == (day.at(57), spot(20))


def test_a_crew_under_way_is_timed_from_where_its_phone_is(day: ReplannedDay) -> None:
    """Without a fix the planned arrival stands until it has passed."""
    day.report("W1", VisitState.EN_ROUTE)
    day.pass_minutes(6)
    assert day.live()["A"].free_at == day.at(40)
    day.seen("A", 1)
    found = day.live()["A"]
    assert (found.state, found.position) == (CrewState.EN_ROUTE, spot(1))
    assert found.kept[0].planned.eta == day.at(15)
    assert found.kept[0].planned.depart == day.at(0)
    assert found.free_at == day.at(45)
    day.pass_minutes(30)
    assert day.live()["A"].kept[0].planned.eta == day.at(36)


def test_work_on_site_takes_what_is_left(day: ReplannedDay) -> None:
    """Five minutes at the least; the crew is at the place unless its phone knows better."""
    day.pass_minutes(12)
    day.report("W1", VisitState.EN_ROUTE)
    day.report("W1", VisitState.ON_SITE)
    day.pass_minutes(8)
    found = day.live()["A"]
    assert (found.state, found.position, found.free_at) == (CrewState.ON_SITE, spot(10), day.at(42))
    day.pass_minutes(40)
    assert day.live()["A"].free_at == day.now + timedelta(minutes=5)
    day.report("W1", VisitState.PAUSED)
    assert day.live()["A"].state is CrewState.PAUSED


def test_a_paused_visit_waits_for_the_one_under_way(day: ReplannedDay) -> None:
    """The crew left it for the other; it comes back."""
    day.report("W1", VisitState.EN_ROUTE)
    day.report("W1", VisitState.ON_SITE)
    day.report("W1", VisitState.PAUSED)
    day.report("W2", VisitState.EN_ROUTE)
    found = day.live()["A"]
    assert found.state is CrewState.EN_ROUTE
    assert [one.work_order for one in found.kept] == ["W2", "W1"]
    assert found.kept[1].planned.eta == found.kept[0].planned.end + timedelta(minutes=10)


def test_a_fix_counts_for_ten_minutes(day: ReplannedDay) -> None:
    """Then it is stale, and only better than the start of the shift."""
    day.seen("A", 30, ago=-1)
    day.pass_minutes(10)
    assert (day.live()["A"].position, day.live()["A"].stale) == (spot(30), False)
    day.pass_minutes(2)
    assert (day.live()["A"].position, day.live()["A"].stale) == (spot(30), True)
    day.report("W1", VisitState.EN_ROUTE)
    day.report("W1", VisitState.ON_SITE)
    assert (day.live()["A"].position, day.live()["A"].stale) == (spot(10), True)


def test_a_fix_out_of_the_shift_says_nothing(day: ReplannedDay) -> None:
    """Nobody is tracked then."""
    day.crews(crew("A", hours=(1, 8)))
    day.pass_minutes(58)
    day.seen("A", 30)
    day.pass_minutes(4)
    assert (day.live()["A"].position, day.live()["A"].stale) == (spot(0), True)


def test_a_visit_that_waits_for_work_nobody_began_is_held(day: ReplannedDay) -> None:
    """It is the crew's next, but the plan finds its place."""
    day.crews(crew("A"), crew("V", skills="valve"))
    day.add(*burst("E1", at=5))
    day.plan()
    day.report("E1R", VisitState.ACCEPTED)
    found = day.live()["A"]
    assert (found.kept, [one.id for one in found.held]) == ((), ["E1R.1"])
    assert found.state is CrewState.ACCEPTED
    assert found.free_at == day.at(0)
