"""A street from one crossing to the next: where somebody points, and where two names meet."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from domain.errors import BadInput
from domain.places import LonLat
from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.metric import LocalMetres, great_circle_m, lonlat_array

#: Farther from every street nobody means one. Source: mainbreak default.
FARTHEST_M = 200.0

#: So near to a crossing somebody means the crossing. Source: mainbreak default, a wide junction.
AT_CROSSING_M = 25.0

#: Pieces of one street between two crossings at the most; real ones have a dozen.
_MOST_PIECES = 500


def stretch_at(streets: StreetNetwork, place: LonLat) -> tuple[LonLat, ...]:
    """Return the course of the street nearest to a place, from one crossing to the next.

    A crossing is where three or more streets meet, or where one ends; places where only the name,
    the class or the speed changes are passed.

    Raises
    ------
    BadInput
        If no street lies within ``FARTHEST_M``.
    """
    edge, metres = _nearest(streets, place)
    if metres > FARTHEST_M:
        raise BadInput(
            f"no street within {FARTHEST_M:.0f} m of {place.lon:.5f}, {place.lat:.5f}. "
            "Point at the street itself."
        )
    seen = {_street(streets, edge)}
    ahead = list(_onward(streets, int(streets.head[edge]), seen))
    behind = list(_onward(streets, int(streets.tail[edge]), seen))
    courses = [course[::-1] for course in reversed(behind)] + [streets.course(edge)] + ahead
    joined = np.vstack([courses[0], *(course[1:] for course in courses[1:])])
    return tuple(LonLat(lon, lat) for lon, lat in joined.tolist())


def far_end(streets: StreetNetwork, place: LonLat, other: LonLat) -> LonLat:
    """Return the crossing at a place, else the end of the street there that is away from another.

    Raises
    ------
    BadInput
        As ``stretch_at`` does.
    """
    metres = great_circle_m(streets.nodes, lonlat_array([place]))
    if metres.min() <= AT_CROSSING_M:
        lon, lat = streets.nodes[int(metres.argmin())].tolist()
        return LonLat(lon, lat)
    course = stretch_at(streets, place)
    ends = lonlat_array([course[0], course[-1]])
    away = great_circle_m(ends, lonlat_array([other]))
    return course[0] if away[0] > away[1] else course[-1]


def crossings_of(streets: StreetNetwork, street: str, other: str) -> tuple[LonLat, ...]:
    """Return each place where two streets meet, by their names in any language; one or more.

    A name may stand for several streets, and two streets may meet more than once. Where both end
    at one roundabout, it is where the first of them does.

    Raises
    ------
    BadInput
        If there is no street of such a name, or the two do not meet.
    """
    here, there = _nodes_of(streets, street), _nodes_of(streets, other)
    if rows_called(streets, street) == rows_called(streets, other):
        raise BadInput(f"{street} does not cross itself. Name two streets that cross.")
    both = np.intersect1d(here, there)
    both = np.union1d(both, _at_one_roundabout(streets, here, there, both))
    if not len(both):
        raise BadInput(f"{street} and {other} do not meet. Name two streets that cross.")
    return tuple(LonLat(lon, lat) for lon, lat in streets.nodes[both].tolist())


def _at_one_roundabout(
    streets: StreetNetwork, here: IntArray, there: IntArray, both: IntArray
) -> IntArray:
    """Return those nodes of the one street that lie on a roundabout with nodes of the other.

    Not on one where the two meet in a node of ``both``: that one is meant then.
    """
    edges = streets.rules.roundabouts
    tail, head, count = streets.tail[edges], streets.head[edges], len(streets.nodes)
    graph = csr_array((np.ones(len(edges)), (tail, head)), shape=(count, count))
    _, ring = connected_components(graph, directed=False)  # a node off every ring is one alone
    chosen: IntArray = here[np.isin(ring[here], np.setdiff1d(ring[there], ring[both]))]
    return chosen


def _onward(
    streets: StreetNetwork, node: int, seen: set[tuple[int, int, float]]
) -> Iterator[FloatArray]:
    """Yield the courses from a node on, each away from it, until the next crossing."""
    while len(seen) < _MOST_PIECES:
        meeting = _meeting(streets, node)
        fresh = [(street, edge) for street, edge in meeting.items() if street not in seen]
        rings = any(tail == head for tail, head, _ in meeting)  # both its ends meet here
        if len(meeting) != 2 or len(fresh) != 1 or rings:
            return
        (street, edge), *_ = fresh
        seen.add(street)
        away = int(streets.tail[edge]) == node
        yield streets.course(edge) if away else streets.course(edge)[::-1]
        node = int(streets.head[edge] if away else streets.tail[edge])


def _meeting(streets: StreetNetwork, node: int) -> dict[tuple[int, int, float], int]:
    """Return one edge of each street that meets at a node; both directions are one street."""
    edges = np.flatnonzero((streets.tail == node) | (streets.head == node))
    return {_street(streets, int(edge)): int(edge) for edge in edges}


def _street(streets: StreetNetwork, edge: int) -> tuple[int, int, float]:
    """Return what an edge and its opposite share."""
    tail, head = sorted((int(streets.tail[edge]), int(streets.head[edge])))
    return tail, head, round(float(streets.length_m[edge]), 1)


def rows_called(streets: StreetNetwork, name: str) -> frozenset[int]:
    """Return the rows of the names that are this one in any language; none of an empty one."""
    wanted = name.strip().casefold()
    rows = range(1, len(streets.names))
    return frozenset(row for row in rows if wanted in _names(streets, row))


def _nodes_of(streets: StreetNetwork, name: str) -> IntArray:
    edges = np.flatnonzero(np.isin(streets.name, list(rows_called(streets, name))))
    if not len(edges):
        raise BadInput(f"no street is called {name!r}. Write it as the map does.")
    return np.union1d(streets.tail[edges], streets.head[edges])


def _names(streets: StreetNetwork, row: int) -> set[str]:
    translated = streets.translations[row] if streets.translations else ()
    return {one.casefold() for one in (streets.names[row], *translated) if one}


def _nearest(streets: StreetNetwork, place: LonLat) -> tuple[int, float]:
    """Return the edge nearest to a place and the metres to it."""
    plane = LocalMetres(place.lat)
    here = plane.to_plane(lonlat_array([place]))[0]
    xy = plane.to_plane(streets.shape) - here
    start, step = xy[:-1], np.diff(xy, axis=0)
    length = np.maximum((step**2).sum(axis=1), 1e-12)
    along = np.clip(-(start * step).sum(axis=1) / length, 0.0, 1.0)
    away = np.hypot(*(start + along[:, None] * step).T)
    away[streets.shape_start[1:-1] - 1] = np.inf  # from the end of one course to the next one
    nearest = int(np.argmin(away))
    edge = int(np.searchsorted(streets.shape_start, nearest, side="right")) - 1
    # On the ground, since the plane has no metres at the poles and none beyond the date line.
    foot = start[nearest] + along[nearest] * step[nearest] + here
    return edge, float(great_circle_m(plane.to_lonlat(foot[None, :]), lonlat_array([place]))[0])
