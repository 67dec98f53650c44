"""A dispatcher settles a report that contradicts: the system is right, or the crew is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.errors import BadInput
from domain.incidents import Incident, Outage, WorkOrder
from domain.plans import Visit
from domain.reports import NEEDS_VALVE, Outcome, Report, ReportKind
from domain.sentences import Sentence
from domain.states import ENDED, IncidentState, OutageState, VisitState, WorkOrderState
from operations.assign_crew import new_visit
from operations.closures.reported import close_reported, closure_of
from operations.ground import Ground
from operations.incidents.live_isolation import live_isolation
from operations.incidents.moving import moved, visit_moved
from operations.incidents.of_incident import OVER, free_id, latest_outage_of, live_visit_of
from operations.record_report import apply_report
from operations.reporting.said_before import happened_at
from operations.reporting.turn_valve import turn_valve
from storage import UnitOfWork

_REASON = Sentence("按班组报告补记", "Taken over from the crew's report")


class SettleChoice(StrEnum):
    """What the dispatcher decides."""

    KEEP_SYSTEM = "keep_system"
    TAKE_REPORT = "take_report"


def settle_conflict(
    work: UnitOfWork, ground: Ground, report_id: str, choice: str, now: datetime
) -> Report:
    """Return the report settled; taken, it has the effect that it had not at first.

    Appends ``conflict.settled`` with the choice.

    Raises
    ------
    UnknownId
        If there is no such report.
    BadInput
        If it is no open conflict, or there is nothing any more that it could change.
    """
    report = work.reports.get(report_id)
    if report.outcome is not Outcome.CONFLICT:
        raise BadInput(f"report {report_id} is {report.outcome.value}; there is nothing to settle.")
    if choice not in tuple(SettleChoice):
        raise BadInput(f"choice: {choice!r} is neither keep_system nor take_report.")
    if choice == SettleChoice.TAKE_REPORT:
        _take(work, ground, report, now)
    work.events.append("conflict.settled", report_id, {"choice": str(choice)})
    return work.reports.settle(report_id)


def _take(work: UnitOfWork, ground: Ground, report: Report, now: datetime) -> None:
    if report.kind is ReportKind.ROAD_IMPASSABLE:
        closes = closure_of(ground, report, now)
        if isinstance(closes, Sentence):
            raise _impossible(closes.en.rstrip("."))
        close_reported(work, closes, report)
        return
    order = work.work_orders.find(report.work_order)
    if order is None:
        raise _impossible(f"there is no work order {report.work_order}")
    if report.kind in NEEDS_VALVE:
        _take_valve(work, ground, report, order)
        return
    visit = live_visit_of(work, order.id)
    if visit is None or visit.crew != report.crew:
        if report.kind in {ReportKind.DECLINED, ReportKind.CANNOT_COMPLETE}:
            return
        if order.state in OVER:
            raise _impossible(f"work order {order.id} is already {order.state.value}")
        if visit is not None:
            visit_moved(work.visits, replace(visit, ended_at=now), VisitState.CANCELLED)
            order = moved(work.work_orders, order, WorkOrderState.READY)
        new_visit(work, order, _visit(report, order))
    apply_report(work, ground, report)


def _take_valve(work: UnitOfWork, ground: Ground, report: Report, order: WorkOrder) -> None:
    """Turn it; what is shut for an incident without an outage is its outage from now on."""
    valve = ground.network.isolation_valve_by_id.get(report.isolation_valve or "")
    incident = work.incidents.get(order.incident)
    if valve is None:
        raise _impossible("the network does not hold its isolation valve")
    if incident.state in ENDED[IncidentState]:
        raise _impossible(f"incident {incident.id} is {incident.state.value}")
    if latest_outage_of(work, incident.id) is None:
        _open_outage(work, ground, incident, incident.link or valve.link)
    turn_valve(work, ground, report, order)


def _open_outage(work: UnitOfWork, ground: Ground, incident: Incident, pipe: str) -> None:
    isolation = live_isolation(work, ground, pipe, incident.id)
    name = free_id(f"O-{incident.id}", (one.id for one in work.outages.all()))
    state, close = OutageState.PREDICTED, isolation.close
    work.outages.save([Outage(name, incident.id, state, isolation, numbered=close)])


def _visit(report: Report, order: WorkOrder) -> Visit:
    """Return the visit that the plan did not know of; the drive to it is past."""
    at = happened_at(report, order)
    return Visit(report.crew, order.id, at, at, at, at, 0, 0, _REASON)


def _impossible(why: str) -> BadInput:
    return BadInput(f"the report cannot be taken over: {why}. Choose keep_system.")
