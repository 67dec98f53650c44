"""The oracle: the ways themselves as a networkx graph, one edge per pair of OSM nodes.

Shares no code with routing/: own distances, own reading of one-way tags, own speeds for the few
tags that the tests draw.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

import networkx as nx

from domain.places import LonLat
from tests.routing.drawn import Way

KPH = {"residential": 29.0, "primary": 70.0, "service": 19.0}


def haversine_m(a: LonLat, b: LonLat) -> float:
    """Return metres on osmnx's sphere."""
    lat1, lat2 = radians(a.lat), radians(b.lat)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6_371_009.0 * asin(sqrt(half))


def speed_mps(tags: dict[str, str]) -> float:
    """Return metres per second by limit or class."""
    limit = tags.get("maxspeed")
    return (8 / 9 * float(limit) if limit else KPH[tags["highway"]]) / 3.6


def graph_of(places: dict[int, LonLat], ways: Iterable[Way]) -> nx.DiGraph:
    """Return the directed graph with ``seconds`` and ``metres``, of copies the fastest."""
    graph = nx.DiGraph()
    for way in ways:
        for a, b in pairwise(way.nodes):
            metres = haversine_m(places[a], places[b])
            ends = {"yes": [(a, b)], "-1": [(b, a)]}.get(way.tags.get("oneway", "no"))
            for u, v in ends or [(a, b), (b, a)]:
                seconds = metres / speed_mps(way.tags)
                if seconds < graph.get_edge_data(u, v, {"seconds": float("inf")})["seconds"]:
                    graph.add_edge(u, v, seconds=seconds, metres=metres)
    return graph


def seconds_between(graph: nx.DiGraph, nodes: Sequence[int]) -> list[list[float]]:
    """Return the matrix of fastest seconds between nodes, ``inf`` where there is no path."""
    rows = []
    for node in nodes:
        reach = nx.single_source_dijkstra_path_length(graph, node, weight="seconds")
        rows.append([reach.get(other, float("inf")) for other in nodes])
    return rows


def random_map(
    rng: random.Random, nodes: int = 14, ways: int = 11
) -> tuple[dict[int, LonLat], list[Way]]:
    """Return a random map: two-way and one-way ways of several speeds, some overlapping."""
    places = {
        k: LonLat(
            round(8.6 + rng.uniform(0, 0.03), 7),
            round(49.4 + rng.uniform(0, 0.02), 7),
        )
        for k in range(1, nodes + 1)
    }
    drawn = []
    for _ in range(ways):
        count = rng.randint(2, 6)
        tags = {"highway": rng.choice(sorted(KPH))}
        tags["oneway"] = rng.choice(["no", "no", "no", "yes", "-1"])
        if rng.random() < 0.3:
            tags["maxspeed"] = rng.choice(["30", "50", "100"])
        drawn.append(Way(rng.sample(sorted(places), count), tags))
    return places, drawn
