"""A part of a network made ready for reckoning heads: all of it, or what lies around callers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from gis.clustering.flow import Hole, Links, Pattern, Reals, Taps, settle, shape, state_of
from gis.clustering.plumbing import UNKNOWN_M
from gis.clustering.standing import Standing
from gis.isolation.graph import Flags, Ints

#: Metres of pipe for each home where none are known. Source: mainbreak default.
METRES_A_HOME = 20.0

#: Taps give all they are asked for from this pressure on, or from their usual one where that is
#: less, but not below the least; metres. Source: GB 50013-2018 3.0.10: 20 m for four floors.
ENOUGH_M, LEAST_ENOUGH_M = 20.0, 1.0

#: Nothing burst.
NO_HOLE = Hole(-1, 1.0, 0.0, 1.0, True, True)

#: What a stub that is shut at one end resists: all of it.
NO_FLOW = 1e15


#: The tenth worst supplied of a part have at least so much pressure; nobody has less or more for
#: long; metres. Source: GB 50013-2018 3.0.10 (28 m for six floors, 10 m for one); GB 50015-2019
#: 3.4.3 (0.6 MPa at most).
WEAKEST, LEAST_WEAKEST_M, LEAST_M, MOST_M = 0.1, 30.0, 22.0, 100.0


@dataclass(frozen=True)
class Base:
    """What is reckoned once of a whole network: (n,) heads and pressures before any burst."""

    head: Reals
    usual_m: Reals


@dataclass(frozen=True)
class Area:
    """Nodes of a network and the links between them.

    Attributes
    ----------
    nodes
        (a,) the network's rows of the nodes whose head is unknown, in the order of elimination.
    row_of_node
        (n,) where each of the network's nodes is in ``nodes``, -1 if it is not.
    links
        (b,) the network's rows of the links that carry water in the area.
    row_of_link
        (m,) where each of the network's links is in ``links``, -1 if it is not.
    demand
        (a,) m3/s taken at each node.
    head, flow
        (a,), (b,) before the burst.
    """

    whole: Standing
    nodes: Ints
    row_of_node: Ints
    links: Ints
    row_of_link: Ints
    pattern: Pattern
    resistance: Links
    demand: Reals
    head: Reals
    flow: Reals
    usual_m: Reals
    effects: dict[int, Any] = field(default_factory=dict)

    @cached_property
    def homes(self) -> tuple[Ints, Reals, Ints]:
        """Where people live: (p, 2) nodes, half of them near each, and how many.

        At last (m,) which of these live on each of the network's links, -1 for none.
        """
        columns, count = self.whole.engine.columns, len(self.row_of_link)
        on_link = np.bincount(columns.premises_link[columns.premises_link >= 0], minlength=count)
        on_node = columns.premises_node[columns.premises_node >= 0]
        at_node = np.bincount(on_node, minlength=len(self.row_of_node))[self.nodes]
        if not len(columns.premises_link):
            on_link = np.maximum(self.whole.plumbing.length_m / METRES_A_HOME, 1.0)
        links = np.flatnonzero((self.row_of_link >= 0) & (on_link > 0)).astype(np.int32)
        ends = self.ends_of(links)
        links, ends = links[(ends >= 0).any(axis=1)], ends[(ends >= 0).any(axis=1)]
        nodes = np.flatnonzero(at_node).astype(np.int32)
        of_link = np.full(count, -1, np.int32)
        of_link[links] = np.arange(len(links), dtype=np.int32)
        ends = np.concatenate([both_ends(ends), np.stack([nodes, nodes], axis=1)]).astype(np.int32)
        homes = np.concatenate([on_link[links], at_node[nodes]]).astype(np.float64)
        return ends, homes, of_link

    def ends_of(self, links: Ints) -> Ints:
        """Return (k, 2) where the nodes are that links (rows of the network) hang on.

        -1 where a link is shut, at a source, or beyond the area.
        """
        plumbing = self.whole.plumbing
        ends = np.stack([plumbing.start[links], plumbing.end[links]], axis=1)
        found = np.where(self.whole.ends[links], self.row_of_node[ends], -1)
        return found.astype(np.int32)

    def usual_at(self, ends: Ints, toward: Reals) -> Reals:
        """Return (k,) the pressure before at what hangs on nodes (k, 2); usual if on none.

        ``toward`` (k,) is how far each lies from the first node to the second, 0 to 1.
        """
        return self._between(np.append(self.usual_m, UNKNOWN_M), ends, toward)

    def unknown_at(self, ends: Ints, toward: Reals) -> Reals:
        """Return (k,) 1 where the pressure before is reckoned, 0 where it is known."""
        return self._between(np.append(self.unknown, 1.0), ends, toward)

    @cached_property
    def unknown(self) -> Reals:
        """(a,) 1 where the pressure before is reckoned, 0 where it is known."""
        return np.isnan(self.whole.plumbing.pressure[self.nodes]).astype(np.float64)

    def _between(self, values: Reals, ends: Ints, toward: Reals) -> Reals:
        on_some = np.asarray((ends >= 0).any(axis=1))
        both = values[np.where(on_some[:, None], both_ends(ends), -1)]
        found: Reals = both[:, 0] + (both[:, 1] - both[:, 0]) * toward
        return found

    def taps_of(self, demand: Reals, *, always: bool = False) -> Taps:
        """Return the taps at the nodes; ``always`` if they give all at any pressure."""
        height = self.whole.plumbing.height[self.nodes]
        enough = np.clip(self.usual_m, LEAST_ENOUGH_M, ENOUGH_M)
        return Taps(demand, height - (1e6 if always else 0.0), enough)

    def head_at(self, links: Ints) -> Reals:
        """Return (k,) the head in links (rows of the network) before the burst."""
        rows, pattern = self.row_of_link[links], self.pattern
        own, tail = self.head[pattern.head[rows]], pattern.tail[rows]
        other = np.where(tail >= 0, self.head[tail], self.resistance.given[rows])
        return np.where(self.whole.through[links], (own + other) / 2, own)


def area_of(whole: Standing, chosen: Ints, base: Base | None = None) -> Area:
    """Return the area of these nodes; ``base`` is what is known of the whole network."""
    plumbing = whole.plumbing
    inside = np.zeros(len(plumbing.source), np.bool_)
    inside[chosen] = True
    inside &= ~whole.fed
    near = (whole.ends[:, 0] & inside[plumbing.start]) | (whole.ends[:, 1] & inside[plumbing.end])
    links = np.flatnonzero(near)
    stub = ~whole.through[links]  # one end is shut: nothing flows unless it bursts
    device = plumbing.device[links]
    given = whole_heads(whole) if base is None else base.head
    # A device counts in the balance of the node that it feeds, and takes its usual flow
    # from the other; beyond the border only what leads to a source is counted.
    head, tail = plumbing.start[links], plumbing.end[links]
    open_end = whole.ends[links, 0] & inside[head]
    turn = np.where(stub, ~open_end, np.where(device != 0, device == 1, ~inside[head]))
    head, tail = np.where(turn, tail, head), np.where(turn, head, tail)
    cut = ~inside[tail] & ~whole.fed[tail]
    onward = whole.away[tail] < whole.away[head]
    kept = inside[head] & (stub | (device != 0) | ~cut | onward)
    links, head, tail, device, turn, stub = (
        one[kept] for one in (links, head, tail, device, turn, stub)
    )
    device = np.where(stub, 0, device)
    joined = (device == 0) & inside[tail] & ~stub
    nodes = _order(np.flatnonzero(inside).astype(np.int32), head, tail, joined)
    row = np.full(len(inside), -1, np.int32)
    row[nodes] = np.arange(len(nodes), dtype=np.int32)
    below = np.where(joined, row[tail], -1).astype(np.int32)
    one_way = np.where(turn, -1, 1) * plumbing.one_way[links]
    resistance = Links(
        loss=np.where(stub, NO_FLOW, plumbing.loss[links]),
        power=plumbing.power[links],
        one_way=np.where(device != 0, 0, one_way).astype(np.int32),
        given=np.where(device != 0, plumbing.gives[links], given[tail]),
        feeder=np.where(device != 0, row[tail], -1).astype(np.int32),
        feeder_head=np.full(len(links), -np.inf),
    )
    demand = plumbing.demand[nodes].copy()
    of_link = np.full(len(plumbing.start), -1, np.int32)
    of_link[links] = np.arange(len(links), dtype=np.int32)
    area = Area(
        whole=whole,
        nodes=nodes,
        row_of_node=row,
        links=links.astype(np.int32),
        row_of_link=of_link,
        pattern=_pattern(len(nodes), row[head], below),
        resistance=resistance,
        demand=demand,
        head=given[nodes].copy(),
        flow=np.full(len(links), 1e-3),
        usual_m=np.zeros(len(nodes)),
    )
    return _settled(area, base)


def _settled(area: Area, base: Base | None) -> Area:
    """Return the area with its heads and flows before the burst."""
    plumbing, links = area.whole.plumbing, area.resistance
    feeds = links.feeder >= 0
    passed = plumbing.usual[area.links]
    head, flow = area.head.copy(), area.flow.copy()
    for _ in range(2):
        demand = area.demand.copy()
        np.add.at(demand, links.feeder[feeds], passed[feeds])
        now = state_of(area.pattern, head, flow, np.zeros(3))
        settle(area.pattern, links, area.taps_of(demand, always=True), NO_HOLE, now)
        passed = np.where(feeds, np.maximum(-flow, 0.0), 0.0)
    feeder_head = np.where(feeds, head[links.feeder], -np.inf)
    return replace(
        area,
        resistance=links._replace(feeder_head=feeder_head),
        demand=demand,
        head=head,
        flow=flow,
        usual_m=_usual(area, head) if base is None else base.usual_m[area.nodes],
    )


def _usual(area: Area, head: Reals) -> Reals:
    """Return the pressure before: as known, else of a part rather what the standard asks for."""
    count, pattern = len(area.nodes), area.pattern
    if not count:
        return head
    joined = (pattern.tail >= 0) & (area.resistance.loss < NO_FLOW)
    pairs = (pattern.head[joined], pattern.tail[joined])
    graph = coo_array((np.ones(len(pairs[0])), pairs), shape=(count, count))
    parts, part = connected_components(graph, directed=False)
    pressure = head - area.whole.plumbing.height[area.nodes]
    order = np.lexsort((pressure, part))
    begin = np.searchsorted(part[order], np.arange(parts))
    size = np.bincount(part, minlength=parts)
    weakest = pressure[order][begin + (WEAKEST * size).astype(int)]
    raised = pressure + np.maximum(LEAST_WEAKEST_M - weakest, 0.0)[part]
    known = area.whole.plumbing.pressure[area.nodes]
    usual: Reals = np.where(np.isfinite(known), known, np.clip(raised, LEAST_M, MOST_M))
    return usual


def whole_heads(whole: Standing) -> Reals:
    """Return heads (n,) to begin with: those of the sources, and one of them elsewhere."""
    plumbing = whole.plumbing
    some = plumbing.source_head[plumbing.source]
    if np.isfinite(plumbing.pressure).all():
        return plumbing.height + plumbing.pressure
    usual = float(some.max()) if len(some) else float(plumbing.height.max(initial=0)) + UNKNOWN_M
    return np.where(plumbing.source, plumbing.source_head, usual)


def both_ends(ends: Ints) -> Ints:
    """Return (k, 2) ends with the other in place of one that is unknown."""
    one = np.where(ends[:, 0] >= 0, ends[:, 0], ends[:, 1])
    other = np.where(ends[:, 1] >= 0, ends[:, 1], ends[:, 0])
    both: Ints = np.maximum(np.stack([one, other], axis=1), 0).astype(np.int32)
    return both


def _order(inside: Ints, head: Ints, tail: Ints, joined: Flags) -> Ints:
    """Return the nodes in an order that keeps elimination sparse."""
    count = len(inside)
    if not count:
        return inside.astype(np.int32)
    at = np.searchsorted(inside, head[joined]), np.searchsorted(inside, tail[joined])
    pairs = np.concatenate([at[0], at[1], np.arange(count)])
    other = np.concatenate([at[1], at[0], np.arange(count)])
    weight = np.concatenate([np.full(2 * len(at[0]), -1.0), np.full(count, 1e3)])
    matrix = coo_array((weight, (pairs, other)), shape=(count, count)).tocsc()
    options = {"SymmetricMode": True}
    found = splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options)
    ordered = np.empty(count, np.int32)
    ordered[found.perm_c] = inside
    return ordered


def _pattern(count: int, head: Ints, tail: Ints) -> Pattern:
    """Return the shape of the system of these links."""
    low, high = np.minimum(head, tail), np.maximum(head, tail)
    joined = tail >= 0
    keys = high[joined].astype(np.int64) * max(count, 1) + low[joined]
    unlike, place = np.unique(keys, return_inverse=True)
    entry = np.full(len(head), -1, np.int32)
    entry[joined] = place
    row = (unlike % max(count, 1)).astype(np.int32)
    of = np.bincount((unlike // max(count, 1)).astype(np.int64), minlength=count)
    column = np.concatenate([[0], np.cumsum(of)]).astype(np.int32)
    parent, begin = shape(count, column, row)
    ends = head.astype(np.int32), tail.astype(np.int32)
    return Pattern(*ends, entry, column, row, parent, begin)
