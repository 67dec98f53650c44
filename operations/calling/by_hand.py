"""What people decide about tickets and incidents: told with how to undo it, and remembered.

The automatic grouping looks at new tickets only, so whatever a person has put somewhere stays
there; a later call of the same household follows it (``operations/calling/attach.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import BadInput
from domain.events import Event
from domain.incidents import Incident
from domain.states import ENDED, IncidentState, TicketState
from domain.tickets import Ticket
from operations.calling.grow_incident import follow_tickets, has_begun, standing_of
from operations.ground import Ground
from storage import UnitOfWork

#: Events looked through at the most for what was decided about one ticket or incident.
_MOST = 500

_DECIDED = frozenset({"ticket.attached", "ticket.detached"})


class Verb(StrEnum):
    """What can be decided, and undone by another of these."""

    ATTACH = "attach"
    DETACH = "detach"
    MERGE = "merge"
    UNMERGE = "unmerge"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class Undo:
    """The decision that takes another one back: about which ticket or incident, and with whom."""

    verb: Verb
    subject: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a decision.

    Attributes
    ----------
    incident
        Where the tickets are now; None if they have no place and so no incident.
    other
        The incident they left, as it is now; None if they left none.
    undo
        How to take it back, None if nothing was done before.
    changed
        False if all was so already: the decision was sent twice.
    """

    incident: Incident | None
    other: Incident | None
    undo: Undo | None
    changed: bool = True


def live_incident_of(work: UnitOfWork, ticket: str) -> Incident | None:
    """Return the incident a ticket is in that has not ended, None if it is in none."""
    return next((one for one in work.incidents.active() if ticket in one.tickets), None)


def holder_of(work: UnitOfWork, incident: Incident) -> Incident:
    """Return where a merged incident's tickets went in the end; any other is its own holder."""
    while incident.state is IncidentState.MERGED and incident.merged_into is not None:
        incident = work.incidents.get(incident.merged_into)
    return incident


def open_ticket(work: UnitOfWork, ticket_id: str) -> Ticket:
    """Return a ticket that can still be moved.

    Raises
    ------
    UnknownId
        If there is no such ticket.
    BadInput
        If it is closed.
    """
    ticket = work.tickets.get(ticket_id)
    if ticket.state is TicketState.CLOSED:
        raise BadInput(f"ticket {ticket_id} is closed. Take the call anew.")
    return ticket


def last_decision(work: UnitOfWork, ticket: str) -> Event | None:
    """Return the last event by which a person put a ticket where it is, None if nobody has."""
    moves = (one for one in work.events.about([ticket], _MOST) if one.kind in _DECIDED)
    last = next(moves, None)
    return last if last is not None and last.payload.get("by_hand") else None


def was_unmerged(work: UnitOfWork, incident: str) -> str | None:
    """Return what an incident was taken out of when it was last unmerged, None if it never was."""
    for event in work.events.about([incident], _MOST):
        if event.kind == "incident.unmerged":
            return str(event.payload["from"])
    return None


def split_before(work: UnitOfWork, whole: Incident, tickets: Sequence[str]) -> Incident | None:
    """Return the incident that just these tickets were split into and are in, None if none is."""
    for event in work.events.about([whole.id], _MOST):
        if event.kind != "incident.split" or not tickets:
            continue
        split = work.incidents.find(str(event.payload["into"]))
        live = split is not None and split.state not in ENDED[IncidentState]
        if split is not None and live and set(tickets) <= set(split.tickets):
            return split
    return None


def tell_moved(
    work: UnitOfWork, tickets: Iterable[str], into: Incident, left: Incident | None
) -> None:
    """Append ``ticket.attached`` by hand for each ticket, with where it came from."""
    payload: dict[str, object] = {
        "incident": into.id,
        "from": left.id if left else None,
        "by_hand": True,
    }
    work.events.append_all(("ticket.attached", one, payload) for one in tickets)


def arrive(
    work: UnitOfWork, ground: Ground, incident: Incident, tickets: Iterable[str], now: datetime
) -> Incident:
    """Store and return the incident with these tickets more, its clock from the first of all."""
    grown = _ordered(work, {*incident.tickets, *tickets})
    since = min(incident.opened_at, grown[0].received_at)
    more = replace(incident, tickets=tuple(one.id for one in grown), opened_at=since)
    return follow_tickets(work, ground, more, now)


def leave(
    work: UnitOfWork, ground: Ground, incident: Incident, tickets: Iterable[str], now: datetime
) -> Incident:
    """Store and return the incident without these tickets.

    Its clock runs from the first that stays, unless its work has begun or it goes on from another.
    """
    rest = _ordered(work, set(incident.tickets) - set(tickets))
    keeps = incident.parent is not None or has_begun(work, standing_of(work, incident))
    since = incident.opened_at if keeps else rest[0].received_at
    less = replace(incident, tickets=tuple(one.id for one in rest), opened_at=since)
    return follow_tickets(work, ground, less, now, shrunk=True)


def _ordered(work: UnitOfWork, tickets: Iterable[str]) -> list[Ticket]:
    return sorted(
        work.tickets.some(list(tickets)).values(), key=lambda one: (one.received_at, one.id)
    )


def check_may_leave(work: UnitOfWork, incident: Incident, tickets: Iterable[str]) -> None:
    """Refuse to leave an incident behind that nobody could find.

    Raises
    ------
    BadInput
        If no ticket with a place would stay.
    """
    rest = [one for one in incident.tickets if one not in set(tickets)]
    if not work.tickets.placed(rest):
        raise BadInput(
            f"no ticket with a place would stay in incident {incident.id}. "
            "Detach the others from it instead, or merge the incident into another."
        )


def undo_of_last(work: UnitOfWork, ticket: str, now_in: Incident | None) -> Undo | None:
    """Return how to take back the decision that put a ticket where it is, None if there is none."""
    last = last_decision(work, ticket)
    if last is None:
        return None
    left = last.payload.get("from" if last.kind == "ticket.attached" else "incident")
    if left is None:
        return Undo(Verb.DETACH, ticket)
    before = work.incidents.find(str(left))
    if before is None or before == now_in:
        return None
    if before.state is IncidentState.MERGED:
        return Undo(Verb.UNMERGE, before.id)
    return None if before.state in ENDED[IncidentState] else Undo(Verb.ATTACH, ticket, before.id)
