"""Where to look: the nodes around callers, and the pipes that may have failed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra, reverse_cuthill_mckee
from scipy.sparse.linalg import splu

from domain.network import PipeNetwork
from gis.clustering.area import Area, Base, area_of, both_ends, whole_heads
from gis.clustering.effect import effects_of
from gis.clustering.flow import Reals
from gis.clustering.households import Caller
from gis.clustering.standing import Standing, resistances, standing
from gis.isolation.graph import Ints

#: So many nodes around the callers are looked at, what lies farther off feels too little; but
#: the whole of a network of this size. Source: mainbreak default: a question stays below 0.1 s.
NODES, WHOLE = 2000, 5000

#: Nodes of a tile, and areas of tiles kept ready. Source: mainbreak default.
TILE, KEPT = 250, 64

#: So many pipes are weighed, those that take most from the callers; fewer where heads are reckoned
#: anew for each tile. Source: tried on ky8_v, where 60 leave out the right one too often.
PIPES, PIPES_OF_TILE = 300, 150

#: What bursts take is reckoned beforehand for so many pipes times nodes: 100 MB, some ten seconds
#: behind the answers. Source: mainbreak default.
BEFOREHAND, AT_ONCE = 12_000_000, 64


def whole_area(network: PipeNetwork) -> Area:
    """Return the whole network made ready, once for each stand of its isolation valves."""
    whole = standing(network)
    if "area" not in whole.ready:
        whole.ready["area"] = area_of(whole, np.arange(len(whole.fed), dtype=np.int32))
    area: Area = whole.ready["area"]
    return area


def prepare_suspects(network: PipeNetwork) -> None:
    """Reckon what the first question about suspects would wait for: seconds at 100,000 pipes.

    Call it behind the answers, beside ``gis.renew``.
    """
    area = whole_area(network)
    if not is_whole(area):
        _tiles(area.whole)
        return
    is_pipe = area.whole.engine.columns.link_pipe & (area.row_of_link >= 0)
    pipes = np.flatnonzero(is_pipe).astype(np.int32)
    if len(pipes) * len(area.nodes) <= BEFOREHAND:
        for first in range(0, len(pipes), AT_ONCE):
            effects_of(area, pipes[first : first + AT_ONCE])


def is_whole(area: Area) -> bool:
    """Return True if the network is small enough to be looked at as a whole."""
    return len(area.whole.fed) <= WHOLE


def area_around(network: PipeNetwork, callers: Sequence[int]) -> Area:
    """Return the area around links (rows) from which callers called, made ready once.

    Of a large network it is that of the tile in which most of them are: what is reckoned there
    serves the next callers too, and does not depend on who asked before.
    """
    all_of_it = whole_area(network)
    if is_whole(all_of_it):
        return all_of_it
    tiles = _tiles(all_of_it.whole)
    of_callers = tiles.of_node[all_of_it.whole.plumbing.start[np.array(callers, np.int32)]]
    tile = int(np.argmax(np.bincount(of_callers[of_callers >= 0], minlength=1)))
    if tile not in tiles.areas:
        while len(tiles.areas) >= KEPT:
            tiles.areas.pop(next(iter(tiles.areas)), None)
        tiles.areas[tile] = _tile_area(all_of_it, tiles, tile)
    return tiles.areas[tile]


@dataclass(frozen=True)
class _Tiles:
    """Parts of a network of about ``TILE`` nodes: (n,) which, -1 for none; areas made so far."""

    of_node: Ints
    graph: csr_array
    areas: dict[int, Area]


def _tiles(whole: Standing) -> _Tiles:
    if "tiles" not in whole.ready:
        whole.ready["tiles"] = _tiled(whole)
    tiles: _Tiles = whole.ready["tiles"]
    return tiles


def _tiled(whole: Standing) -> _Tiles:
    graph = resistances(whole.plumbing, np.flatnonzero(whole.through))
    order = reverse_cuthill_mckee(graph, symmetric_mode=False)
    seeds = np.sort(order[::TILE])
    _, _, source = dijkstra(
        graph, directed=False, indices=seeds, min_only=True, return_predecessors=True
    )
    number = np.full(len(whole.fed) + 1, -1, np.int32)
    number[seeds] = np.arange(len(seeds))
    return _Tiles(number[np.where(source >= 0, source, len(whole.fed))], graph, {})


def _tile_area(all_of_it: Area, tiles: _Tiles, tile: int) -> Area:
    """Return the tile with the nodes of least resistance around it."""
    count = len(tiles.of_node)
    begin = np.flatnonzero(tiles.of_node == tile)
    far = dijkstra(tiles.graph, directed=False, indices=begin, min_only=True)
    order = np.lexsort((np.arange(count), far))[:NODES]
    head, usual = whole_heads(all_of_it.whole), np.zeros(count)
    head[all_of_it.nodes], usual[all_of_it.nodes] = all_of_it.head, all_of_it.usual_m
    chosen = np.sort(order[np.isfinite(far[order])]).astype(np.int32)
    return area_of(all_of_it.whole, chosen, Base(head, usual))


def pipes_near(area: Area, callers: Sequence[Caller]) -> Ints:
    """Return the pipes (rows of the network) that take most from the callers, ascending."""
    links, felt = pipes_felt(area, callers)
    score = felt.sum(axis=1)
    most = PIPES if is_whole(area) else PIPES_OF_TILE
    best = np.lexsort((links, -score))[:most]
    return np.sort(links[best[score[best] > 0]])


def pipes_felt(area: Area, callers: Sequence[Caller]) -> tuple[Ints, Reals]:
    """Return (k,) pipes and (k, c) how much of a leak on each every caller feels, 1 at most."""
    rows = np.array([one.link for one in callers], np.int32)
    unlike, which = np.unique(rows, return_inverse=True)
    felt = _felt(area, area.ends_of(unlike))
    links = area.links[area.whole.engine.columns.link_pipe[area.links]]
    ends = both_ends(area.ends_of(links))
    shares = (felt[ends[:, 0]] + felt[ends[:, 1]]) / 2
    own, at = np.nonzero(links[:, None] == unlike[None, :])
    shares[own, at] = 1.0
    return links, shares[:, which]


def _felt(area: Area, ends: Ints) -> Reals:
    """Return (a, k) how much of a leak at each node things on links, (k, 2) their nodes, feel."""
    count, pattern = len(area.nodes), area.pattern
    ease = area.whole.plumbing.ease[area.links]
    ease = np.where(area.resistance.loss > 1e14, 0.0, ease)
    joined = pattern.tail >= 0
    diagonal = np.full(count, 1e-12 * ease.max(initial=1.0))
    np.add.at(diagonal, pattern.head, ease)
    np.add.at(diagonal, pattern.tail[joined], ease[joined])
    one, other = pattern.head[joined], pattern.tail[joined]
    at = np.arange(count)
    places = np.concatenate([one, other, at]), np.concatenate([other, one, at])
    values = np.concatenate([-ease[joined], -ease[joined], diagonal])
    matrix = coo_array((values, places), shape=(count, count)).tocsc()
    known = ends >= 0
    share = known / np.maximum(known.sum(axis=1, keepdims=True), 1)
    things = np.repeat(np.arange(len(ends)), 2)[known.ravel()]
    given = coo_array((share[known], (ends[known], things)), shape=(count, len(ends))).toarray()
    felt: Reals = splu(matrix).solve(given)
    of_most: Reals = felt / np.maximum(felt.max(axis=0), 1e-300)
    return of_most
