"""Which streets of a network the town's pipes are laid along: a compact, connected part."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from data.pipes_network.plane import XY, Course, Plane
from domain.places import LonLat
from domain.streets import IntArray, StreetNetwork

#: No water main is laid under these.
_WITHOUT_PIPES = frozenset({"motorway", "trunk"})

#: A street longer than this carries more than one pipe, metres.
LONG_STREET_M = 190.0

#: The part chosen has this many pipes' worth of streets for each pipe wanted, since some
#: streets stay without a pipe.
SPARE = 1.08

#: Streets are counted this far around a place to find where the town is densest, metres.
DENSE_M = 500.0


@dataclass(frozen=True)
class Street:
    """One street between two crossings, whichever way one may drive it."""

    a: int
    b: int
    course: Course
    road_class: str
    name: str


@dataclass(frozen=True)
class StreetMap:
    """Crossings in metres on a local plane, and the streets between them; all connected."""

    plane: Plane
    points: list[XY]
    streets: list[Street]


def choose_streets(network: StreetNetwork, pipes: int) -> StreetMap:
    """Return the densest connected part of the streets that has room for so many pipes.

    Raises
    ------
    ValueError
        If there is no street to lay a pipe along, only motorways for example.
    """
    edges = _undirected(network)
    if not len(edges):
        raise ValueError("there is no street to lay a pipe along")
    pieces = np.array([ceil(network.length_m[e] / LONG_STREET_M) for e in edges])
    order = _from_the_middle(network, edges)
    wanted = round(pipes * SPARE)
    low, high = 1, len(edges)
    while low < high:
        half = (low + high) // 2
        part = _largest_part(network, edges[order[:half]])
        low, high = (low, half) if pieces[order[:half]][part].sum() >= wanted else (half + 1, high)
    inside = order[:low]
    return _as_map(network, np.sort(edges[inside[_largest_part(network, edges[inside])]]))


def _undirected(network: StreetNetwork) -> IntArray:
    """Return one directed edge for each street that can carry a pipe."""
    barred = np.array([_barred(name) for name in network.classes], dtype=bool)
    low = np.minimum(network.tail, network.head)
    high = np.maximum(network.tail, network.head)
    keys = np.stack([low, high, np.round(network.length_m)], axis=1)
    usable = np.flatnonzero(~barred[network.road_class] & (low != high))
    _, first = np.unique(keys[usable], axis=0, return_index=True)
    return np.sort(usable[first])


def _barred(road_class: str) -> bool:
    return road_class in _WITHOUT_PIPES or road_class.endswith("_link")


def _from_the_middle(network: StreetNetwork, edges: IntArray) -> IntArray:
    """Return positions in ``edges`` from the densest place outwards."""
    plane = _plane(network)
    scale = np.array(plane.scale)
    places = network.nodes * scale
    ends = np.stack([places[network.tail[edges]], places[network.head[edges]]])
    middles = ends.mean(axis=0)
    tree = cKDTree(middles)
    around = tree.query_ball_point(middles, DENSE_M, return_length=True)
    reach = np.hypot(*(ends - middles[np.argmax(around)]).transpose(2, 0, 1)).max(axis=0)
    return np.argsort(np.round(reach, 3), kind="stable")


def _largest_part(network: StreetNetwork, edges: IntArray) -> IntArray:
    """Return positions in ``edges`` of those in the largest connected part."""
    size = len(network.nodes)
    tails, heads = network.tail[edges], network.head[edges]
    graph = csr_array((np.ones(len(edges)), (tails, heads)), shape=(size, size))
    _, part = connected_components(graph, directed=False)
    here = part[tails]
    return np.flatnonzero(here == np.bincount(here).argmax())


def _plane(network: StreetNetwork) -> Plane:
    lon, lat = network.nodes.mean(axis=0)
    return Plane(LonLat(round(float(lon), 4), round(float(lat), 4)))


def _as_map(network: StreetNetwork, edges: IntArray) -> StreetMap:
    plane = _plane(network)
    used = np.unique(np.concatenate([network.tail[edges], network.head[edges]]))
    number = {int(node): index for index, node in enumerate(used)}
    points = [plane.to_xy(float(lon), float(lat)) for lon, lat in network.nodes[used]]
    streets = [
        Street(
            number[int(network.tail[e])],
            number[int(network.head[e])],
            Course([plane.to_xy(float(lon), float(lat)) for lon, lat in network.course(int(e))]),
            network.classes[int(network.road_class[e])],
            network.name_of(int(e)),
        )
        for e in edges
    ]
    return StreetMap(plane, points, streets)
