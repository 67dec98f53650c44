"""Driving out of a closure, and into one to work there: short searches over closed streets."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from domain.streets import IntArray
from routing.edges import Edges
from routing.keeping import BoolArray
from routing.opposites import NONE
from routing.roads import Roads
from routing.seeds import Inside, Seeds, approach, outset
from routing.snap import Snapped

Steps = Callable[[int], Iterator[tuple[int, int]]]


def leaving(roads: Roads, edges: Edges, places: Snapped) -> Seeds:
    """Return the seeds of drives from the places; who is inside a closure may drive out of it.

    Source: docs/driving.md, rules 10 and 12.
    """
    seeds = outset(roads, edges, places)
    if not edges.closed.any():
        return seeds
    turns = roads.turns

    def onwards(state: int) -> Iterator[tuple[int, int]]:
        here = int(edges.ms[turns.edge[state]])
        for turn in range(int(turns.start[state]), int(turns.start[state + 1])):
            yield int(turns.head[turn]), here + int(turns.cost_ms[turn])

    within = _on_closed(roads, edges.closed, places)
    return _spread(roads, edges.closed, seeds, within, onwards)


def arriving(roads: Roads, edges: Edges, places: Snapped) -> Seeds:
    """Return the seeds of drives to the places; who works inside a closure may drive into it.

    Source: docs/driving.md, rules 11 and 12.
    """
    seeds = approach(roads, edges, places)
    if not edges.closed.any():
        return seeds
    turns = roads.turns

    def back(state: int) -> Iterator[tuple[int, int]]:
        for turn in roads.coming[state].tolist():
            before = int(turns.tail[turn])
            edge = int(turns.edge[before])
            if not edges.closed[edge] or edges.entry[edge]:
                yield before, int(edges.ms[edge]) + int(turns.cost_ms[turn])

    within = _on_closed(roads, edges.closed, places) & _entered(roads, edges, places)
    return _spread(roads, edges.closed, seeds, within, back)


def _on_closed(roads: Roads, closed: BoolArray, places: Snapped) -> BoolArray:
    """Return (n,) True for places on closed edges: at a junction all of its edges are."""
    return _all_edges(roads, closed, places)


def _entered(roads: Roads, edges: Edges, places: Snapped) -> BoolArray:
    """Return (n,) True for places whose closures may be entered."""
    return _all_edges(roads, edges.entry, places)


def _all_edges(roads: Roads, holds: BoolArray, places: Snapped) -> BoolArray:
    """Return (n,) True where it holds of every edge that a place is on."""
    found: BoolArray = ~places.too_far & holds[places.edge[:, 0]]
    for place in np.flatnonzero(places.node != NONE).tolist():
        node = int(places.node[place])
        around = np.concatenate([roads.leaving[node], roads.entering[node]])
        found[place] = bool(holds[around].all()) and not places.too_far[place]
    return found


def _spread(
    roads: Roads, closed: BoolArray, seeds: Seeds, within: BoolArray, steps: Steps
) -> Seeds:
    """Return the seeds with those beyond the closed streets that each place within can use."""
    more: list[tuple[int, int, int, int]] = []
    edge = roads.turns.edge
    for place, near in seeds.inside.items():
        if not within[place]:
            continue
        seeds.inside[place] = replace(near, free=True)
        waiting = [(ms, state) for state, ms in near.ms.items()]
        heapq.heapify(waiting)
        while waiting:
            ms, state = heapq.heappop(waiting)
            if ms > near.ms[state]:
                continue
            for other, step in steps(state):
                if not closed[edge[other]]:
                    more.append((place, other, ms + step, state))
                elif ms + step < near.ms.get(other, ms + step + 1):
                    near.ms[other], near.via[other] = ms + step, state
                    heapq.heappush(waiting, (ms + step, other))
    return _with(seeds, more)


def _with(seeds: Seeds, more: list[tuple[int, int, int, int]]) -> Seeds:
    if not more:
        return seeds
    extra = np.array(more, dtype=np.int64)
    old = np.repeat(np.arange(len(seeds)), np.diff(seeds.begin))
    place = np.concatenate([old, extra[:, 0]])
    order = np.argsort(place, kind="stable")
    columns: list[IntArray] = [
        np.concatenate([column, extra[:, k]])[order]
        for k, column in ((1, seeds.state), (2, seeds.ms), (3, seeds.link))
    ]
    begin = np.searchsorted(place[order], np.arange(len(seeds) + 1))
    return Seeds(begin, columns[0], columns[1], columns[2], seeds.inside)


def meeting(origin: Inside, destination: Inside) -> tuple[int, int] | None:
    """Return milliseconds and state of the best drive that stays on closed streets, if any.

    One of the two must be inside: its origin to leave, or its destination to be entered.
    """
    if not (origin.free or destination.free):
        return None
    both = origin.ms.keys() & destination.ms.keys()
    best = [(origin.ms[state] + destination.ms[state], state) for state in both]
    return min(best, default=None)
