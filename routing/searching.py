"""Two exact searches over the turn graph, one interface: a hierarchy, and SciPy's Dijkstra."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from domain.streets import IntArray
from routing.hierarchy import FAR, Hierarchy, Targets, Weighted, fastest_way
from routing.seeds import Seeds
from routing.turns import TurnGraph

Times = npt.NDArray[np.int32]

#: Origins that SciPy searches from at once; bounds the memory to this many rows of all states.
_AT_ONCE = 50


class Sweep(Protocol):
    """Destinations prepared, for those who ask for them again."""

    def times(self, begin: IntArray, states: IntArray, before: IntArray) -> Times:
        """Return (p, q) whole milliseconds from origins as ``Seeds`` has them, ``FAR`` if none."""


class Search(Protocol):
    """Fastest times over one set of weights; never changes, any number of threads may ask."""

    @property
    def swift(self) -> bool:
        """True where times cost so little that following a change through them pays."""

    def to(self, destinations: Seeds) -> Sweep:
        """Return the destinations prepared."""

    def way(self, origins: Seeds, destinations: Seeds) -> tuple[int, IntArray]:
        """Return the milliseconds from the only origin to the only destination, and the states.

        ``FAR`` and no state where there is no way.
        """

    def reweighed(self, turns: IntArray, weights: IntArray) -> Search:
        """Return the search with new weights of these turns."""


@dataclass(frozen=True, slots=True)
class HierarchySearch:
    """Answers from a customizable contraction hierarchy."""

    over: Weighted

    @property
    def swift(self) -> bool:
        """True: a row takes a millisecond."""
        return True

    @classmethod
    def of(cls, graph: TurnGraph, order: IntArray, weights: IntArray) -> HierarchySearch:
        """Return the search over a turn graph; ``order`` is its elimination order."""
        return cls(Weighted.of(Hierarchy.of(graph.tail, graph.head, order), weights))

    def to(self, destinations: Seeds) -> Sweep:
        """Return the destinations prepared."""
        return Targets.of(self.over, destinations.begin, destinations.state, destinations.ms)

    def way(self, origins: Seeds, destinations: Seeds) -> tuple[int, IntArray]:
        """Return the milliseconds and the states from the only origin to the only destination."""
        ends = (origins.state, origins.ms), (destinations.state, destinations.ms)
        ms, states = fastest_way(self.over, *ends)
        return ms, states.astype(np.int64)

    def reweighed(self, turns: IntArray, weights: IntArray) -> HierarchySearch:
        """Return the search with new weights of these turns."""
        return HierarchySearch(self.over.reweighed(turns, weights))


@dataclass(frozen=True, slots=True)
class PlainSearch:
    """Answers from SciPy's Dijkstra on the same arrays: the same times, more slowly."""

    graph: TurnGraph
    weights: IntArray

    @property
    def swift(self) -> bool:
        """False: every row searches the whole town."""
        return False

    def to(self, destinations: Seeds) -> Sweep:
        """Return the destinations prepared: there is nothing to prepare."""
        return _Forests(self, destinations)

    def way(self, origins: Seeds, destinations: Seeds) -> tuple[int, IntArray]:
        """Return the milliseconds and the states from the only origin to the only destination."""
        matrix, begin = self.with_origins((origins.begin, origins.state, origins.ms), range(1))
        ms, before = dijkstra(matrix, indices=begin, return_predecessors=True)
        ends = ms[0][destinations.state] + destinations.ms
        if not len(ends) or not np.isfinite(ends.min()):
            return FAR, np.zeros(0, dtype=np.int64)
        states = [int(destinations.state[ends.argmin()])]
        while before[0][states[-1]] < len(self.graph.edge):
            states.append(int(before[0][states[-1]]))
        return int(ends.min()), np.array(states[::-1], dtype=np.int64)

    def reweighed(self, turns: IntArray, weights: IntArray) -> PlainSearch:
        """Return the search with new weights of these turns."""
        new = self.weights.copy()
        new[turns] = weights
        return PlainSearch(self.graph, new)

    def with_origins(
        self, origins: tuple[IntArray, IntArray, IntArray], rows: range
    ) -> tuple[csr_array, IntArray]:
        """Return the matrix with one more row for each origin, and the numbers of these rows.

        Stored zeros are ways: SciPy keeps explicit zeros of a CSR matrix.
        """
        begin, states, ms = origins
        first, last = int(begin[rows.start]), int(begin[rows.stop])
        count, size = len(self.graph.edge), len(self.graph.edge) + len(rows)
        more = begin[rows.start + 1 : rows.stop + 1] - first
        start = np.concatenate([self.graph.start, self.graph.start[-1] + more])
        weights = np.concatenate([self.weights, ms[first:last]]).astype(np.float64)
        weights[weights >= FAR] = np.inf
        head = np.concatenate([self.graph.head, states[first:last]])
        matrix = csr_array((weights, head, start), shape=(size, size))
        return matrix, count + np.arange(len(rows))


@dataclass(frozen=True, slots=True)
class _Forests:
    """Destinations in the trees of all fastest ways from each origin."""

    search: PlainSearch
    destinations: Seeds

    def times(self, begin: IntArray, states: IntArray, before: IntArray) -> Times:
        """Return (p, q) whole milliseconds, ``FAR`` where there is no way."""
        found = np.full((len(begin) - 1, len(self.destinations)), FAR, dtype=np.int32)
        for low in range(0, len(found), _AT_ONCE):
            rows = range(low, min(low + _AT_ONCE, len(found)))
            matrix, numbers = self.search.with_origins((begin, states, before), rows)
            ms = dijkstra(matrix, indices=numbers)
            found[rows.start : rows.stop] = _to_destinations(ms, self.destinations)
        return found


def _to_destinations(ms: npt.NDArray[np.float64], destinations: Seeds) -> Times:
    """Return (p, q) the best over each destination's seeds of (p, s) times to all states."""
    found = np.full((len(ms), len(destinations)), FAR, dtype=np.int32)
    some = np.flatnonzero(np.diff(destinations.begin))
    if len(some):
        ends = ms[:, destinations.state] + destinations.ms
        best = np.minimum.reduceat(ends, destinations.begin[some], axis=1)
        found[:, some] = np.where(best < FAR, best, FAR).astype(np.int32)
    return found
