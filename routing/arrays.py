"""From joined pieces of street to arrays, and the part of them that can be driven in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from domain.streets import DrivingRules, FloatArray, IntArray, StreetNetwork, StreetReport
from routing.drivable import Street
from routing.joining import Joined
from routing.opposites import opposites
from routing.segments import SIGNAL_S, BoolArray, Segments

#: No street is shorter: two nodes drawn on one place are still two nodes.
_SHORTEST_M = 0.01


def to_arrays(pieces: Segments, joined: Joined, source: str) -> StreetNetwork:
    """Return all edges as arrays, nodes by OSM id; ``areas`` is empty and nothing is banned."""
    number = np.cumsum(joined.node) - 1
    first, last = joined.first, joined.last
    streets = [pieces.streets[k] for k in pieces.street[first].tolist()]
    classes, road_class = _coded([one.highway for one in streets], ())
    names, name = _coded([one.name for one in streets], ("",))
    shape_start, shape = _courses(pieces, joined)
    length = np.maximum(_sums(pieces.metres, joined), _SHORTEST_M)
    waits = _sums(pieces.waits + _between(pieces, joined), joined)
    network = StreetNetwork(
        nodes=pieces.nodes[joined.node],
        tail=number[pieces.tail[first]],
        head=number[pieces.head[last]],
        length_m=length,
        seconds=length / (pieces.kph[pieces.street[first]] / 3.6) + waits,
        road_class=road_class,
        classes=classes,
        name=name,
        names=names,
        shape_start=shape_start,
        shape=shape,
        areas=(),
        report=StreetReport(source, int(joined.node.sum()), len(first), 0, 0),
        translations=_translations(names, pieces.streets),
    )
    return replace(network, rules=_rules(network, streets, pieces, joined))


def largest_part(streets: StreetNetwork) -> BoolArray:
    """Return (m,) True for the edges of the largest strongly connected part.

    Only there does every place have a way to every other. Largest is the one with most metres of
    street: a block whose streets meet at one junction has one node and is no less a town for it.
    """
    count = len(streets.nodes)
    links = csr_array((np.ones(len(streets.tail)), (streets.tail, streets.head)), (count, count))
    _, label = connected_components(links, directed=True, connection="strong")
    within = label[streets.tail] == label[streets.head]
    metres = np.bincount(label[streets.tail], weights=streets.length_m * within)
    largest: BoolArray = within & (label[streets.tail] == metres.argmax())
    return largest


def with_bans(streets: StreetNetwork, bans: Iterable[Sequence[int]]) -> StreetNetwork:
    """Return the same streets with these sequences of edges banned, each once, in order."""
    once = sorted({tuple(ban) for ban in bans})
    start = _starts(np.array([len(ban) for ban in once], dtype=np.int64))
    edges = np.array([edge for ban in once for edge in ban], dtype=np.int64)
    return replace(streets, rules=replace(streets.rules, ban_start=start, bans=edges))


def _rules(
    network: StreetNetwork, streets: Sequence[Street], pieces: Segments, joined: Joined
) -> DrivingRules:
    refs, by_way = _coded([one.ref for one in pieces.streets], ("",))
    ref = by_way[pieces.street[joined.chain]]
    return DrivingRules(
        signals=np.flatnonzero(pieces.signals[joined.node]),
        roundabouts=_where(one.roundabout for one in streets),
        ferries=_where(one.ferry for one in streets),
        private=_where(one.private for one in streets),
        opposite=opposites(network),
        # Where the number changes along an edge, both directions must agree on one.
        ref=np.maximum.reduceat(ref, joined.start[:-1]) if len(ref) else ref,
        refs=refs,
    )


def _between(pieces: Segments, joined: Joined) -> FloatArray:
    """Return (s,) the seconds each piece loses at signals that no junction has."""
    between = pieces.signals & ~joined.node
    waits: FloatArray = np.where(between[pieces.head], SIGNAL_S, 0.0)
    return waits


def _sums(values: FloatArray, joined: Joined) -> FloatArray:
    """Return (m,) the sum of the pieces' values along each edge."""
    sums: FloatArray = np.add.reduceat(values[joined.chain], joined.start[:-1])
    return sums


def _courses(pieces: Segments, joined: Joined) -> tuple[IntArray, FloatArray]:
    """Return where each edge's course begins, and the courses: each meeting place once."""
    sizes = np.diff(pieces.shape_start)[joined.chain]
    starts = pieces.shape_start[:-1][joined.chain]
    goes_on = np.ones(len(joined.chain), dtype=bool)
    goes_on[joined.start[:-1]] = False
    sizes, starts = sizes - goes_on, starts + goes_on
    ends = np.cumsum(sizes)
    places = np.repeat(starts - ends + sizes, sizes) + np.arange(sizes.sum())
    return _starts(np.add.reduceat(sizes, joined.start[:-1])), pieces.shape[places]


def _translations(names: Sequence[str], streets: Iterable[Street]) -> tuple[tuple[str, str], ...]:
    """Return what most ways of each name are called in Chinese and in English, () if unknown."""
    chinese, english = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in streets:
        chinese[one.name, one.zh] += bool(one.zh and one.name)
        english[one.name, one.en] += bool(one.en and one.name)
    most = [
        {name: said for (name, said), times in sorted(counted.items(), key=_times) if times}
        for counted in (chinese, english)
    ]
    found = tuple((most[0].get(name, ""), most[1].get(name, "")) for name in names)
    return found if any(zh or en for zh, en in found) else ()


def _times(item: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    return item[1], item[0]


def _coded(values: Sequence[str], known: tuple[str, ...]) -> tuple[tuple[str, ...], IntArray]:
    """Return the distinct values, the known ones first and the rest sorted, and their codes."""
    distinct = (*known, *sorted(set(values) - set(known)))
    code = {value: k for k, value in enumerate(distinct)}
    return distinct, np.array([code[value] for value in values], dtype=np.int64)


def _where(flags: Iterable[bool]) -> IntArray:
    return np.flatnonzero(np.fromiter(flags, dtype=bool))


def _starts(sizes: IntArray) -> IntArray:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
