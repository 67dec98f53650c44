"""Street graphs of osmnx, saved as GraphML or fetched by a place's name, as pieces of street."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import osmnx
from osmnx._errors import InsufficientResponseError
from pyproj.exceptions import CRSError

from domain.streets import FloatArray
from routing.drivable import FERRY, Street, is_wanted, street_of
from routing.metric import great_circle_m
from routing.segments import Segments
from routing.speeds import CLASS_KPH

#: The tags of ways and nodes that ``street_of`` and the signals need.
_WAY_TAGS = (
    *("highway", "route", "oneway", "junction", "service", "area", "maxspeed", "duration"),
    *("access", "vehicle", "motor_vehicle", "motorcar"),
    *("name", "name:zh-Hans", "name:zh", "name:en", "ref"),
)
_NODE_TAGS = ("highway",)
_WGS84 = "epsg:4326"


class NotStreets(ValueError):
    """The graph lacks what every street graph has; the text says what."""


class UnknownPlace(LookupError):
    """The map has no area of that name."""


def graph_from_graphml(path: Path) -> nx.MultiDiGraph:
    """Return the graph of a GraphML file that osmnx saved, in WGS-84.

    Raises
    ------
    NotStreets
        If its nodes are nowhere, its CRS is none or another program typed its values.
    Exception
        Whatever osmnx, networkx or the XML parser find wrong with the file.
    """
    try:
        graph = osmnx.load_graphml(path)
    except AttributeError as fault:  # osmnx takes texts only, as it writes them
        raise NotStreets("it is not a graph as osmnx saves it") from fault
    _check_places(graph)
    crs = str(graph.graph.setdefault("crs", _WGS84))
    if crs.lower() != _WGS84:
        graph = _to_wgs84(graph, crs)
    _check_places(graph, farthest=(180.0, 90.0))
    return graph if graph.is_directed() else graph.to_directed()


def graph_of_place(place: str, *, ferries: bool) -> nx.MultiDiGraph:
    """Return the graph of a place by its name, every node of it, from OpenStreetMap's servers.

    Empty if there is no street in it.

    Raises
    ------
    UnknownPlace
        If the map has no area of that name.
    OSError
        If the servers cannot be reached.
    Exception
        Whatever else osmnx finds wrong with what they answer.
    """
    filters = ['["highway"~"^(' + "|".join(CLASS_KPH) + ')$"]']
    if ferries:
        filters.append(f'["route"="{FERRY}"]')
    with _settings():
        try:
            area = osmnx.geocode_to_gdf(place).union_all()
        except (InsufficientResponseError, TypeError) as fault:
            raise UnknownPlace(place) from fault
        try:
            return osmnx.graph_from_polygon(
                area, simplify=False, retain_all=True, custom_filter=filters
            )
        except InsufficientResponseError:
            return nx.MultiDiGraph()


def segments_of_graph(
    graph: nx.MultiDiGraph, *, ferries: bool = False, private: bool = False
) -> tuple[Segments, int, int]:
    """Return the drivable edges of a graph, and how many ferries and private edges were left out.

    An edge without a length gets that of its course.
    """
    ids = sorted(graph.nodes)
    nodes = np.array([(graph.nodes[i]["x"], graph.nodes[i]["y"]) for i in ids], dtype=np.float64)
    nodes = nodes.reshape(-1, 2)
    index = {id_: k for k, id_ in enumerate(ids)}
    found = [
        _Edge(index[u], index[v], street, tags)
        for u, v, tags in graph.edges(data=True)
        if (street := street_of(_texts(tags))) is not None
    ]
    wanted = [is_wanted(one.street, ferries=ferries, private=private) for one in found]
    edges = [one for one, kept in zip(found, wanted, strict=True) if kept]
    gone = [one.street.ferry for one, kept in zip(found, wanted, strict=True) if not kept]
    courses = [_course(one.tags, nodes[[one.tail, one.head]]) for one in edges]
    metres = [_metres(one.tags, course) for one, course in zip(edges, courses, strict=True)]
    pieces = Segments(
        ids=np.array(ids, dtype=np.int64),
        nodes=nodes,
        tail=np.array([one.tail for one in edges], dtype=np.int64),
        head=np.array([one.head for one in edges], dtype=np.int64),
        street=np.arange(len(edges), dtype=np.int64),
        metres=np.array(metres, dtype=np.float64),
        waits=np.zeros(len(edges)),
        shape_start=np.cumsum([0, *map(len, courses)], dtype=np.int64),
        shape=np.vstack([np.empty((0, 2)), *courses]),
        signals=np.array([graph.nodes[i].get("highway") == "traffic_signals" for i in ids]),
        streets=[one.street for one in edges],
        ways=np.zeros(len(edges), dtype=np.int64),
        kph=_speeds(edges, metres),
    )
    return pieces, gone.count(True), gone.count(False)


@dataclass(frozen=True, slots=True)
class _Edge:
    tail: int
    head: int
    street: Street
    tags: Mapping[str, Any]


def _texts(tags: Mapping[str, Any]) -> dict[str, str]:
    """Return an edge's tags as texts; its direction is settled by the graph.

    Of the several values that a joined edge may hold, the first by name; all limits, since the
    lowest counts.
    """
    found = {}
    for key in _WAY_TAGS:
        value = tags.get(key)
        if value is not None and key != "oneway":
            several = sorted(map(str, value)) if isinstance(value, list) else [str(value)]
            found[key] = ";".join(several) if key == "maxspeed" else several[0]
    return found


def _course(tags: Mapping[str, Any], ends: FloatArray) -> FloatArray:
    drawn = tags.get("geometry")
    return ends if drawn is None else np.array(drawn.coords, dtype=np.float64)[:, :2]


def _metres(tags: Mapping[str, Any], course: FloatArray) -> float:
    said = float(tags.get("length", 0.0))
    if np.isfinite(said) and said > 0.0:
        return said
    return float(great_circle_m(course[:-1], course[1:]).sum())


def _speeds(edges: Sequence[_Edge], metres: Sequence[float]) -> FloatArray:
    """Return km/h of each edge; a ferry's crossing time is for all edges of its way together."""
    way = [(str(one.tags.get("osmid")), str(one.tags.get("reversed"))) for one in edges]
    whole: dict[tuple[str, str], float] = defaultdict(float)
    for of, length in zip(way, metres, strict=True):
        whole[of] += length
    return np.array(
        [
            3.6 * whole[of] / one.street.crossing_s if one.street.crossing_s else one.street.kph
            for one, of in zip(edges, way, strict=True)
        ],
        dtype=np.float64,
    )


