"""Driving out of a closure, and into one to work there: short searches over closed streets."""

from __future__ import annotations

import heapq

import numpy as np

from domain.streets import IntArray
from routing.compiled import compiled
from routing.edges import Edges
from routing.hierarchy import FAR
from routing.keeping import BoolArray
from routing.opposites import NONE
from routing.roads import Roads
from routing.seeds import Inside, Seeds, approach, outset
from routing.snap import Snapped


def leaving(roads: Roads, edges: Edges, places: Snapped) -> Seeds:
    """Return the seeds of drives from the places; who is inside a closure may drive out of it.

    Source: docs/driving.md, rules 10 and 12.
    """
    seeds = outset(roads, edges, places)
    if seeds.inside is None:
        return seeds
    turns, count = roads.turns, len(roads.turns.head)
    onwards = (turns.start, np.arange(count), turns.head, turns.tail)
    within = _on_closed(roads, edges.closed, places)
    everywhere = np.ones(len(edges.ms), dtype=bool)
    return _spread(roads, edges, (seeds, seeds.inside), onwards, (within, everywhere))


def arriving(roads: Roads, edges: Edges, places: Snapped) -> Seeds:
    """Return the seeds of drives to the places; who works inside a closure may drive into it.

    Source: docs/driving.md, rules 11 and 12.
    """
    seeds = approach(roads, edges, places)
    if seeds.inside is None:
        return seeds
    turns, coming = roads.turns, roads.coming
    back = (coming.start, coming.member, turns.tail, turns.tail)
    within = _on_closed(roads, edges.closed, places) & _entered(roads, edges, places)
    return _spread(roads, edges, (seeds, seeds.inside), back, (within, edges.entry))


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
    roads: Roads,
    edges: Edges,
    seeds: tuple[Seeds, Inside],
    steps: tuple[IntArray, IntArray, IntArray, IntArray],
    where: tuple[BoolArray, BoolArray],
) -> Seeds:
    """Return the seeds with those beyond the closed streets that each place within can use.

    ``steps`` are the turns by the state they are taken from, in the direction of the search: where
    each state's begin, which they are, the states they lead to, and those whose edge they cost.
    ``where`` tells which places are within, and which closed edges may be driven.
    """
    (open_, near), (within, driven) = seeds, where
    found, beyond = _searched(
        (near.begin, near.state, near.ms),
        within,
        (roads.turns.edge, edges.closed, driven, edges.ms),
        (*steps, roads.turns.cost_ms),
    )
    inside = Inside(*_by_place(found, len(within)), free=within)
    old = np.repeat(np.arange(len(open_)), np.diff(open_.begin))
    columns = (old, open_.state, open_.ms, open_.link)
    both = np.concatenate([np.stack(columns, axis=1), beyond])
    return Seeds(*_by_place(both, len(within)), inside)


def _by_place(rows: IntArray, count: int) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return rows of place and three more columns as where each place's begin, and the columns."""
    ordered = rows[np.argsort(rows[:, 0], kind="stable")]
    begin = np.searchsorted(ordered[:, 0], np.arange(count + 1))
    columns = np.ascontiguousarray(ordered.T)
    return begin, columns[1], columns[2], columns[3]


@compiled
def _searched(
    near: tuple[IntArray, IntArray, IntArray],
    within: BoolArray,
    streets: tuple[IntArray, BoolArray, BoolArray, IntArray],
    steps: tuple[IntArray, IntArray, IntArray, IntArray, IntArray],
) -> tuple[IntArray, IntArray]:
    """Return (k, 4) the closed states of each place, and (l, 4) the open ones next to them.

    Rows are place, state, milliseconds, and the closed state nearer to the place, -1 if none.
    """
    begin, first, first_ms = near
    edge, closed, driven, edge_ms = streets
    start, turn, other, paying, cost = steps
    best = np.full(len(edge), -1, dtype=np.int64)
    via = np.full(len(edge), -1, dtype=np.int64)
    beyond_ms = np.full(len(edge), -1, dtype=np.int64)
    beyond_via = np.full(len(edge), -1, dtype=np.int64)
    found = [(0, 0, 0, 0) for _ in range(0)]
    beyond = [(0, 0, 0, 0) for _ in range(0)]
    for place in range(len(within)):
        seen = [0 for _ in range(0)]
        edged = [0 for _ in range(0)]
        waiting = [(0, 0) for _ in range(0)]
        for k in range(begin[place], begin[place + 1]):
            state, ms = first[k], first_ms[k]
            if best[state] == -1:
                seen.append(state)
            if best[state] == -1 or ms < best[state]:
                best[state] = ms
                heapq.heappush(waiting, (ms, state))
        while within[place] and len(waiting) > 0:
            ms, state = heapq.heappop(waiting)
            if ms > best[state]:
                continue
            for k in range(start[state], start[state + 1]):
                one = turn[k]
                to = other[one]
                away = ms + edge_ms[edge[paying[one]]] + cost[one]
                if not closed[edge[to]]:
                    if beyond_ms[to] == -1:
                        edged.append(to)
                    if beyond_ms[to] == -1 or away < beyond_ms[to]:
                        beyond_ms[to], beyond_via[to] = away, state
                elif driven[edge[to]] and (best[to] == -1 or away < best[to]):
                    if best[to] == -1:
                        seen.append(to)
                    best[to], via[to] = away, state
                    heapq.heappush(waiting, (away, to))
        for state in seen:
            found.append((place, state, best[state], via[state]))
            best[state], via[state] = -1, -1
        for state in edged:
            beyond.append((place, state, beyond_ms[state], beyond_via[state]))
            beyond_ms[state], beyond_via[state] = -1, -1
    return _rows(found), _rows(beyond)


@compiled
def _rows(entries: list[tuple[int, int, int, int]]) -> IntArray:
    rows = np.empty((len(entries), 4), dtype=np.int64)
    for k in range(len(entries)):
        rows[k, 0], rows[k, 1], rows[k, 2], rows[k, 3] = entries[k]
    return rows


def meetings(origins: Inside, destinations: Inside, states: int) -> tuple[IntArray, IntArray]:
    """Return (p, q) milliseconds and states of the best drives that stay on closed streets.

    ``FAR`` and -1 where there is none. One of the two must be inside: its origin to leave, or its
    destination to be entered. ``states`` is how many states there are.
    """
    return _met(
        (origins.begin, origins.state, origins.ms, origins.free),
        (destinations.begin, destinations.state, destinations.ms, destinations.free),
        states,
    )


@compiled
def _met(
    origins: tuple[IntArray, IntArray, IntArray, BoolArray],
    destinations: tuple[IntArray, IntArray, IntArray, BoolArray],
    states: int,
) -> tuple[IntArray, IntArray]:
    begin, state, ms, free = origins
    first, there, rest, enters = destinations
    time = np.full((len(free), len(enters)), FAR, dtype=np.int64)
    met = np.full((len(free), len(enters)), -1, dtype=np.int64)
    before = np.full(states, -1, dtype=np.int64)
    for i in range(len(free)):
        if begin[i] == begin[i + 1]:
            continue
        for k in range(begin[i], begin[i + 1]):
            before[state[k]] = ms[k]
        for j in range(len(enters)):
            if free[i] or enters[j]:
                for k in range(first[j], first[j + 1]):
                    here = before[there[k]]
                    if here >= 0 and here + rest[k] < time[i, j]:
                        time[i, j], met[i, j] = here + rest[k], there[k]
        for k in range(begin[i], begin[i + 1]):
            before[state[k]] = -1
    return time, met
