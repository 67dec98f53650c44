"""From the street graph to arrays: the largest part that can be driven in and out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from domain.streets import Area, FloatArray, IntArray, StreetNetwork, StreetReport
from routing.graph import first

#: No street is shorter: two nodes drawn on one place are still two nodes.
_SHORTEST_M = 0.01


@dataclass(frozen=True, slots=True)
class _Edge:
    tail: int
    head: int
    tags: dict[str, Any]
    course: FloatArray

    @property
    def length_m(self) -> float:
        return max(float(self.tags["length"]), _SHORTEST_M)


def to_arrays(graph: nx.MultiDiGraph, source: str) -> StreetNetwork:
    """Return the whole graph as arrays, ordered by OSM node id; ``areas`` is empty.

    Parallel edges on different courses are all kept: premises lie along each of them.
    """
    ids = sorted(graph.nodes)
    nodes = np.array([(graph.nodes[i]["x"], graph.nodes[i]["y"]) for i in ids], dtype=np.float64)
    edges = _edges(graph, {id_: k for k, id_ in enumerate(ids)}, nodes.reshape(-1, 2))
    length = np.array([e.length_m for e in edges])
    speed = np.array([e.tags["kph"] for e in edges]) / 3.6
    classes, road_class = _coded([first(e.tags["highway"]) for e in edges], ())
    names, name = _coded([e.tags["name"] for e in edges], ("",))
    return StreetNetwork(
        nodes=nodes.reshape(-1, 2),
        tail=np.array([e.tail for e in edges], dtype=np.int64),
        head=np.array([e.head for e in edges], dtype=np.int64),
        length_m=length,
        seconds=length / speed,
        road_class=road_class,
        classes=classes,
        name=name,
        names=names,
        shape_start=np.cumsum([0, *(len(e.course) for e in edges)], dtype=np.int64),
        shape=np.vstack([np.empty((0, 2)), *(e.course for e in edges)]),
        areas=(),
        report=StreetReport(source, len(ids), len(edges), 0, 0),
    )


def largest_part(streets: StreetNetwork) -> StreetNetwork:
    """Return the largest strongly connected part, and in its report what lies outside.

    Only there does every place have a way to every other. Largest is the one with most metres of
    street: a block whose streets meet at one junction has one node and is no less a town for it.
    """
    count = len(streets.nodes)
    links = csr_array((np.ones(len(streets.tail)), (streets.tail, streets.head)), (count, count))
    _, label = connected_components(links, directed=True, connection="strong")
    within = label[streets.tail] == label[streets.head]
    metres = np.bincount(label[streets.tail], weights=streets.length_m * within)
    return _kept(streets, label == metres.argmax())


def with_areas(streets: StreetNetwork, areas: tuple[Area, ...]) -> StreetNetwork:
    """Return the same streets with these parks and water bodies."""
    return replace(streets, areas=areas)


def _edges(graph: nx.MultiDiGraph, index: dict[int, int], nodes: FloatArray) -> list[_Edge]:
    """Return the edges ordered by tail, head and key, each with its course, tail first."""
    found = []
    for u, v, _, tags in sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3]):
        ends = nodes[[index[u], index[v]]]
        drawn = tags.get("geometry")
        course = ends if drawn is None else np.array(drawn.coords, dtype=np.float64)[:, :2]
        found.append(_Edge(index[u], index[v], tags, course))
    return found


def _coded(values: list[str], known: tuple[str, ...]) -> tuple[tuple[str, ...], IntArray]:
    """Return the distinct values, the known ones first and the rest sorted, and their codes."""
    distinct = (*known, *sorted(set(values) - set(known)))
    code = {value: k for k, value in enumerate(distinct)}
    return distinct, np.array([code[value] for value in values], dtype=np.int64)


def _kept(streets: StreetNetwork, inside: np.ndarray[Any, np.dtype[np.bool_]]) -> StreetNetwork:
    edge = inside[streets.tail] & inside[streets.head]
    sizes = np.diff(streets.shape_start)
    new_index = np.cumsum(inside) - 1
    report = replace(
        streets.report,
        nodes=int(inside.sum()),
        edges=int(edge.sum()),
        dropped_nodes=int((~inside).sum()),
        dropped_edges=int((~edge).sum()),
    )
    return replace(
        streets,
        nodes=streets.nodes[inside],
        tail=new_index[streets.tail[edge]],
        head=new_index[streets.head[edge]],
        length_m=streets.length_m[edge],
        seconds=streets.seconds[edge],
        road_class=streets.road_class[edge],
        name=streets.name[edge],
        shape_start=np.concatenate([[0], np.cumsum(sizes[edge])]).astype(np.int64),
        shape=streets.shape[np.repeat(edge, sizes)],
        report=report,
    )
