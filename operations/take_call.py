"""Take a call: keep what was said, find the place, and put it under an incident."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import BadInput, UnknownId
from domain.incidents import Incident
from domain.places import LonLat
from domain.said import storable
from domain.tickets import Candidate, LocatedTicket, Ticket
from domain.words import Channel, Priority, Symptom
from operations.calling.attach import chosen_incident, join_or_open
from operations.calling.grow_incident import attach_ticket
from operations.calling.numbering import new_ticket_id
from operations.calling.place_of_call import candidates_of, needs_confirmation
from operations.ground import Ground
from operations.incidents.of_incident import incident_of_ticket
from operations.locate_tickets import decided
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Call:
    """What an agent, a page or a gateway hands over.

    ``premises`` is the id that an agent picked, ``incident`` the one an agent attaches to.
    ``client_id`` is the sender's own UUID: the same one never makes a second ticket. ``position``
    is WGS-84. Symptom and priority are taken from the words where they are None.
    """

    channel: Channel = Channel.PHONE
    phone: str = ""
    account: str = ""
    address: str = ""
    text: str = ""
    symptom: Symptom | None = None
    priority: Priority | None = None
    position: LonLat | None = None
    premises: str | None = None
    incident: str | None = None
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a call.

    Attributes
    ----------
    located
        The ticket with its place, None while nobody is sure of it.
    candidates
        Where it may be, surest first: for the agent to ask back, or to correct.
    incident
        What it was attached to or opened (``opened``); None while it has no place.
    repeated
        True if this request was taken before and nothing was done.
    """

    ticket: Ticket
    located: LocatedTicket | None
    candidates: tuple[Candidate, ...]
    incident: Incident | None
    opened: bool
    repeated: bool = False


def take_call(work: UnitOfWork, ground: Ground, call: Call, now: datetime) -> Taken:
    """Return the ticket of a call and what it belongs to; a known ``client_id`` changes nothing.

    A call whose place is not sure is kept all the same, without an incident unless the agent
    named one.

    Raises
    ------
    UnknownId
        If there is no such premises or incident.
    BadInput
        If the incident named has ended, or the ``client_id`` came with other words before.
    """
    call = _storable(call)
    known = work.requests.subject_of(call.client_id) if call.client_id else None
    if known is not None:
        return _taken_before(work, ground, known, call)
    chosen = chosen_incident(work, call.incident) if call.incident else None
    ticket = _ticket(work, call, now)
    candidates = candidates_of(ground, ticket, call.premises)
    located = None if needs_confirmation(candidates) else decided(ticket, candidates[0])
    work.tickets.save([located or ticket])
    if call.client_id:
        work.requests.remember(call.client_id, ticket.id)
    if chosen is not None:
        grown = attach_ticket(work, ground, chosen, ticket.id, now, by_hand=True)
        return Taken(ticket, located, candidates, grown, opened=False)
    if located is None:
        return Taken(ticket, None, candidates, None, opened=False)
    incident, opened = join_or_open(work, ground, located, now)
    return Taken(ticket, located, candidates, incident, opened)


def _storable(call: Call) -> Call:
    """Return the call with what no database keeps replaced: the rest of the words is not lost."""
    return replace(
        call,
        phone=storable(call.phone),
        account=storable(call.account),
        address=storable(call.address),
        text=storable(call.text),
    )


def _ticket(work: UnitOfWork, call: Call, now: datetime) -> Ticket:
    return Ticket(
        id=new_ticket_id(work),
        received_at=now,
        channel=call.channel,
        phone=call.phone,
        account=call.account,
        address=call.address,
        text=call.text,
        position=call.position,
        symptom=call.symptom,
        priority=call.priority,
    )


def _words(said: Call | Ticket) -> tuple[str, ...]:
    return said.channel.value, said.phone, said.account, said.address, said.text


def _taken_before(work: UnitOfWork, ground: Ground, ticket_id: str, call: Call) -> Taken:
    """Return what became of the call the first time.

    Other words are another call: it is not taken for the first one and lost, nor shown that one.
    """
    refused = "client_id: it was sent with {}. Give this call one of its own."
    try:
        ticket = work.tickets.get(ticket_id)
    except UnknownId as error:
        raise BadInput(refused.format("something else")) from error
    if _words(ticket) != _words(call):
        raise BadInput(refused.format("another call"))
    located = work.tickets.placed([ticket_id]).get(ticket_id)
    incident = incident_of_ticket(work, ticket_id)
    candidates = candidates_of(ground, ticket)
    opened = incident is not None and incident.tickets[0] == ticket_id
    return Taken(ticket, located, candidates, incident, opened, repeated=True)
