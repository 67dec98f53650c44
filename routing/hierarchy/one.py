"""From one place to another: the fastest way, state by state."""

from __future__ import annotations

import threading

import numpy as np

from routing.compiled import compiled
from routing.hierarchy.building import FAR, Ints, Longs
from routing.hierarchy.weights import Weighted


def fastest_way(
    over: Weighted, sources: tuple[Longs, Longs], targets: tuple[Longs, Longs]
) -> tuple[int, Ints]:
    """Return the time from any source to any target and the states on the way, both included.

    Both are given as states and what each costs more. ``FAR`` and no state where there is no way.
    """
    shape = over.shape
    time, ranks = _way(
        _scratch(len(shape.parent)),
        (shape.start, shape.head, shape.tail, shape.parent),
        (shape.below_start, shape.below, shape.own_up, shape.own_down),
        (over.up, over.down, over.own),
        (shape.rank[sources[0]], sources[1].astype(np.int32)),
        (shape.rank[targets[0]], targets[1].astype(np.int32)),
    )
    return int(time), shape.state[ranks]


#: One set of arrays a thread: times are -1 between two searches.
_kept = threading.local()


def _scratch(count: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return times and arcs by rank for both directions, for this thread to write on."""
    found: tuple[Ints, Ints, Ints, Ints] | None = getattr(_kept, "arrays", None)
    if found is None or len(found[0]) != count:
        there, back = (np.full(count, -1, dtype=np.int32) for _ in range(2))
        found = there, np.empty(count, dtype=np.int32), back, np.empty(count, dtype=np.int32)
        _kept.arrays = found
    return found


@compiled
def _climbed(
    times: Ints,
    by: Ints,
    shape: tuple[Ints, Ints, Ints, Ints],
    weight: Ints,
    seeds: tuple[Ints, Ints],
) -> Ints:
    """Write times above the seeds and the arc each was reached by; return the ranks ascending."""
    start, head, _, parent = shape
    ranks, costs = seeds
    path = np.empty(1024, dtype=np.int32)
    used = 0
    for k in range(len(ranks)):
        at = ranks[k]
        while at != -1 and times[at] == -1:
            times[at], by[at] = FAR, -1
            if used == len(path):
                path = np.concatenate((path, np.empty(used, dtype=np.int32)))
            path[used] = at
            used += 1
            at = parent[at]
        times[ranks[k]] = min(times[ranks[k]], costs[k])
    order = np.sort(path[:used])
    for rank in order:
        here = times[rank]
        if here < FAR:
            for k in range(start[rank], start[rank + 1]):
                if here + weight[k] < times[head[k]]:
                    times[head[k]] = here + weight[k]
                    by[head[k]] = k
    return order


@compiled
def _way(
    scratch: tuple[Ints, Ints, Ints, Ints],
    shape: tuple[Ints, Ints, Ints, Ints],
    taking_apart: tuple[Ints, Ints, Ints, Ints],
    weights: tuple[Ints, Ints, Ints],
    sources: tuple[Ints, Ints],
    targets: tuple[Ints, Ints],
) -> tuple[int, Ints]:
    _, head, tail, _ = shape
    there, out_by, back, in_by = scratch
    order = _climbed(there, out_by, shape, weights[0], sources)
    behind = _climbed(back, in_by, shape, weights[1], targets)
    best, top = FAR, -1
    for rank in order:
        if back[rank] >= 0 and there[rank] + back[rank] < best:
            best, top = there[rank] + back[rank], rank
    for rank in order:
        there[rank] = -1
    for rank in behind:
        back[rank] = -1
    if top == -1:
        return FAR, np.empty(0, dtype=np.int32)
    arcs = np.empty(2 * len(order) + 1024, dtype=np.int32)  # an arc upwards as k, downwards as ~k
    used = 0
    at = top
    while out_by[at] != -1:
        arcs[used] = out_by[at]
        used += 1
        at = tail[out_by[at]]
    first = at
    arcs[:used] = arcs[:used][::-1].copy()
    at = top
    while in_by[at] != -1:
        if used == len(arcs):
            arcs = np.concatenate((arcs, np.empty(used, dtype=np.int32)))
        arcs[used] = ~in_by[at]
        used += 1
        at = tail[in_by[at]]
    return best, _unpacked((head, tail), taking_apart, weights, first, arcs[:used])


@compiled
def _unpacked(
    shape: tuple[Ints, Ints],
    taking_apart: tuple[Ints, Ints, Ints, Ints],
    weights: tuple[Ints, Ints, Ints],
    first: int,
    arcs: Ints,
) -> Ints:
    """Return the ranks along arcs whose shortcuts are taken apart, the first rank first."""
    head, tail = shape
    below_start, below, own_up, own_down = taking_apart
    up, down, own = weights
    ranks = np.empty(256, dtype=np.int32)
    ranks[0] = first
    used = 1
    todo = np.empty(2 * len(arcs) + 64, dtype=np.int32)
    todo[: len(arcs)] = arcs[::-1]
    left = len(arcs)
    while left:
        left -= 1
        code = todo[left]
        upwards = code >= 0
        arc = code if upwards else ~code
        low, high = tail[arc], head[arc]
        whole = own[own_up[arc]] == up[arc] if upwards else own[own_down[arc]] == down[arc]
        if whole:
            if used == len(ranks):
                ranks = np.concatenate((ranks, np.empty(used, dtype=np.int32)))
            ranks[used] = high if upwards else low
            used += 1
            continue
        i, j = below_start[low], below_start[high]
        while True:
            a, b = below[i], below[j]
            if tail[a] < tail[b]:
                i += 1
            elif tail[a] > tail[b]:
                j += 1
            elif upwards and down[a] + up[b] == up[arc]:
                one, other = ~a, b
                break
            elif not upwards and down[b] + up[a] == down[arc]:
                one, other = ~b, a
                break
            else:
                i += 1
                j += 1
        if left + 2 > len(todo):
            todo = np.concatenate((todo, np.empty(len(todo), dtype=np.int32)))
        todo[left], todo[left + 1] = other, one
        left += 2
    return ranks[:used].copy()
