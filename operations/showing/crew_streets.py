"""The closures a crew should know of: those near where it drives and works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

import numpy as np
import shapely

from domain.closed_streets import ClosedStreets
from domain.places import LonLat
from domain.streets import FloatArray
from operations.closures.reported_by import by_crew
from operations.ground import Ground
from operations.showing.crew_day import CrewVisit

#: Metres within which a closure matters to a drive. Source: mainbreak default, the next streets.
NEAR_M = 500.0

#: One that begins later is not today's. Source: mainbreak default, a shift.
AHEAD = timedelta(hours=12)

#: Metres in a degree of latitude. Source: WGS-84 mean meridian, 40 007.86 km / 360.
_METRES_PER_DEGREE = 111_133.0


@dataclass(frozen=True, slots=True)
class NearClosure:
    """A closure and the ids of the crew's visits that it is near to."""

    closed: ClosedStreets
    visits: tuple[str, ...]


def crew_streets(
    ground: Ground, visits: Sequence[CrewVisit], crew: str, now: datetime
) -> tuple[NearClosure, ...]:
    """Return the closures near the crew's drives and work, and those it reported itself.

    In force or soon to be; the newest first.
    """
    plane = _Plane(visits[0].target.lat if visits else 0.0)
    lines = {one.tracked.id: plane.line([one.target, *one.path]) for one in visits}
    found = []
    for closed in ground.closures:
        one = closed.closure
        if one.since > now + AHEAD or (one.until is not None and one.until <= now):
            continue
        shape = plane.shape(closed)
        near = tuple(name for name, line in lines.items() if shape.distance(line) <= NEAR_M)
        if near or one.made_by == by_crew(crew):
            found.append(NearClosure(closed, near))
    return tuple(sorted(found, key=lambda one: one.closed.closure.made_at, reverse=True))


@dataclass(frozen=True, slots=True)
class _Plane:
    """Metres east and north, true at one latitude and near enough over a town."""

    lat: float

    def shape(self, closed: ClosedStreets) -> shapely.Geometry:
        """Return what a closure touches; its own drawing if it touches nothing."""
        if not closed.courses:
            return self.line(closed.closure.places)
        return shapely.MultiLineString([self._metres(course) for course in closed.courses])

    def line(self, places: Sequence[LonLat]) -> shapely.Geometry:
        """Return a line through places, a point where there is one only."""
        metres = self._metres(np.array([(one.lon, one.lat) for one in places]))
        return shapely.LineString(metres) if len(metres) > 1 else shapely.Point(metres[0])

    def _metres(self, lonlat: FloatArray) -> FloatArray:
        metres: FloatArray = lonlat * np.array([cos(radians(self.lat)), 1.0]) * _METRES_PER_DEGREE
        return metres
