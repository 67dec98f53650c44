"""What crews have said already, and when: the measure of what a late report still changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from domain.incidents import WorkOrder
from domain.reports import NEEDS_VALVE, Outcome, Report, ReportKind
from domain.states import VisitState
from domain.visits import TrackedVisit
from operations.incidents.of_incident import orders_of
from storage import UnitOfWork

#: The state of the visit that each kind speaks of.
SPEAKS_OF: dict[ReportKind, VisitState] = {
    ReportKind.ACCEPTED: VisitState.ACCEPTED,
    ReportKind.DECLINED: VisitState.DECLINED,
    ReportKind.EN_ROUTE: VisitState.EN_ROUTE,
    ReportKind.ON_SITE: VisitState.ON_SITE,
    ReportKind.PAUSED: VisitState.PAUSED,
    ReportKind.FIELD_COMPLETE: VisitState.FIELD_COMPLETE,
    ReportKind.CANNOT_COMPLETE: VisitState.CANNOT_COMPLETE,
    # Who turns an isolation valve is there, whether a report said so or not.
    ReportKind.VALVE_CLOSED: VisitState.ON_SITE,
    ReportKind.VALVE_STUCK: VisitState.ON_SITE,
    ReportKind.VALVE_OPENED: VisitState.ON_SITE,
}

#: How far a live visit is. Nobody goes back: a lower one that comes later is only late.
PROGRESS: dict[VisitState, int] = {
    VisitState.ASSIGNED: 0,
    VisitState.ACCEPTED: 1,
    VisitState.EN_ROUTE: 2,
    VisitState.ON_SITE: 3,
    VisitState.PAUSED: 3,
}


def happened_at(report: Report, order: WorkOrder) -> datetime:
    """Return when it happened: by the device, within reason.

    No clock of a phone puts a report before its order was released, or after we received it.
    """
    return min(max(report.device_time, order.released_at), report.received_at)


def last_said(
    work: UnitOfWork, report: Report, order: WorkOrder, kinds: Collection[ReportKind]
) -> datetime | None:
    """Return when the crew last said one of these about the order, as far as it was applied."""
    return max(
        (
            happened_at(one, order)
            for one in work.reports.of_orders([order.id])
            if one.crew == report.crew and one.kind in kinds and _counts(one, report)
        ),
        default=None,
    )


def last_word_on_valve(work: UnitOfWork, report: Report, order: WorkOrder) -> Report | None:
    """Return the latest applied report of the incident's crews about the same isolation valve."""
    orders = {one.id: one for one in orders_of(work, order.incident)}
    return max(
        (
            one
            for one in work.reports.of_orders(list(orders))
            if one.kind in NEEDS_VALVE
            and one.isolation_valve == report.isolation_valve
            and _counts(one, report)
        ),
        key=lambda one: (happened_at(one, orders[one.work_order]), one.received_at, one.id),
        default=None,
    )


def own_visits(work: UnitOfWork, report: Report) -> tuple[TrackedVisit, ...]:
    """Return the visits of the reporting crew for the order, the first one first."""
    mine = (one for one in work.visits.of_orders([report.work_order]) if one.crew == report.crew)
    return tuple(sorted(mine, key=lambda one: (len(one.id), one.id)))


def _counts(one: Report, new: Report) -> bool:
    return one.outcome is Outcome.APPLIED and one.id != new.id
