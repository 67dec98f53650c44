"""The shape of the hierarchy: which shortcuts there can be, whatever the weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.compiled import compiled

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

#: No way. Twice of it still fits 32 bits; as milliseconds it is twelve days.
FAR = 2**30 - 1

_NONE = -1


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The states by rank, and the arcs upwards that their elimination leaves.

    Attributes
    ----------
    rank
        (n,) the rank of each state; ``state`` the state of each rank.
    start, head
        (n + 1,) and (m,) int32: the neighbours of rank r that are higher,
        ``head[start[r]:start[r + 1]]``, ascending. Arc k stands for both directions.
    tail
        (m,) int32: the lower rank of each arc.
    parent
        (n,) int32: the lowest higher neighbour, -1 of a root. All that a search from r can meet
        are r and its parents' parents.
    below_start, below
        (n + 1,) and (m,) int32: the arcs that lead up to rank r, by their lower rank.
    arc
        (k,) int32: which arc each of the graph's own arcs lies on, -1 for a loop.
    own_up, own_down
        (m,) int32: the graph's own arc that leads up each arc, and down it; k where there is none.
    """

    rank: Ints
    state: Ints
    start: Ints
    head: Ints
    tail: Ints
    parent: Ints
    below_start: Ints
    below: Ints
    arc: Ints
    own_up: Ints
    own_down: Ints

    @classmethod
    def of(cls, tail: Longs, head: Longs, order: Longs) -> Hierarchy:
        """Return the hierarchy of the arcs tail -> head.

        ``order`` names every state once, the first to be eliminated first. No two arcs lead from
        the same state to the same state.
        """
        count = len(order)
        rank = np.empty(count, dtype=np.int32)
        rank[order] = np.arange(count, dtype=np.int32)
        low, high = np.minimum(rank[tail], rank[head]), np.maximum(rank[tail], rank[head])
        proper = low < high
        pairs = np.sort(low[proper].astype(np.int64) * count + high[proper])
        begins = np.searchsorted(pairs, np.arange(count + 1, dtype=np.int64) * count)
        start, heads, parent = _eliminated(begins, (pairs % max(count, 1)).astype(np.int32))
        tails = np.repeat(np.arange(count, dtype=np.int32), np.diff(start))
        arc = _arcs(start, heads, low, high)
        own_up, own_down = _own(len(heads), arc, rank[tail] < rank[head])
        below_start, below = _grouped(heads, count)
        return cls(
            rank=rank,
            state=order.astype(np.int32),
            start=start,
            head=heads,
            tail=tails,
            parent=parent,
            below_start=below_start,
            below=below,
            arc=arc,
            own_up=own_up,
            own_down=own_down,
        )


def _own(count: int, arc: Ints, up: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the graph's own arc up and down each of ``count`` arcs."""
    none, proper = len(arc), arc != _NONE
    found = np.full(count, none, dtype=np.int32), np.full(count, none, dtype=np.int32)
    for own, which in zip(found, (up & proper, ~up & proper), strict=True):
        own[arc[which]] = np.flatnonzero(which)
    return found


@compiled
def _arcs(start: Ints, head: Ints, low: Ints, high: Ints) -> Ints:
    """Return the arc between each two ranks, -1 where they are the same."""
    found = np.empty(len(low), dtype=np.int32)
    for k in range(len(low)):
        if low[k] == high[k]:
            found[k] = _NONE
        else:
            found[k] = find_arc(head, start[low[k]], start[low[k] + 1], high[k])
    return found


@compiled
def find_arc(head: Ints, low: int, high: int, wanted: int) -> int:
    """Return the arc to ``wanted`` among those from ``low`` to ``high``, whose heads ascend."""
    while low < high - 1:
        middle = (low + high) // 2
        if head[middle] <= wanted:
            low = middle
        else:
            high = middle
    return low


@compiled
def _grouped(head: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the arcs by their higher rank, in order, and where each rank's begin."""
    start = np.zeros(count + 1, dtype=np.int32)
    for rank in head:
        start[rank + 1] += 1
    for rank in range(count):
        start[rank + 1] += start[rank]
    free = start[:-1].copy()
    member = np.empty(len(head), dtype=np.int32)
    for k in range(len(head)):
        member[free[head[k]]] = k
        free[head[k]] += 1
    return start, member


@compiled
def _eliminated(begins: Longs, higher: Ints) -> tuple[Ints, Ints, Ints]:
    """Return start, head and parent once every rank's higher neighbours know each other."""
    count = len(begins) - 1
    start = np.zeros(count + 1, dtype=np.int32)
    head = np.empty(max(16, 4 * len(higher)), dtype=np.int32)
    parent = np.full(count, -1, dtype=np.int32)
    first_child = np.full(count, -1, dtype=np.int32)
    next_child = np.full(count, -1, dtype=np.int32)
    seen = np.full(count, -1, dtype=np.int32)
    used = 0
    for here in range(count):
        first = used
        seen[here] = here
        if used + count > len(head) and used + 4096 > len(head):
            head = np.concatenate((head, np.empty(len(head), dtype=np.int32)))
        for k in range(begins[here], begins[here + 1]):
            if seen[higher[k]] != here:
                seen[higher[k]] = here
                head[used] = higher[k]
                used += 1
        child = first_child[here]
        while child != -1:
            for k in range(start[child], start[child + 1]):
                other = head[k]
                if seen[other] != here:
                    seen[other] = here
                    if used == len(head):
                        head = np.concatenate((head, np.empty(len(head), dtype=np.int32)))
                    head[used] = other
                    used += 1
            child = next_child[child]
        head[first:used] = np.sort(head[first:used])
        start[here + 1] = used
        if used > first:
            parent[here] = head[first]
            next_child[here] = first_child[head[first]]
            first_child[head[first]] = here
    return start, head[:used].copy(), parent
