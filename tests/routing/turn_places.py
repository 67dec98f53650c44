"""The oracle's geometry: where a place meets the streets, and which edges a closure touches.

Written from docs/driving.md alone, on shapely and pyproj; shares no code with routing/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, radians

import numpy as np
import pyproj
import shapely
from shapely.geometry import LineString, Point, Polygon

from domain.closures import Closure, ClosureShape
from domain.places import LonLat
from domain.streets import StreetNetwork
from tests.routing.oracle import haversine_m

EARTH_M = 6_371_008.8
FARTHEST_M, NODE_M, BESIDE_M, CHORD_M = 1000.0, 1.0, 10.0, 10.0
SHORT_M, END_M = 25.0, 10.0


@dataclass(frozen=True)
class Put:
    """A place on its street.

    ``shares`` is the fraction of each edge it lies on, ``node`` the node it is at (then ``shares``
    is empty), both empty if too far. ``clear`` is False where rounding may choose another street.
    """

    place: LonLat
    metres: float
    shares: dict[int, float]
    node: int | None
    clear: bool

    @property
    def too_far(self) -> bool:
        """Whether there is no street within reach."""
        return not self.shares and self.node is None


class Ground:
    """The streets on the local plane: a spherical Mercator true at the nodes' mean latitude."""

    def __init__(self, streets: StreetNetwork) -> None:
        self.streets = streets
        self.lat0 = float(np.mean(streets.nodes[:, 1]))
        self.project = pyproj.Proj(f"+proj=merc +R={EARTH_M} +lat_ts={self.lat0!r}")
        x, y = self.project(streets.shape[:, 0], streets.shape[:, 1])
        ends = zip(streets.shape_start[:-1], streets.shape_start[1:], strict=True)
        self.courses = [LineString(list(zip(x[a:b], y[a:b], strict=True))) for a, b in ends]
        self.tree = shapely.STRtree(self.courses)
        self.tail = [int(node) for node in streets.tail]
        self.head = [int(node) for node in streets.head]
        self.opposite = opposites(streets)

    def point(self, place: LonLat) -> Point:
        """Return a place on the plane."""
        return Point(*self.project(place.lon, place.lat))

    def lonlat(self, point: Point) -> LonLat:
        """Return a place of the plane."""
        lon, lat = self.project(point.x, point.y, inverse=True)
        return LonLat(float(lon), float(lat))

    def put(self, place: LonLat) -> Put:
        """Return where a place meets the streets (rules 6 and 8)."""
        here = self.point(place)
        nearest = self.courses[int(self.tree.nearest(here))]
        line = here.distance(nearest)
        foot = nearest.interpolate(nearest.project(here))
        metres = haversine_m(place, self.lonlat(foot))
        if metres > FARTHEST_M:
            return Put(place, metres, {}, None, abs(metres - FARTHEST_M) > 1)
        ties = [int(e) for e in self.tree.query(here, "dwithin", line + 0.02)]
        return self._among(place, here, metres, ties)

    def _among(self, place: LonLat, here: Point, metres: float, ties: list[int]) -> Put:
        """Return the place on the nearest of several edges that are all as near."""
        best = min(ties, key=lambda e: here.distance(self.courses[e]))
        stretch = cos(radians(place.lat)) / cos(radians(self.lat0))
        nodes, unclear = set(), False
        for e in ties:
            along = self.courses[e].project(here) * stretch
            rest = self.courses[e].length * stretch - along
            near = min(along, rest)
            unclear |= abs(near - NODE_M) < 0.05 or max(along, rest) < 1.2 * NODE_M
            nodes.add((self.tail[e] if along <= rest else self.head[e]) if near <= NODE_M else None)
        if nodes == {None}:
            own = {best, self.opposite[best]} - {-1}
            share = self.courses[best].project(here, normalized=True)
            shares = {e: share if e == best else 1 - share for e in own}
            return Put(place, metres, shares, None, set(ties) == own and not unclear)
        clear = len(nodes) == 1 and not unclear
        along = self.courses[best].project(here, normalized=True)
        return Put(place, metres, {}, (self.tail if along < 0.5 else self.head)[best], clear)

    def bearings_in(self) -> list[float]:
        """Return the plane directions in which the edges arrive: over their last 10 m."""
        ends = [course.coords[-1] for course in self.courses]
        backs = shapely.line_interpolate_point(self.courses, [-CHORD_M] * len(ends))
        return [_bearing(back.coords[0], end) for back, end in zip(backs, ends, strict=True)]

    def bearings_out(self) -> list[float]:
        """Return the plane directions in which the edges set out: over their first 10 m."""
        starts = [course.coords[0] for course in self.courses]
        theres = shapely.line_interpolate_point(self.courses, [CHORD_M] * len(starts))
        return [_bearing(a, there.coords[0]) for a, there in zip(starts, theres, strict=True)]

    def touched(self, closure: Closure) -> set[int]:
        """Return the edges that a closure touches, both directions."""
        drawn = [self.project(p.lon, p.lat) for p in closure.places]
        if closure.shape is ClosureShape.AREA:
            found = self._inside(Polygon(drawn))
        elif closure.shape is ClosureShape.STREET:
            found = self._beside(LineString(drawn))
        else:
            found = self._on_line(LineString(drawn))
        return found | {self.opposite[e] for e in found} - {-1}

    def _inside(self, area: Polygon) -> set[int]:
        near = self.tree.query(area)
        return {int(e) for e in near if self.courses[e].relate_pattern(area, "T********")}

    def _beside(self, line: LineString) -> set[int]:
        """Return the edges of which at least half runs within 10 m of the line."""
        strip = line.buffer(BESIDE_M, quad_segs=64)
        near = [int(e) for e in self.tree.query(strip)]
        return {e for e in near if self._share(e, strip) >= 0.5}

    def _share(self, e: int, strip: Polygon) -> float:
        return float(self.courses[e].intersection(strip).length / self.courses[e].length)

    def _on_line(self, line: LineString) -> set[int]:
        beside = self._beside(line)
        crossed = {int(e) for e in self.tree.query(line) if self.courses[e].intersects(line)}
        if not beside:
            return crossed
        return beside | {e for e in crossed if self._well_crossed(e, line)}

    def _well_crossed(self, e: int, line: LineString) -> bool:
        """Whether an edge is long enough and crossed far enough from its ends."""
        course = self.courses[e]
        return course.length >= SHORT_M and any(
            END_M < course.project(spot) < course.length - END_M for spot in _spots(course, line)
        )

    def is_clear(self, closure: Closure) -> bool:
        """Return False where rounding may decide whether an edge is touched."""
        drawn = [self.project(p.lon, p.lat) for p in closure.places]
        if closure.shape is ClosureShape.AREA:
            area = Polygon(drawn)
            near = [self.courses[e] for e in self.tree.query(area.buffer(1))]
            return all(_far_from_edge(course, area) for course in near)
        line = LineString(drawn)
        strip = line.buffer(BESIDE_M, quad_segs=64)
        shares = [self._share(int(e), strip) for e in self.tree.query(strip)]
        if any(abs(share - 0.5) < 0.02 for share in shares):
            return False
        if closure.shape is ClosureShape.STREET:
            return True
        return all(_plain_crossing(self.courses[e], line) for e in self.tree.query(line.buffer(1)))


