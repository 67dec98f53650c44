"""Put every ticket on the pipes, or say why it cannot be put there."""

from __future__ import annotations

from collections.abc import Sequence

import gis
from domain.network import PipeNetwork
from domain.places import Place
from domain.rejection import Rejected, RejectReason
from domain.symptoms import priority_of, symptom_of
from domain.tickets import Candidate, LocatedTicket, Ticket
from gateways import Rows

_SAID = {
    RejectReason.FAR_OFF: "lies far from the network. Check the datum and the digits.",
    RejectReason.SWAPPED_COORDINATES: "lies on the network once lon and lat are swapped.",
}


def locate_tickets(
    network: PipeNetwork, places: Sequence[Place], rows: Rows[Ticket]
) -> tuple[tuple[LocatedTicket, ...], tuple[Rejected, ...]]:
    """Return the located tickets, earliest first, and the rows that have no place here."""
    gazetteer = gis.Gazetteer(network, places)
    located: list[LocatedTicket] = []
    rejected: list[Rejected] = []
    for ticket, row in zip(rows.values, rows.numbers, strict=True):
        found = gazetteer.locate_ticket(ticket)
        if found:
            located.append(decided(ticket, found[0]))
        else:
            rejected.append(_not_found(network, ticket, rows.file, row))
    located.sort(key=lambda one: (one.ticket.received_at, one.id))
    return tuple(located), tuple(rejected)


def decided(ticket: Ticket, place: Candidate) -> LocatedTicket:
    """Return the ticket with symptom and priority: the channel's word first, then the text's."""
    symptom = ticket.symptom or symptom_of(ticket.text)
    priority = ticket.priority or priority_of(symptom, ticket.text)
    return LocatedTicket(ticket, place, symptom, priority)


def _not_found(network: PipeNetwork, ticket: Ticket, file: str, row: int) -> Rejected:
    at = ticket.position
    judged = gis.judge_position(network, at) if at else None
    if at is None or judged is None:
        return Rejected(
            file,
            row,
            ticket.id,
            "address",
            RejectReason.PLACE_NOT_FOUND,
            "no account, phone, address or place name here is known. Ask the caller where.",
        )
    return Rejected(file, row, ticket.id, "lon", judged, f"{at.lon},{at.lat} {_SAID[judged]}")
