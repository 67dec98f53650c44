"""Open the incident behind tickets, or one that a dispatcher knows of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.errors import UnknownId
from domain.incidents import Incident, Outage, WorkOrder
from domain.isolation import Isolation
from domain.network import Link
from domain.places import LonLat
from domain.symptoms import priority_of
from domain.tickets import Candidate, FoundBy, LocatedTicket, Ticket
from domain.words import Channel, Symptom
from operations.calling.collective_incident import tell_collective
from operations.calling.numbering import new_incident_id, new_ticket_id
from operations.ground import Ground
from operations.incidents.live_isolation import live_isolation, undisturbed_network
from operations.incidents.of_incident import shut_by_others
from operations.isolate_burst import pipe_at
from operations.open_incidents import Group, Opened, of_incident, open_incident_of
from operations.work_times import work_times
from storage import UnitOfWork


def open_incident(
    work: UnitOfWork,
    ground: Ground,
    symptom: Symptom,
    at: str | LonLat,
    now: datetime,
    note: str = "",
) -> Incident:
    """Return a new incident that a dispatcher opens at a pipe (id) or at a place.

    What the dispatcher knows is kept as a ticket of the channel ``crew``, so that every incident
    has one that can be verified.

    Raises
    ------
    UnknownId
        If there is no such pipe.
    BadInput
        If no pipe is near the place.
    """
    pipe = _pipe(ground, at if isinstance(at, str) else pipe_at(ground.network, at))
    spot = pipe.path[len(pipe.path) // 2] if isinstance(at, str) else at
    ticket = Ticket(
        id=new_ticket_id(work),
        received_at=now,
        channel=Channel.CREW,
        text=note,
        position=spot,
        symptom=symptom,
    )
    snap = ground.snapper.snap_to(pipe.id, spot) or ground.snapper.snap(spot)
    place = Candidate(spot, FoundBy.COORDINATES, 1.0, pipe.road or pipe.id, snap=snap)
    located = LocatedTicket(ticket, place, symptom, priority_of(symptom, note))
    work.tickets.save([located])
    return open_behind(work, ground, [located])


def open_behind(
    work: UnitOfWork,
    ground: Ground,
    group: Group,
    parent: Incident | None = None,
    *,
    backdated: bool = False,
) -> Incident:
    """Store and return the incident behind located tickets, with its outage and work orders.

    ``parent`` is the incident it goes on from; ``backdated`` if its clocks run since that one's
    start.
    """
    opened = judged(work, ground, group, new_incident_id(work))
    incident = opened.incident
    if parent is not None:
        since = parent.opened_at if backdated else incident.opened_at
        incident = replace(incident, parent=parent.id, opened_at=since)
    orders = tuple(of_incident(one, incident) for one in opened.work_orders)
    store_opened(work, incident, opened.outage, orders)
    if parent is not None:
        told: dict[str, object] = {"parent": parent.id, "backdated": backdated}
        work.events.append("incident.continues", incident.id, told)
    tell_collective(work, None, incident)
    return incident


def judged(work: UnitOfWork, ground: Ground, group: Group, incident_id: str) -> Opened:
    """Return what is behind the tickets as the day stands; nothing is stored."""

    def isolate(pipe: str) -> Isolation:
        return live_isolation(work, ground, pipe, incident_id)

    network = undisturbed_network(work, ground)
    times = work_times(work, ground.calibration.zone)
    opened = open_incident_of(network, group, incident_id, isolate, times)
    if opened.outage is None:
        return opened
    # What stands shut for another outage needs no second turn, yet must stay shut for this one.
    elsewhere = shut_by_others(work, incident_id)
    closed = tuple(one for one in opened.outage.isolation.close if one in elsewhere)
    return replace(opened, outage=replace(opened.outage, closed=closed))


def store_opened(
    work: UnitOfWork, incident: Incident, outage: Outage | None, orders: tuple[WorkOrder, ...]
) -> None:
    """Store an incident, then what refers to it."""
    work.incidents.save([incident])
    if outage is not None:
        work.outages.save([outage])
    work.work_orders.save(orders)


def _pipe(ground: Ground, pipe_id: str) -> Link:
    found = ground.network.link_by_id.get(pipe_id)
    if found is None:
        raise UnknownId("pipe", pipe_id, "name a pipe of the network, or give lon and lat")
    return found
