"""Attach a ticket to an incident, and let the incident follow what its tickets now say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.clocks import due_on_site
from domain.incidents import Incident, Outage, WorkOrder
from domain.states import IncidentState, OutageState, WorkOrderState
from domain.tickets import LocatedTicket, Ticket
from operations.ground import Ground
from operations.incidents.cancel_order import cancel_order
from operations.incidents.moving import moved
from operations.incidents.of_incident import (
    free_id,
    latest_outage_of,
    live_visit_of,
    open_orders_of,
    orders_of,
    outage_of,
    shut_by_others,
)
from operations.open_incident import judged, store_opened
from operations.open_incidents import Opened
from storage import UnitOfWork

#: Before the work is done, an incident's work may still change.
_RUNNING = frozenset({IncidentState.SUSPECTED, IncidentState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there of an incident before it follows its tickets; ``orders`` are not over."""

    incident: Incident
    outage: Outage | None
    orders: tuple[WorkOrder, ...]


def attach_ticket(
    work: UnitOfWork, ground: Ground, incident: Incident, ticket: str, now: datetime
) -> Incident:
    """Return the incident with one ticket more; appends ``ticket.attached``."""
    work.events.append("ticket.attached", ticket, {"incident": incident.id})
    grown = replace(incident, tickets=(*incident.tickets, ticket))
    return follow_tickets(work, ground, grown, now)


def follow_tickets(work: UnitOfWork, ground: Ground, incident: Incident, now: datetime) -> Incident:
    """Store and return the incident as its tickets tell it.

    It becomes more urgent with them, and confirmed by a second caller. Where they point to other
    work, that replaces the work nobody has begun. What a crew has begun stays as it is, but an
    incident without an outage that turns out to be a burst gets its isolation beside it.
    """
    placed = work.tickets.placed(incident.tickets)
    incident = replace(incident, state=_state(work, incident, placed))
    standing = standing_of(work, incident)
    if not placed or incident.state not in _RUNNING:
        return _keep_work(work, standing)
    opened = judged(work, ground, tuple(placed.values()), incident.id)
    has_outage = latest_outage_of(work, incident.id) is not None
    if has_begun(work, standing) and (has_outage or opened.outage is None):
        return _keep_work(work, _urged(standing, opened))
    return _change_work(work, _urged(standing, opened), opened, now)


def _state(
    work: UnitOfWork, incident: Incident, placed: Mapping[str, LocatedTicket]
) -> IncidentState:
    """Return confirmed from the second caller on: one household calling twice is one caller."""
    if incident.state is not IncidentState.SUSPECTED:
        return incident.state
    callers = {_caller(work.tickets.get(one), placed.get(one)) for one in incident.tickets}
    return IncidentState.CONFIRMED if len(callers) > 1 else incident.state


def _caller(ticket: Ticket, located: LocatedTicket | None) -> str:
    premises = located.place.premises if located else None
    return premises or ticket.phone or ticket.id


def _urged(standing: Standing, opened: Opened) -> Standing:
    """Return the incident at least as urgent as its tickets and its outage."""
    priority = min(standing.incident.priority, opened.incident.priority)
    return replace(standing, incident=replace(standing.incident, priority=priority))


def standing_of(work: UnitOfWork, incident: Incident) -> Standing:
    """Return what is there of an incident."""
    return Standing(incident, outage_of(work, incident.id), open_orders_of(work, incident.id))


def has_begun(work: UnitOfWork, standing: Standing) -> bool:
    """Return True if a crew has set out for any of it, or turned one of its valves."""
    outage = standing.outage
    if standing.incident.state not in _RUNNING:
        return True
    if outage is not None:
        turned = {*outage.closed, *outage.stuck} - shut_by_others(work, standing.incident.id)
        if turned or outage.state is not OutageState.PREDICTED:
            return True
    return any(_is_begun(work, one) for one in standing.orders)


def _is_begun(work: UnitOfWork, order: WorkOrder) -> bool:
    visit = live_visit_of(work, order.id)
    return order.state is WorkOrderState.IN_PROGRESS or (visit is not None and visit.has_started)


def _keep_work(work: UnitOfWork, standing: Standing) -> Incident:
    """Store the incident; its work orders learn of the tickets and the urgency, no more."""
    incident = standing.incident
    work.incidents.save([incident])
    due = due_on_site(incident.priority, incident.opened_at)
    work.work_orders.save(
        replace(one, tickets=incident.tickets, priority=incident.priority, due_on_site=due)
        for one in standing.orders
    )
    return incident


def _change_work(work: UnitOfWork, standing: Standing, opened: Opened, now: datetime) -> Incident:
    """Store the incident with the work its tickets ask for: in place if it is the same kind."""
    incident = replace(
        standing.incident,
        symptom=opened.incident.symptom,
        location=opened.incident.location,
        link=opened.incident.link,
        label=opened.incident.label,
    )
    outage = _outage(work, standing, opened)
    asked = replace(opened, incident=incident)
    if _is_same_work(standing, opened):
        orders = _in_place(standing.orders, asked)
    else:
        for one in standing.orders:
            if not _is_begun(work, one):
                cancel_order(work, one, now)
        orders = _as_new(work, asked)
    store_opened(work, incident, outage, orders)
    return incident


def _is_same_work(standing: Standing, opened: Opened) -> bool:
    """Return True if the same kinds of work shut the same isolation valves."""
    shut = [set(one.isolation.close) if one else None for one in (standing.outage, opened.outage)]
    kinds = [Counter(one.kind for one in some) for some in (standing.orders, opened.work_orders)]
    return shut[0] == shut[1] and kinds[0] == kinds[1]


def _outage(work: UnitOfWork, standing: Standing, opened: Opened) -> Outage | None:
    """Return the outage to store: the standing one with its new isolation, or a new one."""
    old, new = standing.outage, opened.outage
    if old is None:
        taken = (one.id for one in work.outages.all())
        return replace(new, id=free_id(new.id, taken)) if new else None
    if new is None:
        moved(work.outages, old, OutageState.CANCELLED)
        return None
    if set(old.isolation.close) == set(new.isolation.close):
        return replace(old, isolation=new.isolation)
    return replace(old, isolation=new.isolation, numbered=new.numbered, closed=new.closed)


def _in_place(standing: tuple[WorkOrder, ...], opened: Opened) -> tuple[WorkOrder, ...]:
    new = {one.kind: _of(one, opened.incident) for one in opened.work_orders}
    return tuple(
        replace(new[one.kind], id=one.id, state=one.state, after=one.after) for one in standing
    )


def _as_new(work: UnitOfWork, opened: Opened) -> tuple[WorkOrder, ...]:
    """Return the work orders under ids that nobody has seen yet."""
    taken = [one.id for one in orders_of(work, opened.incident.id)]
    names = {one.id: free_id(one.id, taken) for one in opened.work_orders}
    return tuple(
        replace(
            _of(one, opened.incident),
            id=names[one.id],
            after=tuple(names[before] for before in one.after),
        )
        for one in opened.work_orders
    )


def _of(order: WorkOrder, incident: Incident) -> WorkOrder:
    """Return the work order with the incident's tickets and urgency."""
    due = due_on_site(incident.priority, incident.opened_at)
    return replace(
        order,
        tickets=incident.tickets,
        priority=incident.priority,
        released_at=incident.opened_at,
        due_on_site=due,
    )
