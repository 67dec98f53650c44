"""Compile what numba compiles before somebody waits for it."""

from __future__ import annotations

import numpy as np

from routing.hierarchy import FAR, Hierarchy, Targets, Weighted, fastest_way


def warm_up() -> None:
    """Compile the hierarchy's loops, or load them where that was done before.

    Asks a square of four places everything that a town is asked.
    """
    tail, head = np.array([0, 1, 2, 3, 1, 2]), np.array([1, 2, 3, 0, 0, 1])
    shape = Hierarchy.of(tail, head, np.arange(4))
    over = Weighted.of(shape, np.ones(6, dtype=np.int64))
    over = over.reweighed(np.array([0]), np.array([FAR]))
    each, none = np.arange(5), np.zeros(4, dtype=np.int64)
    to = Targets.of(over, each, each[:-1], none)
    to.times(each, each[:-1], none)
    to.times(each[:2], each[:1], none[:1])
    fastest_way(over, (each[1:2], none[:1]), (each[:1], none[:1]))
