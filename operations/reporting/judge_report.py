"""Judge a report: does it fit what is known? Late and repeated ones do, contradictions do not."""

from __future__ import annotations

from domain.incidents import Outage, WorkOrder
from domain.network import PipeNetwork
from domain.reports import NEEDS_REASON, NEEDS_VALVE, Report, ReportKind
from domain.sentences import Sentence
from domain.states import ENDED, VisitState
from domain.visits import TrackedVisit
from operations.calling.place_of_call import metres_from
from operations.closures.reported import closure_of, opened_since
from operations.ground import Ground
from operations.incidents.of_incident import OVER, latest_outage_of, live_visit_of
from operations.planned.active import Shut, shut_by_planned
from operations.reporting import report_conflicts as why
from operations.reporting.said_before import (
    PROGRESS,
    SPEAKS_OF,
    happened_at,
    last_said,
    last_word_on_valve,
    own_visits,
)
from storage import UnitOfWork

#: A crew shuts what it finds, but not across the town: farther off, the number is a slip.
#: Source: mainbreak default.
NEAR_M = 1000.0

#: After one of these the crew was plainly still at work.
_AT_WORK = frozenset({ReportKind.EN_ROUTE, ReportKind.ON_SITE, ReportKind.PAUSED})


def conflict_of(work: UnitOfWork, ground: Ground, report: Report) -> Sentence | None:
    """Return why the report contradicts what is known, None if it fits or is only late."""
    if report.kind is ReportKind.ROAD_IMPASSABLE:
        return _against_closures(work, ground, report)
    incomplete = incomplete_in(ground.network, report)
    if incomplete is not None:
        return incomplete
    order = work.work_orders.find(report.work_order)
    if order is None:
        return why.unknown_order(report.work_order)
    own = own_visits(work, report)
    if own and own[-1].is_live:
        return _against_live(work, ground, report, order)
    if own and own[-1].state is not VisitState.CANCELLED:
        return _against_ended(work, ground, report, own[-1])
    return _against_others(work, report, order, sent=bool(own))


def _against_closures(work: UnitOfWork, ground: Ground, report: Report) -> Sentence | None:
    """Judge a report that a road cannot be passed: whose visit it is does not matter."""
    closes = closure_of(ground, report, report.received_at)
    if isinstance(closes, Sentence):
        return closes
    return why.opened_since() if opened_since(work, closes) else None


def incomplete_in(network: PipeNetwork, report: Report) -> Sentence | None:
    """Return what a report of its kind lacks, None if it is whole."""
    if report.kind in NEEDS_REASON and not report.reason.strip():
        return why.no_reason(report.kind)
    if report.kind not in NEEDS_VALVE:
        return None
    if not report.isolation_valve:
        return why.no_valve()
    if report.isolation_valve not in network.isolation_valve_by_id:
        return why.unknown_valve(report.isolation_valve)
    return None


def _against_live(
    work: UnitOfWork, ground: Ground, report: Report, order: WorkOrder
) -> Sentence | None:
    """Judge a report of the crew that is on the order."""
    if report.kind in NEEDS_VALVE:
        return _against_outage(work, ground, report, order)
    if SPEAKS_OF[report.kind] in ENDED[VisitState]:
        later = last_said(work, report, order, _AT_WORK)
        if later is not None and later > happened_at(report, order):
            return why.went_on(report.kind)
    return None


def _against_ended(
    work: UnitOfWork, ground: Ground, report: Report, ended: TrackedVisit
) -> Sentence | None:
    """Judge a report of a crew that has ended its visit itself: what came before is only late."""
    order = work.work_orders.get(ended.work_order)
    if report.kind in NEEDS_VALVE:
        return _against_outage(work, ground, report, order)
    late = ended.ended_at is not None and happened_at(report, order) <= ended.ended_at
    if late or SPEAKS_OF[report.kind] is ended.state:
        return None
    return why.already_ended(report.kind, ended)


def _against_others(
    work: UnitOfWork, report: Report, order: WorkOrder, *, sent: bool
) -> Sentence | None:
    """Judge a report of a crew that is not, or no longer, on the order."""
    if sent and _is_old_news(work, report, order):
        return None
    now_there = live_visit_of(work, order.id)
    if now_there is None and order.state in OVER:
        return why.order_over(order.id, order.state.value)
    return why.taken_back(order.id, now_there) if sent else why.never_sent(order.id, now_there)


def _is_old_news(work: UnitOfWork, report: Report, order: WorkOrder) -> bool:
    """Return True if the crew had said as much or more before it was called off."""
    if report.kind in NEEDS_VALVE:
        word = last_word_on_valve(work, report, order)
        return word is not None and word.kind is report.kind and word.crew == report.crew
    reached = PROGRESS.get(SPEAKS_OF[report.kind])
    if reached is None:
        return False
    as_much = [kind for kind, state in SPEAKS_OF.items() if PROGRESS.get(state, -1) >= reached]
    said = last_said(work, report, order, as_much)
    return said is not None and said >= happened_at(report, order)


def _against_outage(
    work: UnitOfWork, ground: Ground, report: Report, order: WorkOrder
) -> Sentence | None:
    """Judge a report about an isolation valve: it must be one that this outage is about."""
    outage = latest_outage_of(work, order.incident)
    valve = report.isolation_valve or ""
    keeper = _kept_shut_by(work, report, order)
    if keeper is not None:
        return why.kept_shut(valve, keeper)
    if outage is not None and _is_about(ground, outage, valve):
        return None
    word = last_word_on_valve(work, report, order)
    if word is not None and word.kind is report.kind:
        return None
    if outage is not None:
        return why.valve_elsewhere(valve, order.incident)
    return why.no_outage(order.incident)


def _kept_shut_by(work: UnitOfWork, report: Report, order: WorkOrder) -> str | None:
    """Return the outage that needs shut what the report says is open; None if none does."""
    if report.kind is not ReportKind.VALVE_OPENED:
        return None
    others = [one for one in work.outages.active() if one.incident != order.incident]
    keeping: list[Outage | Shut] = [*others, *shut_by_planned(work)]
    return next((one.id for one in keeping if report.isolation_valve in one.closed), None)


def _is_about(ground: Ground, outage: Outage, valve: str) -> bool:
    """Return True for an isolation valve of the closing order, or one near those."""
    known = ground.network.isolation_valve_by_id
    plans = [outage.isolation, *([outage.proposal] if outage.proposal else [])]
    named = {*outage.numbered, *(one for plan in plans for one in (*plan.close, *plan.optional))}
    if valve in named:
        return True
    around = [known[one].location for one in named if one in known]
    pipes = [ground.network.link_by_id.get(one) for one in outage.isolation.burst]
    around += [place for pipe in pipes if pipe for place in pipe.path]
    return min(metres_from(known[valve].location, around), default=0.0) <= NEAR_M
