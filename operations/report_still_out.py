"""A caller who was called back has no water still: that goes on from the incident, as a child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from domain.errors import BadInput
from domain.incidents import Incident, Outage
from domain.states import IncidentState, OutageState, TicketState
from domain.symptoms import priority_of
from domain.tickets import LocatedTicket, Ticket
from domain.words import Channel, Symptom
from operations.calling.after_outage import AFTER_WORKS, still_out_of
from operations.calling.attach import continue_in
from operations.calling.by_hand import Decision, Undo, Verb, live_incident_of
from operations.calling.numbering import new_ticket_id
from operations.ground import Ground
from storage import UnitOfWork

#: Events looked through at the most for an earlier call-back.
_MOST = 500

_OVER = frozenset({IncidentState.RESOLVED, IncidentState.CLOSED})


def report_still_out(
    work: UnitOfWork, ground: Ground, incident_id: str, ticket_id: str, now: datetime
) -> Decision:
    """Return the child incident in which the caller of a ticket is still out.

    The answer is a ticket of its own, at the place of the first one, which stays where it is;
    ``ticket.still_out`` names both. Asking again while that one is open changes nothing.

    Raises
    ------
    UnknownId
        If there is no such incident or ticket.
    BadInput
        If the ticket is not the incident's or has no place, or if the incident is not over, or
        since more than 24 hours.
    """
    parent, ticket = work.incidents.get(incident_id), work.tickets.get(ticket_id)
    _check(work, parent, ticket, now)
    known = _said_before(work, ticket_id)
    if known is not None:
        return Decision(known, parent, None, changed=False)
    first = work.tickets.placed([ticket_id]).get(ticket_id)
    if first is None:
        raise BadInput(f"ticket: {ticket_id} has no place. Give it one first.")
    again = _still_out(work, first, now)
    work.tickets.save([again])
    child, opened = continue_in(work, ground, still_out_of(work, parent), again, now)
    work.events.append("ticket.still_out", ticket_id, {"ticket": again.id, "incident": child.id})
    return Decision(child, parent, Undo(Verb.DISMISS, child.id) if opened else None)


def _still_out(work: UnitOfWork, first: LocatedTicket, now: datetime) -> LocatedTicket:
    """Return the answer as a ticket of no water where the first one was."""
    before = first.ticket
    answer = Ticket(
        id=new_ticket_id(work),
        received_at=now,
        channel=Channel.PHONE,
        phone=before.phone,
        account=before.account,
        address=before.address,
        position=before.position,
        symptom=Symptom.NO_WATER,
    )
    urgency = priority_of(Symptom.NO_WATER, before.text)
    return replace(first, ticket=answer, symptom=Symptom.NO_WATER, priority=urgency)


def _said_before(work: UnitOfWork, ticket: str) -> Incident | None:
    """Return the open incident of the last call-back of this ticket, None if there is none."""
    for event in work.events.about([ticket], _MOST):
        if event.kind == "ticket.still_out":
            answer = work.tickets.find(str(event.payload["ticket"]))
            if answer is not None and answer.state is not TicketState.CLOSED:
                return live_incident_of(work, answer.id)
    return None


def _check(work: UnitOfWork, parent: Incident, ticket: Ticket, now: datetime) -> None:
    if ticket.id not in parent.tickets:
        raise BadInput(f"ticket: {ticket.id} is not of incident {parent.id}. Name one that is.")
    if parent.state not in _OVER:
        raise BadInput(
            f"incident {parent.id} is {parent.state.value}: its work goes on, and whoever lacks "
            "water belongs to it. Ask again when its work is done."
        )
    outages = work.outages.of_incidents([parent.id])
    real = [one for one in outages if one.state is not OutageState.CANCELLED]
    if any(one.restored_at is None for one in real):
        raise BadInput(
            f"supply of incident {parent.id} is not restored yet, so nobody is back. "
            "Verify it first, or have the crew report the isolation valves it opened."
        )
    if not any(_is_lately(at, now) for at in _back_since(work, parent, real)):
        hours = int(AFTER_WORKS.total_seconds() // 3600)
        raise BadInput(
            f"incident {parent.id} is over since more than {hours} hours. "
            "Take what the caller says as a new call."
        )


def _back_since(
    work: UnitOfWork, parent: Incident, outages: Sequence[Outage]
) -> Iterator[datetime | None]:
    """Yield when supply was back: by its outages, else when the work was done."""
    yield from (one.restored_at for one in outages)
    if not outages:
        events = work.events.about([parent.id], _MOST)
        yield next((one.at for one in events if one.kind == "incident.resolved"), None)


def _is_lately(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at <= AFTER_WORKS
