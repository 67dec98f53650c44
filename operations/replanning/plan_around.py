"""The plan around what stays: crews from where and when they are free, the work nobody began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Protocol

from dispatch import Problem, Running, Weights, at_once
from domain.crews import Crew, Depot, Shift, next_morning
from domain.errors import MainbreakError
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.plans import Plan
from domain.visits import TrackedVisit
from operations.live_crews import LiveCrew, stand
from operations.over_streets import over_streets
from operations.plan_day import Effort
from operations.replanning.begun_work import begun_of, may_yield, safe_times, with_begun_times
from operations.replanning.breaks_taken import Pause, behind_breaks, breaks_taken
from operations.replanning.drop_overlaps import drop_overlaps
from operations.replanning.kept_visits import in_turn, is_open
from operations.replanning.plan_changes import visits_of
from operations.replanning.running_day import RunningDay
from operations.replanning.tell_barred import tell_barred
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
        Work of incidents that are not resolved, also what kept visits do.
    refused
        Pairs of crew and work order id: this crew declined it, or could not complete it.
    running, number
        The plan that counts, None before the first, and its number, 0 then.
    pinned
        By work order id the crew that shall do it, beside what the visits say.
    """

    day: RunningDay
    orders: tuple[WorkOrder, ...]
    refused: frozenset[tuple[str, str]]
    depots: tuple[Depot, ...] = ()
    running: Plan | None = None
    number: int = 0
    pinned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A plan as the search left it, to be stored beside what stays.

    Attributes
    ----------
    plan
        Of ``orders`` only: those of held and begun visits are among them.
    stays
        Kept visits that the plan does not time, timed, in each crew's order.
    gain_s
        By how much the plan is cheaper than one in which nobody's work changes hands, seconds of
        travel; None where none does, or new work moves the rest.
    """

    task: Task
    plan: Plan
    orders: tuple[WorkOrder, ...]
    stays: tuple[TrackedVisit, ...]
    gain_s: float | None = None


@dataclass
class _Round:
    """One try: what is under way, timed by these guesses, and the crews behind it."""

    task: Task
    timing: Timing

    def __post_init__(self) -> None:
        day, wanted = self.task.day, {order.id for order in self.task.orders}
        timed = self.timing.time(day.kept.chains)
        drives, refused = self.timing.drives, self.task.refused
        yielding = [c for c in timed if may_yield(day, timed[c], wanted, refused, drives)]
        self.begun = {crew: timed.pop(crew) for crew in yielding}
        self.chains = timed
        behind = chain.from_iterable(visits[1:] for visits in self.begun.values())
        self.held = in_turn([*day.kept.held, *behind])
        chained = {one.work_order for one in self.under_way}
        self.orders = tuple(order for order in self.task.orders if order.id not in chained)
        present = day.roster.present.values()
        self.crews = [stand(day, crew, timed.get(crew.id, ()), self.timing) for crew in present]

    @property
    def under_way(self) -> list[TrackedVisit]:
        """The visits of all chains that no plan takes away."""
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
    drives = task.day.timing(task.day.orders, _homes_and_depots(task))
    guesses = dict(drives.ends)
    for turn in range(1 + AGAIN):
        this = _Round(task, replace(drives, ends=dict(guesses)))
        share = replace(effort, seconds=effort.seconds * (SHARE if turn else 1.0))
        plan, gain_s = _solved(this, share, solver, weights)
        later = _later_than_guessed(this, plan)
        if not later:
            return Proposal(task, plan, this.orders, _stays(this, plan), gain_s)
        guesses |= later
    this = _Round(task, replace(drives, ends=dict(guesses)))
    plan = drop_overlaps(plan, this.crews, this.orders, _ends(this.under_way))
    return Proposal(task, plan, this.orders, _stays(this, plan), gain_s)


def _homes_and_depots(task: Task) -> list[LonLat]:
    homes = [crew.home for crew in task.day.crews if crew.home is not None]
    return list(dict.fromkeys([*homes, *(depot.position for depot in task.depots)]))


def _solved(
    this: _Round, effort: Effort, solver: Solver, weights: Weights | None
) -> tuple[Plan, float | None]:
    """Return the plan, and what it gains over the running one."""
    task, drives, now = this.task, this.timing.drives, this.task.day.now
    taken = {one.id: breaks_taken(task.running, one, now) for one in task.day.crews}
    safe = safe_times(task.day)
    able = [
        (one, crew)
        for one in this.crews
        if (crew := _able(one, safe.get(one.crew.id, now), taken[one.crew.id]))
    ]
    crews = [crew for _, crew in able]
    rows = [_row(this.timing, one) for one, _ in able]
    rows += [drives.orders[order.id] for order in this.orders]
    rows += [drives.others[crew.home] for crew in crews if crew.home is not None]
    rows += [drives.others[depot.position] for depot in task.depots]
    problem = Problem.build(
        this.orders,
        crews,
        drives.among(rows),
        now,
        weights=weights,
        running=_running(this),
        depots=task.depots,
    )
    plan = solver(problem, seed=effort.seed, seconds=effort.seconds)
    if plan.violations:
        raise MainbreakError(f"no plan keeps every rule ({plan.violations[0]}); report this day.")
    gain_s = None if _has_news(this) else _gain(problem, plan)
    starts = {one.id: one.position for one in crews}
    places = {order.id: order.location for order in this.orders}
    depots = {depot.id: depot.position for depot in task.depots}
    plan = over_streets(plan, drives.engine, starts, places, now, depots)[0]
    plan = with_begun_times(plan, [visits[0] for visits in this.begun.values()])
    plan = tell_barred(plan, task.day)
    return _with_breaks(plan, taken), gain_s


def _able(one: LiveCrew, safe_at: datetime, taken: tuple[Pause, ...]) -> Crew | None:
    """Return the crew from where and when it is free; None if its shift is over then."""
    free_at = max(one.free_at, safe_at)
    if free_at >= one.crew.shift.end:
        return None
    shift = Shift(free_at, one.crew.shift.end)
    return behind_breaks(replace(one.crew, position=one.free_position, shift=shift), taken)


def _with_breaks(plan: Plan, taken: Mapping[str, tuple[Pause, ...]]) -> Plan:
    """Return the plan with the breaks that have begun before those to come."""
    routes = (replace(one, breaks=(*taken[one.crew], *one.breaks)) for one in plan.routes)
    return replace(plan, routes=tuple(routes))


def _has_news(this: _Round) -> bool:
    """Return True if the running plan does not know some order: that is what moves the rest."""
    running = this.task.running
    if running is None:
        return True
    known = visits_of(running).keys() | {one.work_order for one in running.unassigned}
    return any(order.id not in known for order in this.orders)


def _gain(problem: Problem, plan: Plan) -> float | None:
    """Return how much cheaper the plan is than one in which nobody's work changes hands.

    None if nothing was moved, or another number of work orders would be left undone.
    """
    running, crews = problem.running, {crew.id for crew in problem.crews}
    told = {
        order: crew
        for crew, orders in running.sequences.items()
        for order in orders
        if crew in crews and (crew, order) not in running.barred
    }
    moved = (
        told.get(visit.work_order, route.crew) != route.crew
        for route in plan.routes
        for visit in route.visits
    )
    if not any(moved):
        return None
    stays = replace(running, pinned=told | dict(running.pinned))
    other = at_once(_again(problem, stays), seed=plan.seed)
    if len(other.unassigned) != len(plan.unassigned):
        return None
    return max(0.0, other.cost["total"] - plan.cost["total"])


def _again(problem: Problem, running: Running) -> Problem:
    return Problem.build(
        problem.work_orders,
        problem.crews,
        problem.travel,
        problem.now,
        weights=problem.weights,
        running=running,
        depots=problem.depots,
    )


def _row(timing: Timing, one: LiveCrew) -> int:
    """Return the row of the place where the crew becomes free."""
    last = one.kept[-1].work_order if one.kept else None
    return timing.drives.crews[one.crew.id] if last is None else timing.drives.orders[last]


def _running(this: _Round) -> Running:
    """Return what crews were told, what is under way, and who may not do what."""
    task, day = this.task, this.task.day
    under_way = {one.id for one in this.under_way}
    told = sorted(
        (one for one in day.visits if one.id not in under_way),
        key=lambda one: (one.planned.start, one.id),
    )
    sequences = {
        crew.id: tuple(one.work_order for one in told if one.crew == crew.id) for crew in day.crews
    }
    return Running(
        sequences={crew: orders for crew, orders in sequences.items() if orders},
        ends=_ends(this.under_way),
        barred=task.refused | day.roster.forbidden | _locked(this) | _own(this),
        pinned={one.work_order: one.crew for one in this.held} | dict(task.pinned),
        begun={crew: begun_of(day, visits[0]) for crew, visits in this.begun.items()},
        undone_until=next_morning(day.crews, day.now),
    )


def _locked(this: _Round) -> set[tuple[str, str]]:
    """Return what crews may not do whose day is locked: everything that is not theirs already."""
    return {(crew, one.id) for crew in this.task.day.roster.locked for one in this.orders}


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
    for held in this.held:
        if held.work_order not in planned:
            own = [one.planned for one in stays if one.crew == held.crew]
            behind = own + visits.get(held.crew, [])
            stays.append(timing.append(held, sorted(behind, key=lambda one: one.end)))
            timing.ends[held.work_order] = stays[-1].planned.end
    return tuple(stays)
