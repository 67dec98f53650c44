"""The referee: says which rules a plan breaks, whoever made the plan.

Reads only the domain values of the problem (orders, crews, travel, now) and the plan. Shares no
code with the engines, so that no engine marks its own homework. ``score`` is next door.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import ceil, isfinite

from dispatch.problem import Problem
from dispatch.scoring import score
from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.plans import Plan, Visit

__all__ = ["check", "score"]

Violations = Iterator[str]


def check(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """Return one English sentence for each broken rule; empty if the plan keeps them all.

    Ids or times that make no sense are reported alone: the other rules cannot be judged then.
    """
    case = Case(problem, plan)
    broken = [text for rule in (known_ids, sound_times) for text in rule(case)]
    if not broken:
        broken = [text for rule in RULES for text in rule(case)]
    return tuple(broken)


@dataclass(frozen=True)
class Case:
    """A plan beside its problem, with look-ups by id."""

    problem: Problem
    plan: Plan

    @cached_property
    def orders(self) -> dict[str, WorkOrder]:
        """The work orders by id."""
        return {order.id: order for order in self.problem.work_orders}

    @cached_property
    def crews(self) -> dict[str, Crew]:
        """The crews by id."""
        return {crew.id: crew for crew in self.problem.crews}

    @cached_property
    def visits(self) -> list[Visit]:
        """All visits, route by route."""
        return [visit for route in self.plan.routes for visit in route.visits]

    @cached_property
    def visit_of(self) -> dict[str, Visit]:
        """The visits by work order."""
        return {visit.work_order: visit for visit in self.visits}

    @cached_property
    def staffed(self) -> list[tuple[Visit, WorkOrder, Crew]]:
        """Each visit with its work order and its crew."""
        return [(v, self.orders[v.work_order], self.crews[v.crew]) for v in self.visits]

    @cached_property
    def place(self) -> dict[str, int]:
        """Row of the travel matrix, by crew id ("crew ...") or order id ("order ...")."""
        names = [f"crew {crew.id}" for crew in self.problem.crews]
        names += [f"order {order.id}" for order in self.problem.work_orders]
        return {name: row for row, name in enumerate(names)}

    def legs(self) -> Iterator[tuple[Visit, float]]:
        """Yield each visit with the matrix's seconds from the place before it."""
        travel = self.problem.travel
        for route in self.plan.routes:
            here = self.place[f"crew {route.crew}"]
            for visit in route.visits:
                there = self.place[f"order {visit.work_order}"]
                yield visit, float(travel.seconds[here, there])
                here = there


def known_ids(case: Case) -> Violations:
    """Demand that every crew and work order named is one of the problem's."""
    for route in case.plan.routes:
        if route.crew not in case.crews:
            yield f"crew {route.crew} is unknown"
        for visit in route.visits:
            if visit.crew != route.crew:
                yield f"{visit.work_order}: stands in the route of {route.crew}, names {visit.crew}"
    named = [visit.work_order for visit in case.visits]
    for order in [*named, *(one.work_order for one in case.plan.unassigned)]:
        if order not in case.orders:
            yield f"work order {order} is unknown"


def sound_times(case: Case) -> Violations:
    """Demand instants that are aware and on a whole second."""
    for visit in case.visits:
        if not all(_sound(at) for at in (visit.depart, visit.eta, visit.start, visit.end)):
            yield f"{visit.work_order}: a time without a zone or between two seconds"


def _sound(instant: datetime) -> bool:
    return instant.tzinfo is not None and instant.microsecond == 0


def every_order_once(case: Case) -> Violations:
    """Demand each work order in one visit or in one line of the unassigned."""
    count = Counter(visit.work_order for visit in case.visits)
    count.update(one.work_order for one in case.plan.unassigned)
    for order in case.orders:
        if count[order] == 0:
            yield f"{order}: neither planned nor unassigned"
        elif count[order] > 1:
            yield f"{order}: named {count[order]} times"


def one_route_per_crew(case: Case) -> Violations:
    """Allow a crew one route at most."""
    for crew, count in Counter(route.crew for route in case.plan.routes).items():
        if count > 1:
            yield f"crew {crew} has {count} routes"


