"""Travel times without streets: straight lines, a detour factor and one speed, all stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.places import LonLat
from domain.streets import RouteLine, TravelTimes, Unreachable
from routing.metric import great_circle_m, lonlat_array

#: Metres driven per metre of straight line. Source: mainbreak default, rounded up from the mean of
#: 1.34 over 300 European cities (doi 10.1177/23998083231168870); short trips wind more.
DETOUR_FACTOR = 1.4

#: Metres per second over the driven way, 25 km/h. Source: mainbreak default, the class table's
#: figure for residential streets.
SPEED_MPS = 25.0 / 3.6


@dataclass(frozen=True, slots=True)
class StraightLineTimes:
    """Estimates for places whose streets are not known.

    ``detour_factor`` is driven metres per straight metre, ``speed_mps`` metres per second.
    """

    detour_factor: float = DETOUR_FACTOR
    speed_mps: float = SPEED_MPS

    def travel_times(self, places: Sequence[LonLat]) -> TravelTimes:
        """Return the estimates between all places, flagged ``straight_line``; none is ``inf``."""
        lonlat = lonlat_array(places)
        metres = great_circle_m(lonlat[:, None, :], lonlat[None, :, :]) * self.detour_factor
        return TravelTimes(metres / self.speed_mps, metres, {}, True, self._method())

    def route(self, a: LonLat, b: LonLat) -> RouteLine | Unreachable:
        """Return the straight line from ``a`` to ``b`` with the matrix's figures."""
        times = self.travel_times([a, b])
        return RouteLine((a, b), float(times.metres[0, 1]), float(times.seconds[0, 1]))

    def _method(self) -> str:
        return (
            "Straight-line estimate, no streets imported: great-circle distance times a detour "
            f"factor of {self.detour_factor:g}, driven at {self.speed_mps * 3.6:g} km/h."
        )
