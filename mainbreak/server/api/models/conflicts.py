"""Reports that contradict what is known, waiting for a dispatcher."""

from __future__ import annotations

from domain.reports import Outcome, Report, ReportKind
from mainbreak.server.api.models.base import Body, Said, Spot, Stamp, View, said
from operations.settle_conflict import SettleChoice


class SettleBody(Body):
    """Whose word counts."""

    choice: SettleChoice


class ConflictView(View):
    """A report, both its clocks, and why it contradicts."""

    id: str
    crew: str
    work_order: str
    kind: ReportKind
    device_time: Stamp
    received_at: Stamp
    reason: str
    isolation_valve: str | None
    place: Spot | None
    outcome: Outcome
    conflict: Said | None

    @classmethod
    def of(cls, one: Report) -> ConflictView:
        """Return a report as it is sent."""
        return cls(
            id=one.id,
            crew=one.crew,
            work_order=one.work_order,
            kind=one.kind,
            device_time=one.device_time,
            received_at=one.received_at,
            reason=one.reason,
            isolation_valve=one.isolation_valve,
            place=None if one.position is None else Spot.of(one.position),
            outcome=one.outcome,
            conflict=said(one.conflict),
        )


class ConflictPage(View):
    """Conflicts by id; ``next`` is the ``after`` of the page behind it."""

    items: list[ConflictView]
    next: str | None
