"""Travel times and routes over the streets, exact for the speeds of the class table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from domain.closures import Closure
from domain.places import LonLat
from domain.streets import FloatArray, IntArray, StreetNetwork
from domain.travel import (
    Capabilities,
    Closing,
    Reach,
    RoadPlace,
    RouteLine,
    TravelMatrix,
    Unreachable,
)
from routing.metric import lonlat_array
from routing.search import Arcs, Rides, Trees, rides_in, rides_out
from routing.snap import FARTHEST_M, NONE, BoolArray, Courses, Snapped

#: Between a place and its street: a slow drive over a yard. Source: mainbreak default.
ACCESS_MPS = 10.0 / 3.6

#: Places timed at once; bounds the memory to this many rows of all nodes.
_AT_ONCE = 50

_METHOD = (
    "Fastest paths over the imported streets (exact Dijkstra), at free-flow speeds by road class "
    f"and limit, one-way streets obeyed, without turn restrictions, turn delays, signals or "
    f"traffic; {ACCESS_MPS * 3.6:.0f} km/h in a straight line between a place and its street, "
    f"at most {FARTHEST_M:.0f} m."
)


@dataclass(frozen=True, slots=True)
class _Ways:
    """Every way to get from p places to q places that can be the fastest, (p, q, 6).

    First the four that stay on one edge (each edge of the one place with each of the other), then
    the two over the tails of the destination's edges. ``inf`` where there is no such way.
    """

    seconds: FloatArray
    metres: FloatArray


class StreetTimes:
    """Travel times and routes between any places near the streets."""

    def __init__(self, streets: StreetNetwork) -> None:
        self._streets = streets
        self._courses = Courses(streets)
        self._arcs = Arcs(streets)

    capabilities = Capabilities("scipy", True, False, False, False)
    metric = 0

    def matrix(
        self,
        origins: Sequence[LonLat],
        destinations: Sequence[LonLat] | None = None,
        *,
        at: datetime | None = None,
    ) -> TravelMatrix:
        """Return the seconds of the fastest way from each origin to each destination.

        They include the straight stretch between a place and its street at either end. Equal
        places are zero apart.
        """
        targets = origins if destinations is None else destinations
        here, there = self._courses.snap(origins), self._courses.snap(targets)
        seconds = np.full((len(origins), len(targets)), np.inf)
        for low in range(0, len(origins), _AT_ONCE):
            rows = slice(low, low + _AT_ONCE)
            seconds[rows] = self._fastest(_rows(here, rows), there)
        a, b = lonlat_array(origins), lonlat_array(targets)
        seconds[(a[:, None, :] == b[None, :, :]).all(axis=2)] = 0.0
        reasons = _reasons(seconds, here.too_far, there.too_far)
        return TravelMatrix(seconds, reasons, straight_line=False, method=_METHOD)

    def snap(self, places: Sequence[LonLat]) -> tuple[RoadPlace, ...]:
        """Return where each place meets its nearest street."""
        raise NotImplementedError

    def reachable(
        self, origin: LonLat, seconds: float, *, at: datetime | None = None
    ) -> Reach | Unreachable:
        """Return what can be reached within so many seconds."""
        raise NotImplementedError

    def close(self, closures: Sequence[Closure]) -> Closing:
        """Drive by these closures."""
        return Closing(0)

    def route(
        self, a: LonLat, b: LonLat, *, at: datetime | None = None, steps: bool = False
    ) -> RouteLine | Unreachable:
        """Return the fastest way from ``a`` to ``b`` with the figures of the matrix, or why none.

        The path starts at ``a`` and ends at ``b``, off the street if they are.
        """
        if a == b:
            return RouteLine((a, b), 0.0, 0.0)
        here, there = self._courses.snap([a]), self._courses.snap([b])
        if here.too_far[0] or there.too_far[0]:
            return Unreachable.TOO_FAR_FROM_ROAD
        trees = self._arcs.trees(rides_out(self._streets, here))
        ways = self._ways(trees, here, there)
        best = int(np.argmin(ways.seconds[0, 0]))
        if np.isinf(ways.seconds[0, 0, best]):
            return Unreachable.OTHER_PART
        course = self._course(best, trees, here, there)
        path = (a, *(LonLat(float(lon), float(lat)) for lon, lat in course), b)
        access = float(_access_m(here, there)[0, 0])
        seconds = float(ways.seconds[0, 0, best]) + access / ACCESS_MPS
        return RouteLine(path, float(ways.metres[0, 0, best]) + access, seconds)

    def _fastest(self, here: Snapped, there: Snapped) -> FloatArray:
        """Return (p, q) seconds, the access at both ends included."""
        trees = self._arcs.trees(rides_out(self._streets, here))
        ways = self._ways(trees, here, there)
        best = np.argmin(ways.seconds, axis=2)[:, :, None]
        seconds: FloatArray = np.take_along_axis(ways.seconds, best, axis=2)[:, :, 0]
        return seconds + _access_m(here, there) / ACCESS_MPS

    def _ways(self, trees: Trees, here: Snapped, there: Snapped) -> _Ways:
        seconds, metres = [], []
        for i in (0, 1):
            for j in (0, 1):
                share = _share_ahead(here, there, i, j)
                edge = there.edge[:, j]
                seconds.append(share * self._streets.seconds[edge])
                metres.append(share * self._streets.length_m[edge])
        last = rides_in(self._streets, there)
        for j in (0, 1):
            seconds.append(trees.seconds[:, last.node[:, j]] + last.seconds[:, j])
            metres.append(trees.metres[:, last.node[:, j]] + last.metres[:, j])
        return _Ways(np.stack(seconds, axis=2), np.stack(metres, axis=2))

    def _course(self, way: int, trees: Trees, here: Snapped, there: Snapped) -> FloatArray:
        """Return the (k, 2) WGS-84 course of the chosen one of ``_Ways``."""
        if way < 4:
            i, j = divmod(way, 2)
            edge = int(there.edge[0, j])
            return self._courses.part(edge, here.fraction[0, i], there.fraction[0, j])
        into, out = rides_in(self._streets, there), rides_out(self._streets, here)
        nodes = _path(trees.before[0], int(into.node[0, way - 4]), len(self._streets.nodes))
        parts = [
            self._leaving(here, _first_ride(out, int(nodes[0]))),
            *(self._streets.course(e) for e in self._arcs.edges_between(nodes[:-1], nodes[1:])),
            self._arriving(there, way - 4),
        ]
        return _joined(parts)

    def _leaving(self, here: Snapped, ride: int) -> FloatArray:
        edge, fraction = int(here.edge[0, ride]), here.fraction[0, ride]
        if edge != NONE:
            return self._courses.part(edge, fraction, 1.0)
        return self._courses.part(int(here.edge[0, 0]), 0.0, here.fraction[0, 0])[::-1]

    def _arriving(self, there: Snapped, ride: int) -> FloatArray:
        edge, fraction = int(there.edge[0, ride]), there.fraction[0, ride]
        if edge != NONE:
            return self._courses.part(edge, 0.0, fraction)
        return self._courses.part(int(there.edge[0, 0]), there.fraction[0, 0], 1.0)[::-1]


def _rows(snapped: Snapped, rows: slice) -> Snapped:
    return Snapped(snapped.edge[rows], snapped.fraction[rows], snapped.distance_m[rows])


def _access_m(here: Snapped, there: Snapped) -> FloatArray:
    return here.distance_m[:, None] + there.distance_m[None, :]


def _share_ahead(here: Snapped, there: Snapped, i: int, j: int) -> FloatArray:
    """Return (p, q) the share of an edge to drive to a place ahead on it, else ``inf``."""
    edge_here, edge_there = here.edge[:, i, None], there.edge[None, :, j]
    share = there.fraction[None, :, j] - here.fraction[:, i, None]
    ahead = (edge_here == edge_there) & (edge_here != NONE) & (share >= 0.0)
    return np.where(ahead, share, np.inf)


def _reasons(
    seconds: FloatArray, here_far: BoolArray, there_far: BoolArray
) -> dict[tuple[int, int], Unreachable]:
    """Return why each infinite cell is infinite, row by row."""
    reasons = {}
    for row, column in np.argwhere(np.isinf(seconds)).tolist():
        far = here_far[row] or there_far[column]
        reason = Unreachable.TOO_FAR_FROM_ROAD if far else Unreachable.OTHER_PART
        reasons[row, column] = reason
    return reasons


def _path(before: IntArray, node: int, count: int) -> IntArray:
    """Return the nodes from the first that the place rides to, up to ``node``."""
    nodes = [node]
    while before[nodes[-1]] < count:
        nodes.append(int(before[nodes[-1]]))
    return np.array(nodes[::-1], dtype=np.int64)


def _first_ride(out: Rides, node: int) -> int:
    """Return which of a place's two rides goes to the node."""
    return int(np.flatnonzero(out.node[0] == node)[0])


def _joined(parts: Sequence[FloatArray]) -> FloatArray:
    """Return the parts as one course, each meeting place once."""
    course = np.vstack(parts)
    new = np.concatenate([[True], (np.diff(course, axis=0) != 0.0).any(axis=1)])
    kept: FloatArray = course[new]
    return kept
