"""From places to the streets they lie on: nearest edge, and how far along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from domain.places import LonLat
from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.compiled import compiled
from routing.metric import LocalMetres, great_circle_m, lonlat_array
from routing.opposites import NONE

#: A place farther from every street has no travel time. Source: mainbreak default; in towns
#: 95 % of places lie within 80 m of a street (measured on Porto).
FARTHEST_M = 1000.0

#: So near to its end a street is left and reached as if the place were at the junction.
#: Source: mainbreak default, finer than any survey.
END_M = 1.0

BoolArray = npt.NDArray[np.bool_]
Lines = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Snapped:
    """Where n places meet the streets.

    Attributes
    ----------
    edge
        (n, 2) edge indexes: the nearest street, and its opposite direction or -1. Both are -1 if
        the place is farther than ``FARTHEST_M`` from every street.
    fraction
        (n, 2) how far along each edge, 0 at its tail to 1 at its head; 0 where there is no edge.
    distance_m
        (n,) metres on the ground from the place to the street.
    node
        (n,) the node within ``END_M`` along the street, -1 if there is none.
    at
        (n, 2) WGS-84 of the nearest point on the street.
    """

    edge: IntArray
    fraction: FloatArray
    distance_m: FloatArray
    node: IntArray
    at: FloatArray

    def chosen(self, rows: IntArray) -> Snapped:
        """Return some of the places, in this order."""
        return Snapped(
            self.edge[rows],
            self.fraction[rows],
            self.distance_m[rows],
            self.node[rows],
            self.at[rows],
        )

    def with_room(self, count: int) -> Snapped:
        """Return these places with room for ``count``; what is behind them means nothing."""
        rows = np.zeros(count, dtype=np.int64)
        rows[: len(self.node)] = np.arange(len(self.node))
        return self.chosen(rows) if len(self.node) else _no_places(count)

    def write(self, first: int, others: Snapped) -> None:
        """Put other places where there is room for them, from the row ``first`` on."""
        rows = slice(first, first + len(others.node))
        self.edge[rows], self.fraction[rows] = others.edge, others.fraction
        self.distance_m[rows], self.node[rows] = others.distance_m, others.node
        self.at[rows] = others.at

    @property
    def too_far(self) -> BoolArray:
        """(n,) True for places without a street near enough."""
        far: BoolArray = self.edge[:, 0] == NONE
        return far


@compiled
def _joined(
    first: FloatArray, last: FloatArray, shape: FloatArray, start: IntArray, inner: IntArray
) -> FloatArray:
    """Return the courses of a first part, some edges and a last part, no place twice in a row."""
    count = len(first) + len(last)
    for edge in inner:
        count += start[edge + 1] - start[edge] - 1
    course = np.empty((count, 2), dtype=np.float64)
    course[: len(first)] = first
    used = len(first)
    for edge in inner:
        for row in range(start[edge] + 1, start[edge + 1]):
            if shape[row, 0] != course[used - 1, 0] or shape[row, 1] != course[used - 1, 1]:
                course[used] = shape[row]
                used += 1
    for row in range(1, len(last)):
        course[used] = last[row]
        used += 1
    return course[:used].copy()


def _no_places(count: int) -> Snapped:
    none, nowhere = np.full((count, 2), NONE), np.zeros((count, 2))
    return Snapped(none, nowhere, np.zeros(count), np.full(count, NONE), nowhere.copy())


class Courses:
    """The courses of all edges on a plane of metres, with a tree for the nearest one."""

    def __init__(self, streets: StreetNetwork, opposite: IntArray) -> None:
        self._streets = streets
        self.plane = LocalMetres(float(np.mean(streets.nodes[:, 1])))
        self._xy = self.plane.to_plane(streets.shape)
        self._start = streets.shape_start
        self.opposite = opposite
        # One line per street is enough to search: its two directions share their course.
        once = (opposite == NONE) | (np.arange(len(opposite)) < opposite)
        self._searched = np.flatnonzero(once)
        sizes = np.diff(streets.shape_start)
        which = np.repeat(np.cumsum(once) - 1, sizes)
        drawn = np.repeat(once, sizes)
        self._lines = shapely.linestrings(self._xy[drawn], indices=which[drawn])
        self._tree = shapely.STRtree(self._lines)

    def snap(self, places: Sequence[LonLat]) -> Snapped:
        """Return where each place meets its nearest street; of equally near ones the first."""
        lonlat = lonlat_array(places)
        points = shapely.points(self.plane.to_plane(lonlat))
        line = self._nearest(points)
        edge = self._searched[line]
        along = shapely.line_locate_point(self._lines[line], points, normalized=True)
        along = np.clip(np.nan_to_num(along), 0.0, 1.0)
        edges = np.column_stack([edge, self.opposite[edge]])
        spots = shapely.line_interpolate_point(self._lines[line], along, normalized=True)
        at = self.plane.to_lonlat(shapely.get_coordinates(spots))
        metres = great_circle_m(lonlat, at)
        edges[metres > FARTHEST_M] = NONE
        fraction = np.where(edges == NONE, 0.0, np.column_stack([along, 1.0 - along]))
        return Snapped(edges, fraction, metres, self._node(edge, along), at)

    def meeting(self, shape: shapely.Geometry) -> tuple[IntArray, Lines]:
        """Return the edges whose course meets a shape on the plane, and their courses on it.

        Of a street with two directions one edge; ``both_ways`` returns both.
        """
        found = np.sort(self._tree.query(shape, predicate="intersects"))
        return self._searched[found], self._lines[found]

    def both_ways(self, edges: IntArray) -> IntArray:
        """Return the edges and their opposites, ascending."""
        both: IntArray = np.union1d(edges, self.opposite[edges])
        known: IntArray = both[both != NONE].astype(np.int64)
        return known

    def plane_metres(self, metres: float, shape: shapely.Geometry) -> float:
        """Return plane units of so many metres on the ground around a shape on the plane."""
        middle = self.plane.to_lonlat(np.array([[shape.centroid.x, shape.centroid.y]]))
        stretch = self.plane.ground_metres(np.ones(1), middle[:, 1])
        return metres / float(stretch[0])

    def part(self, edge: int, start: float, end: float) -> FloatArray:
        """Return the (k, 2) WGS-84 course of an edge between two fractions, ``start <= end``."""
        xy = self._xy[self._start[edge] : self._start[edge + 1]]
        at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        ends = np.array([start, end]) * at[-1]
        inner = xy[(at > ends[0]) & (at < ends[1])]
        cut = np.column_stack([np.interp(ends, at, xy[:, 0]), np.interp(ends, at, xy[:, 1])])
        return self.plane.to_lonlat(np.vstack([cut[:1], inner, cut[1:]]))

    def path(self, edges: Sequence[int], begin: float, end: float) -> FloatArray:
        """Return the (k, 2) WGS-84 course over edges that follow each other.

        From a fraction of the first to a fraction of the last; no place comes twice in a row.
        """
        if len(edges) == 1:
            return self.part(edges[0], begin, end)
        inner = np.array(edges[1:-1], dtype=np.int64)
        first, last = self.part(edges[0], begin, 1.0), self.part(edges[-1], 0.0, end)
        return _joined(first, last, self._streets.shape, self._start, inner)

    def _node(self, edge: IntArray, along: FloatArray) -> IntArray:
        """Return the node at the nearer end of each edge, -1 farther than ``END_M`` from it."""
        metres = self._streets.length_m[edge]
        nearer = np.where(along <= 0.5, self._streets.tail[edge], self._streets.head[edge])
        at_end = np.minimum(along, 1.0 - along) * metres <= END_M
        return np.where(at_end, nearer, NONE)

    def _nearest(self, points: Lines) -> IntArray:
        """Return the nearest line of each point, of equally near ones the first."""
        which, found = self._tree.query_nearest(points)
        line = np.full(len(points), len(self._lines), dtype=np.int64)
        np.minimum.at(line, which, found)
        return line
