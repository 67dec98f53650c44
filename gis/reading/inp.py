"""Read an EPANET INP through wntr, which turns every unit into SI."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from pyproj import CRS

from domain.errors import BadFile
from domain.network import Link, LinkKind, Node, NodeKind, PipeNetwork, Premises
from domain.places import LonLat
from domain.sentences import Sentence
from gis.crs import WGS84, known_crs
from gis.reading import inp_places
from gis.reading.inp_extras import extras_of
from gis.reading.inp_pressures import usual_pressures
from gis.reading.inp_scan import UNITS_LINE, InpText, scan
from gis.reading.network_file import NetworkFile
from gis.reading.places import to_lonlat

DAY_S = 86_400.0

#: The headloss formula whose roughness is C. Source: EPANET 2.2 manual, [OPTIONS] HEADLOSS.
HAZEN_WILLIAMS = "H-W"


def read_inp(path: Path, *, crs: str | None = None) -> NetworkFile:
    """Return the network of an EPANET INP, lengths and diameters in metres, places in WGS-84.

    Every junction with a demand is a premises with the junction's id, connected to the junction.
    Links keep their names; closed pumps and pipes keep their status, controls are not followed.
    Usual pressures are those of EPANET's first hydraulic step, unknown where it cannot run.
    What mainbreak wrote beside the sections (``gis.writing.inp``) wins over all this; the
    placeholders in them say nothing of pressures.

    Parameters
    ----------
    crs
        What the file's coordinates refer to, such as ``EPSG:3089``; an INP does not say, unless
        mainbreak wrote it. Not asked for where no node has coordinates.

    Raises
    ------
    BadFile
        If the file cannot be what it claims, or the CRS is missing, unknown or wrong.
    """
    text = scan(path)
    extras = extras_of(path, text)
    given = crs or extras.crs or ("" if text.placed else WGS84)
    known = known_crs(given, path)
    model = _model(path, text)
    notes = list(text.notes)
    network = _Reader(path, model, text, known, notes).network()
    if extras.crs is None:
        network = _with_pressures(network, text, notes)
    return NetworkFile(extras.added_to(network), tuple(notes), given.strip())


def _model(path: Path, text: InpText) -> Any:
    """Return wntr's model, quiet; loaded here because importing wntr takes seconds."""
    logging.getLogger("wntr").setLevel(logging.ERROR)
    with TemporaryDirectory(prefix="mainbreak-") as folder:
        copy = Path(folder) / "network.inp"
        copy.write_text(text.text if text.units else UNITS_LINE + text.text, encoding="utf-8")
        try:
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                wntr = importlib.import_module("wntr")
                return wntr.network.WaterNetworkModel(str(copy))
        except Exception as fault:  # wntr answers a bad file with whatever comes up inside it
            root = fault.__cause__ or fault
            said = " ".join(str(root).split()) or type(root).__name__
            said = said.replace(str(copy), path.name)
            raise BadFile(
                path, f"EPANET's reader cannot use it ({said[:200]})", "correct the file in EPANET"
            ) from None


def _with_pressures(network: PipeNetwork, text: InpText, notes: list[Sentence]) -> PipeNetwork:
    """Return the network with EPANET's pressures; a reservoir's is 0, a tank's its level."""
    found, why = usual_pressures(text, draws=bool(network.premises))
    if why is not None:
        notes.append(why)
    return replace(network, nodes=tuple(_under_pressure(one, found) for one in network.nodes))


def _under_pressure(node: Node, found: Mapping[str, float]) -> Node:
    # The level of a reservoir may follow a pattern; its elevation is the water's all the same.
    if node.id in found and node.kind is NodeKind.RESERVOIR:
        return replace(node, pressure_m=0.0)
    return replace(node, pressure_m=found.get(node.id))


@dataclass(frozen=True)
class _Reader:
    """Turns wntr's model into a network; what it assumes it adds to ``notes``."""

    path: Path
    model: Any
    text: InpText
    crs: CRS
    notes: list[Sentence]

    def network(self) -> PipeNetwork:
        """Return the network, without isolation valves."""
        at = self._places()
        return PipeNetwork(
            nodes=tuple(_node(node, at[name]) for name, node in self.model.nodes()),
            links=tuple(self._links(at)),
            premises=tuple(self._premises(at)),
            name=self.path.stem,
        )

    def _places(self) -> dict[str, LonLat]:
        """Return a place for every node; those the file leaves out are laid beside the others."""
        ids = list(self.model.node_name_list)
        given = [name for name in ids if name in self.text.placed]
        if not given:
            self.notes.append(inp_places.SCHEMA)
            return inp_places.schema(ids)
        xy = [self.model.get_node(name).coordinates for name in given]
        placed = dict(zip(given, self._lonlat(xy), strict=True))
        if len(given) == len(ids):
            return placed
        left = sorted(set(ids) - placed.keys())
        self.notes.append(inp_places.laid_beside(len(left), left[0]))
        edges = ((one.start_node_name, one.end_node_name) for _, one in self.model.links())
        return inp_places.beside(ids, placed, edges)

    def _links(self, at: dict[str, LonLat]) -> Iterator[Link]:
        found = [link for _, link in self.model.links()]
        bends = iter(
            self._lonlat([bend for link in found for bend in link.vertices])
            if self.text.placed
            else ()
        )
        for link in found:
            course = [next(bends) for _ in link.vertices] if self.text.placed else []
            path = (at[link.start_node_name], *course, at[link.end_node_name])
            yield _link(link, path, self._roughness(link))

    def _roughness(self, link: Any) -> float | None:
        """Return a pipe's Hazen-Williams C; another formula's roughness is none."""
        formula = str(self.model.options.hydraulic.headloss).upper()
        given = getattr(link, "roughness", None) if formula == HAZEN_WILLIAMS else None
        return None if given is None else float(given)

    def _premises(self, at: dict[str, LonLat]) -> Iterator[Premises]:
        factor = float(self.model.options.hydraulic.demand_multiplier)
        for name, junction in self.model.junctions():
            if any(demand.base_value > 0 for demand in junction.demand_timeseries_list):
                demand_m3_d = factor * _demand_m3_d(junction)
                yield Premises(id=name, location=at[name], node=name, demand_m3_d=demand_m3_d)

    def _lonlat(self, xy: list[tuple[float, float]]) -> list[LonLat]:
        degrees = to_lonlat(
            self.path, np.array(xy, dtype=float).reshape(-1, 2), self.crs, "X-Coord"
        )
        return [LonLat(lon, lat) for lon, lat in degrees.tolist()]


def _demand_m3_d(junction: Any) -> float:
    """Return what a junction draws on an average day: each base demand by its pattern's mean."""
    return DAY_S * sum(
        float(demand.base_value)
        * (float(np.mean(demand.pattern.multipliers)) if demand.pattern else 1.0)
        for demand in junction.demand_timeseries_list
    )


def _node(node: Any, place: LonLat) -> Node:
    """Return the node; a reservoir's head stands for its elevation."""
    kind = NodeKind(node.node_type.lower())
    level_m = float(node.base_head if kind is NodeKind.RESERVOIR else node.elevation)
    return Node(
        node.name, kind, place, level_m, _volume_m3(node) if kind is NodeKind.TANK else None
    )


def _volume_m3(tank: Any) -> float:
    """Return the water from a tank's initial to its lowest level, by its curve if it has one."""
    volume = tank.get_volume(tank.init_level) - tank.get_volume(tank.min_level)
    return max(0.0, float(volume))


def _link(link: Any, path: tuple[LonLat, ...], roughness: float | None) -> Link:
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
        roughness=roughness,
    )
