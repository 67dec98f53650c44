"""Planning a running day: what is kept, what changes, what is not written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil, hypot

import pytest

import dispatch
from dispatch import Problem
from domain.incidents import Etr, EtrSource
from domain.plans import Plan
from domain.states import IncidentState, VisitState, WorkOrderState
from domain.words import Priority, Skill
from storage import Database
from tests.operations.replanned import ReplannedDay, burst, crew, order, reported


@pytest.fixture
def day(database: Database) -> ReplannedDay:
    """Return an empty day, on both databases."""
    return ReplannedDay(database)


def test_new_work_is_assigned(day: ReplannedDay) -> None:
    """Visits count from 1, orders become assigned, the plan is stored as it is returned."""
    day.crews(crew("A"), crew("B", skills="meter"))
    day.add(order("W1", at=10), order("W2", at=20, skills=frozenset({Skill.METER})))
    plan = day.plan()
    assert {one.id: one.crew for one in day.visits().values()} == {"W1.1": "A", "W2.1": "B"}
    assert day.order("W1").state is WorkOrderState.ASSIGNED
    assert day.visits()["W1"].planned.eta == day.at(10)
    with day.open_work() as work:
        assert work.plans.latest() == plan


def test_an_empty_day_stores_no_plan(day: ReplannedDay) -> None:
    """Nothing to do is nothing to tell."""
    day.crews(crew("A"))
    before = day.written()
    day.plan()
    assert day.written() == before


def test_planning_again_writes_nothing(day: ReplannedDay) -> None:
    """Not at once, and not two minutes later: nobody has news."""
    day.crews(crew("A"), crew("B", at=30))
    day.add(*burst("E1", at=10), order("W1", at=25), order("W2", at=5), outage=True)
    day.plan()
    before, visits = day.written(), day.visits()
    first = day.plan()
    day.pass_minutes(2)
    assert day.plan() == first
    assert (day.written(), day.visits()) == (before, visits)


def test_a_delay_of_five_minutes_is_news(day: ReplannedDay) -> None:
    """The crew has not moved: the new time is told, the visit stays the same one."""
    day.crews(crew("A"))
    day.add(order("W1", at=10))
    day.plan()
    number = day.written()[1]
    day.pass_minutes(5)
    day.plan()
    assert day.visits()["W1"].id == "W1.1"
    assert day.visits()["W1"].planned.eta == day.at(15)
    assert day.written()[1] == number + 1


def test_a_new_p1_gets_a_crew_at_the_next_plan(day: ReplannedDay) -> None:
    """A day full of lesser work makes room for it."""
    day.crews(crew("A", hours=(0, 3)))
    lesser = [order(f"W{n}", at=n, priority=Priority.P4, minutes=40) for n in range(4)]
    day.add(*lesser)
    assert day.plan().unassigned == ()
    day.report("W0", VisitState.ON_SITE)
    day.pass_minutes(10)
    day.add(order("W9", at=9, priority=Priority.P1, due_on_site=day.at(40), released_at=day.now))
    plan = day.plan()
    assert day.visits()["W9"].planned.eta <= day.at(60)
    assert day.visits()["W0"].id == "W0.1"
    assert len(plan.unassigned) == 1
    assert day.order(plan.unassigned[0].work_order).state is WorkOrderState.READY


def test_what_ended_vanishes(day: ReplannedDay) -> None:
    """Done, cancelled, dismissed or resolved: no visit and no line of the plan is left."""
    day.crews(crew("A"))
    day.add(order("W1"), order("W2", at=5), order("W3", at=9), order("W4", at=12))
    day.plan()
    day.report("W1", VisitState.ON_SITE)
    day.end("W1")
    day.end("W2", WorkOrderState.CANCELLED)
    day.change(lambda work: _move_incident(work, "E-W3", IncidentState.DISMISSED))
    day.change(lambda work: _move_incident(work, "E-W4", IncidentState.RESOLVED))
    plan = day.plan()
    assert day.visits() == {}
    assert [route.visits for route in plan.routes] == [()]
    assert plan.unassigned == ()
    assert day.order("W3").state is WorkOrderState.READY


def _move_incident(work: object, incident: str, state: IncidentState) -> None:
    incidents = work.incidents  # type: ignore[attr-defined]
    incidents.save([replace(incidents.get(incident), state=state)])


def test_a_crew_that_falls_ill_loses_only_what_it_has_not_started(day: ReplannedDay) -> None:
    """Off the list: its accepted visit stays with it, the rest goes to the other crew."""
    day.crews(crew("A"), crew("B", at=100))
    day.add(order("W1", at=1), order("W2", at=2), order("W3", at=3))
    day.plan()
    assert {one.crew for one in day.visits().values()} == {"A"}
    day.report("W1", VisitState.ACCEPTED)
    day.pin("W3", "A")
    day.crews(crew("B", at=100))
    plan = day.plan()
    assert {one.work_order: one.crew for one in day.visits().values()} == {
        "W1": "A",
        "W2": "B",
        "W3": "B",
    }
    assert day.visits()["W1"].id == "W1.1"
    assert {route.crew: len(route.visits) for route in plan.routes} == {"A": 1, "B": 2}


def test_a_pinned_visit_stays_where_it_was_put(day: ReplannedDay) -> None:
    """However far that crew is; it is planned around."""
    day.crews(crew("A"), crew("B", at=100))
    day.add(order("W1", at=1), order("W2", at=2))
    day.plan()
    day.pin("W1", "B")
    day.plan()
    visits = day.visits()
    assert (visits["W1"].crew, visits["W1"].id) == ("B", "W1.2")
    assert visits["W1"].planned.eta == day.at(99)
    assert visits["W2"].crew == "A"


def test_who_declined_is_not_asked_again(day: ReplannedDay) -> None:
    """The next crew is; if all have declined the plan says so."""
    day.crews(crew("A"), crew("B", at=100))
    day.add(order("W1", at=1))
    day.plan()
    day.report("W1", VisitState.DECLINED)
    day.plan()
    assert (day.visits()["W1"].crew, day.visits()["W1"].id) == ("B", "W1.2")
    day.report("W1", VisitState.DECLINED)
    plan = day.plan()
    assert [(one.work_order, one.reason.value) for one in plan.unassigned] == [("W1", "declined")]
    assert day.visits() == {}


def test_a_small_gain_moves_nobody(day: ReplannedDay) -> None:
    """B is five minutes nearer by now, but A was told; much nearer B gets the work."""
    day.crews(crew("A"), crew("B", skills="pipe meter", at=60))
    day.add(order("W1", at=20))
    day.plan()
    assert day.visits()["W1"].crew == "A"
    day.seen("B", 35)
    day.plan()
    assert day.visits()["W1"].crew == "A"
    day.seen("A", -10)
    day.seen("B", 21)
    day.plan()
    assert (day.visits()["W1"].crew, day.visits()["W1"].id) == ("B", "W1.2")


def test_a_crew_after_its_shift_keeps_what_it_began(day: ReplannedDay) -> None:
    """It gets nothing else."""
    day.crews(crew("A", hours=(0, 1)), crew("B", at=200))
    day.add(order("W1", at=1, minutes=50))
    day.plan()
    day.report("W1", VisitState.ON_SITE)
    day.pass_minutes(70)
    day.add(order("W2", at=2))
    plan = day.plan()
    assert {one.work_order: one.crew for one in day.visits().values()} == {"W1": "A", "W2": "B"}
    assert {route.crew: len(route.visits) for route in plan.routes} == {"A": 1, "B": 1}
    assert day.visits()["W1"].planned.end == day.now + timedelta(minutes=5)


def test_what_is_reported_during_the_search_is_respected(day: ReplannedDay) -> None:
    """One starts, one is cancelled, one declined, one is new while the search runs."""
    day.crews(crew("A"), crew("B", at=9))
    day.add(order("W1", at=1), order("W2", at=2), order("W3", at=8), order("W4", at=7))
    day.plan()
    crews = {name: one.crew for name, one in day.visits().items()}
    day.crews(crew("B", at=9))

    def meanwhile(problem: Problem, *, seed: int, seconds: float) -> Plan:
        day.change(lambda work: reported(work, "W1", VisitState.EN_ROUTE, day.now))
        day.end("W2", WorkOrderState.CANCELLED)
        day.change(lambda work: reported(work, "W3", VisitState.DECLINED, day.now))
        day.add(order("W5", at=3))
        return dispatch.solve(problem, seed=seed, seconds=seconds)

    plan = day.plan(meanwhile)
    visits = day.visits()
    assert crews["W1"] == visits["W1"].crew == "A"
    assert visits["W1"].id == "W1.1"
    assert visits["W1"].state is VisitState.EN_ROUTE
    assert "W2" not in visits
    assert "W3" not in visits or visits["W3"].crew != crews["W3"]
    assert "W5" not in visits
    planned = {visit.work_order for route in plan.routes for visit in route.visits}
    assert planned == set(visits)
    day.plan()
    assert day.visits()["W5"].crew == "B"


def test_waiting_work_is_planned_too(day: ReplannedDay) -> None:
    """It goes over ready to assigned; each step is an event."""
    day.crews(crew("A"))
    day.add(order("W1", at=1, state=WorkOrderState.WAITING))
    day.plan()
    assert day.order("W1").state is WorkOrderState.ASSIGNED
    with day.open_work() as work:
        kinds = [one.kind for one in work.events.about(["W1"], 10)]
    assert kinds == ["work_order.assigned", "work_order.ready", "work_order.issued"]


def test_the_plan_says_when_supply_is_back(day: ReplannedDay) -> None:
    """The end of the repair; what was said stands while it moves by less than five minutes."""
    day.crews(crew("A", skills="pipe valve"))
    day.add(*burst("E1", at=10), outage=True)
    day.plan()
    # Three may take longer by presets: the drive by 3.5 minutes, both works by 18 and 54.
    latest = day.at(130 + ceil(hypot(3.5, 18, 54)))
    said = Etr(day.at(10 + 30 + 90), EtrSource.PLAN, day.now, latest)
    assert day.outage("E1").etr == said
    day.pass_minutes(4)
    day.plan()
    assert day.outage("E1").etr == said
    day.pass_minutes(2)
    day.plan()
    later = latest + timedelta(minutes=6)
    assert day.outage("E1").etr == Etr(day.at(136), EtrSource.PLAN, day.at(6), later)


def test_nobody_to_repair_is_no_time_of_restoration(day: ReplannedDay) -> None:
    """A figure that the plan had given is taken back."""
    day.crews(crew("A", skills="pipe valve"))
    day.add(*burst("E1", at=10), outage=True)
    day.plan()
    assert day.outage("E1").etr is not None
    day.crews(crew("A", skills="valve"))
    day.plan()
    assert day.outage("E1").etr is None


@pytest.mark.parametrize("source", [EtrSource.CREW, EtrSource.DISPATCHER])
def test_what_a_person_said_stands(day: ReplannedDay, source: EtrSource) -> None:
    """The plan never overwrites a crew's or a dispatcher's word."""
    day.crews(crew("A", skills="pipe valve"))
    day.add(*burst("E1", at=10), outage=True)
    said = Etr(day.at(500), source, day.now)
    day.change(lambda work: work.outages.save([replace(work.outages.get("O-E1"), etr=said)]))
    day.plan()
    day.crews(crew("A", skills="valve"))
    day.plan()
    assert day.outage("E1").etr == said


def test_a_finished_repair_keeps_its_last_figure(day: ReplannedDay) -> None:
    """Until the centre has verified it there is nothing better to say."""
    day.crews(crew("A", skills="pipe valve"))
    day.add(*burst("E1", at=10), outage=True)
    day.plan()
    said = day.outage("E1").etr
    for name in ("E1I", "E1R"):
        day.report(name, VisitState.ON_SITE)
        day.end(name)
    day.plan()
    assert said is not None
    assert day.outage("E1").etr == said
