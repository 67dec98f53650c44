"""From places to the streets they lie on: nearest edge, and how far along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from domain.places import LonLat
from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.metric import LocalMetres, lonlat_array

#: A place farther from every street has no travel time. Source: mainbreak default; in towns
#: 95 % of places lie within 80 m of a street (measured on Porto).
FARTHEST_M = 1000.0

#: Stands where there is no edge or no node.
NONE = -1

BoolArray = npt.NDArray[np.bool_]


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
    """

    edge: IntArray
    fraction: FloatArray
    distance_m: FloatArray

    @property
    def too_far(self) -> BoolArray:
        """(n,) True for places without a street near enough."""
        far: BoolArray = self.edge[:, 0] == NONE
        return far


class Courses:
    """The courses of all edges on a plane of metres, with a tree for the nearest one."""

    def __init__(self, streets: StreetNetwork) -> None:
        self.plane = LocalMetres(float(np.mean(streets.nodes[:, 1])))
        self._xy = self.plane.to_plane(streets.shape)
        self._start = streets.shape_start
        sizes = np.diff(streets.shape_start)
        which = np.repeat(np.arange(len(sizes)), sizes)
        self._lines = shapely.linestrings(self._xy, indices=which)
        self.opposite = opposites(streets)
        # One line per street is enough to search: its two directions share their course.
        once = (self.opposite == NONE) | (np.arange(len(sizes)) < self.opposite)
        self._searched = np.flatnonzero(once)
        self._tree = shapely.STRtree(self._lines[self._searched])

    def snap(self, places: Sequence[LonLat]) -> Snapped:
        """Return where each place meets its nearest street; of equally near ones the first."""
        lonlat = lonlat_array(places)
        points = shapely.points(self.plane.to_plane(lonlat))
        edge, distance = self._nearest(points)
        metres = self.plane.ground_metres(distance, lonlat[:, 1])
        along = shapely.line_locate_point(self._lines[edge], points, normalized=True)
        along = np.clip(np.nan_to_num(along), 0.0, 1.0)
        edges = np.column_stack([edge, self.opposite[edge]])
        edges[metres > FARTHEST_M] = NONE
        fraction = np.where(edges == NONE, 0.0, np.column_stack([along, 1.0 - along]))
        return Snapped(edges, fraction, metres)

    def part(self, edge: int, start: float, end: float) -> FloatArray:
        """Return the (k, 2) WGS-84 course of an edge between two fractions, ``start <= end``."""
        xy = self._xy[self._start[edge] : self._start[edge + 1]]
        at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        ends = np.array([start, end]) * at[-1]
        inner = xy[(at > ends[0]) & (at < ends[1])]
        cut = np.column_stack([np.interp(ends, at, xy[:, 0]), np.interp(ends, at, xy[:, 1])])
        return self.plane.to_lonlat(np.vstack([cut[:1], inner, cut[1:]]))

    def _nearest(self, points: npt.NDArray[np.object_]) -> tuple[IntArray, FloatArray]:
        """Return the nearest edge of each point and the plane distance to it."""
        (which, found), away = self._tree.query_nearest(points, return_distance=True)
        edge = np.full(len(points), len(self._lines), dtype=np.int64)
        distance = np.zeros(len(points))
        np.minimum.at(edge, which, self._searched[found])
        distance[which] = away
        return edge, distance


def opposites(streets: StreetNetwork) -> IntArray:
    """Return (m,) for each edge the edge of the same course backwards, -1 on a one-way street."""
    waiting: dict[tuple[int, int, bytes], list[int]] = {}
    found = np.full(len(streets.tail), NONE, dtype=np.int64)
    for edge in range(len(streets.tail)):
        tail, head, course = int(streets.tail[edge]), int(streets.head[edge]), streets.course(edge)
        partners = waiting.get((head, tail, course[::-1].tobytes()))
        if partners:
            found[edge] = partners.pop(0)
            found[found[edge]] = edge
        else:
            waiting.setdefault((tail, head, course.tobytes()), []).append(edge)
    return found
