"""From located tickets to incidents: what is wrong, what must be shut, which work it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import gis
from domain.clocks import due_on_site
from domain.collective import collective_since, heard
from domain.incidents import Incident, Outage, WorkOrder
from domain.isolation import Isolation
from domain.network import Link, PipeNetwork
from domain.places import LonLat
from domain.states import IncidentState, OutageState
from domain.tickets import LocatedTicket
from domain.words import Priority, Skill, Symptom, WorkOrderKind
from domain.work import BURSTS, RULES, WorkRule, burst_rules, is_interruptible
from operations.work_times import PRESETS, WorkTimes

#: So many premises without water make a burst of calls that name none.
#: Source: mainbreak default; two may be neighbours with indoor faults.
PREMISES_THAT_MEAN_A_BURST = 3

#: From here on an outage is P1. Source: mainbreak default for "many premises dry".
MANY_PREMISES = 100

#: Symptoms of water running away until somebody stops it.
LEAKING = frozenset({Symptom.LEAK_ON_ROAD, Symptom.HYDRANT_DAMAGED})

Group = Sequence[LocatedTicket]

#: What answers the isolation of a burst pipe.
Isolating = Callable[[str], Isolation]

#: What tells an incident's work orders apart: the kind, and whether one only helps another.
Role = tuple[WorkOrderKind, bool]


@dataclass(frozen=True, slots=True)
class Opened:
    """One incident with its predicted outage (None if nobody loses water) and its work orders."""

    incident: Incident
    outage: Outage | None
    work_orders: tuple[WorkOrder, ...]


def open_incidents(
    network: PipeNetwork, located: Sequence[LocatedTicket], times: WorkTimes = PRESETS
) -> tuple[Opened, ...]:
    """Return the incidents behind the tickets, first reported first; ids count from 1."""
    groups = gis.group_tickets(network, located)

    def isolate(pipe: str) -> Isolation:
        return gis.isolate(network, [pipe])

    return tuple(
        open_incident_of(network, group, f"E{number:04d}", isolate, times)
        for number, group in enumerate(groups, start=1)
    )


def symptom_of_group(group: Group) -> Symptom:
    """Return what a group of tickets is about: a burst, or its most urgent ticket's symptom."""
    symptoms = {one.symptom for one in group}
    if bursts := BURSTS & symptoms:
        return Symptom.CONSTRUCTION_DAMAGE if Symptom.BURST not in bursts else Symptom.BURST
    callers = {one.place.premises or one.id for one in group if one.symptom is Symptom.NO_WATER}
    if len(callers) >= PREMISES_THAT_MEAN_A_BURST:
        return Symptom.BURST
    return min(group, key=lambda one: (one.priority, one.ticket.received_at)).symptom


def open_incident_of(
    network: PipeNetwork,
    group: Group,
    incident_id: str,
    isolate: Isolating,
    times: WorkTimes = PRESETS,
) -> Opened:
    """Return the incident behind one group of tickets; ``isolate`` is asked if it is a burst."""
    symptom = symptom_of_group(group)
    suspects = gis.suspects(network, group)
    pipe = suspects[0].pipe if suspects else gis.probable_pipe(network, group)
    isolation = isolate(pipe) if pipe and symptom in BURSTS else None
    incident = _incident(incident_id, symptom, pipe, isolation, group)
    incident = replace(incident, suspects=suspects)
    if isolation is None or pipe is None:
        return Opened(incident, None, (_single_order(network, incident, times),))
    outage = Outage(
        id=f"O-{incident_id}",
        incident=incident_id,
        state=OutageState.PREDICTED,
        isolation=isolation,
        numbered=isolation.close,
    )
    return Opened(incident, outage, burst_orders(network, incident, isolation, times))


def _incident(
    incident_id: str,
    symptom: Symptom,
    pipe: str | None,
    isolation: Isolation | None,
    group: Group,
) -> Incident:
    spot = _spot(group, pipe)
    first = min(one.ticket.received_at for one in group)
    calls = heard((one.ticket for one in group), {one.id: one for one in group})
    collective_at = collective_since(calls)
    return Incident(
        id=incident_id,
        symptom=symptom,
        priority=Priority.P1 if collective_at else priority_of_group(group, isolation),
        state=IncidentState.CONFIRMED if len(group) > 1 else IncidentState.SUSPECTED,
        opened_at=first,
        location=spot[0],
        link=pipe,
        tickets=tuple(one.id for one in group),
        label=spot[1],
        collective_at=collective_at,
    )


