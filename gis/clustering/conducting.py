"""What each link lets through, as a conductance: the pipes seen as a resistor network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra

from domain.network import LinkKind, NodeKind, PipeNetwork
from gis.isolation.engine import Engine, engine_of
from gis.isolation.graph import Flags, Ints
from gis.memo import once_per_ground, once_per_network

Reals = npt.NDArray[np.float64]

#: Hazen-Williams roughness of a main in service.
#: Source: AWWA M32 gives 100-120 for lined iron after some decades.
ROUGHNESS = 110.0

#: Head lost a metre at which pipes are taken as linear: what mains are laid out for.
#: Source: GB 50013-2018 has mains laid out for the economic velocity, 2-10 m a kilometre.
GRADIENT = 0.01

#: What a pump or control valve is taken as: a pipe so long and wide, metres.
#: Source: mainbreak default; it only has to lose little head.
DEVICE_LENGTH_M, DEVICE_DIAMETER_M = 10.0, 0.3

#: A pipe is at least so long and wide, metres, whatever the file says.
LEAST_LENGTH_M, LEAST_DIAMETER_M = 1.0, 0.02

_CONTROL = frozenset({LinkKind.PUMP, LinkKind.PRV, LinkKind.PSV, LinkKind.PBV, LinkKind.FCV})


@dataclass(frozen=True)
class Ground:
    """What does not depend on how isolation valves stand, a row a link or a node.

    Attributes
    ----------
    start, end
        (m,) rows of nodes.
    flow_m3s
        (m,) what a link passes at ``GRADIENT``.
    conductance
        (m,) m3/s that pass for each metre of head lost along the link.
    directed
        (m,) 1 for a link that takes pressure from its start to its end only, -1 for the other way
        round, 0 for both: pumps, control valves, check valves, and pipes between pressure zones.
    source
        (n,) reservoirs and tanks.
    usual_m
        (n,) metres of pressure before the burst.
    """

    start: Ints
    end: Ints
    length_m: Reals
    area_m2: Reals
    flow_m3s: Reals
    conductance: Reals
    directed: Ints
    source: Flags
    usual_m: Reals


@dataclass(frozen=True)
class Conducting:
    """A network as it stands: which end of each link passes water to its node.

    ``ends`` (m, 2) are flags; ``away`` (n,) the resistance of the best way to a source, infinite
    for what has none.
    """

    engine: Engine
    ground: Ground
    ends: Flags
    away: Reals
    fed: Flags

    @property
    def through(self) -> Flags:
        """(m,) True for links that pass water from node to node."""
        return self.ends[:, 0] & self.ends[:, 1]


#: Pressure before the burst where no heights are known, and above the highest tap of a zone
#: without a tank, metres. Source: GB 50013-2018 3.0.10 asks 28 m for six floors at the border of a
#: plot (12 m for two, 4 m for each further one); 24 for the five of an older block.
UNKNOWN_M, ABOVE_HIGHEST_M = 30.0, 24.0

#: Nobody is supplied with less or with more than this for long, metres.
#: Source: GB 50013-2018 3.0.10 (one floor: 10 m) and GB 50015-2019 3.4.3 (0.6 MPa at most).
LEAST_USUAL_M, MOST_USUAL_M = 20.0, 70.0


@once_per_ground
def ground_of(network: PipeNetwork) -> Ground:
    """Return the network's resistors."""
    columns = engine_of(network).columns
    start, end = columns.link_start, columns.link_end
    length, width = _sizes(network)
    flow = 0.27853 * ROUGHNESS * width**2.63 * GRADIENT**0.54  # Source: Hazen-Williams, SI
    directed = np.where(columns.link_one_way, 1, 0).astype(np.int32)
    border = _border(network, start, end, columns.link_open, columns.node_source)
    directed = np.where(directed == 0, border, directed).astype(np.int32)
    return Ground(
        start=start,
        end=end,
        length_m=length,
        area_m2=np.pi / 4 * width**2,
        flow_m3s=flow,
        conductance=flow / (GRADIENT * length),
        directed=directed,
        source=columns.node_source,
        usual_m=_usual(network, start, end, columns.link_open & (directed == 0)),
    )


def _sizes(network: PipeNetwork) -> tuple[Reals, Reals]:
    pipe = np.fromiter((one.kind not in _CONTROL for one in network.links), np.bool_)
    length = np.fromiter((one.length_m for one in network.links), np.float64)
    width = np.fromiter((one.diameter_m for one in network.links), np.float64)
    return (
        np.where(pipe, np.maximum(length, LEAST_LENGTH_M), DEVICE_LENGTH_M),
        np.where(pipe, np.maximum(width, LEAST_DIAMETER_M), DEVICE_DIAMETER_M),
    )


