"""The part of a network around some callers, and what a leak there takes from whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array, csc_array
from scipy.sparse.csgraph import dijkstra
from scipy.sparse.linalg import SuperLU, splu

from gis.clustering.conducting import Conducting, Reals, resistances
from gis.isolation.graph import Ints

#: So many nodes around the callers are looked at; what lies farther off feels too little.
#: Source: mainbreak default: a question stays below 0.1 s.
NODES = 2000

#: Added to every node's conductance, as a share of the greatest: parts without a source stay
#: solvable. Source: mainbreak default.
LEAST_SHARE = 1e-12


@dataclass(frozen=True)
class Area:
    """Nodes and links around some callers; rows of the network, and rows within the area.

    Attributes
    ----------
    nodes
        (a,) rows of the network's nodes.
    links
        (b,) rows of the network's links that hang on one of the nodes, ascending.
    ends
        (b, 2) the area's rows of their nodes; -1 where an end passes no water or lies outside.
    factor
        The resistor network, solved.
    """

    whole: Conducting
    nodes: Ints
    links: Ints
    ends: Ints
    factor: SuperLU

    @cached_property
    def row_of_link(self) -> dict[int, int]:
        """The area's row of each link by the network's."""
        return {link: row for row, link in enumerate(self.links.tolist())}

    def shares(self, ends: Ints) -> csc_array:
        """Return (a, k): how a thing on a link, (k, 2) its ends, hangs on the nodes."""
        kept = ends >= 0
        weight = kept / np.maximum(kept.sum(axis=1, keepdims=True), 1)
        things = np.repeat(np.arange(len(ends)), 2)[kept.ravel()]
        pairs = (ends[kept], things)
        return coo_array((weight[kept], pairs), shape=(len(self.nodes), len(ends))).tocsc()

    def drops(self, links: Ints) -> tuple[Reals, Reals]:
        """Return what a leak of 1 m3/s at each of k links (area rows) takes, metres of head.

        (a, k) at every node and (k,) at the leak itself, in the middle of its link.
        """
        ends = self.ends[links]
        shares = self.shares(ends).toarray()
        at_nodes = self.factor.solve(shares)
        own = 1.0 / self.whole.ground.conductance[self.links[links]]
        halves = (ends >= 0).sum(axis=1)
        to_middle = own / np.where(halves == 2, 4.0, 2.0)
        return at_nodes, (shares * at_nodes).sum(axis=0) + to_middle

    def felt_from(self, ends: Ints) -> Reals:
        """Return (k, a): what a leak at each node takes from things on links, (k, 2) their ends."""
        felt: Reals = self.factor.solve(self.shares(ends).toarray(), trans="T").T
        return felt


def area_around(whole: Conducting, callers: Sequence[int]) -> Area:
    """Return the area around links (rows) from which callers called."""
    ground = whole.ground
    nodes = _nearest(whole, callers)
    row = np.full(len(ground.source), -1, np.int32)
    row[nodes] = np.arange(len(nodes))
    start, end = row[ground.start], row[ground.end]
    links = np.flatnonzero((start >= 0) | (end >= 0)).astype(np.int32)
    ends = np.stack([start[links], end[links]], axis=1)
    ends[~whole.ends[links]] = -1
    return Area(whole, nodes, links, ends.astype(np.int32), _factor(whole, nodes, links, row))


def _nearest(whole: Conducting, callers: Sequence[int]) -> Ints:
    """Return the nodes with the least resistance to a caller, ascending."""
    ground, count = whole.ground, len(whole.ground.source)
    if count <= NODES:
        return np.arange(count, dtype=np.int32)
    rows = np.array(sorted(callers), np.int32)
    begin = np.unique(np.concatenate([ground.start[rows], ground.end[rows]]))
    graph = resistances(ground, np.flatnonzero(whole.through))
    far = dijkstra(graph, directed=False, indices=begin, min_only=True)
    order = np.lexsort((np.arange(count), far))[:NODES]
    return np.sort(order[np.isfinite(far[order])]).astype(np.int32)


def _factor(whole: Conducting, nodes: Ints, links: Ints, row: Ints) -> SuperLU:
    """Return the solved balance of the nodes: what leaves each is what enters it.

    A directed link stands in the balance of the node that it feeds only. Where the area is cut,
    the way on to a source is taken for the network beyond.
    """
    ground = whole.ground
    links = links[whole.through[links]]
    start, end = row[ground.start[links]], row[ground.end[links]]
    passes, way = ground.conductance[links], ground.directed[links]
    count = len(nodes)
    diagonal = np.full(count, LEAST_SHARE * passes.max(initial=1.0))
    rows, columns, values = [], [], []
    for here, there, against in ((start, end, 1), (end, start, -1)):
        counted = (here >= 0) & (way != against)
        inside = counted & (there >= 0)
        np.add.at(diagonal, here[inside], passes[inside])
        rows.append(here[inside])
        columns.append(there[inside])
        values.append(-passes[inside])
        beyond = counted & (there < 0)
        nodes_there = (ground.end if against == 1 else ground.start)[links[beyond]]
        inner = nodes[here[beyond]]
        onward = whole.away[nodes_there] < whole.away[inner]
        way_on = 1.0 / (1.0 / passes[beyond] + whole.away[nodes_there])
        np.add.at(diagonal, here[beyond], np.where(onward, way_on, 0.0))
    diagonal[whole.fed[nodes]] += 1e6 * passes.max(initial=1.0)
    rows.append(np.arange(count))
    columns.append(np.arange(count))
    values.append(diagonal)
    entries = (np.concatenate(rows), np.concatenate(columns))
    matrix = coo_array((np.concatenate(values), entries), shape=(count, count)).tocsc()
    return splu(matrix)
