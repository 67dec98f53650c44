"""Street graphs of osmnx, saved as GraphML or fetched by a place's name, as pieces of street."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import osmnx
from osmnx._errors import InsufficientResponseError
from pyproj.exceptions import CRSError

from domain.streets import FloatArray
from routing.drivable import FERRY, Street, street_of
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
        If its nodes are nowhere or its CRS is none.
    Exception
        Whatever osmnx, networkx or the XML parser find wrong with the file.
    """
    graph = osmnx.load_graphml(path)
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
    index = {id_: k for k, id_ in enumerate(ids)}
    nodes = np.array([(graph.nodes[i]["x"], graph.nodes[i]["y"]) for i in ids], dtype=np.float64)
    nodes = nodes.reshape(-1, 2)
    left_out = [0, 0]
    ends, streets, courses, metres = list[tuple[int, int]](), list[Street](), [], list[float]()
    for u, v, tags in graph.edges(data=True):
        street = street_of(_texts(tags))
        if street is None:
            continue
        if (street.ferry and not ferries) or (street.private and not private):
            left_out[0 if street.ferry else 1] += 1
            continue
        ends.append((index[u], index[v]))
        streets.append(street)
        courses.append(_course(tags, nodes[[index[u], index[v]]]))
        metres.append(_metres(tags, courses[-1]))
    both = np.array(ends, dtype=np.int64).reshape(-1, 2)
    length = np.array(metres, dtype=np.float64)
    pieces = Segments(
        ids=np.array(ids, dtype=np.int64),
        nodes=nodes,
        tail=both[:, 0],
        head=both[:, 1],
        street=np.arange(len(streets), dtype=np.int64),
        metres=length,
        waits=np.zeros(len(streets)),
        shape_start=np.cumsum([0, *map(len, courses)], dtype=np.int64),
        shape=np.vstack([np.empty((0, 2)), *courses]),
        signals=np.array([graph.nodes[i].get("highway") == "traffic_signals" for i in ids]),
        streets=streets,
        ways=np.zeros(len(streets), dtype=np.int64),
        kph=np.array([_kph(one, m) for one, m in zip(streets, metres, strict=True)]),
    )
    return pieces, left_out[0], left_out[1]


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


def _kph(street: Street, metres: float) -> float:
    """Return the speed on an edge; a ferry's whole crossing is one edge of a joined graph."""
    return 3.6 * metres / street.crossing_s if street.crossing_s and metres else street.kph


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
