"""Whether a place has water while an outage is in effect: by the isolation valves reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.incidents import Outage
from domain.tickets import Candidate
from operations.ground import Ground
from operations.incidents.actual_supply import dry_now, turned_after, without_water
from storage import UnitOfWork


class Water(StrEnum):
    """Off now, on until a valve still to be closed, or on again."""

    OFF = "off"
    STILL_ON = "still_on"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class WaterAt:
    """Whether there is water, and if it is back, since when."""

    water: Water
    since: datetime | None = None


def water_at(work: UnitOfWork, ground: Ground, outage: Outage, place: Candidate) -> WaterAt:
    """Return whether a place of the outage has water; of a place without premises, off."""
    if place.premises is None or place.premises in dry_now(work, ground, outage):
        return WaterAt(Water.OFF)
    for row in range(len(outage.steps) - 1, 0, -1):
        done = outage.steps[:row]
        out = without_water(work, ground, outage, turned_after(outage, done), done[-1].at)
        if place.premises in out:
            return WaterAt(Water.BACK, outage.steps[row].at)
    return WaterAt(Water.STILL_ON)
