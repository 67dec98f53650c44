"""What a network's file tells of its hydraulics, and what is taken where it tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from domain.network import LinkKind, NodeKind, PipeNetwork
from gis.clustering.flow import HOLE_POWER, PIPE_POWER, Reals
from gis.isolation.columns import Columns
from gis.isolation.engine import engine_of
from gis.isolation.graph import Flags, Ints
from gis.memo import once_per_ground

#: Hazen-Williams roughness of a main in service.
#: Source: AWWA M32 gives 100-120 for lined iron after some decades.
ROUGHNESS = 110.0

#: What a pump, a control valve or a border of zones is taken as: a pipe so long and wide, metres.
#: Source: mainbreak default; it only has to lose little head.
DEVICE_LENGTH_M, DEVICE_DIAMETER_M = 10.0, 0.3

#: A pipe is at least so long and wide, metres, whatever the file says.
LEAST_LENGTH_M, LEAST_DIAMETER_M = 1.0, 0.02

#: Pressure at the sources where no heights are known; above the highest tap of a zone without a
#: tank; and water in a tank above its bottom; metres.
#: Source: GB 50013-2018 3.0.10 asks 28 m for six floors; mainbreak default for the tank.
UNKNOWN_M, ABOVE_HIGHEST_M, IN_TANK_M = 35.0, 28.0, 5.0

#: Seconds of a day.
DAY_S = 86_400.0

_CONTROL = frozenset({LinkKind.PUMP, LinkKind.PRV, LinkKind.PSV, LinkKind.PBV, LinkKind.FCV})


@dataclass(frozen=True)
class Plumbing:
    """What does not depend on how isolation valves stand, a row a link or a node.

    Attributes
    ----------
    start, end
        (m,) rows of nodes.
    loss, power
        (m,) metres of head lost are ``loss`` times the flow in m3/s to the ``power``.
    device
        (m,) 1 for a link that hands on pressure from its start to its end only, -1 for the other
        way round, 0 for both: pumps, control valves, and pipes between pressure zones.
    gives
        (m,) head that a device hands on at no flow; of other links nan.
    usual
        (m,) what a device passes usually, m3/s.
    source, source_head
        (n,) reservoirs and tanks, and their heads.
    height, demand
        (n,) metres, and m3/s taken.
    pressure
        (n,) metres usually, nan where unknown.
    """

    start: Ints
    end: Ints
    length_m: Reals
    area_m2: Reals
    loss: Reals
    power: Reals
    one_way: Ints
    device: Ints
    gives: Reals
    usual: Reals
    source: Flags
    source_head: Reals
    height: Reals
    demand: Reals
    pressure: Reals

    @property
    def ease(self) -> Reals:
        """(m,) flow for each metre of head lost, at a gradient of 1 in 100."""
        slope = 0.01 * self.length_m
        return np.asarray((slope / self.loss) ** (1 / self.power) / slope)


@once_per_ground
def plumbing_of(network: PipeNetwork) -> Plumbing:
    """Return what the network's file tells of its hydraulics."""
    columns = engine_of(network).columns
    start, end = columns.link_start, columns.link_end
    length, width = _sizes(network)
    rough = np.fromiter((one.roughness or ROUGHNESS for one in network.links), np.float64)
    loss = 10.67 * length / (rough**PIPE_POWER * width**4.871)  # Source: Hazen-Williams, SI
    control = np.fromiter((one.kind in _CONTROL for one in network.links), np.bool_)
    device = control.astype(np.int32)
    border = _border(network, start, end, columns.link_open, columns.node_source)
    device = np.where(device == 0, border, device).astype(np.int32)
    height = np.fromiter((one.elevation_m for one in network.nodes), np.float64)
    demand = _demand(network)
    pressure = np.array(
        [np.nan if one.pressure_m is None else one.pressure_m for one in network.nodes], np.float64
    )
    if np.isfinite(pressure).mean() >= MEASURED_SHARE:
        device = control.astype(np.int32)
        passes = np.where(columns.link_open, 1.0 / loss, 0.0)
        heads, demand = _meant(columns, device, passes, height + pressure)
    else:
        heads = _heads(network, columns, device, height, pressure, demand)
    pump = np.fromiter((one.kind is LinkKind.PUMP for one in network.links), np.bool_)
    gives, usual, lift = heads.gives, heads.usual, heads.lift
    curve = pump & (usual > 0) & (lift > 0)
    # A pump's curve through its usual point; Source: EPANET 2.2 manual, single-point curves.
    gives = np.where(curve, gives + lift / 3, gives)
    loss = np.where(curve, lift / 3 / np.maximum(usual, 1e-6) ** 2, loss)
    return Plumbing(
        start=start,
        end=end,
        length_m=length,
        area_m2=np.pi / 4 * width**2,
        loss=loss,
        power=np.where(curve, HOLE_POWER, PIPE_POWER),
        one_way=_one_way(network, columns),
        device=device,
        gives=gives,
        usual=usual,
        source=columns.node_source,
        source_head=heads.source_head,
        height=height,
        demand=demand,
        pressure=pressure,
    )