def _far_from_edge(course: LineString, area: Polygon) -> bool:
    if course.intersects(area):
        return bool(course.intersection(area).length > 0.1)
    return bool(course.distance(area) > 0.1)


def _plain_crossing(course: LineString, line: LineString) -> bool:
    """Whether a line meets a course in places that no rounding moves over a limit."""
    if not course.intersects(line):
        return bool(course.distance(line) > 0.05)
    if course.intersection(line).length > 0 or abs(course.length - SHORT_M) < 0.1:
        return False
    ends = [Point(end) for end in (line.coords[0], line.coords[-1])]
    if any(course.distance(end) < 0.05 for end in ends):
        return False
    alongs = [course.project(spot) for spot in _spots(course, line)]
    return all(
        abs(along - end) > 0.1 and abs(rest - end) > 0.1
        for along, rest in ((a, course.length - a) for a in alongs)
        for end in (0.0, END_M)
    )


def _spots(course: LineString, line: LineString) -> list[Point]:
    """Return where a line meets a course, of a common stretch its ends."""
    met = course.intersection(line)
    return [Point(c) for part in shapely.get_parts(met) for c in shapely.get_coordinates(part)]


def _bearing(a: Sequence[float], b: Sequence[float]) -> float:
    """Return degrees clockwise from north."""
    return degrees(atan2(b[0] - a[0], b[1] - a[1]))


def opposites(streets: StreetNetwork) -> list[int]:
    """Return for each edge the edge of the same course backwards, -1 if there is none."""
    if len(streets.rules.opposite):
        return [int(e) for e in streets.rules.opposite]
    count = len(streets.tail)
    courses = [tuple(map(tuple, streets.course(e).tolist())) for e in range(count)]
    ends = {
        (int(streets.tail[e]), int(streets.head[e]), course): e for e, course in enumerate(courses)
    }
    back = [
        ends.get((int(streets.head[e]), int(streets.tail[e]), courses[e][::-1]), -1)
        for e in range(count)
    ]
    return [-1 if other == e else other for e, other in enumerate(back)]


def walked_m(path: Sequence[LonLat]) -> float:
    """Return the metres along a path."""
    return sum(haversine_m(a, b) for a, b in pairwise(path))
