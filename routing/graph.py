"""The street graph through osmnx: from filtered XML or GraphML, speeds on it, simplified."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
import osmnx

from routing.drivable import may_drive
from routing.speeds import kph

_TAGS = ("highway", "name", "oneway", "maxspeed")


def graph_from_xml(xml: Path) -> nx.MultiDiGraph:
    """Return the unsimplified graph of an XML that ``write_streets`` wrote."""
    with _settings():
        graph = osmnx.graph_from_xml(xml, simplify=False, retain_all=True)
    _set_speeds(graph)
    return graph


def graph_from_graphml(path: Path) -> nx.MultiDiGraph:
    """Return the graph of a GraphML file that osmnx saved, in WGS-84, drivable edges only.

    Raises
    ------
    Exception
        Whatever osmnx, networkx or the XML parser find wrong with the file.
    """
    graph = osmnx.load_graphml(path)
    if graph.graph.get("crs", "epsg:4326") != "epsg:4326":
        graph = osmnx.project_graph(graph, to_latlong=True)
    shut = [(u, v, k) for u, v, k, tags in graph.edges(keys=True, data=True) if not _open(tags)]
    graph.remove_edges_from(shut)
    if any("length" not in tags for _, _, tags in graph.edges(data=True)):
        graph = osmnx.distance.add_edge_lengths(graph)
    _set_speeds(graph)
    return graph


def simplified(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return the graph with nodes only where streets meet, end, or change class, name or speed.

    So each edge has one speed and half an edge takes half its seconds. Of several edges between
    neighbouring OSM nodes only the fastest is kept before: they are one street drawn twice.
    """
    if graph.graph.get("simplified"):
        return graph
    _drop_slower_copies(graph)
    return osmnx.simplify_graph(
        graph, edge_attrs_differ=["highway", "name", "kph"], remove_rings=False
    )


def first(value: object) -> str:
    """Return a tag as text; of the several that a simplified graph may hold, the first by name."""
    if isinstance(value, list):
        return min(str(one) for one in value)
    return "" if value is None else str(value)


def _open(tags: dict[str, object]) -> bool:
    """Return True if an edge of a GraphML file may be driven; its direction is settled there."""
    return may_drive({k: first(v) for k, v in tags.items() if k != "oneway"})


def _set_speeds(graph: nx.MultiDiGraph) -> None:
    for _, _, tags in graph.edges(data=True):
        limits = tags.get("maxspeed", "")
        text = ";".join(limits) if isinstance(limits, list) else str(limits)
        tags["kph"] = kph(first(tags["highway"]), text)
        tags["name"] = first(tags.get("name"))


def _drop_slower_copies(graph: nx.MultiDiGraph) -> None:
    slower: list[tuple[int, int, int]] = []
    for u, v in {(u, v) for u, v, k in graph.edges(keys=True) if k > 0}:
        by_speed = sorted((-tags["kph"], key) for key, tags in graph[u][v].items())
        slower.extend((u, v, key) for _, key in by_speed[1:])
    graph.remove_edges_from(slower)


@contextmanager
def _settings() -> Iterator[None]:
    """Set what osmnx reads of a way, and put its module-wide settings back afterwards."""
    before = osmnx.settings.useful_tags_way, osmnx.settings.all_oneway
    osmnx.settings.useful_tags_way, osmnx.settings.all_oneway = list(_TAGS), False
    try:
        yield
    finally:
        osmnx.settings.useful_tags_way, osmnx.settings.all_oneway = before
