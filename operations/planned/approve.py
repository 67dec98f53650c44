"""Approve a planned shut-off: from now on it may be announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from domain.planned import Assessment
from domain.states import OutageState
from operations.ground import Ground
from operations.planned.assess import assess_one
from storage import UnitOfWork


def approve_shutoff(
    work: UnitOfWork, ground: Ground, shutoff_id: str, now: datetime, zone: tzinfo
) -> Assessment:
    """Return the shut-off approved, with the isolation and the overlaps as of now.

    Raises
    ------
    UnknownId
        If there is no such shut-off.
    IllegalMove
        If it is no draft.
    """
    found = assess_one(work, ground, shutoff_id, now, zone)
    work.planned_shutoffs.save([replace(found.shutoff, state=OutageState.APPROVED)])
    return assess_one(work, ground, shutoff_id, now, zone)
