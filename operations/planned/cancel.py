"""Cancel a planned shut-off that has not begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from domain.planned import Assessment
from domain.states import OutageState
from operations.ground import Ground
from operations.planned.assess import assess_one
from storage import UnitOfWork


def cancel_shutoff(
    work: UnitOfWork, ground: Ground, shutoff_id: str, now: datetime, zone: tzinfo
) -> Assessment:
    """Return the shut-off cancelled; whoever was told of it reads in the event log that it is off.

    Raises
    ------
    UnknownId
        If there is no such shut-off.
    IllegalMove
        If it is in effect, or over.
    """
    one = work.planned_shutoffs.get(shutoff_id)
    work.planned_shutoffs.save([replace(one, state=OutageState.CANCELLED)])
    return assess_one(work, ground, shutoff_id, now, zone)
