"""Pieces of street between neighbouring nodes: what every kind of file is first turned into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.streets import FloatArray, IntArray
from routing.drivable import Street
from routing.metric import great_circle_m
from routing.osm_file import OsmWays

BoolArray = npt.NDArray[np.bool_]

#: Seconds lost at a signal between two junctions. Source: OSRM's car profile.
SIGNAL_S = 2.0


@dataclass(frozen=True, slots=True)
class Segments:
    """s directed pieces of street between n nodes, in the order in which they were read.

    Attributes
    ----------
    ids, nodes
        (n,) OSM ids, ascending; (n, 2) WGS-84 lon, lat.
    tail, head
        (s,) node indexes.
    street
        (s,) index into ``streets`` and ``ways``.
    metres, waits
        (s,) metres; seconds at signals that stand for its direction only.
    shape_start, shape
        (s + 1,) and (k, 2): the course of each, WGS-84, tail first, at least two places.
    signals
        (n,) True for nodes with traffic signals for every direction.
    streets, ways
        What is known of each way, and its OSM id (0 where the file has none).
    kph
        (len(streets),) the speed on each, a ferry's from its crossing time.
    """

    ids: IntArray
    nodes: FloatArray
    tail: IntArray
    head: IntArray
    street: IntArray
    metres: FloatArray
    waits: FloatArray
    shape_start: IntArray
    shape: FloatArray
    signals: BoolArray
    streets: Sequence[Street]
    ways: IntArray
    kph: FloatArray

    @property
    def is_straight(self) -> BoolArray:
        """(s,) True where the course has no place between its ends."""
        straight: BoolArray = np.diff(self.shape_start) == 2
        return straight


def segments_of(ways: OsmWays) -> Segments:
    """Return both directions of every way, of a one-way street the one that is driven.

    An extract cuts ways at its rim: what its nodes are known of is kept.
    """
    first, way = _pairs(ways)
    tail, head = ways.refs[first], ways.refs[first + 1]
    forward, order = _directions(ways, first, way)
    tail, head = (
        np.where(forward, tail[order], head[order]),
        np.where(forward, head[order], tail[order]),
    )
    street = way[order]
    ids, (tail, head) = _used(tail, head)
    places = ways.places[np.searchsorted(ways.ids, ids)]
    metres = great_circle_m(places[tail], places[head])
    return Segments(
        ids=ids,
        nodes=places,
        tail=tail,
        head=head,
        street=street,
        metres=metres,
        waits=_signal_waits(ways, ids[head], forward),
        shape_start=2 * np.arange(len(tail) + 1, dtype=np.int64),
        shape=places[np.column_stack([tail, head]).ravel()],
        signals=np.isin(ids, ways.signals),
        streets=ways.streets,
        ways=ways.way_ids,
        kph=_speeds(ways.streets, street, metres, forward),
    )


def _pairs(ways: OsmWays) -> tuple[IntArray, IntArray]:
    """Return where in ``refs`` two known, different nodes of a way come in a row, and its way."""
    sizes = np.diff(ways.start)
    way = np.repeat(np.arange(len(sizes)), sizes)
    known = np.isin(ways.refs, ways.ids)
    follows = (way[1:] == way[:-1]) & known[1:] & known[:-1] & (ways.refs[1:] != ways.refs[:-1])
    first = np.flatnonzero(follows)
    return first, way[first]


def _directions(ways: OsmWays, first: IntArray, way: IntArray) -> tuple[BoolArray, IntArray]:
    """Return whether each piece is driven as drawn, and which pair it is: way by way, there first.

    This is the order in which osmnx adds the pieces, so that parallel streets keep theirs.
    """
    oneway = np.array([{"yes": 1, "-1": -1}.get(one.oneway, 0) for one in ways.streets])[way]
    there, back = np.flatnonzero(oneway >= 0), np.flatnonzero(oneway <= 0)
    pair = np.concatenate([there, back])
    forward = np.arange(len(pair)) < len(there)
    place = np.where(oneway[pair] < 0, -first[pair], first[pair])
    order = np.lexsort((place, ~forward, way[pair]))
    return forward[order], pair[order]


def _used(tail: IntArray, head: IntArray) -> tuple[IntArray, tuple[IntArray, IntArray]]:
    """Return the ids in use, ascending, and the ends as indexes into them."""
    ids = np.unique(np.concatenate([tail, head]))
    return ids, (np.searchsorted(ids, tail), np.searchsorted(ids, head))


def _speeds(
    streets: Sequence[Street], street: IntArray, metres: FloatArray, forward: BoolArray
) -> FloatArray:
    """Return km/h by street: a ferry with a crossing time takes that for its metres."""
    kph = np.array([one.kph for one in streets], dtype=np.float64)
    crossing = np.array([one.crossing_s for one in streets], dtype=np.float64)
    if not crossing.any():
        return kph
    count = len(streets)
    there = np.bincount(street, weights=metres * forward, minlength=count)
    back = np.bincount(street, weights=metres * ~forward, minlength=count)
    timed = (crossing > 0.0) & (np.maximum(there, back) > 0.0)
    kph[timed] = 3.6 * np.maximum(there, back)[timed] / crossing[timed]
    return kph


def _signal_waits(ways: OsmWays, heads: IntArray, forward: BoolArray) -> FloatArray:
    """Return the seconds each piece loses at signals that stand for its direction only."""
    ahead = np.where(
        forward, np.isin(heads, ways.signals_forward), np.isin(heads, ways.signals_backward)
    )
    waits: FloatArray = np.where(ahead, SIGNAL_S, 0.0)
    return waits
