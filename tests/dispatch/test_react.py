"""The answer to an event: what is urgent gets a crew, whatever else was planned or left over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch import Problem, Running, at_once, react, rules
from domain.incidents import WorkOrder
from domain.plans import Plan
from domain.words import Priority
from tests.dispatch.days import NOW, at, burst, crew, line, order, problem, random_problem
from tests.dispatch.plain_weights import PLAIN


def _sequences(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {route.crew: tuple(v.work_order for v in route.visits) for route in plan.routes}


def _etas(plan: Plan) -> dict[str, float]:
    visits = (visit for route in plan.routes for visit in route.visits)
    return {one.work_order: (one.eta - NOW).total_seconds() / 60 for one in visits}


def _after(day: Problem, new: list[WorkOrder], *, pinned: bool = False) -> tuple[Problem, Plan]:
    """Return the day with new orders, on top of its plan as it runs, and the answer to them.

    Places are a minute apart, the new ones furthest. The answer may search for no time at all.
    """
    told = _sequences(at_once(day))
    pins = {one: c for c, mine in told.items() for one in mine} if pinned else {}
    orders = (*day.work_orders, *new)
    minutes = [float(k) for k in range(len(day.crews) + len(orders))]
    running = Running(sequences=told, pinned=pins)
    fresh = Problem.build(orders, day.crews, line(minutes), NOW, running=running, weights=PLAIN)
    return fresh, react(fresh, seconds=0.0)


def _full_day(crews: int) -> Problem:
    """Return two crews or more with eight hours of half an hour each, and seven old orders left."""
    teams = [crew(f"C{number}", skills="pipe valve") for number in range(crews)]
    left = [order(f"A{k}", priority=Priority.P4, duration_s=8 * 3600) for k in range(7)]
    work = [order(f"W{k:02d}") for k in range(16 * crews)]
    orders = [*left, *work]
    return problem(teams, orders, [float(k) for k in range(crews + len(orders))])


def test_an_emergency_does_not_stand_behind_what_never_fitted() -> None:
    """Seven older orders have found no crew; the emergency comes last and has one at once."""
    day = _full_day(2)
    wants = {"due_on_site": at(60), "premises_dry_before": 30, "duration_s": 5400}
    new = order("P", priority=Priority.P1, **wants)
    fresh, plan = _after(day, [new])
    assert rules.check(fresh, plan) == ()
    assert _etas(plan)["P"] <= 60


def test_a_burst_is_isolated_and_mended_on_a_full_day() -> None:
    """The repair is dearer to leave out, and still waits for the isolation."""
    fresh, plan = _after(_full_day(2), list(burst("E9")))
    etas = _etas(plan)
    assert rules.check(fresh, plan) == ()
    assert etas["E9I"] <= 60
    assert etas["E9I"] < etas["E9R"]


def test_as_little_as_possible_gives_way() -> None:
    """One half hour for another: of sixteen orders fifteen stay, if need be with the other crew."""
    day = _full_day(2)
    before = set(_etas(at_once(day)))
    _, plan = _after(day, [order("P", priority=Priority.P1, duration_s=1500)])
    assert len(before - set(_etas(plan))) <= 1


def test_pinned_work_gives_way_to_nothing() -> None:
    """The emergency has no crew then, and the plan says so of every one."""
    day = _full_day(2)
    fresh, plan = _after(day, [order("P", priority=Priority.P1, due_on_site=at(60))], pinned=True)
    assert rules.check(fresh, plan) == ()
    assert _sequences(plan) == fresh.running.sequences
    (left,) = [one for one in plan.unassigned if one.work_order == "P"]
    assert {rival.crew for rival in left.crews} == {"C0", "C1"}


#: What makes an order one that an emergency may push out: no hurry, nobody dry.
LESSER = {
    "priority": Priority.P3,
    "after": (),
    "premises_dry_before": 0,
    "premises_dry_after": 0,
    "leaking": False,
}


@pytest.mark.parametrize("seed", range(30))
def test_whoever_could_go_with_nothing_else_to_do_goes(seed: int) -> None:
    """On random days of lesser work, with gaps in the roads and crews that cannot."""
    day = random_problem(seed, crews=4, orders=24)
    lesser = [replace(one, **LESSER) for one in day.work_orders[:-1]]  # type: ignore[arg-type]
    new = replace(day.work_orders[-1], priority=Priority.P1, after=(), premises_dry_before=50)

    def with_orders(orders: list[WorkOrder], running: Running) -> Problem:
        return Problem.build(orders, day.crews, day.travel, NOW, running=running, weights=PLAIN)

    unable = replace(new, crew_size=99)
    told = _sequences(at_once(with_orders([*lesser, unable], Running())))
    fresh = with_orders([*lesser, new], Running(sequences=told))
    plan = react(fresh, seconds=0.0)
    assert rules.check(fresh, plan) == ()
    nothing_else = [replace(one, crew_size=99) for one in lesser]
    alone = at_once(with_orders([*nothing_else, new], Running()))
    # By way of another order somebody may get there who cannot go straight: the roads have gaps.
    assert new.id in _etas(plan) or new.id not in _etas(alone)
