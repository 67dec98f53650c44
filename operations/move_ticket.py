"""Attach a ticket to the incident a person says it belongs to, out of the one it was in."""

from __future__ import annotations

from datetime import datetime

from operations.calling.attach import chosen_incident
from operations.calling.by_hand import (
    Decision,
    Undo,
    Verb,
    arrive,
    check_may_leave,
    leave,
    live_incident_of,
    open_ticket,
    tell_moved,
    undo_of_last,
)
from operations.ground import Ground
from operations.merge_incidents import merge_incidents
from storage import UnitOfWork


def move_ticket(
    work: UnitOfWork, ground: Ground, ticket_id: str, incident_id: str, now: datetime
) -> Decision:
    """Return the incident with the ticket; appends ``ticket.attached`` with where it came from.

    The last ticket of an incident takes it along: that one is merged. A ticket that is there
    already stays.

    Raises
    ------
    UnknownId
        If there is no such ticket or incident.
    BadInput
        If either is closed, or if the incident it leaves could not be merged or found again.
    """
    ticket = open_ticket(work, ticket_id)
    target = chosen_incident(work, incident_id)
    home = live_incident_of(work, ticket.id)
    if home is not None and home.id == target.id:
        return Decision(home, None, undo_of_last(work, ticket.id, home), changed=False)
    if home is not None and home.tickets == (ticket.id,):
        return merge_incidents(work, ground, home.id, target.id, now)
    rest = None
    if home is not None:
        check_may_leave(work, home, [ticket.id])
        rest = leave(work, ground, home, [ticket.id], now)
    tell_moved(work, [ticket.id], target, home)
    undo = Undo(Verb.ATTACH, ticket.id, home.id) if home else Undo(Verb.DETACH, ticket.id)
    return Decision(arrive(work, ground, target, [ticket.id], now), rest, undo)
