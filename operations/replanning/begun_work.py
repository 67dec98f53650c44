"""Begun work that a plan may take a crew away from, for an emergency: rule 9 of docs/plan.md."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from dispatch.arrays import is_capable
from dispatch.running import Begun
from domain.incidents import WorkOrder
from domain.plans import Plan, Route, Visit
from domain.states import VisitState
from domain.visits import TrackedVisit
from domain.words import Priority
from operations.replanning.drives import Drives
from operations.replanning.kept_visits import BEGUN, is_open
from operations.replanning.running_day import RunningDay


def may_yield(
    day: RunningDay,
    chain: Sequence[TrackedVisit],
    wanted: Collection[str],
    refused: Collection[tuple[str, str]],
    drives: Drives,
) -> bool:
    """Return True if a P1 order may take the crew away from the first visit of its chain.

    It works there and the order may be interrupted, or it drives there and its phone says where it
    is. Never from a P1 order, one that a dispatcher pinned, or in a locked day; and only where the
    plan could give the order to this very crew again. ``wanted`` are the orders that want doing,
    ``refused`` pairs of crew and order id.
    """
    first, crew = chain[0], day.roster.present.get(chain[0].crew)
    order = day.orders[first.work_order]
    pair = (first.crew, first.work_order)
    if crew is None or not crew.shift.start <= day.now < crew.shift.end:
        return False
    if (
        first.pinned
        or first.crew in day.roster.locked
        or any(one.state in BEGUN for one in chain[1:])
    ):
        return False
    return (
        order.id in wanted
        and order.priority is not Priority.P1
        and is_capable(crew, order)
        and pair not in refused
        and pair not in day.roster.forbidden
        and not _waits(day, order)
        and drives.of_crew(*pair) is not None
        and _can_be_left(day, first, order)
    )


def _waits(day: RunningDay, order: WorkOrder) -> bool:
    return bool(order.together) or any(is_open(day.orders.get(one)) for one in order.after)


def _can_be_left(day: RunningDay, visit: TrackedVisit, order: WorkOrder) -> bool:
    if visit.state is VisitState.ON_SITE:
        return order.interruptible
    # Without a good fix nobody knows from where it would turn round.
    return visit.state is VisitState.EN_ROUTE and day.whereabouts[visit.crew].fresh


def begun_of(day: RunningDay, visit: TrackedVisit) -> Begun:
    """Return the visit, timed already, as the search is told of it."""
    on_site = visit.state is VisitState.ON_SITE
    left = round((visit.planned.end - day.now).total_seconds())
    return Begun(visit.work_order, on_site, left if on_site else 0)


def safe_times(day: RunningDay) -> dict[str, datetime]:
    """Return by crew id when it can leave the work it was taken from; it makes that safe first."""
    leaving = [one for one in day.visits if one.planned.interrupts and not one.has_started]
    return {one.crew: one.planned.depart for one in leaving if one.planned.depart > day.now}


def with_begun_times(plan: Plan, begun: Sequence[TrackedVisit]) -> Plan:
    """Return the plan with what crews go on with told from its true beginning, not from now."""
    by_crew = {one.crew: one for one in begun}
    return replace(plan, routes=tuple(_told(one, by_crew.get(one.crew)) for one in plan.routes))


def _told(route: Route, begun: TrackedVisit | None) -> Route:
    first = route.visits[0] if route.visits else None
    if begun is None or first is None or first.work_order != begun.work_order:
        return route
    return replace(route, visits=(_since_its_start(first, begun), *route.visits[1:]))


def _since_its_start(first: Visit, begun: TrackedVisit) -> Visit:
    before = begun.planned
    if begun.state is VisitState.ON_SITE:
        return replace(before, end=first.end, rivals=first.rivals)
    travel_s = round((first.eta - before.depart).total_seconds()) - first.pickup_s
    return replace(first, depart=before.depart, travel_s=travel_s, travel_m=before.travel_m)