def _check_places(graph: nx.MultiDiGraph, farthest: tuple[float, float] = (np.inf, np.inf)) -> None:
    """Raise NotStreets unless every node has a place, x and y no farther out than this."""
    for node, tags in graph.nodes(data=True):
        place = tags.get("x"), tags.get("y")
        if not all(isinstance(part, float) and np.isfinite(part) for part in place):
            raise NotStreets(f"its node {node} has no x and y in numbers")
        if any(abs(part) > most for part, most in zip(place, farthest, strict=True)):
            raise NotStreets(f"its node {node} lies off the map, at {place[0]:g}, {place[1]:g}")


def _to_wgs84(graph: nx.MultiDiGraph, crs: str) -> nx.MultiDiGraph:
    try:
        return osmnx.project_graph(graph, to_latlong=True)
    except CRSError as fault:
        raise NotStreets(f"its crs {crs[:40]!r} is unknown") from fault


@contextmanager
def _settings() -> Iterator[None]:
    """Set what osmnx fetches and that it keeps nothing; put its settings back afterwards."""
    ours = {
        "useful_tags_way": list(_WAY_TAGS),
        "useful_tags_node": list(_NODE_TAGS),
        "all_oneway": False,
        "use_cache": False,
    }
    before = {key: getattr(osmnx.settings, key) for key in ours}
    try:
        for key, value in ours.items():
            setattr(osmnx.settings, key, value)
        yield
    finally:
        for key, value in before.items():
            setattr(osmnx.settings, key, value)
