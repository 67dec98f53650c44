"""Change an isolation while it is being shut: plan B, another try, an end to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.errors import BadInput
from domain.incidents import Incident, Outage, WorkOrder
from domain.isolation import Isolation
from domain.network import Operability
from domain.states import ENDED, IncidentState, OutageState, WorkOrderState
from domain.words import WorkOrderKind
from operations.ground import Ground
from operations.incidents.live_isolation import live_isolation, present_network, shuts_the_same
from operations.incidents.of_incident import free_id, open_orders_of, orders_of, shut_by_others
from operations.open_incidents import burst_orders, role_of
from operations.work_times import work_times
from storage import UnitOfWork


def adopt_proposal(work: UnitOfWork, ground: Ground, outage_id: str, now: datetime) -> Outage:
    """Return the outage with plan B as its isolation; ``outage.plan_b`` tells of it.

    Numbers stay: what plan B adds to the closing order takes the next ones.

    Raises
    ------
    UnknownId
        If there is no such outage.
    BadInput
        If nothing is proposed for it.
    """
    outage = work.outages.get(outage_id)
    if outage.proposal is None or outage.state in ENDED[OutageState]:
        raise BadInput(f"outage {outage_id} has no proposal to adopt. Load it again.")
    work.events.append("outage.plan_b", outage.id, _versions(outage, outage.proposal))
    return use_isolation(work, ground, replace(outage, proposal=None), outage.proposal)


def _versions(outage: Outage, plan_b: Isolation) -> dict[str, object]:
    """Return what the event log keeps of both isolations: valves, counts, premises added."""
    had = set(outage.isolation.premises)
    return {
        "incident": outage.incident,
        "stuck": list(outage.stuck),
        "before": _version(outage.isolation),
        "after": _version(plan_b),
        "premises_added": [one for one in plan_b.premises if one not in had],
    }


def _version(isolation: Isolation) -> dict[str, object]:
    return {"close": list(isolation.close), "premises_count": isolation.premises_count}


def retry_valve(
    work: UnitOfWork, ground: Ground, outage_id: str, valve_id: str, now: datetime
) -> Outage:
    """Return the outage with a stuck isolation valve to be tried again; its plan B is dropped.

    If plan B was adopted already, the isolation without it is proposed.

    Raises
    ------
    UnknownId
        If there is no such outage.
    BadInput
        If the isolation valve was not reported stuck for it.
    """
    outage = work.outages.get(outage_id)
    if valve_id not in outage.stuck or outage.state in ENDED[OutageState]:
        raise BadInput(
            f"isolation valve {valve_id!r} is not stuck in outage {outage_id}. Load it again."
        )
    known = present_network(work, ground).isolation_valve_by_id.get(valve_id)
    if known is not None:
        work.network.set_isolation_valve(replace(known, operability=Operability.OPERABLE))
    for one in work.outages.active():
        if valve_id in one.stuck:
            stuck = tuple(name for name in one.stuck if name != valve_id)
            with_proposal(work, ground, replace(one, stuck=stuck))
    return work.outages.get(outage_id)


def with_proposal(work: UnitOfWork, ground: Ground, outage: Outage) -> Outage:
    """Store and return the outage with what now would be better to shut, if anything."""
    # An isolation is reckoned from the outages as they are stored.
    work.outages.save([outage])
    proposed = replace(outage, proposal=_proposal(work, ground, outage))
    work.outages.save([proposed])
    return proposed


def _proposal(work: UnitOfWork, ground: Ground, outage: Outage) -> Isolation | None:
    pipe = burst_pipe(work, ground, outage)
    running = work.incidents.get(outage.incident).state is not IncidentState.RESOLVED
    if not running or pipe is None:
        return None
    fresh = live_isolation(work, ground, pipe, outage.incident)
    return None if shuts_the_same(fresh, outage.isolation) else fresh


def burst_pipe(work: UnitOfWork, ground: Ground, outage: Outage) -> str | None:
    """Return the pipe an outage isolates: its own, else the one that lies there since an import.

    None if the network holds neither.
    """
    own, now = outage.isolation.burst[0], work.incidents.get(outage.incident).link
    return next((one for one in (own, now) if one in ground.network.link_by_id), None)


def use_isolation(work: UnitOfWork, ground: Ground, outage: Outage, isolation: Isolation) -> Outage:
    """Store and return the outage with this isolation; its work orders follow."""
    elsewhere = shut_by_others(work, outage.incident)
    new = tuple(one for one in isolation.close if one not in outage.numbered)
    shut = tuple(one for one in new if one in elsewhere and one not in outage.closed)
    outage = replace(
        outage,
        isolation=isolation,
        numbered=(*outage.numbered, *new),
        closed=(*outage.closed, *shut),
    )
    work.outages.save([outage])
    _reckon_orders(work, ground, outage)
    return outage


def _reckon_orders(work: UnitOfWork, ground: Ground, outage: Outage) -> None:
    """Store what the isolation now means for the work: premises, minutes, where to begin."""
    incident = work.incidents.get(outage.incident)
    if outage.isolation.burst[0] not in ground.network.link_by_id:
        return
    asked = {role_of(one): one for one in _asked(work, ground, incident, outage)}
    standing = open_orders_of(work, incident.id)
    changed = [_reckoned(one, asked[role]) for one in standing if (role := role_of(one)) in asked]
    left = set(outage.isolation.close) - set(outage.closed)
    shutting = any(one.kind is WorkOrderKind.ISOLATE for one in changed)
    if left and changed and not shutting:
        changed = _with_another(work, asked[WorkOrderKind.ISOLATE, False], changed)
    work.work_orders.save(changed)


def _asked(
    work: UnitOfWork, ground: Ground, incident: Incident, outage: Outage
) -> tuple[WorkOrder, ...]:
    """Return the work orders of the isolation, to be begun at what is still open."""
    times = work_times(work, ground.calibration.zone)
    orders = burst_orders(ground.network, incident, outage.isolation, times)
    ahead = next((one for one in outage.isolation.close if one not in outage.closed), None)
    if ahead is None:
        return orders
    place = ground.network.isolation_valve_by_id[ahead].location
    return tuple(
        replace(one, location=place) if one.kind is WorkOrderKind.ISOLATE else one for one in orders
    )


def _reckoned(order: WorkOrder, asked: WorkOrder) -> WorkOrder:
    return replace(
        order,
        location=asked.location if order.kind is WorkOrderKind.ISOLATE else order.location,
        duration_s=asked.duration_s,
        estimate=asked.estimate,
        premises_dry_before=asked.premises_dry_before,
        premises_dry_after=asked.premises_dry_after,
    )


def _with_another(
    work: UnitOfWork, isolate: WorkOrder, standing: list[WorkOrder]
) -> list[WorkOrder]:
    """Return the orders with a new one to isolate, for whom the first was done without plan B."""
    taken = (one.id for one in orders_of(work, isolate.incident))
    new = replace(isolate, id=free_id(isolate.id, taken))
    waiting = {WorkOrderState.READY, WorkOrderState.WAITING, WorkOrderState.ASSIGNED}
    return [
        new,
        *(
            replace(one, after=(*one.after, new.id))
            if one.kind is WorkOrderKind.REPAIR and one.state in waiting
            else one
            for one in standing
        ),
    ]
