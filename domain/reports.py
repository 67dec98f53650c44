"""What crews report from the field, and where their phones say they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.places import LonLat
from domain.sentences import Sentence


class ReportKind(StrEnum):
    """What a crew says.

    The first seven move its visit, the next three an isolation valve, the last one closes a street.
    """

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    PAUSED = "paused"
    FIELD_COMPLETE = "field_complete"
    CANNOT_COMPLETE = "cannot_complete"
    VALVE_CLOSED = "valve_closed"
    VALVE_STUCK = "valve_stuck"
    VALVE_OPENED = "valve_opened"
    ROAD_IMPASSABLE = "road_impassable"


#: A report of these kinds needs a reason.
NEEDS_REASON = frozenset({ReportKind.DECLINED, ReportKind.PAUSED, ReportKind.CANNOT_COMPLETE})

#: A report of these kinds names an isolation valve.
NEEDS_VALVE = frozenset({ReportKind.VALVE_CLOSED, ReportKind.VALVE_STUCK, ReportKind.VALVE_OPENED})


class Outcome(StrEnum):
    """What became of a report: it took effect, it contradicts, or a dispatcher settled that."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Report:
    """One append-only report; ``id`` is the client's UUID, so a repeat changes nothing.

    Attributes
    ----------
    device_time, received_at
        When the phone says it happened, and when it reached us; both aware.
    work_order
        The order the visit is for; may be empty for ``road_impassable``.
    reason
        Why, in words; of ``road_impassable`` the first word may be a ``ClosureReason``.
    isolation_valve
        For ``valve_closed``, ``valve_stuck`` and ``valve_opened``; None otherwise.
    conflict
        Why it contradicts what was known, None where it took effect.
    """

    id: str
    crew: str
    work_order: str
    kind: ReportKind
    device_time: datetime
    received_at: datetime
    reason: str = ""
    isolation_valve: str | None = None
    position: LonLat | None = None
    outcome: Outcome = Outcome.APPLIED
    conflict: Sentence | None = None


@dataclass(frozen=True, slots=True)
class CrewFix:
    """One GPS fix of a crew; ``id`` is the client's UUID. Stored during its shift only."""

    id: str
    crew: str
    device_time: datetime
    received_at: datetime
    position: LonLat
    accuracy_m: float | None = None
    heading_deg: float | None = None
