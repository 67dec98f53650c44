"""When supply is back (ETR), as the plan has it: the end of the last repair of an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.incidents import Etr, EtrSource, Outage
from domain.plans import Plan, Visit
from domain.words import WorkOrderKind
from storage import UnitOfWork

#: A figure that was told stands while the plan's differs by less. Source: mainbreak default.
STANDS = timedelta(minutes=5)

#: Work that brings the water back.
_MENDS = frozenset({WorkOrderKind.REPAIR, WorkOrderKind.RESTORE})


def keep_restoration_times(work: UnitOfWork, plan: Plan, now: datetime) -> None:
    """Store the ETR of each active outage where the plan has news of it.

    What a crew or a dispatcher said is theirs. An outage whose work is all done keeps its last
    figure; one with work that nobody is sent to has none.
    """
    visits = {visit.work_order: visit for route in plan.routes for visit in route.visits}
    mends: dict[str, list[str]] = {}
    for order in work.work_orders.active():
        if order.kind in _MENDS:
            mends.setdefault(order.incident, []).append(order.id)
    changed = [
        after
        for one in work.outages.active()
        if (after := _said(one, mends.get(one.incident, []), visits, now)) != one
    ]
    work.outages.save(changed)


def _said(outage: Outage, mends: list[str], visits: Mapping[str, Visit], now: datetime) -> Outage:
    told = outage.etr
    if not mends or (told is not None and told.source is not EtrSource.PLAN):
        return outage
    if any(order not in visits for order in mends):
        return replace(outage, etr=None)
    end = max(visits[order].end for order in mends)
    if told is not None and abs(end - told.at) < STANDS:
        return outage
    return replace(outage, etr=Etr(end, EtrSource.PLAN, now))