def _gathered(taken: Reals, start: Ints, end: Ints) -> Reals:
    """Return what is taken, that of nodes joined by these links at one of them.

    What such links carry cannot be told from their heads; what they bring is taken for no demand.
    """
    count = len(taken)
    graph = coo_array((np.ones(len(start)), (start, end)), shape=(count, count))
    parts, part = connected_components(graph, directed=False)
    total = np.bincount(part, taken, parts)
    _, first = np.unique(part, return_index=True)
    found = np.zeros(count)
    found[first] = total
    return found


#: Links that lose less than this by their flow, as isolation valves drawn as links of their own
#: do, metres for a m3/s to the power of pipes. Source: mainbreak default; 5 m of DN1000.
LEAST_LOSS = 0.01

#: Pressures at fewer of the nodes than this tell too little of the flows.
#: Source: mainbreak default.
MEASURED_SHARE = 0.9


def _meant(columns: Columns, device: Ints, passes: Reals, head: Reals) -> tuple[_Heads, Reals]:
    """Return the heads, and (n,) what is taken at each node if these heads are the usual ones.

    ``passes`` (m,) is one over what a link loses, 0 for one that carries nothing.
    """
    start, end, source = columns.link_start, columns.link_end, columns.node_source
    count = len(head)
    lost = np.nan_to_num(head[start] - head[end])
    resists = (device == 0) & (passes < 1.0 / LEAST_LOSS)
    carries = np.where(resists, np.abs(lost) * passes, 0.0)
    flow = np.sign(lost) * carries ** (1 / PIPE_POWER)
    out = np.bincount(start, flow, count) - np.bincount(end, flow, count)
    rows = np.flatnonzero((device != 0) & (passes > 0))
    gives, usual, lift = np.full(len(start), np.nan), np.zeros(len(start)), np.zeros(len(start))
    gives[rows], lift[rows] = head[end[rows]], -lost[rows]
    behind = np.where(source[end[rows]], -out[start[rows]], out[end[rows]])
    usual[rows] = np.maximum(behind, 0.0)
    taken = np.bincount(end, usual, count) - np.bincount(start, usual, count) - out
    hardly = np.flatnonzero((device == 0) & ~resists)
    taken = _gathered(taken, start[hardly], end[hardly])
    known = np.where(np.isfinite(head), head, np.nanmean(head))
    return _Heads(known, gives, usual, lift), np.where(source, 0.0, taken)


def _sizes(network: PipeNetwork) -> tuple[Reals, Reals]:
    pipe = np.fromiter((one.kind not in _CONTROL for one in network.links), np.bool_)
    length = np.fromiter((one.length_m for one in network.links), np.float64)
    width = np.fromiter((one.diameter_m for one in network.links), np.float64)
    return (
        np.where(pipe, np.maximum(length, LEAST_LENGTH_M), DEVICE_LENGTH_M),
        np.where(pipe, np.maximum(width, LEAST_DIAMETER_M), DEVICE_DIAMETER_M),
    )


def _one_way(network: PipeNetwork, columns: Columns) -> Ints:
    """Return (m,) 1 for links that carry water from start to end only, -1 the other way, else 0.

    A tank that is known to be empty takes water and gives none.
    """
    empty = np.fromiter((one.volume_m3 == 0 for one in network.nodes), np.bool_)
    empty &= columns.node_source
    one_way = columns.link_one_way.astype(np.int32)
    one_way[empty[columns.link_end]] = 1
    one_way[empty[columns.link_start]] = -1
    return one_way


def _demand(network: PipeNetwork) -> Reals:
    """Return (n,) m3/s; a premises on a pipe takes half at each end."""
    columns = engine_of(network).columns
    takes = columns.premises_m3_d.astype(np.float64) / DAY_S
    demand = np.zeros(len(network.nodes))
    on_node = columns.premises_node >= 0
    np.add.at(demand, columns.premises_node[on_node], takes[on_node])
    on_link = (columns.premises_link >= 0) & ~on_node
    for ends in (columns.link_start, columns.link_end):
        np.add.at(demand, ends[columns.premises_link[on_link]], takes[on_link] / 2)
    return demand


