"""Give a ticket the place that nobody knew, or that was wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import gis
from domain.errors import BadInput
from domain.incidents import Incident
from domain.places import LonLat
from domain.states import IncidentState, OutageState, TicketState
from domain.tickets import LocatedTicket
from operations.calling.attach import join_or_open
from operations.calling.grow_incident import follow_tickets, has_begun, standing_of
from operations.calling.place_of_call import candidates_of
from operations.ground import Ground
from operations.incidents.cancel_order import cancel_order
from operations.incidents.moving import moved
from operations.incidents.of_incident import open_orders_of, outage_of
from operations.locate_tickets import decided
from operations.take_call import Taken
from storage import UnitOfWork


def place_ticket(
    work: UnitOfWork,
    ground: Ground,
    ticket_id: str,
    position: LonLat,
    now: datetime,
    *,
    premises: str | None = None,
) -> Taken:
    """Return the ticket at its place and the incident it belongs to there.

    ``premises`` is the one that was picked: it is put on its own pipe, wherever ``position`` is.
    It leaves the incident it was in, and that one ends if it was its only ticket; but an incident
    that a crew has begun to work on keeps it, for somebody has to tell the crew.

    Raises
    ------
    UnknownId
        If there is no such ticket or premises.
    BadInput
        If the ticket is closed, or the place lies far from the network.
    """
    ticket = work.tickets.get(ticket_id)
    if ticket.state is TicketState.CLOSED:
        raise BadInput(f"ticket {ticket_id} is closed. Take the call anew.")
    if gis.judge_position(ground.network, position) is not None:
        raise BadInput(
            f"lon, lat: {position.lon},{position.lat} lies far from the network. "
            "Check the datum and the digits."
        )
    candidates = candidates_of(ground, replace(ticket, position=position), premises)
    located = decided(ticket, candidates[0])
    was_placed = bool(work.tickets.placed([ticket_id]))
    work.tickets.save([located])
    incident, opened = _rehomed(work, ground, located, now, was_placed=was_placed)
    return Taken(ticket, located, candidates, incident, opened)


def _rehomed(
    work: UnitOfWork, ground: Ground, located: LocatedTicket, now: datetime, *, was_placed: bool
) -> tuple[Incident, bool]:
    """Return the incident of a ticket whose place is new, and whether it was opened for it."""
    old = next((one for one in work.incidents.active() if located.id in one.tickets), None)
    if old is None:
        return join_or_open(work, ground, located, now)
    if not was_placed or has_begun(work, standing_of(work, old)):
        return follow_tickets(work, ground, old, now), False
    _leave(work, ground, old, located.id, now)
    return join_or_open(work, ground, located, now)


def _leave(
    work: UnitOfWork, ground: Ground, incident: Incident, ticket: str, now: datetime
) -> None:
    """Take the ticket out of an incident; one without any other is dismissed, its work too."""
    rest = tuple(one for one in incident.tickets if one != ticket)
    smaller = replace(incident, tickets=rest)
    if rest:
        follow_tickets(work, ground, smaller, now, shrunk=True)
        return
    outage = outage_of(work, incident.id)
    if outage is not None:
        moved(work.outages, outage, OutageState.CANCELLED)
    for order in open_orders_of(work, incident.id):
        cancel_order(work, order, now)
    moved(work.incidents, smaller, IncidentState.DISMISSED)
