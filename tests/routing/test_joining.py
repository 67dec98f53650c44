"""Joining ways between junctions gives what osmnx gives, which shares no code with it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import networkx as nx
import osmnx
import pytest

from domain.places import LonLat
from routing.arrays import to_arrays
from routing.joining import join
from routing.osm_file import OsmWays, read_ways
from routing.segments import segments_of
from tests.routing.drawn import Way, at, street, write_osm
from tests.routing.oracle import haversine_m, random_map, speed_mps

#: Millimetres, milliseconds, class, name, and the course from end to end.
Edge = tuple[int, int, str, str, tuple[tuple[float, float], ...]]


def joined(ways: OsmWays) -> list[Edge]:
    """Return the edges as routing/ joins them."""
    pieces = segments_of(ways)
    streets = to_arrays(pieces, join(pieces), "map")
    kph = streets.length_m / streets.seconds
    assert (kph > 0).all()
    return sorted(
        (
            round(1000 * streets.length_m[e]),
            round(1000 * streets.seconds[e]),
            streets.classes[streets.road_class[e]],
            streets.name_of(e),
            tuple(map(tuple, streets.course(e).tolist())),
        )
        for e in range(len(streets.tail))
    )


def by_osmnx(graph: nx.MultiDiGraph) -> list[Edge]:
    """Return the edges as osmnx joins them, of copies between two nodes the fastest kept."""
    slower = [
        (u, v, key)
        for u, v in set(graph.edges())
        for _, key in sorted((-tags["mps"], k) for k, tags in graph[u][v].items())[1:]
    ]
    graph.remove_edges_from(slower)
    simple = osmnx.simplify_graph(
        graph,
        edge_attrs_differ=["highway", "name", "mps"],
        edge_attr_aggs={"length": sum, "seconds": sum},
        remove_rings=False,
    )
    found = []
    for u, v, tags in simple.edges(data=True):
        ends = [(simple.nodes[n]["x"], simple.nodes[n]["y"]) for n in (u, v)]
        course = tags["geometry"].coords if "geometry" in tags else ends
        metres, seconds = round(1000 * tags["length"]), round(1000 * tags["seconds"])
        found.append((metres, seconds, tags["highway"], tags["name"], tuple(map(tuple, course))))
    return sorted(found)


def graph_of(
    places: dict[int, LonLat], ways: Iterable[tuple[Sequence[int], str, str, str, float]]
) -> nx.MultiDiGraph:
    """Return every piece of ways (nodes, oneway, class, name, m/s) as osmnx would take it."""
    graph = nx.MultiDiGraph(crs="epsg:4326")
    for node, place in places.items():
        graph.add_node(node, x=place.lon, y=place.lat)
    for nodes, oneway, highway, name, mps in ways:
        there = [(a, b) for a, b in pairwise(nodes) if a != b and {a, b} <= places.keys()]
        back = [(b, a) for a, b in there]
        for u, v in {"yes": there, "-1": back}.get(oneway, there + back):
            metres = haversine_m(places[u], places[v])
            tags = {"highway": highway, "name": name, "mps": mps}
            graph.add_edge(u, v, **tags, length=metres, seconds=metres / mps)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


def drawn_graph(places: dict[int, LonLat], ways: list[Way]) -> nx.MultiDiGraph:
    """Return the pieces of drawn ways, their tags read by the oracle."""
    told = (
        (w.nodes, w.tags.get("oneway", "no"), w.tags["highway"], w.tags.get("name", ""), w.tags)
        for w in ways
    )
    return graph_of(places, ((*one, speed_mps(tags)) for *one, tags in told))


def near(a: list[Edge], b: list[Edge]) -> bool:
    """Return True if the edges are the same but for a thousandth of rounding."""
    return [x[2:] for x in a] == [x[2:] for x in b] and all(
        abs(x[0] - y[0]) <= 1 and abs(x[1] - y[1]) <= 1 for x, y in zip(a, b, strict=True)
    )


def by_course(edges: list[Edge]) -> list[Edge]:
    """Return the edges in an order that no rounding changes."""
    return sorted(edges, key=lambda edge: edge[2:])


@pytest.mark.parametrize("seed", range(60))
def test_random_maps_are_joined_as_osmnx_joins_them(tmp_path: Path, seed: int) -> None:
    """Bends, crossings, one-ways against the drawing, streets drawn twice, loops, parallels."""
    rng = random.Random(seed)
    places, ways = random_map(rng, nodes=rng.choice([6, 14, 40]), ways=rng.choice([4, 11, 25]))
    for way in ways:
        way.tags["name"] = rng.choice(["", "", "A"])
    found = joined(read_ways(write_osm(tmp_path / "map.osm", places, ways)))
    assert near(by_course(found), by_course(by_osmnx(drawn_graph(places, ways))))


LINE = {k: at(100 * k, 50 * (k % 2)) for k in range(1, 9)}


@pytest.mark.parametrize(
    "ways",
    [
        [street(1, 2, 3, 4, 5)],
        [street(1, 2, 3, 4, 1)],
        [street(1, 2, 3, 4, 1, oneway="yes"), street(1, 5)],
        [street(1, 2, 3), street(3, 4, 5, 1), street(1, 6, 3), street(1, 3)],
        [street(1, 2, 2, 3)],
        [street(1, 2, 3, oneway="-1"), street(3, 4, 1)],
        [street(1, 2, 3), street(2, 3, 4, maxspeed="50"), street(4, 5, oneway="yes")],
        [street(1, 2, 1, 3)],
    ],
    ids=["line", "ring", "loop", "parallel", "stutter", "backwards", "overlap", "there and back"],
)
def test_odd_maps_are_joined_as_osmnx_joins_them(tmp_path: Path, ways: list[Way]) -> None:
    """The cases that a random map seldom draws."""
    found = joined(read_ways(write_osm(tmp_path / "map.osm", LINE, ways)))
    assert near(by_course(found), by_course(by_osmnx(drawn_graph(LINE, ways))))


@pytest.mark.shelf
def test_a_country_is_joined_as_osmnx_joins_it(shelf: Path) -> None:
    """Every edge of Liechtenstein; what the tags mean is not doubted here."""
    ways = read_ways(shelf / "osm" / "liechtenstein.osm.pbf")
    places = {i: LonLat(*p) for i, p in zip(ways.ids.tolist(), ways.places.tolist(), strict=True)}
    told = (
        (ways.refs[a:b].tolist(), one.oneway, one.highway, one.name, one.kph / 3.6)
        for one, a, b in zip(ways.streets, ways.start[:-1], ways.start[1:], strict=True)
    )
    found, expected = by_course(joined(ways)), by_course(by_osmnx(graph_of(places, told)))
    assert [one[2:] for one in found] == [one[2:] for one in expected]
    assert all(abs(a[0] - b[0]) <= 1 for a, b in zip(found, expected, strict=True))
