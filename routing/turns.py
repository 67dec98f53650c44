"""The turn graph: being on an edge is a place of its own, so that a turn can cost or be banned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from domain.streets import IntArray, StreetNetwork
from routing.bearings import Bearings, end_bearings
from routing.keeping import BoolArray
from routing.opposites import opposites
from routing.turn_costs import turn_ms

Edges = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TurnGraph:
    """States and the turns between them, by docs/driving.md.

    A state is being at the beginning of an edge. States 0 to m - 1 are the m edges; more stand
    for an edge entered on the way of a ban of three or more edges.

    Attributes
    ----------
    edge
        (s,) the edge of each state.
    start, head
        (s + 1,) and (k,): the turns out of state i lead to ``head[start[i]:start[i + 1]]``.
    tail
        (k,) the state each turn comes from.
    cost_ms
        (k,) whole milliseconds of each turn, without either edge.
    """

    edge: IntArray
    start: IntArray
    head: IntArray
    tail: IntArray
    cost_ms: IntArray


def edge_ms(streets: StreetNetwork) -> IntArray:
    """Return (m,) whole milliseconds of each edge, at least 1."""
    return np.maximum(1, np.rint(1000.0 * streets.seconds)).astype(np.int64)


def turn_graph(streets: StreetNetwork, bearings: Bearings | None = None) -> TurnGraph:
    """Return the turn graph of the streets; the same streets give the same numbers.

    ``bearings`` are those of ``end_bearings``, for who has them already.
    """
    opposite = opposites(streets)
    before, after = _turns(streets, opposite)
    table = _Table.of(streets)
    allowed = ~np.isin(_key(streets, before, after), table.pairs)
    before, after = before[allowed], after[allowed]
    states = np.concatenate([np.arange(len(streets.tail)), [one[-1] for one in table.histories]])
    tail, head, into = _with_histories(streets, table, before, after)
    order = np.lexsort((head, tail))
    tail, head, into = tail[order], head[order], into[order]
    edges = states.astype(np.int64)
    return TurnGraph(
        edge=edges,
        start=np.searchsorted(tail, np.arange(len(edges) + 1)).astype(np.int64),
        head=head,
        tail=tail,
        cost_ms=turn_ms(streets, opposite, (edges[tail], into), bearings or end_bearings(streets)),
    )


def largest_drivable(streets: StreetNetwork) -> BoolArray:
    """Return (m,) True for the edges that one can drive into and out of; docs/driving.md, rule 14.

    Largest is the set with most metres of street.
    """
    graph = turn_graph(streets)
    size = len(graph.edge)
    links = csr_array((np.ones(len(graph.head)), graph.head, graph.start), (size, size))
    _, label = connected_components(links, directed=True, connection="strong")
    plain = label[: len(streets.tail)]
    best = np.bincount(plain, weights=streets.length_m).argmax()
    inside = np.zeros(len(streets.tail), dtype=bool)
    inside[graph.edge[label == best]] = True
    return inside


def _turns(streets: StreetNetwork, opposite: IntArray) -> tuple[IntArray, IntArray]:
    """Return every pair of edges that meet, without the U-turns that are not allowed."""
    by_tail = np.argsort(streets.tail, kind="stable")
    start = np.searchsorted(streets.tail[by_tail], np.arange(len(streets.nodes) + 1))
    leaving = np.diff(start)
    count = leaving[streets.head]
    before = np.repeat(np.arange(len(streets.tail)), count)
    first = np.repeat(start[streets.head] - np.cumsum(count) + count, count)
    after = by_tail[first + np.arange(len(before))]
    back = (after == opposite[before]) & (leaving[streets.head[before]] > 1)
    return before[~back], after[~back]


def _key(streets: StreetNetwork, before: IntArray, after: IntArray) -> IntArray:
    return before * len(streets.tail) + after


@dataclass(frozen=True)
class _Table:
    """The bans: those of two edges as keys, the longer ones, and the histories they need.

    A history is the beginning of a longer ban, two edges or more: who has driven it is in a state
    of its own. (The states of Aho and Corasick's automaton, doi 10.1145/360825.360855.)
    """

    pairs: IntArray
    long: frozenset[Edges]
    histories: tuple[Edges, ...]
    number: dict[Edges, int]

    @classmethod
    def of(cls, streets: StreetNetwork) -> _Table:
        bans = set(_bans(streets))
        pairs = [one for one in bans if len(one) == 2]
        long = frozenset(one for one in bans if len(one) > 2)
        beginnings = {one[:size] for one in long for size in range(2, len(one))}
        histories = tuple(sorted(beginnings))
        count = len(streets.tail)
        number = {one: count + k for k, one in enumerate(histories)}
        keys = np.array(sorted(a * count + b for a, b in pairs), dtype=np.int64)
        return cls(keys, long, histories, number)

    def state_after(self, driven: Edges) -> int:
        """Return the state of having driven these edges: the longest history they end with."""
        for size in range(len(driven), 1, -1):
            if driven[-size:] in self.number:
                return self.number[driven[-size:]]
        return driven[-1]

    def forbids(self, driven: Edges) -> bool:
        """Return True if the edges end with one of the longer bans."""
        return any(driven[-size:] in self.long for size in range(3, len(driven) + 1))


def _bans(streets: StreetNetwork) -> Iterator[Edges]:
    rules = streets.rules
    for first, last in zip(
        rules.ban_start[:-1].tolist(), rules.ban_start[1:].tolist(), strict=True
    ):
        yield tuple(rules.bans[first:last].tolist())


def _with_histories(
    streets: StreetNetwork, table: _Table, before: IntArray, after: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Return the turns as tail state, head state, and the edge that is turned into."""
    head = after.copy()
    for history in table.histories:
        if len(history) == 2:
            head[(before == history[0]) & (after == history[1])] = table.number[history]
    more: list[tuple[int, int, int]] = []
    for history, state in table.number.items():
        for edge in after[before == history[-1]].tolist():
            driven = (*history, edge)
            if not table.forbids(driven):
                more.append((state, table.state_after(driven), edge))
    extra = np.array(more, dtype=np.int64).reshape(-1, 3)
    return (
        np.concatenate([before, extra[:, 0]]),
        np.concatenate([head, extra[:, 1]]),
        np.concatenate([after, extra[:, 2]]),
    )
