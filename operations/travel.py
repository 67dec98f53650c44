"""Choose how travel is timed: over the imported streets, or straight lines that say so."""

from __future__ import annotations

import routing
from domain.calibration import Calibration
from domain.streets import StreetNetwork
from domain.travel import TravelTimes
from storage import UnitOfWork


def load_streets(work: UnitOfWork) -> StreetNetwork | None:
    """Return the imported streets, None if there are none."""
    stored = work.streets.load()
    return routing.from_bytes(stored) if stored is not None else None


def travel_over(streets: StreetNetwork | None) -> TravelTimes:
    """Return the engine for these streets; without streets one that flags its estimates."""
    return routing.StreetTimes(streets) if streets is not None else routing.StraightLineTimes()


def calibrate(travel: TravelTimes, calibration: Calibration) -> None:
    """Let an engine scale its seconds by what was fitted to the crews' own drives.

    Straight lines are estimates already, and stay as they are.
    """
    if isinstance(travel, routing.StreetTimes):
        travel.calibrate(calibration)
