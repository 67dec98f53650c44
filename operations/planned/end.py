"""End a planned shut-off: its isolation valves are open again, people have water."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from domain.network import Position
from domain.planned import Assessment
from domain.states import OutageState
from operations.ground import Ground
from operations.incidents.end_outage import relieve_others
from operations.incidents.live_isolation import present_network
from operations.planned.active import shut_by_planned
from operations.planned.assess import assess_one
from storage import UnitOfWork


def end_shutoff(
    work: UnitOfWork, ground: Ground, shutoff_id: str, now: datetime, zone: tzinfo
) -> Assessment:
    """Return the shut-off restored; what others keep shut stays shut, and they dry less.

    Raises
    ------
    UnknownId
        If there is no such shut-off.
    IllegalMove
        If it is not in effect.
    """
    one = work.planned_shutoffs.get(shutoff_id)
    work.planned_shutoffs.save([replace(one, state=OutageState.RESTORED, restored_at=now)])
    kept = {valve for other in work.outages.active() for valve in other.closed}
    kept |= {valve for other in shut_by_planned(work) for valve in other.closed}
    known = present_network(work, ground).isolation_valve_by_id
    for name in one.isolation.close:
        if name in known and name not in kept and not known[name].is_open:
            work.network.set_isolation_valve(replace(known[name], position=Position.OPEN))
    relieve_others(work, ground)
    return assess_one(work, ground, shutoff_id, now, zone)
