"""Where roads run, where two of them cross, and where a house number lies between known ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, MultiLineString, Point
from shapely.ops import nearest_points

from domain.places import Road
from gis.crs import FloatArray, LocalMetres, lines_in_metres
from gis.locating.numbers import SPOKEN
from gis.locating.writing import plain

#: Roads cross where they come so near, metres: two carriageways are drawn apart.
#: Source: mainbreak default.
CROSSING_M = 30.0

_LEADING = re.compile(r"\d+")
_DIGIT = rf"\d{SPOKEN}"
_GAP = re.compile(rf"(?<![{_DIGIT}]) | (?![{_DIGIT}])")


def key_of(name: str) -> str:
    """Return a name as it is searched for: ``plain``, spaces between digits only.

    >>> key_of("建设路 5， 8栋")
    '建设路5 8栋'
    """
    return _GAP.sub("", plain(name))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in metres of the plane and how far around it the place meant may lie."""

    x: float
    y: float
    radius_m: float


class Roads:
    """The courses of roads by ``key_of`` their names."""

    def __init__(self, roads: Iterable[Road], plane: LocalMetres) -> None:
        known = [road for road in roads if key_of(road.name)]
        courses = [course for road in known for course in road.courses]
        lines = iter(lines_in_metres(plane, courses))
        parts: dict[str, list[LineString]] = defaultdict(list)
        #: The name of each as it is written.
        self.written: dict[str, str] = {}
        for road in known:
            key = key_of(road.name)
            self.written.setdefault(key, road.name)
            parts[key] += [next(lines) for _ in road.courses]
        self._lines = {key: MultiLineString(each) for key, each in parts.items() if each}

    def middle(self, name: str) -> Spot | None:
        """Return a spot on the road near its middle, the whole road within its radius."""
        line = self._lines.get(name)
        if line is None:
            return None
        longest = max(line.geoms, key=lambda part: float(part.length))
        spot = longest.interpolate(0.5, normalized=True)
        return Spot(spot.x, spot.y, float(shapely.hausdorff_distance(line, spot)))

    def crossing(self, one: str, other: str) -> Spot | None:
        """Return where two roads cross or nearly do; None if they do not.

        Of several crossings the middle one is meant, the others lie within the radius.
        """
        first, second = self._lines.get(one), self._lines.get(other)
        if first is None or second is None or first.distance(second) > CROSSING_M:
            return None
        common = shapely.intersection(first, second)
        if common.is_empty:
            near, far = nearest_points(first, second)
            return Spot((near.x + far.x) / 2, (near.y + far.y) / 2, CROSSING_M)
        points = shapely.points(shapely.get_coordinates(common))
        middle = points[int(shapely.distance(points, common.centroid).argmin())]
        return Spot(middle.x, middle.y, float(shapely.distance(points, middle).max()))

    def between(self, name: str, number: str, known: Mapping[str, FloatArray]) -> Spot | None:
        """Return where a house number lies, by the known ones on its side of the road.

        ``known`` holds (n, 2) metres of the premises by number; of each the one nearest to the
        road counts, for that is at the gate. Even and odd numbers are taken to lie on the two
        sides; where one side has fewer than two numbers, both count. The answer lies on the road
        where its course is known.
        """
        line, wanted = self._lines.get(name), _leading(number)
        ranked = _ranked(known, wanted, line)
        if wanted is None or not ranked:
            return self.middle(name)
        below = [one for one in ranked if one[0] <= wanted]
        above = [one for one in ranked if one[0] >= wanted]
        if not below or not above:
            nearest = ranked[0] if not below else ranked[-1]
            beyond = abs(nearest[0] - wanted) * _metres_a_number(ranked)
            reach = _reach(nearest[1], line, ranked)
            return Spot(nearest[1].x, nearest[1].y, max(min(beyond, reach), 50.0))
        return _between(below[-1], above[0], wanted, line)


Ranked = list[tuple[int, Point]]


def _leading(number: str) -> int | None:
    found = _LEADING.match(number)
    return int(found[0]) if found else None


def _ranked(
    known: Mapping[str, FloatArray], wanted: int | None, line: MultiLineString | None
) -> Ranked:
    numbered = [(_leading(number), xy) for number, xy in known.items() if len(xy)]
    told = [(value, _gate(xy, line)) for value, xy in numbered if value is not None]
    every = sorted(told, key=lambda one: one[0])
    side = [one for one in every if wanted is not None and one[0] % 2 == wanted % 2]
    return side if len(side) >= 2 else every


def _gate(xy: FloatArray, line: MultiLineString | None) -> Point:
    points = shapely.points(xy)
    if line is None or len(points) == 1:
        return points[0]
    return points[int(shapely.distance(points, line).argmin())]


def _metres_a_number(ranked: Ranked) -> float:
    """Return how far apart two following numbers lie on average, 5 m where nothing tells it."""
    span = ranked[-1][0] - ranked[0][0]
    return float(ranked[0][1].distance(ranked[-1][1])) / span if span else 5.0


def _reach(spot: Point, line: MultiLineString | None, ranked: Ranked) -> float:
    """Return how far a road goes from a place on it: no number of it lies farther, metres."""
    if line is not None:
        return float(shapely.hausdorff_distance(line, spot))
    return max(float(spot.distance(place)) for _, place in ranked)


def _between(
    low: tuple[int, Point], high: tuple[int, Point], wanted: int, line: MultiLineString | None
) -> Spot:
    share = (wanted - low[0]) / (high[0] - low[0]) if high[0] > low[0] else 0.5
    radius_m = max(float(low[1].distance(high[1])) / 2, 10.0)
    course = _course_of(line, low[1], high[1])
    if course is not None:
        begin, end = course.project(low[1]), course.project(high[1])
        spot = course.interpolate(begin + share * (end - begin))
    else:
        spot = shapely.line_interpolate_point(LineString([low[1], high[1]]), share, normalized=True)
    return Spot(spot.x, spot.y, radius_m)


def _course_of(line: MultiLineString | None, low: Point, high: Point) -> LineString | None:
    """Return the one course of a road that two places both lie at, None if there is none."""
    if line is None:
        return None
    merged = shapely.line_merge(line)
    parts = list(getattr(merged, "geoms", [merged]))
    return min(parts, key=lambda part: float(part.distance(low) + part.distance(high)))
