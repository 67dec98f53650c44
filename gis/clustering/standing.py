"""A network as its isolation valves stand, and its heads and flows before any burst."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from domain.network import PipeNetwork
from gis.clustering.flow import Reals
from gis.clustering.plumbing import Plumbing, plumbing_of
from gis.isolation.engine import Engine, engine_of
from gis.isolation.graph import Flags
from gis.memo import once_per_ground, once_per_network

#: So many stands of the isolation valves are kept ready. Source: mainbreak default: as it was this
#: morning, as it is now, and in between.
STANDS = 3


@dataclass(frozen=True)
class Standing:
    """A network as it stands.

    ``ends`` (m, 2) tells which end of each link passes water to its node; ``fed`` (n,) the nodes
    whose head is given: sources, and the likely inlet of a part that has none; ``away`` (n,) the
    resistance of the best way to such a node, infinite if there is none.
    """

    engine: Engine
    plumbing: Plumbing
    ends: Flags
    fed: Flags
    away: Reals
    #: What is made ready for this stand, by name.
    ready: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def through(self) -> Flags:
        """(m,) True for links that pass water from node to node."""
        return self.ends[:, 0] & self.ends[:, 1]


@once_per_network
def standing(network: PipeNetwork) -> Standing:
    """Return the network as its isolation valves stand; networks that stand alike share it."""
    engine = engine_of(network)
    stand = engine.question(network).stand
    shut = tuple(np.flatnonzero(stand.shut[engine.cells.gaps.of_valve]).tolist())
    known = _known(network)
    if shut not in known:
        while len(known) >= STANDS:
            known.pop(next(iter(known)), None)
        known[shut] = _stood(engine, plumbing_of(network), shut)
    return known[shut]


@once_per_ground
def _known(_network: PipeNetwork) -> dict[tuple[int, ...], Standing]:
    return {}


def _stood(engine: Engine, plumbing: Plumbing, shut: tuple[int, ...]) -> Standing:
    """Return how a network stands if these isolation valves (rows) are shut."""
    ends = np.repeat(engine.columns.link_open[:, None], 2, axis=1)
    for row in shut:
        valve = engine.first_valves[row]
        link = engine.links[valve.link]
        if valve.node is None:
            ends[link] = False
        else:
            ends[link, 0 if engine.nodes[valve.node] == plumbing.start[link] else 1] = False
    graph = resistances(plumbing, np.flatnonzero(ends.all(axis=1)))
    fed = _fed(plumbing, graph)
    return Standing(engine, plumbing, ends, fed, _away(graph, fed))


def resistances(plumbing: Plumbing, links: npt.NDArray[np.integer[Any]]) -> csr_array:
    """Return the graph of these links, each weighing what it resists."""
    count = len(plumbing.source)
    pairs = (plumbing.start[links], plumbing.end[links])
    return coo_array((1.0 / plumbing.ease[links], pairs), shape=(count, count)).tocsr()


def _fed(plumbing: Plumbing, graph: csr_array) -> Flags:
    """Return the sources, and the widest node of each part that has none: its inlet, likely."""
    count = len(plumbing.source)
    parts, part = connected_components(graph, directed=False)
    has = np.zeros(parts, np.bool_)
    has[part[plumbing.source]] = True
    widest = np.zeros(count)
    for nodes in (plumbing.start, plumbing.end):
        np.maximum.at(widest, nodes, plumbing.area_m2)
    fed = plumbing.source.copy()
    order = np.lexsort((np.arange(count), -widest))
    _, first = np.unique(part[order], return_index=True)
    heads = order[first]
    fed[heads[~has[part[heads]]]] = True
    return fed


def _away(graph: csr_array, fed: Flags) -> Reals:
    roots = np.flatnonzero(fed)
    if not len(roots):
        return np.full(len(fed), np.inf)
    away: Reals = dijkstra(graph, directed=False, indices=roots, min_only=True)
    return away
