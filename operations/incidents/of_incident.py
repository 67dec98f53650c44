"""What belongs to an incident: its outage, its work orders, who visits them."""

from __future__ import annotations

from collections.abc import Iterable

from domain.incidents import Incident, Outage, WorkOrder
from domain.network import PipeNetwork
from domain.states import ENDED, IncidentState, OutageState, WorkOrderState
from domain.visits import TrackedVisit
from domain.words import WorkOrderKind
from operations.planned.active import shut_by_planned
from storage import UnitOfWork

#: Nothing is left to do for such a work order.
OVER = frozenset({WorkOrderState.DONE, WorkOrderState.CANCELLED})


def orders_of(work: UnitOfWork, incident: str) -> tuple[WorkOrder, ...]:
    """Return an incident's work orders, ended ones too."""
    return work.work_orders.of_incidents([incident])


def open_orders_of(work: UnitOfWork, incident: str) -> tuple[WorkOrder, ...]:
    """Return an incident's work orders that are neither done nor cancelled."""
    return tuple(one for one in work.work_orders.active() if one.incident == incident)


def outage_of(work: UnitOfWork, incident: str) -> Outage | None:
    """Return an incident's outage unless it has ended; None if it has none."""
    return next((one for one in work.outages.active() if one.incident == incident), None)


def latest_outage_of(work: UnitOfWork, incident: str) -> Outage | None:
    """Return an incident's outage, also one that crews have restored but nobody verified yet."""
    active = outage_of(work, incident)
    if active is not None or work.incidents.get(incident).state in ENDED[IncidentState]:
        return active
    restored = [
        (one.restored_at, one)
        for one in work.outages.of_incidents([incident])
        if one.state is OutageState.RESTORED and one.restored_at is not None
    ]
    return max(restored, key=lambda pair: (pair[0], pair[1].id))[1] if restored else None


def is_repaired(work: UnitOfWork, incident: str) -> bool:
    """Return True if a repair of the incident is done and no other one is left."""
    repairs = [one for one in orders_of(work, incident) if one.kind is WorkOrderKind.REPAIR]
    done = any(one.state is WorkOrderState.DONE for one in repairs)
    return done and all(one.state in OVER for one in repairs)


def incident_of_ticket(work: UnitOfWork, ticket: str) -> Incident | None:
    """Return the incident a ticket is attached to: one still open before one that has ended.

    One that was merged has its tickets in another.
    """
    ended = (one for one in work.incidents.all() if one.state is not IncidentState.MERGED)
    for known in (work.incidents.active(), ended):
        found = next((one for one in known if ticket in one.tickets), None)
        if found is not None:
            return found
    return None


def live_visit_of(work: UnitOfWork, order: str) -> TrackedVisit | None:
    """Return the visit of a work order that has not ended, None if there is none."""
    return next((one for one in work.visits.of_orders([order]) if one.is_live), None)


def shut_by_others(work: UnitOfWork, incident: str) -> frozenset[str]:
    """Return the isolation valves that other incidents' outages and planned shut-offs closed."""
    others = (one for one in work.outages.active() if one.incident != incident)
    shut = {valve for one in others for valve in one.closed}
    return frozenset(shut.union(*(one.closed for one in shut_by_planned(work))))


def road_of(network: PipeNetwork, pipe: str | None) -> str:
    """Return the road a pipe lies under, empty if nobody knows."""
    link = network.link_by_id.get(pipe or "")
    return link.road if link else ""


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """Return the id, with a number behind it if it is taken.

    >>> free_id("W0001I", ["W0001I", "W0001R"])
    'W0001I2'
    """
    known = set(taken)
    number = 1
    while (found := wanted if number == 1 else f"{wanted}{number}") in known:
        number += 1
    return found
