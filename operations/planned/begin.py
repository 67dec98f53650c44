"""Begin a planned shut-off: its isolation valves are shut, by the dispatcher's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from domain.errors import BadInput
from domain.network import Position
from domain.planned import Assessment
from domain.states import OutageState
from operations.ground import Ground
from operations.incidents.live_isolation import present_network
from operations.planned.assess import assess_one
from storage import UnitOfWork


def begin_shutoff(
    work: UnitOfWork, ground: Ground, shutoff_id: str, now: datetime, zone: tzinfo
) -> Assessment:
    """Return the shut-off in effect, assessed beside what runs now.

    Raises
    ------
    UnknownId
        If there is no such shut-off.
    IllegalMove
        If it was not announced.
    BadInput
        If it was announced for later: people count on their water until then.
    """
    one = work.planned_shutoffs.get(shutoff_id)
    work.planned_shutoffs.save([replace(one, state=OutageState.IN_EFFECT, began_at=now)])
    if now < one.starts_at:
        at = one.starts_at.astimezone(zone).isoformat(" ", "minutes")
        raise BadInput(f"planned shut-off {one.id} was announced for {at}. Begin it then.")
    known = present_network(work, ground).isolation_valve_by_id
    for name in one.isolation.close:
        if name in known and known[name].is_open:
            work.network.set_isolation_valve(replace(known[name], position=Position.CLOSED))
    return assess_one(work, ground, shutoff_id, now, zone)
