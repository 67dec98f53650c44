"""What the closures make of each edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.closures import Closure
from domain.streets import IntArray
from routing.hierarchy import FAR
from routing.keeping import BoolArray
from routing.roads import Roads


@dataclass(frozen=True, slots=True)
class Edges:
    """What the closures make of each edge.

    Attributes
    ----------
    ms
        (m,) whole milliseconds as slowed, at most ``FAR``, which nobody drives; of a closed edge
        the usual ones, for who may drive it.
    closed, entry
        (m,) True where no drive passes; True there for drives that end inside.
    """

    ms: IntArray
    closed: BoolArray
    entry: BoolArray

    @classmethod
    def usual(cls, roads: Roads) -> Edges:
        """Return the edges without any closure."""
        count = len(roads.ms)
        return cls(roads.ms, np.zeros(count, dtype=bool), np.ones(count, dtype=bool))

    def same_as(self, other: Edges) -> bool:
        """Return True if no edge differs."""
        pairs = ((self.ms, other.ms), (self.closed, other.closed), (self.entry, other.entry))
        return all(np.array_equal(mine, its) for mine, its in pairs)

    @classmethod
    def under(cls, roads: Roads, closures: Sequence[tuple[Closure, IntArray]]) -> Edges:
        """Return the edges under closures and the edges that each touches."""
        usual = cls.usual(roads)
        factor, closed, entry = np.ones(len(roads.ms)), usual.closed, usual.entry
        for closure, touched in closures:
            if closure.factor > 0.0:
                factor[touched] = np.minimum(factor[touched], closure.factor)
            else:
                closed[touched] = True
                entry[touched] &= closure.entry
        slowed = factor < 1.0
        ms = roads.ms.copy()
        slow = np.rint(roads.ms[slowed] / factor[slowed])
        ms[slowed] = np.minimum(slow, FAR).astype(np.int64)
        return cls(ms, closed, entry)
