"""End an outage: its isolation valves are open again, and others dry less beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.incidents import Outage
from domain.network import IsolationValve, Operability, Position
from domain.states import OutageState
from operations.ground import Ground
from operations.incidents.live_isolation import live_isolation, present_network, shuts_the_same
from operations.incidents.moving import moved
from operations.incidents.of_incident import shut_by_others
from operations.isolate_incident import use_isolation
from storage import UnitOfWork

_DRY = frozenset({OutageState.IN_EFFECT, OutageState.PARTLY_RESTORED})


def end_outage(work: UnitOfWork, ground: Ground, outage: Outage, now: datetime) -> Outage:
    """Return the outage restored, or cancelled if it never took effect.

    The isolation valves that no crew has reported open were opened with the repair, as the centre
    has verified; those that another outage keeps shut, or that will not open, stay so.
    """
    never = outage.state not in _DRY
    reopen(work, ground, outage)
    ended = replace(outage, proposal=None, restored_at=None if never else now)
    ended = moved(work.outages, ended, OutageState.CANCELLED if never else OutageState.RESTORED)
    relieve_others(work, ground)
    return ended


def reopen(work: UnitOfWork, ground: Ground, outage: Outage) -> None:
    """Store as open what the outage has closed, but what cannot be opened or others keep shut."""
    known = present_network(work, ground).isolation_valve_by_id
    kept = shut_by_others(work, outage.incident)
    for name in outage.closed:
        valve = known.get(name)
        if valve is None or name in kept or valve.is_open or _is_jammed(valve):
            continue
        work.network.set_isolation_valve(replace(valve, position=Position.OPEN))


def _is_jammed(valve: IsolationValve) -> bool:
    return valve.operability is Operability.INOPERABLE


def relieve_others(work: UnitOfWork, ground: Ground) -> None:
    """Take back from the outages what only the combination with one that has ended dried."""
    for other in work.outages.active():
        pipe = other.isolation.burst[0]
        combined = bool(other.isolation.only_combined_pipes)
        if not combined or other.proposal is not None or pipe not in ground.network.link_by_id:
            continue
        fresh = live_isolation(work, ground, pipe, other.incident)
        if shuts_the_same(fresh, other.isolation):
            use_isolation(work, ground, other, fresh)
