"""Begun work that an emergency takes a crew away from: never silently, and from nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.plans import ChangeKind, Plan
from domain.states import VisitState, WorkOrderState
from domain.visits import TrackedVisit
from domain.words import Priority, WorkOrderKind
from operations.lock_crew import lock_crew
from storage import Database, UnitOfWork
from tests.operations.replanned import ReplannedDay, crew, order


@pytest.fixture
def day(database: Database) -> ReplannedDay:
    """Return a day with A at work on W1 for three hours, and B far away."""
    day = ReplannedDay(database)
    day.crews(crew("A"), crew("B", at=150))
    return day


def begin(day: ReplannedDay, **more: object) -> None:
    """Let A work on W1 since ten minutes."""
    may = {"interruptible": True} | more
    day.add(replace(order("W1", minutes=180), **may))  # type: ignore[arg-type]
    day.plan()
    day.report("W1", VisitState.ON_SITE)
    day.pass_minutes(10)


def emergency(day: ReplannedDay, at: float = 2.0) -> None:
    """Add a burst beside A: every minute counts."""
    told: dict[str, object] = {
        "kind": WorkOrderKind.REPAIR,
        "priority": Priority.P1,
        "released_at": day.now,
        "due_on_site": day.now + timedelta(minutes=30),
        "premises_dry_before": 400,
        "premises_dry_after": 400,
        "leaking": True,
    }
    day.add(replace(order("W9", at=at), **told))  # type: ignore[arg-type]


def history(day: ReplannedDay, work_order: str) -> list[TrackedVisit]:
    """Return every visit of a work order, the first first."""
    with day.open_work() as work:
        return sorted(work.visits.of_orders([work_order]), key=lambda one: one.id)


def test_work_on_site_is_left_for_a_burst(day: ReplannedDay) -> None:
    """The visit ends with the reason, the order is planned whole, the phone has the burst first."""
    begin(day)
    emergency(day)
    plan = day.plan()
    left, again = history(day, "W1")
    assert (left.state, left.ended_at, left.crew) == (VisitState.CANCELLED, day.now, "A")
    assert left.said == "让位于 W9（P1 爆管） / Gave way to W9 (P1 burst)"
    assert again.planned.end - again.planned.start == timedelta(minutes=180)
    assert day.order("W1").state is WorkOrderState.ASSIGNED
    burst = day.visits()["W9"]
    assert (burst.crew, burst.state, burst.planned.interrupts) == (
        "A",
        VisitState.ASSIGNED,
        "W1",
    )
    assert burst.planned.depart == day.now + timedelta(minutes=15)
    assert min(plan.routes[0].visits, key=lambda one: one.start).work_order == "W9"
    changes = {one.work_order: one for one in plan.changes}
    assert changes["W1"].kind is ChangeKind.DIVERTED
    assert changes["W1"].crew_before == "A"
    assert changes["W1"].cause.zh == "让位于 W9（P1 爆管）"
    assert changes["W9"].cause.zh == "新工单 W9（P1 爆管）"
    with day.open_work() as work:
        told = [one for one in work.events.about(["W1.1"], 5) if one.kind == "visit.diverted"]
    assert told[0].payload == {"crew": "A", "work_order": "W1", "to": "W9"}


def test_the_crew_makes_safe_before_it_leaves(day: ReplannedDay) -> None:
    """The next plan does not send it sooner; once it has accepted, the burst is its work."""
    begin(day)
    emergency(day)
    day.plan()
    day.pass_minutes(5)
    day.plan()
    burst = day.visits()["W9"]
    assert burst.crew == "A"
    assert burst.planned.depart == day.at(25)
    day.report("W9", VisitState.ACCEPTED)
    day.plan()
    assert day.visits()["W9"].planned.interrupts == "W1"


def test_work_that_goes_on_is_told_from_its_beginning(day: ReplannedDay) -> None:
    """Other work comes behind it; the visit keeps its id and its arrival."""
    begin(day)
    before = day.visits()["W1"]
    day.add(order("W2", at=5))
    plan = day.plan()
    now = day.visits()["W1"]
    assert (now.id, now.state) == (before.id, VisitState.ON_SITE)
    assert now.planned.eta == before.on_site_at
    assert now.planned.end == day.at(180)
    assert [one.work_order for one in plan.routes[0].visits] == ["W1", "W2"]
    assert plan.routes[0].visits[1].depart == day.at(180)


@pytest.mark.parametrize(
    "more", [{"interruptible": False}, {"priority": Priority.P1}], ids=["may not", "is one itself"]
)
def test_other_work_is_not_left(day: ReplannedDay, more: dict[str, object]) -> None:
    """Work that may not be interrupted, and emergencies themselves."""
    begin(day, **more)
    emergency(day)
    day.plan()
    (visit,) = history(day, "W1")
    assert visit.state is VisitState.ON_SITE


def lock(work: UnitOfWork, day: ReplannedDay) -> None:
    """Lock A."""
    lock_crew(work, "A", None, "", "lin", day.now)


def pin(work: UnitOfWork, _day: ReplannedDay) -> None:
    """Pin W1 where it is."""
    work.visits.save([replace(work.visits.get("W1.1"), pinned=True)])


@pytest.mark.parametrize("word", [lock, pin])
def test_a_dispatchers_word_keeps_the_crew(
    day: ReplannedDay, word: Callable[[UnitOfWork, ReplannedDay], None]
) -> None:
    """A locked day and a pinned visit stand."""
    begin(day)
    day.change(lambda work: word(work, day))
    emergency(day)
    day.plan()
    (visit,) = history(day, "W1")
    assert visit.state is VisitState.ON_SITE


@pytest.mark.parametrize("seen", [True, False])
def test_a_crew_on_its_way_turns_round_if_it_is_known_where(
    day: ReplannedDay, *, seen: bool
) -> None:
    """With a fresh fix it does, at once; without it drives on."""
    day.add(order("W1", at=60, minutes=30))
    day.plan()
    day.report("W1", VisitState.EN_ROUTE)
    day.pass_minutes(5)
    if seen:
        day.seen("A", 5)
    emergency(day, at=6)
    day.plan()
    first = history(day, "W1")[0]
    assert first.state is (VisitState.CANCELLED if seen else VisitState.EN_ROUTE)
    if seen:
        assert day.visits()["W9"].planned.depart == day.now
        assert day.visits()["W1"].crew in {"A", "B"}


def test_a_crew_that_drives_on_keeps_its_times(day: ReplannedDay) -> None:
    """It set out when it did; the rest of the drive is from where it is."""
    day.add(order("W1", at=60, minutes=30))
    day.plan()
    day.report("W1", VisitState.EN_ROUTE)
    day.pass_minutes(10)
    day.seen("A", 10)
    day.add(order("W2", at=61))
    day.plan()
    planned = day.visits()["W1"].planned
    assert (planned.depart, planned.eta) == (day.at(0), day.at(60))
    assert planned.travel_s == 60 * 60


def test_what_is_done_meanwhile_is_not_left(day: ReplannedDay) -> None:
    """W1 ends during the search that leaves it: the burst interrupts nothing."""
    begin(day)
    emergency(day)
    day.plan(day.during(lambda: day.end("W1")))
    (visit,) = history(day, "W1")
    assert visit.state is VisitState.FIELD_COMPLETE
    assert day.visits()["W9"].planned.interrupts == ""


def test_a_burst_that_is_over_meanwhile_takes_nobody(day: ReplannedDay) -> None:
    """A false alarm, called off during the search: A works on."""
    begin(day)
    emergency(day)
    day.plan(day.during(lambda: day.end("W9", WorkOrderState.CANCELLED)))
    (visit,) = history(day, "W1")
    assert visit.state is VisitState.ON_SITE


def test_what_was_accepted_next_stays_with_its_crew(day: ReplannedDay) -> None:
    """The burst comes first, then what A had accepted; W1 goes where it is cheapest."""
    day.add(order("W2", at=3))
    begin(day)
    day.report("W2", VisitState.ACCEPTED)
    emergency(day)
    plan: Plan = day.plan()
    assert plan.routes[0].visits[0].work_order == "W9"
    assert (day.visits()["W2"].crew, day.visits()["W2"].id) == ("A", "W2.1")
