"""Made towns with streets: one-way streets, arterials, a river with few bridges.

Driving times come from shortest paths, so that they keep the triangle inequality, as real ones do;
one way is not the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

#: Crossings along each side of the grid; every eighth street is an arterial.
SIDE, ARTERIAL = 64, 8
#: Metres of the town's side for 150 orders; it grows so that orders lie equally dense.
METRES_150 = 14_000
#: Metres a second. Source: made up, near what cities have by day.
STREET, FAST = 28 / 3.6, 50 / 3.6
MISSING, ONE_WAY = 0.10, 0.25
#: Seconds from the crossing to the door.
DOOR_S = (5, 40)
#: Share of the orders that lie in one of the districts, and the width of those.
CLUSTERED, DISTRICT = 0.5, 0.06


class Town:
    """The streets of a town for so many orders."""

    def __init__(self, rng: np.random.Generator, orders: int) -> None:
        self._step = METRES_150 * np.sqrt(orders / 150) / SIDE
        start, end, seconds = _streets(rng, self._step)
        self._graph = csr_matrix((seconds, (start, end)), shape=(SIDE**2, SIDE**2))
        count, part = connected_components(self._graph, connection="strong")
        largest = np.argmax(np.bincount(part, minlength=count))
        self._nodes = np.flatnonzero(part == largest)

    def places(self, rng: np.random.Generator, crews: int, orders: int) -> tuple[Any, Any]:
        """Return spots (p, 2) in metres and whole seconds (p, p), of the crews, then the orders."""
        nodes = np.concatenate([rng.choice(self._nodes, crews), self._drawn(rng, orders)])
        seen, row = np.unique(nodes, return_inverse=True)
        drives: FloatArray = dijkstra(self._graph, indices=seen)[:, seen]
        door = rng.uniform(*DOOR_S, len(nodes))
        seconds = drives[np.ix_(row, row)] + door[:, None] + door[None, :]
        np.fill_diagonal(seconds, 0.0)
        spots = np.column_stack(np.divmod(nodes, SIDE)) * self._step
        return spots, np.ceil(seconds).astype(np.int64)

    def _drawn(self, rng: np.random.Generator, orders: int) -> IntArray:
        """Return crossings, half of them in districts."""
        across = np.column_stack(np.divmod(self._nodes, SIDE)) / SIDE
        centres = rng.random((max(3, orders // 40), 2))
        spots = rng.random((orders, 2))
        inside = rng.random(orders) < CLUSTERED
        near = centres[rng.integers(len(centres), size=orders)]
        spots[inside] = near[inside] + rng.normal(0.0, DISTRICT, (int(inside.sum()), 2))
        away = ((spots[:, None, :] - across[None, :, :]) ** 2).sum(axis=2)
        drawn: IntArray = self._nodes[np.argmin(away, axis=1)]
        return drawn


def _streets(rng: np.random.Generator, step: float) -> tuple[Any, Any, Any]:
    """Return (start, end, seconds) of each direction of each street."""
    crossing = np.arange(SIDE**2).reshape(SIDE, SIDE)
    start = np.concatenate([crossing[:, :-1].ravel(), crossing[:-1].ravel()])
    end = np.concatenate([crossing[:, 1:].ravel(), crossing[1:].ravel()])
    x, y = np.divmod(start, SIDE)
    along_y = end - start == 1
    fast = np.where(along_y, x, y) % ARTERIAL == 0
    river = ~along_y & (x == SIDE // 3) & (y % (2 * ARTERIAL) != 0)
    kept = ~river & (fast | (rng.random(len(start)) >= MISSING))
    start, end, fast = start[kept], end[kept], fast[kept]
    one_way = ~fast & (rng.random(len(start)) < ONE_WAY)
    turned = rng.random(len(start)) < 0.5
    start, end = np.where(turned, end, start), np.where(turned, start, end)
    both = np.concatenate([start, end[~one_way]]), np.concatenate([end, start[~one_way]])
    speed = np.where(np.concatenate([fast, fast[~one_way]]), FAST, STREET)
    seconds = step / speed * rng.uniform(0.85, 1.4, len(speed))
    return both[0], both[1], seconds
