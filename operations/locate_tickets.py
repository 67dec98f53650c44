"""Put every ticket on the pipes, or say why it cannot be put there."""

from __future__ import annotations

from collections.abc import Sequence

import gis
from domain.network import PipeNetwork
from domain.places import Place, Road
from domain.rejection import Rejected, RejectReason
from domain.symptoms import priority_of, symptom_of
from domain.tickets import Candidate, LocatedTicket, Ticket
from gateways import Rows

#: A place is taken without asking from this chance on, if it is known to so many metres.
#: Source: mainbreak default; 300 m is a walk along which a crew finds water on the road.
LIKELY, WIDE_M = 0.5, 300.0

#: So many possible places are named to the person who corrects the file.
MOST_NAMED = 3

_SAID = {
    RejectReason.FAR_OFF: "lies far from the network. Check the datum and the digits.",
    RejectReason.SWAPPED_COORDINATES: "lies on the network once lon and lat are swapped.",
}


def locate_tickets(
    network: PipeNetwork, places: Sequence[Place], roads: Sequence[Road], rows: Rows[Ticket]
) -> tuple[tuple[LocatedTicket, ...], tuple[Rejected, ...]]:
    """Return the located tickets, earliest first, and the rows that have no place here.

    Nobody can be asked back: a place that is less sure than not, or known to some hundred metres
    only, is none.
    """
    gazetteer = gis.Gazetteer(network, places, roads)
    located: list[LocatedTicket] = []
    rejected: list[Rejected] = []
    for ticket, row in zip(rows.values, rows.numbers, strict=True):
        found = gazetteer.locate_ticket(ticket)
        if found and is_likely(found[0]):
            located.append(decided(ticket, found[0]))
        else:
            rejected.append(_not_found(network, ticket, found, rows.file, row))
    located.sort(key=lambda one: (one.ticket.received_at, one.id))
    return tuple(located), tuple(rejected)


def is_likely(place: Candidate) -> bool:
    """Return True for a place that is surer than not and known to a few streets."""
    return place.confidence >= LIKELY and place.radius_m <= WIDE_M


def decided(ticket: Ticket, place: Candidate) -> LocatedTicket:
    """Return the ticket with symptom and priority: the channel's word first, then the text's."""
    symptom = ticket.symptom or symptom_of(ticket.text)
    priority = ticket.priority or priority_of(symptom, ticket.text)
    return LocatedTicket(ticket, place, symptom, priority)


def _not_found(
    network: PipeNetwork, ticket: Ticket, found: Sequence[Candidate], file: str, row: int
) -> Rejected:
    at = ticket.position
    judged = gis.judge_position(network, at) if at else None
    if at is not None and judged is not None:
        return Rejected(file, row, ticket.id, "lon", judged, f"{at.lon},{at.lat} {_SAID[judged]}")
    said = _could_be(found) or "no account, phone, address or place name here is known."
    detail = f"{said} Ask the caller where."
    return Rejected(file, row, ticket.id, "address", RejectReason.PLACE_NOT_FOUND, detail)


def _could_be(found: Sequence[Candidate]) -> str:
    """Return the places that it could be, in words; empty if there is none."""
    places = [f"{one.label} ({one.confidence:.0%})" for one in found[:MOST_NAMED]]
    return f"it could be {' or '.join(places)}." if places else ""
