"""Read an EPANET INP through wntr, which turns every unit into SI."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from domain.errors import BadFile
from domain.network import (
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    PipeNetwork,
    Position,
    Premises,
)
from domain.places import LonLat
from gis.crs import known_crs, to_wgs84
from gis.inp_scan import scan


def read_inp(path: Path, *, crs: str, isolation_valves: str | None = None) -> PipeNetwork:
    """Return the network of an EPANET INP, lengths and diameters in metres, places in WGS-84.

    Every junction with a demand is a premises with the junction's id, connected to the junction.
    Links keep their names; closed pumps and pipes keep their status, controls are not followed.

    Parameters
    ----------
    crs
        What the file's coordinates refer to, such as ``EPSG:3089``; an INP does not say.
    isolation_valves
        ``"TCV"`` if the file's throttle control valves are isolation valves. Each is then both
        a link and an isolation valve of the same id that is that link.

    Raises
    ------
    BadFile
        If the file cannot be what it claims, or the CRS is missing, unknown or wrong.
    """
    known_crs(crs, path)
    if isolation_valves is not None and isolation_valves.upper() != "TCV":
        raise BadFile(
            path, f"cannot take {isolation_valves} links for isolation valves", "only TCV links"
        )
    scan(path)
    return _Reader(path, _model(path), crs).network(own_links=isolation_valves is not None)


def _model(path: Path) -> Any:
    """Return wntr's model, quiet; loaded here because importing wntr takes seconds."""
    logging.getLogger("wntr").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            wntr = importlib.import_module("wntr")
            return wntr.network.WaterNetworkModel(str(path))
    except Exception as fault:  # wntr answers a bad file with whatever comes up inside it
        root = fault.__cause__ or fault
        said = " ".join(str(root).split()) or type(root).__name__
        raise BadFile(
            path, f"EPANET's reader cannot use it ({said[:200]})", "correct the file in EPANET"
        ) from None


class _Reader:
    """Turns wntr's model into a network."""

    def __init__(self, path: Path, model: Any, crs: str) -> None:
        self.path, self.model, self.crs = path, model, crs

    def network(self, *, own_links: bool) -> PipeNetwork:
        """Return the network; with ``own_links`` each TCV is an isolation valve too."""
        nodes = self._nodes()
        at = {node.id: node.position for node in nodes}
        links = self._links(at)
        tcvs = [link for link in links if own_links and link.kind is LinkKind.TCV]
        own, widest_m = {link.id for link in tcvs}, _widest_m(links)
        return PipeNetwork(
            nodes=nodes,
            links=tuple(
                _as_isolation_valve(link, widest_m) if link.id in own else link for link in links
            ),
            isolation_valves=tuple(_isolation_valve(link) for link in tcvs),
            premises=self._premises(at),
            name=self.path.stem,
        )

    def _nodes(self) -> tuple[Node, ...]:
        found = [node for _, node in self.model.nodes()]
        places = self._places([node.coordinates for node in found])
        return tuple(
            Node(node.name, NodeKind(node.node_type.lower()), place, _elevation_m(node))
            for node, place in zip(found, places, strict=True)
        )

    def _links(self, at: dict[str, LonLat]) -> tuple[Link, ...]:
        found = [link for _, link in self.model.links()]
        bends = self._places([bend for link in found for bend in link.vertices])
        links, used = [], 0
        for link in found:
            course = bends[used : used + len(link.vertices)]
            used += len(link.vertices)
            path = (at[link.start_node_name], *course, at[link.end_node_name])
            links.append(_link(link, path))
        return tuple(links)

    def _premises(self, at: dict[str, LonLat]) -> tuple[Premises, ...]:
        return tuple(
            Premises(id=name, location=at[name], node=name)
            for name, junction in self.model.junctions()
            if any(demand.base_value > 0 for demand in junction.demand_timeseries_list)
        )

    def _places(self, xy: Sequence[tuple[float, float]]) -> list[LonLat]:
        degrees = to_wgs84(np.array(xy, dtype=float).reshape(-1, 2), known_crs(self.crs, self.path))
        if not (np.isfinite(degrees) & (np.abs(degrees) <= (180.0, 90.0))).all():
            raise BadFile(
                self.path,
                f"its coordinates do not lie where {self.crs} is used",
                "name the CRS the network was drawn in with --crs",
                field="X-Coord",
            )
        return [LonLat(float(lon), float(lat)) for lon, lat in degrees]


def _elevation_m(node: Any) -> float:
    """Return the elevation; a reservoir's head stands for it."""
    return float(node.base_head if node.node_type == "Reservoir" else node.elevation)


def _link(link: Any, path: tuple[LonLat, ...]) -> Link:
    kind = LinkKind(str(getattr(link, "valve_type", link.link_type)).lower())
    return Link(
        id=link.name,
        kind=kind,
        start=link.start_node_name,
        end=link.end_node_name,
        path=path,
        length_m=float(getattr(link, "length", 0.0)),
        diameter_m=float(getattr(link, "diameter", 0.0)),
        open=str(link.initial_status).lower() != "closed",
        check_valve=bool(getattr(link, "check_valve", False)),
    )


def _as_isolation_valve(link: Link, widest_m: Mapping[str, float]) -> Link:
    """Return the link of an isolation valve: open, and as wide as the widest pipe beside it.

    Its own position says whether it is shut, and files give such a TCV a placeholder diameter.
    """
    beside = max(widest_m.get(link.start, 0.0), widest_m.get(link.end, 0.0))
    return replace(link, open=True, diameter_m=beside or link.diameter_m)


def _widest_m(links: Iterable[Link]) -> dict[str, float]:
    """Return the largest pipe diameter at each node, metres."""
    widest: dict[str, float] = {}
    for link in links:
        if link.kind is LinkKind.PIPE:
            for node in (link.start, link.end):
                widest[node] = max(widest.get(node, 0.0), link.diameter_m)
    return widest


def _isolation_valve(link: Link) -> IsolationValve:
    start, end = link.path[0], link.path[-1]
    middle = LonLat((start.lon + end.lon) / 2, (start.lat + end.lat) / 2)
    position = Position.OPEN if link.open else Position.CLOSED
    return IsolationValve(link.id, link.id, None, middle, position)
