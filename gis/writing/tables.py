"""A network as tables for GDAL: one layer a kind of thing, shapes in WGS-84 degrees.

The layers and fields are those of the network GeoJSON, so that one page tells them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from domain.network import PipeNetwork
from domain.places import LonLat

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Table:
    """A layer: its name, kind of shape, shapes as WKB, and columns; NaN and -1 years are null."""

    name: str
    shape: str
    wkb: Array
    columns: dict[str, Array]


def tables(network: PipeNetwork) -> list[Table]:
    """Return the layers that hold something: node, link, isolation_valve, hydrant, premises.

    Premises are without account, name, phone, address and meter.
    """
    found = [
        _nodes(network),
        _links(network),
        _isolation_valves(network),
        _hydrants(network),
        _premises(network),
    ]
    return [one for one in found if len(one.wkb)]


def _nodes(network: PipeNetwork) -> Table:
    nodes = network.nodes
    columns = {
        "id": _texts(one.id for one in nodes),
        "kind": _texts(one.kind.value for one in nodes),
        "elevation_m": _numbers([one.elevation_m for one in nodes]),
        "volume_m3": _numbers([one.volume_m3 for one in nodes]),
        "pressure_m": _numbers([one.pressure_m for one in nodes]),
    }
    return Table("node", "Point", _points([one.position for one in nodes]), columns)


def _links(network: PipeNetwork) -> Table:
    links = network.links
    columns = {
        "id": _texts(one.id for one in links),
        "kind": _texts(one.kind.value for one in links),
        "start": _texts(one.start for one in links),
        "end": _texts(one.end for one in links),
        "length_m": _numbers([one.length_m for one in links]),
        "diameter_m": _numbers([one.diameter_m for one in links]),
        "open": np.array([one.open for one in links], dtype=bool),
        "check_valve": np.array([one.check_valve for one in links], dtype=bool),
        "material": _texts(one.material for one in links),
        "year": np.array([one.year or 0 for one in links], dtype=np.int32),
        "road": _texts(one.road for one in links),
        "zone": _texts(one.zone for one in links),
        "roughness": _numbers([one.roughness for one in links]),
    }
    return Table("link", "LineString", _lines([one.path for one in links]), columns)


def _isolation_valves(network: PipeNetwork) -> Table:
    valves = network.isolation_valves
    columns = {
        "id": _texts(one.id for one in valves),
        "link": _texts(one.link for one in valves),
        "node": _texts(one.node or "" for one in valves),
        "position": _texts(one.position.value for one in valves),
        "operability": _texts(one.operability.value for one in valves),
        "accessible": np.array([one.accessible for one in valves], dtype=bool),
    }
    return Table("isolation_valve", "Point", _points([one.location for one in valves]), columns)


def _hydrants(network: PipeNetwork) -> Table:
    hydrants = network.hydrants
    columns = {
        "id": _texts(one.id for one in hydrants),
        "link": _texts(one.link for one in hydrants),
    }
    return Table("hydrant", "Point", _points([one.location for one in hydrants]), columns)


def _premises(network: PipeNetwork) -> Table:
    homes = network.premises
    columns = {
        "id": _texts(one.id for one in homes),
        "link": _texts(one.link or "" for one in homes),
        "node": _texts(one.node or "" for one in homes),
        "kind": _texts(one.kind.value for one in homes),
        "critical": np.array([one.critical for one in homes], dtype=bool),
        "demand_m3_d": _numbers([one.demand_m3_d for one in homes]),
    }
    return Table("premises", "Point", _points([one.location for one in homes]), columns)


def _texts(values: Iterable[str]) -> Array:
    return np.array(list(values), dtype=object)


def _numbers(values: Sequence[float | None]) -> Array:
    return np.array([np.nan if one is None else one for one in values], dtype=np.float64)


def _degrees(places: Iterable[LonLat]) -> Array:
    return np.array([(one.lon, one.lat) for one in places], dtype=np.float64).reshape(-1, 2)


def _points(places: Sequence[LonLat]) -> Array:
    return np.asarray(shapely.to_wkb(shapely.points(_degrees(places))), dtype=object)


def _lines(paths: Sequence[tuple[LonLat, ...]]) -> Array:
    xy = _degrees(place for path in paths for place in path)
    of = np.repeat(np.arange(len(paths)), [len(path) for path in paths])
    return np.asarray(shapely.to_wkb(shapely.linestrings(xy, indices=of)), dtype=object)
