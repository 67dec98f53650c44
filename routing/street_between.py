"""One street from a place on it to another: what is closed between two crossings."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from domain.errors import BadInput
from domain.places import LonLat
from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.crossings import rows_called
from routing.metric import great_circle_m, lonlat_array

#: Farther from every crossing nobody means one. Source: mainbreak default.
FARTHEST_M = 100.0


def street_between(
    streets: StreetNetwork, a: LonLat, b: LonLat, called: str = ""
) -> tuple[LonLat, ...]:
    """Return the course of the street that leads from the crossing near ``a`` to that near ``b``.

    It keeps its name all the way; of several streets that do the shortest, whichever way it is
    driven. ``called`` is its name in any language, empty if any street is meant.

    Raises
    ------
    BadInput
        If there is no crossing near a place, both are near the same one, or no one street leads
        from the one to the other.
    """
    first, last = _crossing(streets, a), _crossing(streets, b)
    if first == last:
        raise BadInput("both places are at one crossing. Point at two crossings of the street.")
    names = _names_at(streets, first) & _names_at(streets, last)
    if called:
        names &= rows_called(streets, called)
    found = [one for name in names if (one := _along(streets, name, first, last)) is not None]
    if not found:
        raise BadInput(
            "no one street leads from the one crossing to the other. "
            "Point at two crossings of the same street, or draw a line."
        )
    edges = min(found, key=lambda one: float(streets.length_m[one].sum()))
    return _course(streets, edges, first)


def _crossing(streets: StreetNetwork, place: LonLat) -> int:
    metres = great_circle_m(streets.nodes, lonlat_array([place]))
    nearest = int(metres.argmin())
    if metres[nearest] > FARTHEST_M:
        raise BadInput(
            f"no crossing within {FARTHEST_M:.0f} m of {place.lon:.5f}, {place.lat:.5f}. "
            "Point at the crossing itself."
        )
    return nearest


def _names_at(streets: StreetNetwork, node: int) -> set[int]:
    return set(streets.name[(streets.tail == node) | (streets.head == node)].tolist())


def _along(streets: StreetNetwork, name: int, first: int, last: int) -> IntArray | None:
    """Return the edges of one name from node to node, in order, whichever way; None if none."""
    edges = np.flatnonzero(streets.name == name)
    count = len(streets.nodes)
    tail, head, metres = streets.tail[edges], streets.head[edges], streets.length_m[edges]
    # The shortest of parallel edges is the one that is followed.
    order = np.argsort(-metres, kind="stable")
    edge_of = {
        pair: int(edges[k])
        for k in order.tolist()
        for pair in ((int(tail[k]), int(head[k])), (int(head[k]), int(tail[k])))
    }
    pairs = np.array(list(edge_of), dtype=np.int64)
    weights = streets.length_m[np.array(list(edge_of.values()))]
    graph = csr_array((weights, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    _, before = dijkstra(graph, indices=first, return_predecessors=True)
    if before[last] < 0:
        return None
    nodes = [last]
    while nodes[-1] != first:
        nodes.append(int(before[nodes[-1]]))
    nodes.reverse()
    return np.array([edge_of[pair] for pair in pairwise(nodes)])


def _course(streets: StreetNetwork, edges: IntArray, first: int) -> tuple[LonLat, ...]:
    """Return the edges' courses as one, from the first node on."""
    courses: list[FloatArray] = []
    node = first
    for edge in edges.tolist():
        ahead = int(streets.tail[edge]) == node
        courses.append(streets.course(edge) if ahead else streets.course(edge)[::-1])
        node = int(streets.head[edge] if ahead else streets.tail[edge])
    joined = np.vstack([courses[0], *(course[1:] for course in courses[1:])])
    return tuple(LonLat(lon, lat) for lon, lat in joined.tolist())
