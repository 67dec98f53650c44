"""Detach a ticket from its incident: it is about something else."""

from __future__ import annotations

from datetime import datetime

from domain.incidents import Incident
from operations.calling.by_hand import (
    Decision,
    Undo,
    Verb,
    check_may_leave,
    leave,
    live_incident_of,
    open_ticket,
    undo_of_last,
)
from operations.ground import Ground
from operations.split_incident import split_off
from storage import UnitOfWork


def detach_ticket(work: UnitOfWork, ground: Ground, ticket_id: str, now: datetime) -> Decision:
    """Return the incident of its own that a ticket now has; appends ``ticket.detached``.

    Without a place it has none and waits for its place again. A ticket that stands alone already
    stays as it is.

    Raises
    ------
    UnknownId
        If there is no such ticket.
    BadInput
        If it is closed, or if no ticket with a place would stay where it was.
    """
    ticket = open_ticket(work, ticket_id)
    home = live_incident_of(work, ticket.id)
    if home is None or home.tickets == (ticket.id,):
        return Decision(home, None, undo_of_last(work, ticket.id, home), changed=False)
    check_may_leave(work, home, [ticket.id])
    own: Incident | None = None
    if work.tickets.placed([ticket.id]):
        own, rest = split_off(work, ground, home, [ticket.id], now)
    else:
        rest = leave(work, ground, home, [ticket.id], now)
    payload: dict[str, object] = {
        "incident": home.id,
        "into": own.id if own else None,
        "by_hand": True,
    }
    work.events.append("ticket.detached", ticket.id, payload)
    return Decision(own, rest, Undo(Verb.ATTACH, ticket.id, home.id))
