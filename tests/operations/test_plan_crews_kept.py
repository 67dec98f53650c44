"""What a plan never takes away, and what never begins before the work it waits for ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from domain.plans import Plan
from domain.states import VisitState, WorkOrderState, moves_from
from domain.visits import TrackedVisit
from domain.words import Priority, Skill
from storage import Database
from tests.operations.replanned import ReplannedDay, burst, crew, order

STEPS, SEEDS = 8, range(4)


@pytest.fixture
def day(database: Database) -> ReplannedDay:
    """Return an empty day, on both databases."""
    return ReplannedDay(database)


def two_crews_and_a_burst(day: ReplannedDay) -> None:
    """Plan a burst ten minutes away: V shuts it, R repairs it."""
    day.crews(crew("V", skills="valve"), crew("R"))
    day.add(*burst("E1", at=10))
    day.plan()


def test_a_repair_waits_for_an_isolation_that_takes_longer(day: ReplannedDay) -> None:
    """The isolation is on site far beyond its time: the repair begins at its expected end."""
    two_crews_and_a_burst(day)
    assert day.visits()["E1R"].planned.start == day.at(40)
    day.pass_minutes(10)
    day.report("E1I", VisitState.ON_SITE)
    day.pass_minutes(60)
    day.plan()
    visits = day.visits()
    assert visits["E1I"].planned.end == day.now + timedelta(minutes=5)
    assert visits["E1R"].planned.eta == day.now + timedelta(minutes=10)


def test_the_repair_crew_sets_out_before_the_isolation_ends(day: ReplannedDay) -> None:
    """It drives meanwhile and waits on site; the reason says for what."""
    two_crews_and_a_burst(day)
    day.pass_minutes(10)
    day.report("E1I", VisitState.ON_SITE)
    day.pass_minutes(6)
    day.plan()
    repair = day.visits()["E1R"].planned
    assert repair.eta == day.at(26)
    assert repair.start == day.at(40)
    assert repair.reason.en.endswith("waits 14 min on site for E1I; 4 min before due")


def test_an_accepted_repair_waits_for_an_isolation_nobody_began(day: ReplannedDay) -> None:
    """It stays with its crew, which does something else first if that fits."""
    day.crews(crew("V", skills="valve", at=60), crew("R"))
    day.add(*burst("E1", at=10), order("W1", at=1, minutes=15))
    day.plan()
    day.report("E1R", VisitState.ACCEPTED)
    day.plan()
    visits = day.visits()
    assert (visits["E1R"].id, visits["E1R"].crew) == ("E1R.1", "R")
    assert visits["E1R"].state is VisitState.ACCEPTED
    assert visits["E1R"].planned.start == visits["E1I"].planned.end == day.at(80)
    assert visits["W1"].planned.end <= visits["E1R"].planned.depart


def test_one_crew_that_accepts_the_repair_first_still_isolates_first(day: ReplannedDay) -> None:
    """The phone shows both; the crew taps the second."""
    day.crews(crew("A", skills="valve pipe"))
    day.add(*burst("E1", at=10))
    day.plan()
    day.report("E1R", VisitState.ACCEPTED)
    plan = day.plan()
    assert [visit.work_order for visit in plan.routes[0].visits] == ["E1I", "E1R"]
    day.report("E1R", VisitState.EN_ROUTE)
    day.report("E1R", VisitState.ON_SITE)
    plan = day.plan()
    assert [visit.work_order for visit in plan.routes[0].visits] == ["E1I", "E1R"]
    assert day.visits()["E1R"].planned.start >= day.visits()["E1I"].planned.end
    assert day.visits()["E1I"].id == "E1I.1"


def test_a_repair_on_site_waits_for_an_isolation_that_moved_far_away(day: ReplannedDay) -> None:
    """The isolation's new crew is far off: longer than was guessed, and yet it is waited for."""
    day.crews(crew("V", skills="valve"), crew("R"), crew("V2", skills="valve", at=100))
    day.add(*burst("E1", at=10), order("W1", at=12))
    day.plan()
    day.report("E1R", VisitState.EN_ROUTE)
    day.report("E1R", VisitState.ON_SITE)
    day.crews(crew("R"), crew("V2", skills="valve", at=100))
    day.plan()
    visits = day.visits()
    assert visits["E1I"].crew == "V2"
    assert visits["E1I"].planned.end == day.at(120)
    assert visits["E1R"].planned.start == day.at(120)
    assert visits["W1"].planned.depart >= visits["E1R"].planned.end


