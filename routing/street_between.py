"""One street from a place on it to another: what is closed between two crossings."""

from __future__ import annotations

from collections.abc import Sequence
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
    streets: StreetNetwork, a: Sequence[LonLat], b: Sequence[LonLat], called: str = ""
) -> tuple[LonLat, ...]:
    """Return the course of the street that leads from a crossing near ``a`` to one near ``b``.

    It keeps its name all the way; of several streets, and from several places, it is the shortest
    that does, whichever way it is driven. ``called`` is its name in any language, empty if any
    street is meant.

    Raises
    ------
    BadInput
        If there is no crossing near a place, all are near the same one, or no one street leads
        from the one to the other.
    """
    firsts = sorted({_crossing(streets, one) for one in a})
    lasts = sorted({_crossing(streets, one) for one in b})
    if len({*firsts, *lasts}) == 1:
        raise BadInput("both places are at one crossing. Point at two crossings of the street.")
    names = _names_at(streets, firsts) & _names_at(streets, lasts)
    if called:
        names &= rows_called(streets, called)
    found = [one for name in sorted(names) if (one := _along(streets, name, firsts, lasts))]
    if not found:
        raise BadInput(
            "no one street leads from the one crossing to the other. "
            "Point at two crossings of the same street, or draw a line."
        )
    first, edges = min(found, key=lambda one: float(streets.length_m[one[1]].sum()))
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


def _names_at(streets: StreetNetwork, nodes: Sequence[int]) -> set[int]:
    meeting = np.isin(streets.tail, nodes) | np.isin(streets.head, nodes)
    return set(streets.name[meeting].tolist())


def _along(
    streets: StreetNetwork, name: int, firsts: Sequence[int], lasts: Sequence[int]
) -> tuple[int, IntArray] | None:
    """Return the node it begins at and the edges of one name from there to a node of ``lasts``.

    In order, whichever way they are driven; the shortest that leads anywhere, None if none does.
    """
    edges = np.flatnonzero(streets.name == name)
    nodes = np.union1d(streets.tail[edges], streets.head[edges])
    tail, head = (np.searchsorted(nodes, ends[edges]) for ends in (streets.tail, streets.head))
    # The shortest of parallel edges is the one that is followed.
    order = np.argsort(-streets.length_m[edges], kind="stable")
    edge_of = {
        pair: int(edges[k])
        for k in order.tolist()
        for pair in ((int(tail[k]), int(head[k])), (int(head[k]), int(tail[k])))
    }
    pairs = np.array(list(edge_of), dtype=np.int64)
    weights = streets.length_m[np.array(list(edge_of.values()))]
    graph = csr_array((weights, (pairs[:, 0], pairs[:, 1])), shape=(len(nodes), len(nodes)))
    starts, ends = (np.flatnonzero(np.isin(nodes, each)) for each in (firsts, lasts))
    metres, before = dijkstra(graph, indices=starts, return_predecessors=True)
    to_ends = np.where(starts[:, None] == ends, np.inf, metres[:, ends])
    row, column = np.unravel_index(int(to_ends.argmin()), to_ends.shape)
    if not np.isfinite(to_ends[row, column]):
        return None
    path = [int(ends[column])]
    while path[-1] != starts[row]:
        path.append(int(before[row, path[-1]]))
    path.reverse()
    return int(nodes[path[0]]), np.array([edge_of[pair] for pair in pairwise(path)])


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
