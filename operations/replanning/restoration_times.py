"""When supply is back (ETR), as the plan has it: the end of the last repair of an incident."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from domain.incidents import Etr, EtrSource, Outage, WorkOrder
from domain.plans import Plan
from domain.words import WorkOrderKind
from operations.replanning.latest_end import Ahead
from storage import UnitOfWork

#: A figure that was told stands while the plan's differs by less. Source: mainbreak default.
STANDS = timedelta(minutes=5)

#: Work that brings the water back.
_MENDS = frozenset({WorkOrderKind.REPAIR, WorkOrderKind.RESTORE})


def keep_restoration_times(work: UnitOfWork, plan: Plan, now: datetime) -> None:
    """Store the ETR of each active outage where the plan has news of it, the likely and the latest.

    What a crew or a dispatcher said is theirs. An outage whose work is all done keeps its last
    figure; one with work that nobody is sent to has none.
    """
    orders = {order.id: order for order in work.work_orders.active()}
    ahead = Ahead.of(plan, orders, now)
    mends = mends_of(orders.values())
    changed = [
        after
        for one in work.outages.active()
        if (after := _said(one, mends.get(one.incident, []), ahead)) != one
    ]
    work.outages.save(changed)


def mends_of(orders: Iterable[WorkOrder]) -> dict[str, list[str]]:
    """Return by incident the work orders that bring the water back."""
    mends: dict[str, list[str]] = {}
    for order in orders:
        if order.kind in _MENDS:
            mends.setdefault(order.incident, []).append(order.id)
    return mends


def _said(outage: Outage, mends: list[str], ahead: Ahead) -> Outage:
    told = outage.etr
    if not mends or (told is not None and told.source is not EtrSource.PLAN):
        return outage
    if any(order not in ahead.visits for order in mends):
        return replace(outage, etr=None)
    end = max(ahead.visits[order].end for order in mends)
    latest = max(ahead.latest_end(order) for order in mends)
    if told is None or abs(end - told.at) >= STANDS:
        return replace(outage, etr=Etr(end, EtrSource.PLAN, ahead.now, latest))
    if told.latest is not None and abs(latest - told.latest) < STANDS:
        return outage
    return replace(outage, etr=replace(told, latest=latest))
