"""What is asked of an engine: the street closures and the graph that networkx searches."""

from __future__ import annotations

from datetime import UTC, datetime

import networkx as nx
import numpy as np

from domain.closures import Closure, ClosureReason, ClosureShape
from domain.places import LonLat
from domain.streets import StreetNetwork

#: Directed edges that a closure touches, about. Source: made up, a flooded block.
CLOSED_EDGES = 20

_SINCE = datetime(2026, 7, 1, tzinfo=UTC)
_WIDEST, _HALVINGS = 0.01, 16


def small_closures(streets: StreetNetwork, count: int, seed: int) -> list[Closure]:
    """Return squares round places on streets, each as wide as about 20 directed edges need."""
    rng = np.random.default_rng(seed)
    owner = np.repeat(np.arange(len(streets.tail)), np.diff(streets.shape_start))
    centres = streets.shape[rng.choice(len(streets.shape), size=count)]
    return [
        _square(f"closure {seed}.{row}", streets, owner, centre)
        for row, centre in enumerate(centres)
    ]


def _square(name: str, streets: StreetNetwork, owner: np.ndarray, centre: np.ndarray) -> Closure:
    away = np.abs(streets.shape - centre).max(axis=1)
    near = away < _WIDEST
    edges, reach = owner[near], away[near]
    low, high = 0.0, _WIDEST
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        many = len(np.unique(edges[reach < half])) > CLOSED_EDGES
        low, high = (low, half) if many else (half, high)
    ring = centre + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) * low
    places = tuple(LonLat(float(lon), float(lat)) for lon, lat in ring)
    return Closure(
        name, ClosureShape.AREA, places, _SINCE, None, ClosureReason.FLOOD, "bench", _SINCE
    )


def turn_graph(streets: StreetNetwork) -> nx.DiGraph:
    """Return a graph whose nodes are the edges: as large a search as one that knows every turn.

    Turn costs and bans are left out, which a search's time hardly depends on.
    """
    by_tail = np.argsort(streets.tail, kind="stable")
    first = np.searchsorted(streets.tail[by_tail], np.arange(len(streets.nodes) + 1))
    turns: nx.DiGraph = nx.DiGraph()
    seconds = streets.seconds.tolist()
    for edge, head in enumerate(streets.head.tolist()):
        for then in by_tail[first[head] : first[head + 1]].tolist():
            turns.add_edge(edge, then, seconds=seconds[then])
    return turns
