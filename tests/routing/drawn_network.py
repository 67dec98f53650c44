"""Street networks drawn by a test straight as arrays: nodes in metres, roads through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

import numpy as np

from domain.streets import DrivingRules, StreetNetwork, StreetReport
from tests.routing.drawn import at


@dataclass(frozen=True)
class Road:
    """A road through nodes in order, an edge between each two; ``way`` is OSM's highway value."""

    nodes: Sequence[int]
    name: str = ""
    way: str = "residential"
    oneway: bool = False
    roundabout: bool = False
    ref: str = ""


def network(
    places: Mapping[int, tuple[float, float]],
    roads: Sequence[Road],
    translations: Mapping[str, tuple[str, str]] | None = None,
) -> StreetNetwork:
    """Return the network; places are metres east and north, speeds 10 m/s everywhere."""
    ids = {node: row for row, node in enumerate(places)}
    drawn: list[tuple[int, int, Road]] = []
    opposite: list[int] = []
    for road in roads:
        for a, b in pairwise(road.nodes):
            row = len(drawn)
            drawn += [(a, b, road)] if road.oneway else [(a, b, road), (b, a, road)]
            opposite += [-1] if road.oneway else [row + 1, row]
    classes = sorted({road.way for road in roads})
    names = ["", *sorted({road.name for road in roads} - {""})]
    refs = ["", *sorted({road.ref for road in roads} - {""})]
    lonlat = {node: at(*place) for node, place in places.items()}
    shape = [(lonlat[node].lon, lonlat[node].lat) for a, b, _ in drawn for node in (a, b)]
    length = np.array([hypot(places[b][0] - places[a][0], places[b][1] - places[a][1])
                       for a, b, _ in drawn])  # fmt: skip
    known = translations or {}
    return StreetNetwork(
        nodes=np.array([(one.lon, one.lat) for one in lonlat.values()]),
        tail=np.array([ids[a] for a, _, _ in drawn]),
        head=np.array([ids[b] for _, b, _ in drawn]),
        length_m=length,
        seconds=length / 10.0,
        road_class=np.array([classes.index(road.way) for _, _, road in drawn]),
        classes=tuple(classes),
        name=np.array([names.index(road.name) for _, _, road in drawn]),
        names=tuple(names),
        shape_start=np.arange(0, 2 * len(drawn) + 1, 2),
        shape=np.array(shape),
        areas=(),
        report=StreetReport("drawn", len(places), len(drawn), 0, 0),
        translations=tuple(known.get(name, ("", "")) for name in names),
        rules=DrivingRules(
            roundabouts=np.array([k for k, (_, _, road) in enumerate(drawn) if road.roundabout],
                                 dtype=np.int64),
            opposite=np.array(opposite),
            ref=np.array([refs.index(road.ref) for _, _, road in drawn]),
            refs=tuple(refs),
        ),
    )  # fmt: skip


def edges_along(streets: StreetNetwork, nodes: Sequence[int]) -> list[int]:
    """Return the edges from node to node; nodes by their row."""
    found = {
        (int(a), int(b)): e for e, (a, b) in enumerate(zip(streets.tail, streets.head, strict=True))
    }
    return [found[pair] for pair in pairwise(nodes)]
