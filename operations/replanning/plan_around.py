"""The plan around what stays: crews from where and when they are free, the work nobody began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Protocol

from dispatch import Problem, Running, Weights
from domain.crews import Shift
from domain.errors import MainbreakError
from domain.incidents import WorkOrder
from domain.plans import Plan
from domain.visits import TrackedVisit
from operations.live_crews import LiveCrew, stand
from operations.over_streets import over_streets
from operations.plan_day import Effort
from operations.replanning.drop_overlaps import drop_overlaps
from operations.replanning.kept_visits import is_open
from operations.replanning.running_day import RunningDay
from operations.replanning.timing import Timing

#: How often the search is asked again, and with which share of the effort, where work under way
#: turns out to wait longer than was guessed. Source: mainbreak default.
AGAIN, SHARE = 2, 0.5


class Solver(Protocol):
    """``dispatch.solve``, or the same in another process."""

    def __call__(self, problem: Problem, *, seed: int, seconds: float) -> Plan:
        """Return a plan of the problem."""
        ...


@dataclass(frozen=True)
class Task:
    """What is to be planned of a running day.

    Attributes
    ----------
    orders
        Work of incidents that are not resolved, without what chains of kept visits do.
    refused
        Pairs of crew and work order id: this crew declined it, or could not complete it.
    """

    day: RunningDay
    orders: tuple[WorkOrder, ...]
    refused: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Proposal:
    """A plan as the search left it, to be stored beside what stays.

    Attributes
    ----------
    plan
        Of the task's orders only; held visits are among its visits where they fit.
    stays
        Kept visits that the plan does not time, timed, in each crew's order.
    """

    task: Task
    plan: Plan
    stays: tuple[TrackedVisit, ...]


@dataclass
class _Round:
    """One try: what is under way, timed by these guesses, and the crews behind it."""

    task: Task
    timing: Timing

    def __post_init__(self) -> None:
        day = self.task.day
        self.chains = self.timing.time(day.kept.chains)
        self.crews = [
            stand(day, crew, self.chains.get(crew.id, ()), self.timing) for crew in day.crews
        ]

    @property
    def under_way(self) -> list[TrackedVisit]:
        """The visits of all chains."""
        return list(chain.from_iterable(self.chains.values()))


def plan_around(
    task: Task, effort: Effort, solver: Solver, weights: Weights | None = None
) -> Proposal:
    """Return a plan around what stays; ``weights`` default to those of dispatch.

    The search is asked again where work under way waits for work that the plan puts later than
    was guessed. What still overlaps in the end is left to the next run.

    Raises
    ------
    MainbreakError
        If the plan breaks a rule.
    """
    drives = task.day.timing(task.day.orders)
    guesses = dict(drives.ends)
    for turn in range(1 + AGAIN):
        this = _Round(task, replace(drives, ends=dict(guesses)))
        share = replace(effort, seconds=effort.seconds * (SHARE if turn else 1.0))
        plan = _solved(this, share, solver, weights)
        later = _later_than_guessed(this, plan)
        if not later:
            return Proposal(task, plan, _stays(this, plan))
        guesses |= later
    this = _Round(task, replace(drives, ends=dict(guesses)))
    plan = drop_overlaps(plan, this.crews, task.orders, _ends(this.under_way))
    return Proposal(task, plan, _stays(this, plan))


def _solved(this: _Round, effort: Effort, solver: Solver, weights: Weights | None) -> Plan:
    task, now = this.task, this.task.day.now
    able = [one for one in this.crews if one.free_at < one.crew.shift.end]
    crews = [
        replace(
            one.crew,
            position=one.free_position,
            shift=Shift(one.free_at, one.crew.shift.end),
        )
        for one in able
    ]
    drives = this.timing.drives
    rows = [_row(this.timing, one) for one in able]
    rows += [drives.orders[order.id] for order in task.orders]
    problem = Problem.build(
        task.orders, crews, drives.among(rows), now, weights=weights, running=_running(this)
    )
    plan = solver(problem, seed=effort.seed, seconds=effort.seconds)
    if plan.violations:
        raise MainbreakError(f"no plan keeps every rule ({plan.violations[0]}); report this day.")
    starts = {one.id: one.position for one in crews}
    places = {order.id: order.location for order in task.orders}
    return over_streets(plan, drives.engine, starts, places, now)[0]


def _row(timing: Timing, one: LiveCrew) -> int:
    """Return the row of the place where the crew becomes free."""
    last = one.kept[-1].work_order if one.kept else None
    return timing.drives.crews[one.crew.id] if last is None else timing.drives.orders[last]


def _running(this: _Round) -> Running:
    """Return what crews were told, what is under way, and who may not do what."""
    day = this.task.day
    under_way = {one.id for one in this.under_way}
    told = sorted(
        (one for one in day.visits if one.id not in under_way),
        key=lambda one: (one.planned.start, one.id),
    )
    sequences = {
        crew.id: tuple(one.work_order for one in told if one.crew == crew.id) for crew in day.crews
    }
    barred = this.task.refused - {(one.crew, one.work_order) for one in day.kept.held}
    return Running(
        sequences={crew: orders for crew, orders in sequences.items() if orders},
        ends=_ends(this.under_way),
        barred=barred | _others(day) | _own(this),
    )


def _others(day: RunningDay) -> set[tuple[str, str]]:
    """Return who may not do the orders of held visits: everybody else."""
    return {
        (crew.id, visit.work_order)
        for visit in day.kept.held
        for crew in day.crews
        if crew.id != visit.crew
    }


def _own(this: _Round) -> set[tuple[str, str]]:
    """Return what a crew may not do: that which the work it is at waits for.

    It would come to it only after the work that waits.
    """
    orders = this.task.day.orders
    own: set[tuple[str, str]] = set()
    for visit in this.under_way:
        stack = [visit.work_order]
        while stack:
            order = orders.get(stack.pop())
            for one in order.after if order else ():
                if is_open(orders.get(one)) and (visit.crew, one) not in own:
                    own.add((visit.crew, one))
                    stack.append(one)
    return own


def _ends(visits: Sequence[TrackedVisit]) -> dict[str, datetime]:
    return {one.work_order: one.planned.end for one in visits}


def _later_than_guessed(this: _Round, plan: Plan) -> dict[str, datetime]:
    """Return the ends of planned work for which work under way was thought to wait less long."""
    ends = {visit.work_order: visit.end for route in plan.routes for visit in route.visits}
    orders = this.task.day.orders
    return {
        one: ends[one]
        for visit in this.under_way
        for one in orders[visit.work_order].after
        if one in ends and ends[one] > visit.planned.start
    }


def _stays(this: _Round, plan: Plan) -> tuple[TrackedVisit, ...]:
    """Return the chains, then the held visits that the plan had no place for, behind all else."""
    visits = {route.crew: list(route.visits) for route in plan.routes}
    planned = {visit.work_order: visit.end for route in visits.values() for visit in route}
    timing = replace(this.timing, ends=this.timing.ends | planned)
    stays = this.under_way
    for held in this.task.day.kept.held:
        if held.work_order not in planned:
            own = [one.planned for one in stays if one.crew == held.crew]
            behind = own + visits.get(held.crew, [])
            stays.append(timing.append(held, sorted(behind, key=lambda one: one.end)))
            timing.ends[held.work_order] = stays[-1].planned.end
    return tuple(stays)