def test_an_accepted_repair_that_fits_no_more_stays_behind_all_else(day: ReplannedDay) -> None:
    """The shift is over before it could end; the crew has said yes, so a person must decide."""
    day.crews(crew("V", skills="valve"), crew("R", hours=(0, 3)))
    day.add(*burst("E1", at=10))
    day.plan()
    day.report("E1R", VisitState.ACCEPTED)
    day.pass_minutes(100)
    day.crews(crew("V", skills="valve"), crew("R", hours=(0, 3)))
    plan = day.plan()
    visits = day.visits()
    assert (visits["E1R"].id, visits["E1R"].crew) == ("E1R.1", "R")
    assert visits["E1R"].planned.start >= visits["E1I"].planned.end
    assert visits["E1R"].planned.end > day.at(180)
    assert plan.unassigned == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_on_a_random_day(day: ReplannedDay, seed: int) -> None:
    """Started work stays, work waits its turn, visits, orders and plan say the same."""
    random = Random(seed)
    teams = [
        crew(f"C{n}", skills=skills, at=random.uniform(0, 40), hours=(0, random.uniform(2, 9)))
        for n, skills in enumerate(["valve", "pipe", "pipe valve", "pipe", "meter pipe"])
    ]
    day.crews(*teams)
    for step in range(STEPS):
        for _ in range(random.randint(1, 4)):
            happen(day, random)
        listed = random.sample(teams, random.randint(3, 5))
        if random.random() < 0.3:
            day.crews(*listed)
        before = day.visits()
        plan = day.plan()
        check(day, before, plan)
        if step % 5 == 0:
            day.seen(random.choice(teams).id, random.uniform(0, 40))
        day.pass_minutes(random.choice([0, 1, 7, 30]))


def happen(day: ReplannedDay, random: Random) -> None:
    """Let one thing happen: a call, a burst, a step of some visit, a cancellation."""
    number, visits = day.written()[0], list(day.visits().values())
    what = random.random()
    if what < 0.25 or not visits:
        urgency = random.choice(list(Priority))
        skill = frozenset({random.choice([Skill.PIPE, Skill.METER])})
        place, minutes = random.uniform(0, 40), random.choice([20, 60])
        day.add(order(f"W{number}", at=place, minutes=minutes, priority=urgency, skills=skill))
    elif what < 0.4:
        day.add(*burst(f"E{number}", at=random.uniform(0, 40)), outage=True)
    elif what < 0.5:
        chosen = random.choice(visits)
        if WorkOrderState.CANCELLED in moves_from(day.order(chosen.work_order).state):
            day.end(chosen.work_order, WorkOrderState.CANCELLED)
    else:
        go_on(day, random.choice(visits), random)


def go_on(day: ReplannedDay, visit: TrackedVisit, random: Random) -> None:
    """Let a crew report the next thing it may report."""
    after = random.choice([one for one in moves_from(visit.state) if one != "cancelled"])
    if after is VisitState.FIELD_COMPLETE:
        day.end(visit.work_order)
    else:
        day.report(visit.work_order, after)


def check(day: ReplannedDay, before: dict[str, TrackedVisit], plan: Plan) -> None:
    """Demand what holds after every plan."""
    after = day.visits()
    for name, visit in before.items():
        if visit.has_started:
            now = after[name]
            assert (now.id, now.crew, now.state) == (visit.id, visit.crew, visit.state)
    # A plan that stands was made before the crews' last reports: their states are newer.
    planned = {one.work_order: one for route in plan.routes for one in route.visits}
    assert planned == {
        name: replace(one.planned, state=planned[name].state) for name, one in after.items()
    }
    with day.open_work() as work:
        orders = {one.id: one for one in work.work_orders.all()}
        assert len(work.visits.active()) == len(after)
    for name, visit in after.items():
        for earlier in orders[name].after:
            if earlier in after:
                assert visit.planned.start >= after[earlier].planned.end
            elif not visit.has_started:
                assert orders[earlier].state in {WorkOrderState.DONE, WorkOrderState.CANCELLED}
    for one in orders.values():
        assert (one.state in {"assigned", "in_progress"}) == (one.id in after)
    for route in plan.routes:
        for first, second in zip(route.visits, route.visits[1:], strict=False):
            assert second.state is not VisitState.ASSIGNED or second.depart >= first.end
