"""What a report does to the visit, the work order and the incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.incidents import WorkOrder
from domain.reports import NEEDS_REASON, NEEDS_VALVE, Report, ReportKind
from domain.states import ENDED, IncidentState, OutageState, VisitState, WorkOrderState
from domain.visits import TrackedVisit
from domain.words import WorkOrderKind
from operations.incidents.cancel_order import cancel_order
from operations.incidents.moving import moved, visit_moved
from operations.incidents.of_incident import (
    OVER,
    latest_outage_of,
    live_visit_of,
    open_orders_of,
    orders_of,
    outage_of,
)
from operations.reporting.said_before import PROGRESS, SPEAKS_OF, happened_at, last_said, own_visits
from storage import UnitOfWork

#: Work that a finished repair makes needless, if nobody is on it.
_BEFORE_REPAIR = frozenset({WorkOrderKind.INSPECT, WorkOrderKind.ISOLATE})

_THERE = frozenset({VisitState.ON_SITE, VisitState.PAUSED, VisitState.FIELD_COMPLETE})

#: A crew pauses and resumes: the later of these two counts, by (state, state wanted).
_OVERRULES = {
    (VisitState.PAUSED, VisitState.ON_SITE): frozenset({ReportKind.PAUSED}),
    (VisitState.ON_SITE, VisitState.PAUSED): frozenset({ReportKind.ON_SITE}) | NEEDS_VALVE,
}


def apply_to_visit(work: UnitOfWork, report: Report, order: WorkOrder) -> None:
    """Move the crew's visit as far as the report says, and what hangs on it; late ones do not."""
    at, own = happened_at(report, order), own_visits(work, report)
    if not own:
        return
    visit = _arrived_earlier(work, own[-1], report, at)
    if not visit.is_live or not _is_news(work, visit, report, order):
        return
    state = _reached(visit, report)
    visit = visit_moved(work.visits, _noted(visit, report, state, at), state)
    _follow(work, work.work_orders.get(order.id), state, at)


def _arrived_earlier(
    work: UnitOfWork, visit: TrackedVisit, report: Report, at: datetime
) -> TrackedVisit:
    """Return the visit with the instant of arrival that a late report corrects."""
    if SPEAKS_OF[report.kind] is not VisitState.ON_SITE or visit.state is VisitState.CANCELLED:
        return visit
    if visit.on_site_at is None or visit.on_site_at <= at:
        return visit
    corrected = replace(visit, on_site_at=at)
    work.visits.save([corrected])
    return corrected


def _is_news(work: UnitOfWork, visit: TrackedVisit, report: Report, order: WorkOrder) -> bool:
    """Return True if the report says more than the visit's state does."""
    wanted = SPEAKS_OF[report.kind]
    if wanted in ENDED[VisitState] or PROGRESS[wanted] > PROGRESS[visit.state]:
        return True
    other = _OVERRULES.get((visit.state, wanted))
    if other is None:
        return False
    said = last_said(work, report, order, other)
    return said is None or happened_at(report, order) > said


def _reached(visit: TrackedVisit, report: Report) -> VisitState:
    """Return the state to move to: who declines when already there cannot complete."""
    wanted = SPEAKS_OF[report.kind]
    late_no = wanted is VisitState.DECLINED and visit.state not in {
        VisitState.ASSIGNED,
        VisitState.ACCEPTED,
    }
    return VisitState.CANNOT_COMPLETE if late_no else wanted


def _noted(visit: TrackedVisit, report: Report, state: VisitState, at: datetime) -> TrackedVisit:
    """Return the visit with what the report says beside the state."""
    arrived = at if state in _THERE and visit.on_site_at is None else visit.on_site_at
    ended = at if state in ENDED[VisitState] else None
    said = report.reason.strip() if report.kind in NEEDS_REASON else ""
    return replace(visit, on_site_at=arrived, ended_at=ended, said=said)


def _follow(work: UnitOfWork, order: WorkOrder, state: VisitState, at: datetime) -> None:
    """Let the work order, the incident and the outage follow the visit."""
    if order.state in OVER:
        return
    if state in {VisitState.DECLINED, VisitState.CANNOT_COMPLETE}:
        moved(work.work_orders, order, WorkOrderState.READY)
    elif state in _THERE:
        order = _begun(work, order, at)
        if state is VisitState.FIELD_COMPLETE:
            _completed(work, order, at)
    elif order.state in {WorkOrderState.READY, WorkOrderState.WAITING}:
        moved(work.work_orders, order, WorkOrderState.ASSIGNED)


def _begun(work: UnitOfWork, order: WorkOrder, at: datetime) -> WorkOrder:
    """Return the work order in progress; somebody has seen that the incident is real."""
    incident = work.incidents.get(order.incident)
    if incident.state is IncidentState.SUSPECTED:
        moved(work.incidents, incident, IncidentState.CONFIRMED)
    outage = outage_of(work, order.incident)
    repairs = order.kind is WorkOrderKind.REPAIR
    if outage is not None and repairs and not outage.isolation.close:
        take_effect(work, order.incident, at)
    return moved(work.work_orders, order, WorkOrderState.IN_PROGRESS)


def take_effect(work: UnitOfWork, incident: str, at: datetime) -> None:
    """Let the incident's outage begin at an instant, or earlier than it was thought to."""
    outage = latest_outage_of(work, incident)
    if outage is None or (outage.began_at is not None and outage.began_at <= at):
        return
    began = replace(outage, began_at=at)
    if outage.state is OutageState.PREDICTED:
        moved(work.outages, began, OutageState.IN_EFFECT)
    else:
        work.outages.save([began])


def _completed(work: UnitOfWork, order: WorkOrder, at: datetime) -> None:
    """Store the work order as done, and the incident as resolved if it was the last."""
    done = moved(work.work_orders, order, WorkOrderState.DONE)
    outage = outage_of(work, order.incident)
    if order.kind is WorkOrderKind.ISOLATE and outage is not None and outage.began_at is None:
        take_effect(work, order.incident, at)
    if done.kind is WorkOrderKind.REPAIR:
        for other in open_orders_of(work, order.incident):
            if _is_needless(work, other, done):
                cancel_order(work, other, at)
    resolve_if_done(work, order.incident)


def _is_needless(work: UnitOfWork, other: WorkOrder, repair: WorkOrder) -> bool:
    """Return True for work that nobody needs, nor has begun, now that this repair is done."""
    visit = live_visit_of(work, other.id)
    if other.id == repair.together:
        return visit is None or not visit.has_started
    return other.kind in _BEFORE_REPAIR and visit is None


def resolve_if_done(work: UnitOfWork, incident_id: str) -> None:
    """Move the incident to resolved if all its work orders are done or cancelled."""
    incident = work.incidents.get(incident_id)
    running = {IncidentState.SUSPECTED, IncidentState.CONFIRMED}
    if incident.state not in running or not all(
        one.state in OVER for one in orders_of(work, incident_id)
    ):
        return
    outage = outage_of(work, incident_id)
    if outage is not None and outage.proposal is not None:
        work.outages.save([replace(outage, proposal=None)])
    moved(work.incidents, incident, IncidentState.RESOLVED)