def _border(network: PipeNetwork, start: Ints, end: Ints, is_open: Flags, source: Flags) -> Ints:
    """Return the direction of pipes between two pressure zones: away from the sources."""
    count = len(network.nodes)
    zones = {zone: row for row, zone in enumerate(sorted({one.zone for one in network.links}))}
    if len(zones) < 2:
        return np.zeros(len(start), np.int32)
    zone = np.fromiter((zones[one.zone] for one in network.links), np.int32)
    width = np.fromiter((one.diameter_m for one in network.links), np.float64)
    named = np.fromiter((one.zone != "" for one in network.links), np.bool_)
    order = np.argsort(width, kind="stable")
    order = order[named[order]]
    of_node = np.full(count, -1, np.int32)
    for ends in (start, end):
        of_node[ends[order]] = zone[order]  # the widest pipe is written last
    crosses = (of_node[start] != of_node[end]) & (of_node[start] >= 0) & (of_node[end] >= 0)
    depth = _depth(count, (start[is_open], end[is_open]), np.flatnonzero(source))
    return np.where(crosses, np.where(depth[start] <= depth[end], 1, -1), 0).astype(np.int32)


def _depth(
    count: int, pairs: tuple[npt.NDArray[Any], npt.NDArray[Any]], roots: npt.NDArray[Any]
) -> Reals:
    """Return how many links each of ``count`` nodes is away from a root; infinite if cut off."""
    one = np.concatenate([pairs[0], np.full(len(roots), count)])
    other = np.concatenate([pairs[1], roots])
    graph = coo_array((np.ones(len(one)), (one, other)), shape=(count + 1, count + 1)).tocsr()
    order, before = breadth_first_order(graph, count, directed=False)
    depth = np.full(count + 1, np.inf)
    depth[count] = -1
    for node in order[1:]:
        depth[node] = depth[before[node]] + 1
    return depth[:count]


@dataclass(frozen=True)
class _Heads:
    source_head: Reals
    gives: Reals
    usual: Reals
    lift: Reals


def _heads(
    network: PipeNetwork,
    columns: Columns,
    device: Ints,
    height: Reals,
    pressure: Reals,
    demand: Reals,
) -> _Heads:
    """Return the heads of sources, and what devices hand on, part by part from the sources on."""
    start, end, is_open = columns.link_start, columns.link_end, columns.link_open
    count, m = len(network.nodes), len(start)
    source = np.fromiter((one.kind is not NodeKind.JUNCTION for one in network.nodes), np.bool_)
    tank = np.fromiter((one.kind is NodeKind.TANK for one in network.nodes), np.bool_)
    flat = not count or np.ptp(height) == 0
    source_head = np.where(tank, height + IN_TANK_M, height)
    if flat:
        source_head = height + UNKNOWN_M
    known = np.isfinite(pressure)
    source_head = np.where(known, height + np.nan_to_num(pressure), source_head)
    inner = is_open & (device == 0)
    ones = np.ones(int(inner.sum()))
    graph = coo_array((ones, (start[inner], end[inner])), shape=(count, count))
    parts, part = connected_components(graph, directed=False)
    target = np.full(parts, -np.inf)
    np.maximum.at(target, part[source], source_head[source])
    wanted = np.full(parts, -np.inf)
    np.maximum.at(wanted, part[~source], height[~source] + ABOVE_HIGHEST_M)
    rows = np.flatnonzero(is_open & (device != 0))
    giver = np.where(device == 1, part[start], part[end])[rows]
    taker = np.where(device == 1, part[end], part[start])[rows]
    depth = _depth(parts, (giver, taker), np.unique(part[source]))
    pump = np.fromiter((one.kind is LinkKind.PUMP for one in network.links), np.bool_)[rows]
    for level in np.unique(depth[np.isfinite(depth)]):
        for at in np.flatnonzero((depth[taker] == level) & ~np.isfinite(target[taker])):
            head, ask = target[giver[at]], wanted[taker[at]]
            target[taker[at]] = ask if pump[at] or not np.isfinite(head) else min(head, ask)
    target = np.where(np.isfinite(target), target, np.where(np.isfinite(wanted), wanted, 0.0))
    if flat:
        target[:] = UNKNOWN_M
    own = np.bincount(part, demand, parts)
    onward = depth[giver] < depth[taker]
    many = np.bincount(taker[onward], minlength=parts)
    through = np.zeros(len(rows))
    for row in sorted(np.flatnonzero(onward).tolist(), key=lambda row: -depth[taker[row]]):
        through[row] = own[taker[row]] / many[taker[row]]
        own[giver[row]] += through[row]
    gives, usual, lift = np.full(m, np.nan), np.zeros(m), np.zeros(m)
    fed, feeder = np.where(device == 1, (end, start), (start, end))[:, rows]
    head = height + pressure
    gives[rows] = np.where(known[fed], head[fed], target[taker])
    usual[rows] = through
    lift[rows] = gives[rows] - np.where(known[feeder], head[feeder], target[giver])
    return _Heads(source_head, gives, usual, lift)
