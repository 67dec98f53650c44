"""Tell when an incident becomes collective, so that the manager hears of it, and when it ends."""

from __future__ import annotations

from datetime import datetime

from domain.collective import COLLECTIVE_WINDOW, heard
from domain.incidents import Incident
from storage import UnitOfWork

#: Events looked through at the most for what was said about one incident.
_MOST = 500


def tell_collective(work: UnitOfWork, before: Incident | None, after: Incident) -> None:
    """Append ``incident.collective`` with its counts, or ``incident.collective_ended``.

    Nothing if the incident is what it was; ``before`` is None if it is new.
    """
    was = before is not None and before.is_collective
    if was == after.is_collective:
        return
    tickets = list(work.tickets.some(after.tickets).values())
    calls = heard(tickets, work.tickets.placed(after.tickets))
    counts: dict[str, object] = {
        "tickets": len(after.tickets),
        "callers": len({one.household for one in calls}),
        "minutes": int(COLLECTIVE_WINDOW.total_seconds() // 60),
    }
    kind = "incident.collective" if after.is_collective else "incident.collective_ended"
    work.events.append(kind, after.id, counts)


def acknowledged_at(work: UnitOfWork, incident: Incident) -> datetime | None:
    """Return when somebody said to know of the collective incident, None if nobody has yet."""
    if not incident.is_collective:
        return None
    for event in work.events.about([incident.id], _MOST):
        if event.kind == "incident.collective":
            return None
        if event.kind == "incident.acknowledged":
            return event.at
    return None
