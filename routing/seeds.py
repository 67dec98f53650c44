"""How places hang on the turn graph: the states a drive from or to each of them can begin with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.streets import FloatArray, IntArray
from routing.compiled import compiled
from routing.edges import Edges
from routing.keeping import BoolArray
from routing.opposites import NONE
from routing.roads import Roads
from routing.snap import Snapped


@dataclass(frozen=True, slots=True)
class Inside:
    """Closed states that drives may be in near their ends, and how they are connected.

    Attributes
    ----------
    begin
        (n + 1,) place i has the entries ``begin[i]`` to ``begin[i + 1]``.
    state, ms
        (k,) a closed state and the whole milliseconds from the origin to its beginning, or from
        there to the destination.
    via
        (k,) the closed state before it (of an origin) or after it (of a destination), -1 where
        the drive begins or ends in it.
    free
        (n,) True if the place itself is inside and its drives may use all of its states;
        otherwise they are only what it borders on, of use to a place that is.
    """

    begin: IntArray
    state: IntArray
    ms: IntArray
    via: IntArray
    free: BoolArray


@dataclass(frozen=True, slots=True)
class Seeds:
    """Of n places, the states that a search may begin at (or end with).

    Attributes
    ----------
    begin
        (n + 1,) place i has the seeds ``begin[i]`` to ``begin[i + 1]``.
    state, ms
        (k,) a state and the whole milliseconds from the origin to its beginning, or from its
        beginning to the destination.
    link
        (k,) the closed state next to this one where the drive leaves or enters a closure, else -1.
    inside
        The closed states around the places, None where nothing is closed near any of them.
    """

    begin: IntArray
    state: IntArray
    ms: IntArray
    link: IntArray
    inside: Inside | None

    def __len__(self) -> int:
        return len(self.begin) - 1


def outset(roads: Roads, edges: Edges, places: Snapped) -> Seeds:
    """Return the seeds of drives from the places."""
    turns, leaving = roads.turns, roads.leaving
    begin, state, ms = _begun(
        (places.edge, places.fraction, places.node),
        edges.ms,
        (turns.start, turns.head, turns.cost_ms),
        (leaving.start, leaving.member),
    )
    return _parted(roads, edges, begin, state, ms)


def approach(roads: Roads, edges: Edges, places: Snapped) -> Seeds:
    """Return the seeds of drives to the places."""
    states, entering = roads.states, roads.entering
    begin, state, ms = _ended(
        (places.edge, places.fraction, places.node),
        edges.ms,
        (states.start, states.member),
        (entering.start, entering.member),
    )
    return _parted(roads, edges, begin, state, ms)


@compiled
def _begun(
    places: tuple[IntArray, FloatArray, IntArray],
    edge_ms: IntArray,
    turns: tuple[IntArray, IntArray, IntArray],
    leaving: tuple[IntArray, IntArray],
) -> tuple[IntArray, IntArray, IntArray]:
    """Return where each place's seeds begin, their states and their milliseconds."""
    edge, fraction, node = places
    start, head, cost = turns
    first, member = leaving
    begin = np.zeros(len(node) + 1, dtype=np.int64)
    for fill in (False, True):
        if not fill:
            state, ms = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        else:
            state, ms = np.empty(begin[-1], dtype=np.int64), np.empty(begin[-1], dtype=np.int64)
        used = 0
        for place in range(len(node)):
            if edge[place, 0] == NONE:
                pass
            elif node[place] != NONE:
                for k in range(first[node[place]], first[node[place] + 1]):
                    if fill:
                        state[used], ms[used] = member[k], 0
                    used += 1
            else:
                for side in range(2):
                    here = edge[place, side]
                    if here == NONE:
                        continue
                    rest = int(np.rint((1.0 - fraction[place, side]) * edge_ms[here]))
                    for k in range(start[here], start[here + 1]):
                        if fill:
                            state[used], ms[used] = head[k], rest + cost[k]
                        used += 1
            begin[place + 1] = used
    return begin, state, ms


@compiled
def _ended(
    places: tuple[IntArray, FloatArray, IntArray],
    edge_ms: IntArray,
    states: tuple[IntArray, IntArray],
    entering: tuple[IntArray, IntArray],
) -> tuple[IntArray, IntArray, IntArray]:
    """Return the same of drives to the places."""
    edge, fraction, node = places
    start, member = states
    first, coming = entering
    begin = np.zeros(len(node) + 1, dtype=np.int64)
    for fill in (False, True):
        if not fill:
            state, ms = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        else:
            state, ms = np.empty(begin[-1], dtype=np.int64), np.empty(begin[-1], dtype=np.int64)
        used = 0
        for place in range(len(node)):
            if edge[place, 0] == NONE:
                pass
            elif node[place] != NONE:
                for k in range(first[node[place]], first[node[place] + 1]):
                    for one in range(start[coming[k]], start[coming[k] + 1]):
                        if fill:
                            state[used], ms[used] = member[one], edge_ms[coming[k]]
                        used += 1
            else:
                for side in range(2):
                    here = edge[place, side]
                    if here == NONE:
                        continue
                    part = int(np.rint(fraction[place, side] * edge_ms[here]))
                    for one in range(start[here], start[here + 1]):
                        if fill:
                            state[used], ms[used] = member[one], part
                        used += 1
            begin[place + 1] = used
    return begin, state, ms


def _parted(roads: Roads, edges: Edges, begin: IntArray, state: IntArray, ms: IntArray) -> Seeds:
    """Return the seeds; those in closed states wait in ``inside``."""
    shut = edges.closed[roads.turns.edge[state]]
    if not shut.any():
        return Seeds(begin, state, ms, np.full(len(state), NONE), None)
    place = np.repeat(np.arange(len(begin) - 1), np.diff(begin))
    each = np.arange(len(begin))
    inside = Inside(
        begin=np.searchsorted(place[shut], each),
        state=state[shut],
        ms=ms[shut],
        via=np.full(int(shut.sum()), NONE),
        free=np.zeros(len(begin) - 1, dtype=bool),
    )
    begin = np.searchsorted(place[~shut], each)
    return Seeds(begin, state[~shut], ms[~shut], np.full(int((~shut).sum()), NONE), inside)
