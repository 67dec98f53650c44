"""A part of a network made ready for reckoning heads: all of it, or what lies around callers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array, csc_array
from scipy.sparse.csgraph import dijkstra
from scipy.sparse.linalg import SuperLU, splu

from gis.clustering.flow import Links, Pattern, Reals, settle, shape
from gis.clustering.plumbing import UNKNOWN_M
from gis.clustering.standing import Standing, resistances
from gis.isolation.graph import Flags, Ints


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


def area_of(whole: Standing, chosen: Ints, base: Reals | None) -> Area:
    """Return the area of these nodes; ``base`` (n,) are heads for what lies beyond its border."""
    plumbing = whole.plumbing
    inside = np.zeros(len(plumbing.source), np.bool_)
    inside[chosen] = True
    inside &= ~whole.fed
    links = np.flatnonzero(whole.through & (inside[plumbing.start] | inside[plumbing.end]))
    device = plumbing.device[links]
    given = whole_heads(whole) if base is None else base
    # A device counts in the balance of the node that it feeds, and takes its usual flow
    # from the other; beyond the border only what leads to a source is counted.
    head, tail = plumbing.start[links], plumbing.end[links]
    turn = np.where(device != 0, device == 1, ~inside[head])
    head, tail = np.where(turn, tail, head), np.where(turn, head, tail)
    cut = ~inside[tail] & ~whole.fed[tail]
    onward = whole.away[tail] < whole.away[head]
    kept = inside[head] & ((device != 0) | ~cut | onward)
    links, head, tail, device, turn = (one[kept] for one in (links, head, tail, device, turn))
    nodes = _order(np.flatnonzero(inside), head, tail, (device == 0) & inside[tail])
    row = np.full(len(inside), -1, np.int32)
    row[nodes] = np.arange(len(nodes), dtype=np.int32)
    joined = (device == 0) & inside[tail]
    below = np.where(joined, row[tail], -1).astype(np.int32)
    one_way = np.where(turn, -1, 1) * plumbing.one_way[links]
    resistance = Links(
        loss=plumbing.loss[links],
        power=plumbing.power[links],
        one_way=np.where(device != 0, -1, one_way).astype(np.int32),
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
    )
    return _settled(area)


def _settled(area: Area) -> Area:
    """Return the area with its heads and flows before the burst."""
    plumbing, links = area.whole.plumbing, area.resistance
    feeds = links.feeder >= 0
    passed = plumbing.usual[area.links]
    head, flow = area.head.copy(), area.flow.copy()
    for _ in range(2):
        demand = area.demand.copy()
        np.add.at(demand, links.feeder[feeds], passed[feeds])
        settle(area.pattern, links, demand, (-1, 0.0, 1.0), (True, True), head, flow, np.zeros(3))
        passed = np.where(feeds, np.maximum(-flow, 0.0), 0.0)
    feeder_head = np.where(feeds, head[links.feeder], -np.inf)
    return replace(
        area,
        resistance=links._replace(feeder_head=feeder_head),
        demand=demand,
        head=head,
        flow=flow,
    )


def whole_heads(whole: Standing) -> Reals:
    """Return heads (n,) to begin with: those of the sources, and one of them elsewhere."""
    plumbing = whole.plumbing
    some = plumbing.source_head[plumbing.source]
    usual = float(some.max()) if len(some) else float(plumbing.height.max(initial=0)) + UNKNOWN_M
    return np.where(plumbing.source, plumbing.source_head, usual)


def _order(inside: Ints, head: Ints, tail: Ints, joined: Flags) -> Ints:
    """Return the nodes in an order that keeps elimination sparse."""
    count = len(inside)
    if not count:
        return inside.astype(np.int32)
    row = {}
    at = np.searchsorted(inside, head[joined]), np.searchsorted(inside, tail[joined])
    pairs = np.concatenate([at[0], at[1], np.arange(count)])
    other = np.concatenate([at[1], at[0], np.arange(count)])
    weight = np.concatenate([np.full(2 * len(at[0]), -1.0), np.full(count, 1e3)])
    del row
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
