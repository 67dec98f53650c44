"""Record what a crew reports: once, applied or kept as a conflict, never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.closures import Closure
from domain.reports import NEEDS_VALVE, CrewFix, Outcome, Report, ReportKind
from operations.closures.reported import close_reported, closure_of
from operations.ground import Ground
from operations.incidents.supply_steps import follow_steps
from operations.reporting.apply_report import apply_to_visit
from operations.reporting.judge_report import conflict_of
from operations.reporting.turn_valve import turn_valve
from storage import UnitOfWork


def record_report(work: UnitOfWork, ground: Ground, report: Report, now: datetime) -> Report:
    """Return the report as it is stored, with its outcome; a known id changes nothing.

    A report that contradicts what is known is stored as a conflict with the reason, and changes
    nothing until a dispatcher settles it.
    """
    known = work.reports.find(report.id)
    if known is not None:
        return known
    conflict = conflict_of(work, ground, report)
    outcome = Outcome.APPLIED if conflict is None else Outcome.CONFLICT
    stored = replace(report, outcome=outcome, conflict=conflict)
    work.reports.add(stored)
    if conflict is None:
        apply_report(work, ground, stored)
    return stored


def apply_report(work: UnitOfWork, ground: Ground, report: Report) -> None:
    """Let a report that fits take effect."""
    if report.kind is ReportKind.ROAD_IMPASSABLE:
        closes = closure_of(ground, report, report.received_at)
        if isinstance(closes, Closure):
            close_reported(work, closes, report)
        return
    order = work.work_orders.get(report.work_order)
    apply_to_visit(work, report, order)
    if report.kind in NEEDS_VALVE:
        turn_valve(work, ground, report, order)
    elif report.kind is ReportKind.FIELD_COMPLETE:
        follow_steps(work, ground, order.incident)


def record_fixes(work: UnitOfWork, fixes: Sequence[CrewFix]) -> int:
    """Store the fixes that are new and return how many; a crew is followed on shift only."""
    shifts = {crew.id: crew.shift for crew in work.crews.all()}
    kept = [
        one
        for one in fixes
        if one.crew in shifts and shifts[one.crew].start <= one.device_time <= shifts[one.crew].end
    ]
    return work.fixes.save(kept)
