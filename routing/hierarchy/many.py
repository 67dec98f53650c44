"""From many places to many: one sweep down the hierarchy for sixteen origins at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from routing.compiled import compiled
from routing.hierarchy.building import FAR, Ints, Longs
from routing.hierarchy.weights import Weighted

#: Origins swept together: as many 32-bit times as fit one cache line.
_LANES = 16


@dataclass(frozen=True, slots=True)
class Targets:
    """The part of a weighted hierarchy above some targets, laid out to be swept in order.

    Make it once for targets that are asked for again and again.

    Attributes
    ----------
    place
        (n,) int32: the position of each rank in the sweep, -1 outside.
    start, head, weight
        Position i is reached from the positions ``head[start[i]:start[i + 1]]``, all before it,
        in these times.
    at, begin, more
        (k,) positions of the targets' seeds, (q + 1,) where each target's begin, (k,) what each
        seed adds.
    """

    above: Weighted
    place: Ints
    start: Ints
    head: Ints
    weight: Ints
    at: Ints
    begin: Longs
    more: Ints

    @classmethod
    def of(cls, above: Weighted, begin: Longs, states: Longs, more: Longs) -> Targets:
        """Return the targets; target t is any of ``states[begin[t]:begin[t + 1]]``.

        ``more`` is what remains to be driven from the beginning of each state.
        """
        shape = above.shape
        ranks = shape.rank[states]
        place, order = _above(ranks, shape.parent)
        start, head, weight = _laid_out(order, place, shape.start, shape.head, above.down)
        return cls(above, place, start, head, weight, place[ranks], begin, more.astype(np.int32))

    def times(self, begin: Longs, states: Longs, before: Longs) -> Ints:
        """Return (p, q) the fastest times from each origin to each target, ``FAR`` where none.

        Origin o is any of ``states[begin[o]:begin[o + 1]]``, reached after ``before``.
        """
        shape, origins = self.above.shape, len(begin) - 1
        found = np.empty((origins, len(self.begin) - 1), dtype=np.int32)
        ranks, costs = shape.rank[states], before.astype(np.int32)
        upwards = (shape.start, shape.head, shape.parent, self.above.up)
        sweep = (self.place, self.start, self.head, self.weight)
        ends = (self.at, self.begin, self.more)
        if origins == 1:
            _one_row(upwards, sweep, ends, (ranks, costs), found[0])
        else:
            _rows(upwards, sweep, ends, (begin, ranks, costs), found)
        return found


@compiled
def _above(ranks: Ints, parent: Ints) -> tuple[Ints, Ints]:
    """Return for all ranks the position in the sweep, and the ranks above these, highest first."""
    place = np.full(len(parent), -1, dtype=np.int32)
    order = np.empty(len(parent), dtype=np.int32)
    used = 0
    for rank in ranks:
        at = rank
        while at != -1 and place[at] == -1:
            place[at] = 0
            order[used] = at
            used += 1
            at = parent[at]
    found = np.sort(order[:used])[::-1].copy()
    for position in range(used):
        place[found[position]] = position
    return place, found


@compiled
def _laid_out(
    order: Ints, place: Ints, start: Ints, head: Ints, down: Ints
) -> tuple[Ints, Ints, Ints]:
    begin = np.zeros(len(order) + 1, dtype=np.int32)
    total = 0
    for position in range(len(order)):
        total += start[order[position] + 1] - start[order[position]]
        begin[position + 1] = total
    heads = np.empty(total, dtype=np.int32)
    weights = np.empty(total, dtype=np.int32)
    used = 0
    for rank in order:
        for k in range(start[rank], start[rank + 1]):
            heads[used] = place[head[k]]
            weights[used] = down[k]
            used += 1
    return begin, heads, weights


@compiled
def climb(upwards: tuple[Ints, Ints, Ints, Ints], ranks: Ints, costs: Ints, times: Ints) -> Ints:
    """Fill ``times`` (n,) above the seeds and return the ranks that were filled, ascending."""
    start, head, parent, up = upwards
    seen = np.empty(0, dtype=np.int32)
    path = np.empty(1024, dtype=np.int32)
    used = 0
    for rank in ranks:
        at = rank
        while at != -1 and times[at] == -1:
            times[at] = FAR
            if used == len(path):
                path = np.concatenate((path, np.empty(used, dtype=np.int32)))
            path[used] = at
            used += 1
            at = parent[at]
    seen = np.sort(path[:used])
    for k in range(len(ranks)):
        times[ranks[k]] = min(times[ranks[k]], costs[k])
    for rank in seen:
        here = times[rank]
        if here < FAR:
            for k in range(start[rank], start[rank + 1]):
                times[head[k]] = min(times[head[k]], here + up[k])
    return seen


@compiled
def _rows(
    upwards: tuple[Ints, Ints, Ints, Ints],
    sweep: tuple[Ints, Ints, Ints, Ints],
    ends: tuple[Ints, Longs, Ints],
    origins: tuple[Longs, Ints, Ints],
    found: Ints,
) -> None:
    place, start, head, weight = sweep
    at, begin, more = ends
    first, ranks, costs = origins
    times = np.full(len(place), -1, dtype=np.int32)
    # One flat row of lanes a position, and sums cut back to 32 bits: so they fit vector registers.
    lanes = np.empty((len(start) - 1) * _LANES, dtype=np.int32)
    for low in range(0, len(first) - 1, _LANES):
        high = min(low + _LANES, len(first) - 1)
        lanes[:] = FAR
        for origin in range(low, high):
            seeds = slice(first[origin], first[origin + 1])
            for rank in climb(upwards, ranks[seeds], costs[seeds], times):
                if place[rank] >= 0:
                    lanes[place[rank] * _LANES + origin - low] = times[rank]
                times[rank] = -1
        for position in range(len(start) - 1):
            here = position * _LANES
            for k in range(start[position], start[position + 1]):
                there, step = head[k] * _LANES, weight[k]
                for lane in range(_LANES):
                    by_way = np.int32(lanes[there + lane] + step)
                    lanes[here + lane] = min(lanes[here + lane], by_way)
        for target in range(len(begin) - 1):
            for origin in range(low, high):
                best = FAR
                for k in range(begin[target], begin[target + 1]):
                    best = min(best, lanes[at[k] * _LANES + origin - low] + more[k])
                found[origin, target] = best


@compiled
def _one_row(
    upwards: tuple[Ints, Ints, Ints, Ints],
    sweep: tuple[Ints, Ints, Ints, Ints],
    ends: tuple[Ints, Longs, Ints],
    origin: tuple[Ints, Ints],
    found: Ints,
) -> None:
    place, start, head, weight = sweep
    at, begin, more = ends
    times = np.full(len(place), -1, dtype=np.int32)
    row = np.full(len(start) - 1, FAR, dtype=np.int32)
    for rank in climb(upwards, origin[0], origin[1], times):
        if place[rank] >= 0:
            row[place[rank]] = times[rank]
    for position in range(len(start) - 1):
        best = row[position]
        for k in range(start[position], start[position + 1]):
            by_way = np.int32(row[head[k]] + weight[k])
            best = min(best, by_way)
        row[position] = best
    for target in range(len(begin) - 1):
        best = FAR
        for k in range(begin[target], begin[target + 1]):
            best = min(best, row[at[k]] + more[k])
        found[target] = best
