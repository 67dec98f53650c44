"""A van on its way: where it is at any instant, along the streets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import atan2, cos, degrees, hypot, radians

import numpy as np

from domain.places import LonLat
from domain.travel import RouteLine
from operations.ground import Ground

#: Metres in a degree of latitude. Source: WGS-84 mean meridian, 40 007.86 km / 360.
_METRES_PER_DEGREE = 111_133.0

#: Metres per second where no street leads there: somebody walks. Source: mainbreak default.
_ON_FOOT = 1.4


@dataclass(frozen=True, slots=True)
class Drive:
    """A way through places, begun at an instant and done after some seconds, at an even pace."""

    places: tuple[LonLat, ...]
    begun: datetime
    seconds: float

    @property
    def target(self) -> LonLat:
        """Where it leads."""
        return self.places[-1]

    @property
    def ends(self) -> datetime:
        """When the van is there."""
        return self.begun + timedelta(seconds=self.seconds)

    def at(self, now: datetime) -> tuple[LonLat, float | None]:
        """Return where the van is, and where it heads (degrees from north; None if it stands)."""
        gone = (now - self.begun).total_seconds() / self.seconds if self.seconds > 0 else 1.0
        steps = [_metres(a, b) for a, b in zip(self.places, self.places[1:], strict=False)]
        marks = np.concatenate([[0.0], np.cumsum(steps)])
        if gone >= 1.0 or marks[-1] <= 0.0:
            return self.target, None
        here = max(0.0, gone) * float(marks[-1])
        leg = min(int(np.searchsorted(marks, here, side="right")) - 1, len(steps) - 1)
        a, b = self.places[leg], self.places[leg + 1]
        share = (here - float(marks[leg])) / steps[leg] if steps[leg] > 0 else 0.0
        place = LonLat(a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat))
        return place, _heading(a, b)


def drive_to(
    ground: Ground, here: LonLat, there: LonLat, begun: datetime, slowness: float
) -> Drive:
    """Return the drive over the streets, ``slowness`` times as long as free flow takes."""
    line = ground.travel.route(here, there)
    if isinstance(line, RouteLine):
        return Drive(tuple(line.path), begun, line.seconds * slowness)
    return Drive((here, there), begun, _metres(here, there) / _ON_FOOT)


def _offset(a: LonLat, b: LonLat) -> tuple[float, float]:
    """Return metres to the east and to the north; good enough within a town."""
    east = (b.lon - a.lon) * cos(radians(a.lat)) * _METRES_PER_DEGREE
    return east, (b.lat - a.lat) * _METRES_PER_DEGREE


def _metres(a: LonLat, b: LonLat) -> float:
    return hypot(*_offset(a, b))


def _heading(a: LonLat, b: LonLat) -> float:
    east, north = _offset(a, b)
    return round(degrees(atan2(east, north)) % 360.0, 1)
