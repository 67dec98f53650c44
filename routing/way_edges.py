"""The edges found by the OSM ways and nodes that a turn restriction names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from domain.streets import IntArray, StreetNetwork
from routing.joining import Joined
from routing.metric import LocalMetres
from routing.restrictions import Restriction
from routing.segments import Segments


class WayEdges:
    """The edges by the ids of some ways and of their nodes."""

    def __init__(
        self, pieces: Segments, joined: Joined, streets: StreetNetwork, ways: frozenset[int]
    ) -> None:
        self.streets = streets
        self._plane = LocalMetres(float(np.mean(streets.nodes[:, 1])))
        self._ids = pieces.ids[joined.node]
        way_of_piece = pieces.ways[pieces.street]
        wanted = np.array(sorted(ways), dtype=np.int64)
        self._nodes_of = _nodes_of_ways(pieces, wanted)
        self._first, self._last = way_of_piece[joined.first], way_of_piece[joined.last]
        self._entering: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._leaving: dict[tuple[int, int], list[int]] = defaultdict(list)
        for edge in np.flatnonzero(np.isin(self._last, wanted)).tolist():
            self._entering[int(self._last[edge]), int(streets.head[edge])].append(edge)
        for edge in np.flatnonzero(np.isin(self._first, wanted)).tolist():
            self._leaving[int(self._first[edge]), int(streets.tail[edge])].append(edge)
        self._by_tail = np.argsort(streets.tail, kind="stable")
        self._start = np.searchsorted(
            streets.tail[self._by_tail], np.arange(len(streets.nodes) + 1)
        )

    def holds(self, one: Restriction) -> bool:
        """Return True if all its ways are there and meet as they should."""
        nodes = [self._nodes_of.get(way, frozenset()) for way in one.via_ways]
        if one.via_node is not None:
            nodes = [frozenset({one.via_node})]
        via = frozenset().union(*nodes)
        return all(nodes) and all(
            via & self._nodes_of.get(way, frozenset()) for way in (*one.from_ways, *one.to_ways)
        )

    def node(self, osm_id: int) -> int | None:
        """Return the index of a node, None if no edge begins or ends there."""
        at = int(np.searchsorted(self._ids, osm_id))
        return at if at < len(self._ids) and self._ids[at] == osm_id else None

    def entering(self, way: int, node: int) -> list[int]:
        """Return the edges along a way that end at a node."""
        return self._entering.get((way, node), [])

    def leaving(self, way: int, node: int) -> list[int]:
        """Return the edges along a way that begin at a node."""
        return self._leaving.get((way, node), [])

    def exits(self, edge: int) -> list[int]:
        """Return all edges that begin where an edge ends."""
        node = int(self.streets.head[edge])
        exits: list[int] = self._by_tail[self._start[node] : self._start[node + 1]].tolist()
        return exits

    def edges_into(self, way: int) -> Iterator[int]:
        """Yield the edges along a way, each at the end of its last piece."""
        for (of, _), edges in self._entering.items():
            if of == way:
                yield from edges

    def runs_along(self, edge: int, ways: tuple[int, ...]) -> bool:
        """Return True if an edge begins and ends along these ways."""
        return int(self._first[edge]) in ways and int(self._last[edge]) in ways

    def turn(self, before: int, after: int) -> float:
        """Return the change of direction from one edge into the next, -180 to 180, right > 0."""
        course = np.vstack([self.streets.course(before)[-2:], self.streets.course(after)[:2]])
        x, y = self._plane.to_plane(course).T
        came = np.arctan2(x[1] - x[0], y[1] - y[0])
        goes = np.arctan2(x[3] - x[2], y[3] - y[2])
        return float((np.degrees(goes - came) + 180.0) % 360.0 - 180.0)


def _nodes_of_ways(pieces: Segments, wanted: IntArray) -> dict[int, frozenset[int]]:
    """Return the OSM ids of the nodes of each wanted way, as far as it is driven."""
    nodes: dict[int, set[int]] = defaultdict(set)
    way = pieces.ways[pieces.street]
    for piece in np.flatnonzero(np.isin(way, wanted)).tolist():
        ends = pieces.ids[[pieces.tail[piece], pieces.head[piece]]].tolist()
        nodes[int(way[piece])].update(ends)
    return {of: frozenset(ids) for of, ids in nodes.items()}