def _border(network: PipeNetwork, start: Ints, end: Ints, is_open: Flags, source: Flags) -> Ints:
    """Return the direction of pipes between two pressure zones: away from the sources."""
    count = len(network.nodes)
    zones = {zone: row for row, zone in enumerate(sorted({one.zone for one in network.links}))}
    if len(zones) < 2:
        return np.zeros(len(start), np.int32)
    zone = np.fromiter((zones[one.zone] for one in network.links), np.int32)
    width = np.fromiter((one.diameter_m for one in network.links), np.float64)
    of_node = np.full(count, -1, np.int32)
    order = np.argsort(width, kind="stable")
    order = order[[network.links[row].zone != "" for row in order.tolist()]]
    for ends in (start, end):
        of_node[ends[order]] = zone[order]  # the widest pipe is written last
    crosses = (of_node[start] != of_node[end]) & (of_node[start] >= 0) & (of_node[end] >= 0)
    depth = _depth(count, start[is_open], end[is_open], source)
    return np.where(crosses, np.where(depth[start] <= depth[end], 1, -1), 0).astype(np.int32)


def _depth(count: int, start: Ints, end: Ints, source: Flags) -> Reals:
    """Return how many links each node is away from a source."""
    roots = np.flatnonzero(source)
    pairs = (np.concatenate([start, np.full(len(roots), count)]), np.concatenate([end, roots]))
    graph = coo_array((np.ones(len(pairs[0])), pairs), shape=(count + 1, count + 1)).tocsr()
    order, before = breadth_first_order(graph, count, directed=False)
    depth = np.full(count + 1, np.inf)
    depth[count] = 0
    for node in order[1:]:
        depth[node] = depth[before[node]] + 1
    return depth[:count]


def _usual(network: PipeNetwork, start: Ints, end: Ints, joins: Flags) -> Reals:
    """Return the pressure before: from the highest tank of the part, else above its highest tap."""
    count = len(network.nodes)
    height = np.fromiter((one.elevation_m for one in network.nodes), np.float64)
    if not count or np.ptp(height) == 0:
        return np.full(count, UNKNOWN_M)
    ones = np.ones(int(joins.sum()))
    graph = coo_array((ones, (start[joins], end[joins])), shape=(count, count))
    parts, part = connected_components(graph, directed=False)
    tap = np.fromiter((one.kind is NodeKind.JUNCTION for one in network.nodes), np.bool_)
    top, level = np.full(parts, -np.inf), np.full(parts, -np.inf)
    np.maximum.at(top, part[tap], height[tap] + ABOVE_HIGHEST_M)
    np.maximum.at(level, part[~tap], height[~tap])
    head = np.where(np.isfinite(level), level, top)[part]
    usual: Reals = np.clip(head - height, LEAST_USUAL_M, MOST_USUAL_M)
    return usual


@once_per_network
def conducting(network: PipeNetwork) -> Conducting:
    """Return the network's resistors as its isolation valves stand."""
    engine, ground = engine_of(network), ground_of(network)
    ends = np.repeat(engine.columns.link_open[:, None], 2, axis=1)
    gaps = engine.cells.gaps
    shut = np.flatnonzero(engine.question(network).stand.shut[gaps.of_valve])
    for row in shut.tolist():
        valve = engine.first_valves[row]
        link = engine.links[valve.link]
        if valve.node is None:
            ends[link] = False
        else:
            ends[link, 0 if engine.nodes[valve.node] == ground.start[link] else 1] = False
    fed = _fed(ground, ends)
    return Conducting(engine, ground, ends, _away(ground, ends, fed), fed)


def resistances(ground: Ground, links: npt.NDArray[np.integer[Any]]) -> csr_array:
    """Return the graph of these links, each weighing what it resists."""
    count = len(ground.source)
    weight = 1.0 / ground.conductance[links]
    pairs = (ground.start[links], ground.end[links])
    return coo_array((weight, pairs), shape=(count, count)).tocsr()


def _fed(ground: Ground, ends: Flags) -> Flags:
    """Return the sources, and the widest node of each part that has none: its inlet, likely."""
    count = len(ground.source)
    links = np.flatnonzero(ends.all(axis=1))
    parts, part = connected_components(resistances(ground, links), directed=False)
    has = np.zeros(parts, np.bool_)
    has[part[ground.source]] = True
    widest = np.zeros(count)
    for nodes in (ground.start, ground.end):
        np.maximum.at(widest, nodes, ground.area_m2)
    fed = ground.source.copy()
    order = np.lexsort((np.arange(count), -widest))
    _, first = np.unique(part[order], return_index=True)
    heads = order[first]
    fed[heads[~has[part[heads]]]] = True
    return fed


def _away(ground: Ground, ends: Flags, fed: Flags) -> Reals:
    graph = resistances(ground, np.flatnonzero(ends.all(axis=1)))
    roots = np.flatnonzero(fed)
    if not len(roots):
        return np.full(len(fed), np.inf)
    away: Reals = dijkstra(graph, directed=False, indices=roots, min_only=True)
    return away
