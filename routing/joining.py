"""Pieces of street joined to edges: nodes stay where streets meet, end, or change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.streets import IntArray
from routing.segments import BoolArray, Segments


@dataclass(frozen=True, slots=True)
class Joined:
    """m edges as chains of pieces, ordered by tail, head, and which was drawn first.

    ``chain[start[e]:start[e + 1]]`` are the pieces of edge e from its tail to its head; ``node``
    is (n,) True for the nodes that stay.
    """

    start: IntArray
    chain: IntArray
    node: BoolArray

    @property
    def first(self) -> IntArray:
        """(m,) the piece each edge begins with."""
        return self.chain[self.start[:-1]]

    @property
    def last(self) -> IntArray:
        """(m,) the piece each edge ends with."""
        return self.chain[self.start[1:] - 1]


def join(pieces: Segments, stay: IntArray | None = None) -> Joined:
    """Return the edges: what lies between nodes where streets meet, end, or change.

    A street changes with its class, name, speed, or with being a roundabout, a ferry or private.
    So each edge has one speed, and half an edge takes half its seconds. Of several straight pieces
    between the same two nodes the fastest is kept before: they are one street drawn twice. A ring
    that nothing else meets keeps all its nodes. ``stay`` are OSM ids of more nodes to keep.
    """
    kept, drawn = _fastest_copies(pieces)
    tail, head = pieces.tail[kept], pieces.head[kept]
    passed = _passed(pieces, kept)
    if stay is not None:
        passed[np.isin(pieces.ids, stay)] = False
    edge, position = _walked(tail, head, passed)
    alone = np.flatnonzero(edge < 0)
    edge[alone] = edge.max(initial=-1) + 1 + np.arange(len(alone))
    by_edge = np.lexsort((position, edge))
    sizes = np.bincount(edge)
    start = np.concatenate([[0], np.cumsum(sizes)])
    first, last = by_edge[start[:-1]], by_edge[start[1:] - 1]
    order = np.lexsort((drawn[first], sizes > 1, head[last], tail[first]))
    chain = by_edge[_gather(start, order)]
    node = np.zeros(len(pieces.ids), dtype=bool)
    node[tail[first]] = node[head[last]] = True
    return Joined(np.concatenate([[0], np.cumsum(sizes[order])]), kept[chain], node)


def _fastest_copies(pieces: Segments) -> tuple[IntArray, IntArray]:
    """Return the pieces without slower copies, and when the first copy of each was drawn."""
    count = len(pieces.tail)
    ends = pieces.tail * len(pieces.ids) + pieces.head
    # A piece with a course of its own is no copy: it gets a number no pair of nodes has.
    key = np.where(pieces.is_straight, ends, -1 - np.arange(count))
    order = np.lexsort((np.arange(count), -pieces.kph[pieces.street], key))
    new = np.ones(count, dtype=bool)
    new[1:] = key[order[1:]] != key[order[:-1]]
    if not count:
        return order, order
    earliest = np.minimum.reduceat(order, np.flatnonzero(new))
    kept = order[new]
    by_number = np.argsort(kept)
    return kept[by_number], earliest[by_number]


def _passed(pieces: Segments, kept: IntArray) -> BoolArray:
    """Return (n,) True for nodes on the way: one street comes, the same goes on, and both ways."""
    count = len(pieces.ids)
    tail, head, kind = pieces.tail[kept], pieces.head[kept], _kinds(pieces)[pieces.street[kept]]
    leaving, entering = (np.bincount(end, minlength=count) for end in (tail, head))
    low_to, high_to = _extremes(count, tail, head)
    low_from, high_from = _extremes(count, head, tail)
    low_kind, high_kind = _extremes(
        count, np.concatenate([tail, head]), np.concatenate([kind, kind])
    )
    here = np.arange(count)
    one_way = (leaving == 1) & (entering == 1) & (low_to != low_from)
    two_way = (leaving == 2) & (entering == 2) & (low_to != high_to)
    two_way &= (low_to == low_from) & (high_to == high_from)
    loops = (low_to == here) | (high_to == here)
    passed: BoolArray = (one_way | two_way) & (low_kind == high_kind) & ~loops
    return passed


def _kinds(pieces: Segments) -> IntArray:
    """Return a number for each way, equal where one edge may run over both."""
    number: dict[tuple[object, ...], int] = {}
    return np.array(
        [
            number.setdefault(
                (one.highway, one.name, kph, one.roundabout, one.ferry, one.private), len(number)
            )
            for one, kph in zip(pieces.streets, pieces.kph.tolist(), strict=True)
        ],
        dtype=np.int64,
    )


def _extremes(count: int, at: IntArray, value: IntArray) -> tuple[IntArray, IntArray]:
    """Return the least and the greatest value at each of so many places, -1 where there is none."""
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(low, at, value)
    np.maximum.at(high, at, value)
    return np.where(high < 0, -1, low), high


def _walked(tail: IntArray, head: IntArray, passed: BoolArray) -> tuple[IntArray, IntArray]:
    """Return the edge of each piece and its position on it; both -1 on rings without a node."""
    edge, position = np.full(len(tail), -1), np.full(len(tail), -1)
    onward = _onward(tail, head, passed)
    piece = np.flatnonzero(~passed[tail])
    number, step = np.arange(len(piece)), 0
    while len(piece):
        edge[piece], position[piece] = number, step
        going = passed[head[piece]]
        piece, number, step = onward[piece[going]], number[going], step + 1
    return edge, position


def _onward(tail: IntArray, head: IntArray, passed: BoolArray) -> IntArray:
    """Return the piece driven after each one whose head is passed (any number elsewhere)."""
    by_tail = np.argsort(tail, kind="stable")
    start = np.searchsorted(tail[by_tail], np.arange(len(passed) + 1))
    first = np.where(passed[head], start[head], 0)
    last = np.where(passed[head], start[head + 1] - 1, 0)
    one, other = by_tail[first], by_tail[last]
    onward: IntArray = np.where(head[one] != tail, one, other)
    return onward


def _gather(start: IntArray, rows: IntArray) -> IntArray:
    """Return the positions of the chosen rows' items, row after row."""
    sizes = np.diff(start)[rows]
    ends = np.cumsum(sizes)
    places: IntArray = np.repeat(start[rows] - ends + sizes, sizes) + np.arange(sizes.sum())
    return places
