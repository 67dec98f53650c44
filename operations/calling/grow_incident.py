"""Attach a ticket to an incident, and let the incident follow what its tickets now say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.collective import collective_since, heard
from domain.households import households
from domain.incidents import Incident, Outage, WorkOrder
from domain.states import IncidentState, OutageState, WorkOrderState
from domain.tickets import LocatedTicket
from domain.words import Priority
from operations.calling.collective_incident import tell_collective
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
from operations.open_incidents import Opened, as_urgent, of_incident, role_of
from storage import UnitOfWork

#: Before the work is done, an incident's work may still change.
RUNNING = frozenset({IncidentState.SUSPECTED, IncidentState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there of an incident before it follows its tickets; ``orders`` are not over."""

    incident: Incident
    outage: Outage | None
    orders: tuple[WorkOrder, ...]


def attach_ticket(
    work: UnitOfWork,
    ground: Ground,
    incident: Incident,
    ticket: str,
    now: datetime,
    *,
    by_hand: bool = False,
) -> Incident:
    """Return the incident with one ticket more; appends ``ticket.attached``.

    ``by_hand`` if a person said that it belongs there.
    """
    decided: dict[str, object] = {"from": None, "by_hand": True} if by_hand else {}
    work.events.append("ticket.attached", ticket, {"incident": incident.id} | decided)
    grown = replace(incident, tickets=(*incident.tickets, ticket))
    return follow_tickets(work, ground, grown, now)


def follow_tickets(
    work: UnitOfWork, ground: Ground, incident: Incident, now: datetime, *, shrunk: bool = False
) -> Incident:
    """Store and return the incident as its tickets tell it.

    It becomes more urgent with them, confirmed by a second household, and collective by the fifth
    within an hour. Where they point to other work, that replaces the work nobody has begun. What
    a crew has begun stays as it is, but an incident without an outage that turns out to be a
    burst gets its isolation beside it.

    ``shrunk`` if tickets have left it: then it becomes less urgent with those that stayed, unless
    its work has begun.
    """
    placed = work.tickets.placed(incident.tickets)
    standing = standing_of(work, _by_callers(work, incident, placed))
    incident = standing.incident
    if not placed or incident.state not in RUNNING:
        return _keep_work(work, standing)
    opened = judged(work, ground, tuple(placed.values()), incident.id)
    begun = has_begun(work, standing)
    standing = _judged(standing, opened, at_least=begun or not shrunk)
    has_outage = latest_outage_of(work, incident.id) is not None
    if begun and (has_outage or opened.outage is None):
        return _keep_work(work, standing)
    return _change_work(work, standing, opened, now)


def _by_callers(
    work: UnitOfWork, incident: Incident, placed: Mapping[str, LocatedTicket]
) -> Incident:
    """Return the incident as the number of its callers makes it, while its work is not done."""
    if incident.state not in RUNNING:
        return incident
    tickets = [work.tickets.get(one) for one in incident.tickets]
    callers = set(households(tickets, placed).values())
    several = len(callers) > 1 and incident.state is IncidentState.SUSPECTED
    return replace(
        incident,
        state=IncidentState.CONFIRMED if several else incident.state,
        collective_at=collective_since(heard(tickets, placed)),
    )


def _judged(standing: Standing, opened: Opened, *, at_least: bool) -> Standing:
    """Return the incident with its suspects, as urgent as its tickets and its outage.

    ``at_least`` as urgent as it was.
    """
    incident = standing.incident
    asked = Priority.P1 if incident.is_collective else opened.incident.priority
    priority = min(incident.priority, asked) if at_least else asked
    suspects = opened.incident.suspects
    return replace(standing, incident=replace(incident, priority=priority, suspects=suspects))


def standing_of(work: UnitOfWork, incident: Incident) -> Standing:
    """Return what is there of an incident."""
    return Standing(incident, outage_of(work, incident.id), open_orders_of(work, incident.id))


def has_begun(work: UnitOfWork, standing: Standing) -> bool:
    """Return True if a crew has set out for any of it, or turned one of its valves."""
    outage = standing.outage
    if standing.incident.state not in RUNNING:
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
    _store(work, incident)
    work.work_orders.save(as_urgent(one, incident) for one in standing.orders)
    return incident


def _store(work: UnitOfWork, incident: Incident) -> None:
    before = work.incidents.find(incident.id)
    work.incidents.save([incident])
    tell_collective(work, before, incident)


def _change_work(work: UnitOfWork, standing: Standing, opened: Opened, now: datetime) -> Incident:
    """Store the incident with the work its tickets ask for: in place if it is the same kind."""
    incident = replace(
        standing.incident,
        symptom=opened.incident.symptom,
        location=opened.incident.location,
        link=opened.incident.link,
        label=opened.incident.label,
    )
    _store(work, incident)
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
    roles = [Counter(map(role_of, some)) for some in (standing.orders, opened.work_orders)]
    return shut[0] == shut[1] and roles[0] == roles[1]


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
    new = {role_of(one): of_incident(one, opened.incident) for one in opened.work_orders}
    return tuple(
        replace(
            new[role_of(one)], id=one.id, state=one.state, after=one.after, together=one.together
        )
        for one in standing
    )


def _as_new(work: UnitOfWork, opened: Opened) -> tuple[WorkOrder, ...]:
    """Return the work orders under ids that nobody has seen yet."""
    taken = [one.id for one in orders_of(work, opened.incident.id)]
    names = {one.id: free_id(one.id, taken) for one in opened.work_orders}
    return tuple(
        replace(
            of_incident(one, opened.incident),
            id=names[one.id],
            after=tuple(names[before] for before in one.after),
            together=names.get(one.together, ""),
        )
        for one in opened.work_orders
    )
