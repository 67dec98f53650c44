"""Travel times without streets: straight lines, a detour factor and one speed, all stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.closures import Closure
from domain.places import LonLat
from domain.streets import StreetName
from domain.travel import (
    Capabilities,
    Closing,
    Reach,
    RoadPlace,
    RouteLine,
    TravelMatrix,
    Unreachable,
)
from routing.metric import great_circle_m, lonlat_array

#: Metres driven per metre of straight line. Source: mainbreak default, rounded up from the mean of
#: 1.34 over 300 European cities (doi 10.1177/23998083231168870); short trips wind more.
DETOUR_FACTOR = 1.4

#: Metres per second over the driven way, 25 km/h. Source: mainbreak default, a residential street
#: of the class table with its turns.
SPEED_MPS = 25.0 / 3.6


@dataclass(frozen=True, slots=True)
class StraightLineTimes:
    """Estimates for places whose streets are not known.

    ``detour_factor`` is driven metres per straight metre, ``speed_mps`` metres per second.
    """

    detour_factor: float = DETOUR_FACTOR
    speed_mps: float = SPEED_MPS

    @property
    def capabilities(self) -> Capabilities:
        """It knows no streets."""
        return Capabilities("straight line", False, False, False, False)

    @property
    def metric(self) -> int:
        """Always 0: nothing changes."""
        return 0

    def matrix(
        self,
        origins: Sequence[LonLat],
        destinations: Sequence[LonLat] | None = None,
        *,
        at: datetime | None = None,
    ) -> TravelMatrix:
        """Return the estimates, flagged ``straight_line``; none is ``inf``, ``at`` is ignored."""
        here = lonlat_array(origins)
        there = here if destinations is None else lonlat_array(destinations)
        metres = great_circle_m(here[:, None, :], there[None, :, :]) * self.detour_factor
        return TravelMatrix(metres / self.speed_mps, {}, True, self._method())

    def route(
        self, a: LonLat, b: LonLat, *, at: datetime | None = None, steps: bool = False
    ) -> RouteLine | Unreachable:
        """Return the straight line from ``a`` to ``b`` with the matrix's figures, no steps."""
        seconds = float(self.matrix([a], [b]).seconds[0, 0])
        return RouteLine((a, b), seconds * self.speed_mps, seconds)

    def snap(self, places: Sequence[LonLat]) -> tuple[RoadPlace, ...]:
        """Return the places themselves: no street is known."""
        return tuple(RoadPlace(one, one, 0.0, StreetName()) for one in places)

    def reachable(
        self, origin: LonLat, seconds: float, *, at: datetime | None = None
    ) -> Reach | Unreachable:
        """Return nothing: no street is known."""
        return Reach(())

    def close(self, closures: Sequence[Closure]) -> Closing:
        """Return that no closure touches a street."""
        return Closing(0, {one.id: 0 for one in closures})

    def _method(self) -> str:
        return (
            "Straight-line estimate, no streets imported: great-circle distance times a detour "
            f"factor of {self.detour_factor:g}, driven at {self.speed_mps * 3.6:g} km/h."
        )
