"""Fit the calibration to the crews' own drives: what their phones sent on the way to work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from domain.calibration import band_of
from domain.errors import NothingImported
from domain.progress import Progress, quiet
from domain.travel import RouteLine, TravelTimes
from operations.observed_drives import Setting, Trip, settings_out, trips
from operations.travel import load_streets, travel_over
from routing.calibrating import Fitted, ObservedDrive, fit_bands
from storage import UnitOfWork


def fit_calibration(
    work: UnitOfWork,
    since: datetime,
    zone: tzinfo,
    progress: Progress | None = None,
) -> Fitted:
    """Return what the drives since an instant say; nothing is stored: see ``keep_calibration``.

    Drives are compared with free flow over all streets, as if none had been closed.

    Raises
    ------
    NothingImported
        If there are no streets to compare with.
    """
    tell = progress or quiet
    tell(0.0, "reading the streets")
    streets = load_streets(work)
    if streets is None:
        raise NothingImported(
            "there are no streets to compare drives with. Run: mainbreak import streets FILE."
        )
    engine = travel_over(streets)
    tell(0.1, "reading where crews were")
    ways = [one for one in settings_out(work.reports.all()) if one.begun >= since]
    drives: list[ObservedDrive] = []
    for number, way in enumerate(ways):
        tell(0.1 + 0.85 * number / len(ways), f"drive {number + 1} of {len(ways)}")
        drives += [_observed(engine, trip, zone) for trip in _trips(work, way)]
    tell(0.95, "fitting")
    return fit_bands(drives, work.calibration.load())


def keep_calibration(work: UnitOfWork, fitted: Fitted) -> bool:
    """Let a fit count from now on; return False, and let the earlier one stand, if it is empty."""
    if not fitted.bands:
        return False
    work.calibration.save(fitted.fits)
    work.commit()
    return True


def _trips(work: UnitOfWork, way: Setting) -> Sequence[Trip]:
    return trips(work.fixes.trail(way.crew, way.begun, way.ended))


def _observed(engine: TravelTimes, trip: Trip, zone: tzinfo) -> ObservedDrive:
    band = band_of(trip.begun, zone)
    line = engine.route(trip.here, trip.there)
    if not isinstance(line, RouteLine):
        return ObservedDrive(band, trip.seconds, trip.metres, None, None)
    return ObservedDrive(band, trip.seconds, trip.metres, line.seconds, line.metres)
