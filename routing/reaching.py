"""What can be reached from a place within a time."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from domain.streets import FloatArray
from routing.conditions import Conditions, weights_of
from routing.hierarchy import FAR
from routing.inside import leaving
from routing.opposites import NONE
from routing.snap import Courses, Snapped


def stretches_within(
    now: Conditions, courses: Courses, here: Snapped, limit_ms: float
) -> tuple[FloatArray, ...]:
    """Return the stretches of street, (k, 2) WGS-84 each, reached from the only place in time."""
    share = _shares(now, here, limit_ms)
    found = [courses.part(int(edge), 0.0, float(share[edge])) for edge in np.flatnonzero(share)]
    if here.node[0] == NONE:
        for edge, begin in zip(here.edge[0].tolist(), here.fraction[0].tolist(), strict=True):
            if edge != NONE:
                end = min(1.0, begin + limit_ms / int(now.edges.ms[edge]))
                found.append(courses.part(edge, begin, end))
    return tuple(found)


def _shares(now: Conditions, here: Snapped, limit_ms: float) -> FloatArray:
    """Return (m,) how much of each edge, from its tail, is reached in time."""
    roads, seeds = now.roads, leaving(now.roads, now.edges, here)
    share = np.zeros(len(roads.ms))
    states, before = seeds.state, seeds.ms
    if seeds.inside is not None and seeds.inside.free[0]:
        states = np.concatenate([states, seeds.inside.state])
        before = np.concatenate([before, seeds.inside.ms])
    count = len(roads.turns.edge)
    weights = weights_of(roads, now.edges).astype(np.float64)
    weights[weights >= FAR] = np.inf
    matrix = csr_array(
        (
            np.concatenate([weights, before]),
            np.concatenate([roads.turns.head, states]),
            np.concatenate([roads.turns.start, [len(weights) + len(states)]]),
        ),
        shape=(count + 1, count + 1),
    )
    ms = dijkstra(matrix, indices=count, limit=limit_ms)[:count]
    reached = np.flatnonzero(ms <= limit_ms)
    edges = roads.turns.edge[reached]
    np.maximum.at(share, edges, np.minimum(1.0, (limit_ms - ms[reached]) / now.edges.ms[edges]))
    return share
