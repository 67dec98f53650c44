"""The weights of a hierarchy: every arc's fastest time by way of what lies below it."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field

import numpy as np

from routing.compiled import compiled
from routing.hierarchy.building import FAR, Hierarchy, Ints, Longs, find_arc

#: Arrays of old versions that are kept to write the next on.
_SPARE = 2


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Weighted:
    """A hierarchy with weights; never changed, so that any number of threads may read it.

    ``up`` and ``down`` are (m,) int32: the fastest time over each arc from its lower to its higher
    rank and back, ``FAR`` where there is none. ``own`` is (k + 1,) int32: the weights of the
    graph's own arcs, and ``FAR`` for where there is no such arc. ``spare`` are arrays of versions
    that nobody reads any more.
    """

    shape: Hierarchy
    up: Ints
    down: Ints
    own: Ints
    spare: list[tuple[Ints, Ints]] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def of(cls, shape: Hierarchy, weights: Longs) -> Weighted:
        """Return the hierarchy weighted; ``weights`` are whole numbers from 0, one per arc."""
        own = np.append(np.minimum(weights, FAR), FAR).astype(np.int32)
        up, down = own[shape.own_up], own[shape.own_down]
        _shortcut(shape.start, shape.head, up, down)
        return cls(shape, up, down, own)

    def reweighed(self, arcs: Longs, weights: Longs) -> Weighted:
        """Return the hierarchy with new weights of these arcs of the graph; this one stays.

        Only what depends on them is worked out anew.
        """
        shape, own = self.shape, self.own.copy()
        own[arcs] = np.minimum(weights, FAR)
        up, down = self._copied()
        touched = shape.arc[arcs]
        _shortcut_again(
            (shape.start, shape.head, shape.tail, shape.below_start, shape.below),
            (shape.own_up, shape.own_down, own),
            (up, down),
            np.unique(touched[touched >= 0]),
        )
        new = Weighted(shape, up, down, own, self.spare)
        # When nobody reads a version any more, the next but one is written on its arrays: fresh
        # memory costs more than the copy.
        weakref.finalize(new, _put_by, self.spare, (up, down))
        return new

    def _copied(self) -> tuple[Ints, Ints]:
        try:
            up, down = self.spare.pop()
        except IndexError:
            return self.up.copy(), self.down.copy()
        np.copyto(up, self.up)
        np.copyto(down, self.down)
        return up, down


def _put_by(spare: list[tuple[Ints, Ints]], arrays: tuple[Ints, Ints]) -> None:
    if len(spare) < _SPARE:
        spare.append(arrays)


@compiled
def _shortcut(start: Ints, head: Ints, up: Ints, down: Ints) -> None:
    """Lower every arc to the fastest way through a rank below both its ends."""
    for low in range(len(start) - 1):
        for i in range(start[low], start[low + 1]):
            k = start[head[i]]
            for j in range(i + 1, start[low + 1]):
                while head[k] != head[j]:
                    k += 1
                up[k] = min(up[k], down[i] + up[j])
                down[k] = min(down[k], down[j] + up[i])


@compiled
def _shortcut_again(
    shape: tuple[Ints, Ints, Ints, Ints, Ints],
    graph: tuple[Ints, Ints, Ints],
    weights: tuple[Ints, Ints],
    touched: Ints,
) -> None:
    """Work out the touched arcs and all that change with them, lowest first."""
    start, head, tail, below_start, below = shape
    own_up, own_down, own = graph
    up, down = weights
    waiting = np.zeros(len(head), dtype=np.bool_)
    left = 0
    for k in touched:
        waiting[k] = True
        left += 1
    arc = touched[0] if len(touched) else 0
    while left:
        while not waiting[arc]:
            arc += 1
        waiting[arc] = False
        left -= 1
        low, high = tail[arc], head[arc]
        best_up, best_down = own[own_up[arc]], own[own_down[arc]]
        i, j = below_start[low], below_start[high]
        while i < below_start[low + 1] and j < below_start[high + 1]:
            a, b = below[i], below[j]
            if tail[a] < tail[b]:
                i += 1
            elif tail[a] > tail[b]:
                j += 1
            else:
                best_up = min(best_up, down[a] + up[b])
                best_down = min(best_down, down[b] + up[a])
                i += 1
                j += 1
        if best_up == up[arc] and best_down == down[arc]:
            continue
        was_up, was_down = up[arc], down[arc]
        up[arc], down[arc] = best_up, best_down
        for k in range(start[low], start[low + 1]):
            other = head[k]
            if other == high:
                continue
            # The shortcut over ``low`` between the two upper ends, as it was and as it is.
            if high < other:
                first, last = high, other
                old_up, new_up = was_down + up[k], best_down + up[k]
                old_down, new_down = down[k] + was_up, down[k] + best_up
            else:
                first, last = other, high
                old_up, new_up = down[k] + was_up, down[k] + best_up
                old_down, new_down = was_down + up[k], best_down + up[k]
            upper = find_arc(head, start[first], start[first + 1], last)
            if waiting[upper]:
                continue
            mattered = old_up == up[upper] or old_down == down[upper]
            if mattered or new_up < up[upper] or new_down < down[upper]:
                waiting[upper] = True
                left += 1
