"""Leave to the next run what a plan puts before work under way that turned out to end later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from domain.incidents import WorkOrder
from domain.plans import Blocked, Plan, Unassigned, Visit
from domain.sentences import Sentence
from operations.live_crews import LiveCrew

#: Said of what the next run plans.
SOON = Sentence(
    "要等的在办工单推迟了，下次排班再派", "Waits for work that ends later now; planned next"
)


def drop_overlaps(
    plan: Plan,
    crews: Sequence[LiveCrew],
    orders: Sequence[WorkOrder],
    ends: Mapping[str, datetime],
) -> Plan:
    """Return the plan without visits that begin before their crew is free or what they wait for.

    What follows such a visit in its route, or waits for it, goes too. ``ends`` are those of the
    work under way by work order id.
    """
    free = {one.crew.id: one.free_at for one in crews}
    after = {order.id: order.after for order in orders}
    kept = {route.crew: list(route.visits) for route in plan.routes}
    gone: list[str] = []

    def is_early(visit: Visit) -> bool:
        waits = after.get(visit.work_order, ())
        late = any(one in ends and visit.start < ends[one] for one in waits)
        return late or visit.depart < free[visit.crew] or any(one in gone for one in waits)

    def early() -> Iterator[tuple[str, int]]:
        for crew, visits in kept.items():
            yield from ((crew, place) for place, one in enumerate(visits) if is_early(one))

    while (found := next(early(), None)) is not None:
        crew, place = found
        gone += [one.work_order for one in kept[crew][place:]]
        del kept[crew][place:]
    left = tuple(Unassigned(one, Blocked.NO_TIME_LEFT, SOON) for one in gone)
    routes = tuple(replace(one, visits=tuple(kept[one.crew])) for one in plan.routes)
    return replace(plan, routes=routes, unassigned=plan.unassigned + left)