def of_incident(order: WorkOrder, incident: Incident) -> WorkOrder:
    """Return the work order with the incident's tickets, urgency and clock."""
    return replace(as_urgent(order, incident), released_at=incident.opened_at)


def as_urgent(order: WorkOrder, incident: Incident) -> WorkOrder:
    """Return the work order with the incident's tickets and urgency, and what follows from it."""
    return replace(
        order,
        tickets=incident.tickets,
        priority=incident.priority,
        due_on_site=due_on_site(incident.priority, incident.opened_at),
        interruptible=is_interruptible(order.kind, incident.symptom, incident.priority),
    )


def role_of(order: WorkOrder) -> Role:
    """Return what tells the work order apart from the others of its incident."""
    helps = bool(order.together) and Skill.LARGE_MAIN not in order.skills
    return order.kind, helps


def priority_of_group(group: Group, isolation: Isolation | None) -> Priority:
    """Return the most urgent ticket's priority, raised to P1 where many or critical run dry."""
    if isolation and (isolation.premises_count >= MANY_PREMISES or isolation.critical_premises):
        return Priority.P1
    return min(one.priority for one in group)


def _spot(group: Group, pipe: str | None) -> tuple[LonLat, str]:
    """Return place and label of the surest ticket on the incident's pipe."""
    on_pipe = [one for one in group if one.place.snap and one.place.snap.link == pipe] or group
    best = max(on_pipe, key=lambda one: (one.symptom in BURSTS, one.place.confidence))
    snap = best.place.snap
    return (snap.location if snap else best.place.position), best.place.label


def _order(
    incident: Incident, rule: WorkRule, suffix: str, pipe: Link | None, times: WorkTimes
) -> WorkOrder:
    estimate = times.estimate(rule.kind, pipe, incident.opened_at, rule.duration_s)
    order = WorkOrder(
        id=f"W{incident.id[1:]}{suffix}",
        incident=incident.id,
        kind=rule.kind,
        tickets=incident.tickets,
        priority=incident.priority,
        location=incident.location,
        skills=rule.skills,
        crew_size=rule.crew_size,
        duration_s=estimate.p50_s,
        released_at=incident.opened_at,
        due_on_site=None,
        estimate=estimate,
    )
    return of_incident(order, incident)


def _single_order(network: PipeNetwork, incident: Incident, times: WorkTimes) -> WorkOrder:
    """Return the one order of an incident that needs no isolation valve shut."""
    # A burst far from every pipe has no rule of its own: somebody has to look first.
    rule = RULES.get(incident.symptom, RULES[Symptom.OTHER])
    pipe = network.link_by_id.get(incident.link or "")
    return replace(
        _order(incident, rule, "", pipe, times),
        premises_dry_before=1 if incident.symptom is Symptom.NO_WATER else 0,
        leaking=incident.symptom in LEAKING,
    )


def burst_orders(
    network: PipeNetwork, incident: Incident, isolation: Isolation, times: WorkTimes = PRESETS
) -> tuple[WorkOrder, ...]:
    """Return the orders to isolate and then repair; no isolate order where nothing can be shut.

    A main that two crews mend at once has a second order to repair, together with the first.
    """
    pipe = network.link_by_id[isolation.burst[0]]
    isolate, repair, *helping = burst_rules(pipe.diameter_m, len(isolation.close))
    mend = replace(
        _order(incident, repair, "R", pipe, times),
        premises_dry_before=len(isolation.premises_in_segment),
        premises_dry_after=isolation.premises_count,
        leaking=not isolation.close,
    )
    # The premises are the repair's alone: who waits for one pipe is counted once.
    mends = _together(mend, *(_order(incident, one, "H", pipe, times) for one in helping))
    if not isolation.close:
        return mends
    shut = replace(
        _order(incident, isolate, "I", pipe, times),
        location=network.isolation_valve_by_id[isolation.close[0]].location,
        premises_dry_before=mend.premises_dry_before,
        premises_dry_after=mend.premises_dry_after,
        leaking=True,
    )
    return shut, *(replace(one, after=(shut.id,)) for one in mends)


def _together(order: WorkOrder, *helping: WorkOrder) -> tuple[WorkOrder, ...]:
    """Return an order and the one that helps it, if any; each names the other."""
    both = (order, *helping)
    return tuple(
        replace(one, together="".join(other.id for other in both if other is not one))
        for one in both
    )
