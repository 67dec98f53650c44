"""Which edges a closure touches, and whether its drawing makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import shapely
import shapely.ops

from domain.closures import Closure, ClosureShape
from domain.errors import BadInput
from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.keeping import BoolArray, keep_edges
from routing.metric import lonlat_array
from routing.opposites import opposites
from routing.snap import Courses

#: Metres from a line within which a street runs along it; metres of an edge next to its ends
#: where crossing the line means nothing; the shortest edge that has more. Source: mainbreak
#: default, a street's width; docs/driving.md.
ALONG_M, NEAR_END_M, SHORT_M = 10.0, 10.0, 25.0

#: Degrees around a drawing in which streets are looked at: 50 m and more up to 60 degrees north.
_MARGIN_DEG = 1e-3

_FEWEST = {ClosureShape.AREA: 3, ClosureShape.STREET: 2, ClosureShape.LINE: 2}


def check_shape(closure: Closure) -> None:
    """Do nothing if the closure's drawing makes sense.

    Raises
    ------
    BadInput
        If it has too few places, crosses itself, encloses nothing or has no length, if its factor
        is no share, or if it ends before it begins.
    """
    fewest, drawn = _FEWEST[closure.shape], closure.shape.value
    places = lonlat_array(closure.places)
    distinct = len({(one.lon, one.lat) for one in closure.places})
    if distinct < fewest:
        raise _bad(
            closure, f"its {drawn} has {distinct} different places", f"draw {fewest} or more"
        )
    if not np.isfinite(places).all():
        raise _bad(closure, "a place of it is no number", "draw it again")
    if closure.shape is ClosureShape.AREA:
        ring = shapely.Polygon(places)
        if not ring.is_valid:
            raise _bad(closure, "its area crosses itself", "draw the outline without a crossing")
        if ring.area == 0.0:
            raise _bad(closure, "its area encloses nothing", "draw an outline around the streets")
    if not (isfinite(closure.factor) and 0.0 <= closure.factor < 1.0):
        raise _bad(
            closure, f"its speed factor is {closure.factor}", "give 0 (closed) up to below 1"
        )
    if closure.until is not None and closure.until <= closure.since:
        raise _bad(closure, "it ends before it begins", "give a later end")


def _bad(closure: Closure, problem: str, remedy: str) -> BadInput:
    return BadInput(f"closure {closure.id}: {problem}; {remedy}.")


@dataclass(frozen=True)
class EdgeFinder:
    """Finds the edges that closures touch, by docs/driving.md."""

    courses: Courses

    def touched(self, closure: Closure) -> IntArray:
        """Return the edges that a closure closes or slows, both directions, ascending."""
        plane = self.courses.plane.to_plane(lonlat_array(closure.places))
        if closure.shape is ClosureShape.AREA:
            return self.courses.both_ways(self._entering(shapely.Polygon(plane)))
        line = shapely.LineString(plane)
        found = self._along(line)
        if closure.shape is ClosureShape.LINE:
            found = np.union1d(found, self._crossing(line, alone=not len(found)))
        return self.courses.both_ways(found)

    def _entering(self, area: shapely.Polygon) -> IntArray:
        """Return the edges whose course enters the inside."""
        near, lines = self.courses.meeting(area)
        inside = shapely.length(shapely.intersection(lines, area)) > 0.0
        chosen: IntArray = near[inside & ~shapely.touches(lines, area)]
        return chosen

    def _along(self, line: shapely.LineString) -> IntArray:
        """Return the edges of which at least half runs within ``ALONG_M`` of the line."""
        band = line.buffer(self.courses.plane_metres(ALONG_M, line))
        near, lines = self.courses.meeting(band)
        within = shapely.length(shapely.intersection(lines, band))
        chosen: IntArray = near[within >= 0.5 * shapely.length(lines)]
        return chosen

    def _crossing(self, line: shapely.LineString, *, alone: bool) -> IntArray:
        """Return the edges that cross the line, away from their ends unless it stands alone."""
        near, lines = self.courses.meeting(line)
        crossed = shapely.crosses(lines, line)
        found: IntArray = near[crossed]
        lines = lines[crossed]
        if alone or not len(found):
            return found
        margin = self.courses.plane_metres(NEAR_END_M, line)
        long_enough = shapely.length(lines) >= self.courses.plane_metres(SHORT_M, line)
        middles = [
            bool(fits) and _without_ends(one, margin).intersects(line)
            for one, fits in zip(lines, long_enough, strict=True)
        ]
        chosen: IntArray = found[np.array(middles, dtype=bool)]
        return chosen


def _without_ends(line: shapely.LineString, margin: float) -> shapely.Geometry:
    return shapely.ops.substring(line, margin, line.length - margin)


def edges_touched(streets: StreetNetwork, closure: Closure) -> IntArray:
    """Return the edges that a closure would close or slow, both directions, ascending.

    For those who have no engine at hand: only the streets around the drawing are laid out.
    """
    near = _around(streets, lonlat_array(closure.places))
    few = keep_edges(streets, near)
    if not len(few.tail):
        return np.zeros(0, dtype=np.int64)
    found = EdgeFinder(Courses(few, opposites(few))).touched(closure)
    touched: IntArray = np.flatnonzero(near)[found]
    return touched


def _around(streets: StreetNetwork, places: FloatArray) -> BoolArray:
    """Return (m,) True for edges whose box meets that of the places and a little around it."""
    first = streets.shape_start[:-1]
    low, high = places.min(axis=0) - _MARGIN_DEG, places.max(axis=0) + _MARGIN_DEG
    starts = np.minimum.reduceat(streets.shape, first) <= high
    ends = np.maximum.reduceat(streets.shape, first) >= low
    near: BoolArray = (starts & ends).all(axis=1)
    return near
