"""The streets as they can be driven now: one version of speeds and closures, never changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.streets import IntArray
from routing.edges import Edges
from routing.hierarchy import FAR
from routing.roads import Roads
from routing.searching import HierarchySearch, PlainSearch, Search


@dataclass(frozen=True, slots=True)
class Conditions:
    """One version of the edges with the search over them."""

    version: int
    roads: Roads
    edges: Edges
    search: Search

    @classmethod
    def usual(cls, roads: Roads, order: IntArray) -> Conditions:
        """Return the streets without any closure; without an ``order`` searched by SciPy."""
        edges = Edges.usual(roads)
        weights = weights_of(roads, edges)
        if len(order):
            return cls(0, roads, edges, HierarchySearch.of(roads.turns, order, weights))
        return cls(0, roads, edges, PlainSearch(roads.turns, weights))

    def changed_to(self, edges: Edges) -> Conditions:
        """Return the next version with these edges; this one stays as it is."""
        roads, old = self.roads, self.edges
        slower, shut = edges.ms != old.ms, edges.closed != old.closed
        turns = roads.turns
        changed = np.flatnonzero(slower[turns.edge[turns.tail]] | shut[turns.edge[turns.head]])
        search = self.search.reweighed(changed, weights_of(roads, edges, changed))
        return Conditions(self.version + 1, roads, edges, search)


def weights_of(roads: Roads, edges: Edges, chosen: IntArray | slice = slice(None)) -> IntArray:
    """Return whole milliseconds of the chosen turns, each with the edge before it.

    ``FAR`` where it leads into a closed edge.
    """
    turns = roads.turns
    before = turns.edge[turns.tail[chosen]]
    shut = edges.closed[turns.edge[turns.head[chosen]]]
    weights: IntArray = np.where(shut, FAR, edges.ms[before] + turns.cost_ms[chosen])
    return weights
