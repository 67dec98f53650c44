"""Fastest paths over the street arrays: SciPy's Dijkstra, from places in the middle of edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.snap import NONE, Snapped

#: So near to its end a one-way street may be left backwards: a place at a junction is at all its
#: streets, whichever of them it was snapped to. Source: mainbreak default, finer than any survey.
END_M = 1.0


@dataclass(frozen=True, slots=True)
class Rides:
    """The rides between p places in the middle of edges and the nodes at those edges' ends.

    ``node`` is (p, 2), -1 where there is no ride; ``seconds`` and ``metres`` are (p, 2), ``inf``
    there. Ride k is along ``Snapped.edge[:, k]``; on a one-way street ride 1, if there is one, is
    the last metre of ride 0's edge, backwards.
    """

    node: IntArray
    seconds: FloatArray
    metres: FloatArray


def rides_out(streets: StreetNetwork, places: Snapped) -> Rides:
    """Return the rides from each place to the ends of its edges, one to each node."""
    rides = _rides(streets, places, (streets.tail, streets.head), 1.0 - places.fraction)
    loop = np.flatnonzero((rides.node[:, 0] == rides.node[:, 1]) & (rides.node[:, 0] != NONE))
    slower = np.argmax(rides.seconds[loop], axis=1)
    rides.node[loop, slower] = NONE
    rides.seconds[loop, slower] = rides.metres[loop, slower] = np.inf
    return rides


def rides_in(streets: StreetNetwork, places: Snapped) -> Rides:
    """Return the rides from the ends of each place's edges to the place."""
    return _rides(streets, places, (streets.head, streets.tail), places.fraction)


def _rides(
    streets: StreetNetwork, places: Snapped, ends: tuple[IntArray, IntArray], share: FloatArray
) -> Rides:
    """Return the rides over a share of each edge to its second end, or just back to its first."""
    edge, share = places.edge.copy(), share.copy()
    node = ends[1][edge]
    back = (edge[:, 1] == NONE) & ((1.0 - share[:, 0]) * streets.length_m[edge[:, 0]] <= END_M)
    back &= edge[:, 0] != NONE
    edge[back, 1], share[back, 1] = edge[back, 0], 1.0 - share[back, 0]
    node[back, 1] = ends[0][edge[back, 0]]
    none = edge == NONE
    seconds = np.where(none, np.inf, share * streets.seconds[edge])
    metres = np.where(none, np.inf, share * streets.length_m[edge])
    return Rides(np.where(none, NONE, node), seconds, metres)


@dataclass(frozen=True, slots=True)
class Trees:
    """Fastest-path trees from p places to all n nodes.

    ``seconds`` and ``metres`` are (p, n) and belong to the same path, ``inf`` where there is none;
    ``before`` (p, n) is the node before each node on that path, n or more where the place itself
    is before it, negative where there is no path.
    """

    seconds: FloatArray
    metres: FloatArray
    before: IntArray


class Arcs:
    """The edges as a sparse matrix, of parallel edges the fastest (then shortest, then first)."""

    def __init__(self, streets: StreetNetwork) -> None:
        self._count = len(streets.nodes)
        key = streets.tail * self._count + streets.head
        order = np.lexsort((streets.length_m, streets.seconds, key))
        kept = np.concatenate([[True], np.diff(key[order]) > 0])
        self._edge = order[kept]
        self._key = key[self._edge]
        self._head = streets.head[self._edge]
        self._seconds = streets.seconds[self._edge]
        self._metres = streets.length_m[self._edge]
        self._start = np.searchsorted(self._key, np.arange(self._count + 1) * self._count)

    def edges_between(self, tail: IntArray, head: IntArray) -> IntArray:
        """Return the edge driven from each tail to its neighbour head."""
        edge: IntArray = self._edge[self._arc(tail, head)]
        return edge

    def trees(self, out: Rides) -> Trees:
        """Return the trees that begin with these rides.

        Each place is a node of its own that nothing leads to, so its tree does not depend on
        which other places are asked for together with it.
        """
        places = self._count + np.arange(len(out.node))
        seconds, before = dijkstra(self._with_places(out), indices=places, return_predecessors=True)
        before = before[:, : self._count].astype(np.int64)
        metres = [
            self._path_metres(before[k], out.node[k], out.metres[k]) for k in range(len(places))
        ]
        return Trees(seconds[:, : self._count], np.array(metres), before)

    def _arc(self, tail: IntArray, head: IntArray) -> IntArray:
        arc: IntArray = np.searchsorted(self._key, tail * self._count + head)
        return arc

    def _with_places(self, out: Rides) -> csr_array:
        """Return the matrix of seconds with one more row for each place."""
        used = out.node != NONE
        size = self._count + len(out.node)
        start = np.concatenate([self._start, self._start[-1] + np.cumsum(used.sum(axis=1))])
        seconds = np.concatenate([self._seconds, out.seconds[used]])
        head = np.concatenate([self._head, out.node[used]])
        return csr_array((seconds, head, start), shape=(size, size))

    def _path_metres(self, before: IntArray, starts: IntArray, rides: FloatArray) -> FloatArray:
        """Return (n,) metres along one tree, by adding up ever longer stretches of each path."""
        metres, parent = np.zeros(self._count + 1), np.full(self._count + 1, self._count)
        inner = np.flatnonzero((before >= 0) & (before < self._count))
        metres[inner] = self._metres[self._arc(before[inner], inner)]
        parent[inner] = before[inner]
        first = starts[(starts != NONE) & (before[starts] >= self._count)]
        metres[first] = rides[np.isin(starts, first)]
        while (parent != self._count).any():
            metres += metres[parent]
            parent = parent[parent]
        metres[:-1][before < 0] = np.inf
        return metres[:-1]