def skills(case: Case) -> Violations:
    """Demand a crew that holds every skill the work order asks for."""
    for visit, order, crew in case.staffed:
        missing = sorted(order.skills - crew.skills)
        if missing:
            yield f"{visit.work_order}: crew {crew.id} lacks {', '.join(missing)}"


def barred(case: Case) -> Violations:
    """Forbid a crew the orders it is barred from."""
    for visit, _, crew in case.staffed:
        if (crew.id, visit.work_order) in case.problem.running.barred:
            yield f"{visit.work_order}: crew {crew.id} is barred from it"


def crew_size(case: Case) -> Violations:
    """Demand a crew with enough people."""
    for visit, order, crew in case.staffed:
        if crew.size < order.crew_size:
            yield f"{visit.work_order}: {order.crew_size} people needed, {crew.id} has {crew.size}"


def shift(case: Case) -> Violations:
    """Demand that the crew sets out and ends the work within its shift."""
    for visit, _, crew in case.staffed:
        if visit.depart < crew.shift.start:
            yield f"{visit.work_order}: crew {crew.id} departs before its shift starts"
        if visit.end > crew.shift.end:
            yield f"{visit.work_order}: crew {crew.id} ends after its shift"


def not_in_the_past(case: Case) -> Violations:
    """Forbid departures before the plan's now."""
    for visit in case.visits:
        if visit.depart < case.problem.now:
            yield f"{visit.work_order}: departs before now"


def release(case: Case) -> Violations:
    """Forbid setting out for work that has not been reported yet."""
    for visit, order, _ in case.staffed:
        if visit.depart < order.released_at:
            yield f"{visit.work_order}: departs before its release"


def reachable(case: Case) -> Violations:
    """Demand a way to every visit."""
    for visit, seconds in case.legs():
        if not isfinite(seconds):
            yield f"{visit.work_order}: no way for crew {visit.crew}"


def travel(case: Case) -> Violations:
    """Demand the matrix's travel, rounded up to seconds, between departure and arrival."""
    for visit, seconds in case.legs():
        if isfinite(seconds) and visit.travel_s != ceil(seconds):
            yield f"{visit.work_order}: travel {visit.travel_s} s, the matrix says {ceil(seconds)}"
        if visit.eta != visit.depart + timedelta(seconds=visit.travel_s):
            yield f"{visit.work_order}: arrival is not departure plus travel"


def work_time(case: Case) -> Violations:
    """Demand that work begins at the arrival or later and takes its duration."""
    for visit, order, _ in case.staffed:
        if visit.start < visit.eta:
            yield f"{visit.work_order}: begins before the crew arrives"
        if visit.end != visit.start + timedelta(seconds=order.duration_s):
            yield f"{visit.work_order}: does not take {order.duration_s} s"


def no_overlap(case: Case) -> Violations:
    """Demand that a crew sets out only when its visit before has ended."""
    for route in case.plan.routes:
        for before, visit in zip(route.visits, route.visits[1:], strict=False):
            if visit.depart < before.end:
                yield f"{visit.work_order}: crew {route.crew} departs during {before.work_order}"


def order_of_work(case: Case) -> Violations:
    """Demand that all the work before it is planned and has ended when work begins."""
    for visit, order, _ in case.staffed:
        for earlier in order.after:
            end = case.problem.running.ends.get(earlier)
            if end is not None and visit.start < end:
                yield f"{visit.work_order}: begins before {earlier}, which is under way, ends"
            first = case.visit_of.get(earlier)
            if first is not None and visit.start < first.end:
                yield f"{visit.work_order}: begins before {earlier} ends"
            elif first is None and earlier in case.orders:
                yield f"{visit.work_order}: waits for {earlier}, which is unassigned"


def reasons(case: Case) -> Violations:
    """Demand a reason of every visit and unassigned order, in both languages."""
    said = [(visit.work_order, visit.reason) for visit in case.visits]
    said += [(one.work_order, one.detail) for one in case.plan.unassigned]
    for order, sentence in said:
        if not (sentence.zh.strip() and sentence.en.strip()):
            yield f"{order}: no reason given"


RULES: tuple[Callable[[Case], Violations], ...] = (
    every_order_once,
    one_route_per_crew,
    skills,
    crew_size,
    barred,
    shift,
    not_in_the_past,
    release,
    reachable,
    travel,
    work_time,
    no_overlap,
    order_of_work,
    reasons,
)
