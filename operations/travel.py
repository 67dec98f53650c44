"""Choose how travel is timed: over the imported streets, or straight lines that say so."""

from __future__ import annotations

import logging

import routing
from domain.calibration import Calibration
from domain.errors import BadInput
from domain.streets import StreetNetwork
from domain.travel import TravelTimes
from storage import UnitOfWork

_log = logging.getLogger(__name__)


def load_streets(work: UnitOfWork) -> StreetNetwork | None:
    """Return the imported streets, None if there are none.

    Raises
    ------
    BadFile
        If they were stored by another version, or are damaged: they have to be imported again.
    """
    stored = work.streets.load()
    return routing.from_bytes(stored) if stored is not None else None


def streets_or_none(work: UnitOfWork) -> StreetNetwork | None:
    """Return the imported streets; None, said in the log, also if they have to be imported again.

    The running day goes on with straight lines, which say that they are: no street is worth a
    night without a map.
    """
    try:
        return load_streets(work)
    except BadInput as fault:
        _log.error("%s Until then drives are straight lines.", fault)
        return None


def travel_over(streets: StreetNetwork | None) -> TravelTimes:
    """Return the engine for these streets; without streets one that flags its estimates."""
    return routing.StreetTimes(streets) if streets is not None else routing.StraightLineTimes()


def calibrate(travel: TravelTimes, calibration: Calibration) -> None:
    """Let an engine scale its seconds by what was fitted to the crews' own drives.

    Straight lines are estimates already, and stay as they are.
    """
    if isinstance(travel, routing.StreetTimes):
        travel.calibrate(calibration)


def apart(travel: TravelTimes) -> TravelTimes:
    """Return an engine that drives as this one does now, for questions of what if.

    What is closed for the one stays open for the other. Straight lines know no closures.
    """
    return travel.apart() if isinstance(travel, routing.StreetTimes) else travel
