"""Turn restrictions laid over the edges: which edges must not be driven one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from domain.streets import IntArray, StreetNetwork
from routing.joining import Joined
from routing.osm_file import OsmWays
from routing.restrictions import Restriction
from routing.segments import Segments
from routing.way_edges import WayEdges

Edges = tuple[int, ...]

#: The change of direction each word names, degrees to the right. Source: the plain sense.
_DEGREES = {"left_turn": -90.0, "straight_on": 0.0, "right_turn": 90.0, "u_turn": 180.0}


@dataclass(frozen=True, slots=True)
class Bans:
    """What the restrictions forbid.

    ``edges`` are the banned sequences and ``of`` the number of the restriction each comes from;
    ``unread`` counts the restrictions that name what the file lacks or do not meet.
    """

    edges: list[Edges]
    of: list[int]
    unread: int


def nodes_to_keep(restrictions: Iterable[Restriction], ways: OsmWays) -> IntArray:
    """Return the ids of nodes at which a restriction bites, so that no edge is joined across them.

    In the middle of an edge nobody turns back and there is only one way on: a U-turn into the
    same way is none there, and the only turn allowed is the only one there is.
    """
    via_ways, wanted = set[int](), set[int]()
    for one in restrictions:
        needless = one.is_only or one.from_ways == one.to_ways
        if one.ways & ways.undriven or (one.via_node is not None and needless):
            continue
        via_ways.update(one.via_ways)
        wanted.update(() if one.via_node is None else (one.via_node,))
    for way in np.flatnonzero(np.isin(ways.way_ids, sorted(via_ways))).tolist():
        nodes = ways.refs[ways.start[way] : ways.start[way + 1]]
        wanted.update(nodes[:1].tolist(), nodes[-1:].tolist())
    return np.array(sorted(wanted), dtype=np.int64)


def bans_of(
    restrictions: Sequence[Restriction],
    undriven: frozenset[int],
    pieces: Segments,
    joined: Joined,
    streets: StreetNetwork,
) -> Bans:
    """Return the sequences of edges of ``streets`` (as joined, all of them) that are banned.

    A restriction about a road that is not driven, or a turn that no one-way street lets happen,
    bans nothing and is not counted as unread.
    """
    ways = frozenset[int]().union(*(one.ways for one in restrictions))
    edges = WayEdges(pieces, joined, streets, ways)
    banned, of, unread = list[Edges](), list[int](), 0
    for number, one in enumerate(restrictions):
        if one.ways & undriven:
            continue
        if not edges.holds(one):
            unread += 1
            continue
        for ban in _banned(one, edges):
            banned.append(ban)
            of.append(number)
    return Bans(banned, of, unread)


def _banned(one: Restriction, edges: WayEdges) -> Iterator[Edges]:
    drives = list(_drives(one, edges))
    if not one.is_only:
        yield from drives
        return
    allowed = {drive[:size] for drive in drives for size in range(1, len(drive) + 1)}
    for begun in sorted(allowed - set(drives)):
        onward = ((*begun, exit_) for exit_ in edges.exits(begun[-1]))
        yield from (drive for drive in onward if drive not in allowed)


def _drives(one: Restriction, edges: WayEdges) -> Iterator[Edges]:
    """Yield the sequences of edges that a restriction is about."""
    if one.via_ways:
        for from_way in one.from_ways:
            yield from _over_ways(one, from_way, edges)
        return
    node = edges.node(one.via_node or 0)
    if node is None:
        return
    for from_way in one.from_ways:
        for to_way in one.to_ways:
            pairs = [
                (before, after)
                for before in edges.entering(from_way, node)
                for after in edges.leaving(to_way, node)
            ]
            yield from _meant(one, from_way == to_way, pairs, edges)


def _meant(
    one: Restriction, is_same: bool, pairs: list[tuple[int, int]], edges: WayEdges
) -> list[tuple[int, int]]:
    """Return which pairs a restriction means where a way runs on through its node.

    Nobody bans a left turn by forbidding the right one too: the pair that turns most like the
    word is meant.
    """
    turn = one.kind.partition("_")[2]
    if is_same and turn == "u_turn":
        return [pair for pair in pairs if edges.streets.rules.opposite[pair[0]] == pair[1]]
    if len(pairs) < 2 or turn not in _DEGREES:
        return pairs
    wanted = _DEGREES[turn]
    return [min(pairs, key=lambda pair: (_apart(edges.turn(*pair), wanted), pair))]


def _apart(a: float, b: float) -> float:
    return abs((a - b + 180.0) % 360.0 - 180.0)


def _over_ways(one: Restriction, from_way: int, edges: WayEdges) -> Iterator[Edges]:
    """Yield the shortest drives from a way over the via ways, one edge or more, into the others."""
    for before in edges.edges_into(from_way):
        start: Edges = (before,)
        queue, seen = deque([start]), {int(edges.streets.head[before])}
        while queue:
            driven = queue.popleft()
            node = int(edges.streets.head[driven[-1]])
            ends = [after for to in one.to_ways for after in edges.leaving(to, node)]
            if len(driven) > 1 and ends:
                yield from ((*driven, after) for after in ends)
                continue
            for along in edges.exits(driven[-1]):
                ahead = int(edges.streets.head[along])
                if ahead not in seen and edges.runs_along(along, one.via_ways):
                    seen.add(ahead)
                    queue.append((*driven, along))
