"""An isolation as GeoJSON for outages.geojson: shapes and ids, nobody's name or phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from shapely import (
    buffer,
    contains_xy,
    get_coordinates,
    points,
    set_coordinates,
    set_precision,
    union_all,
    voronoi_polygons,
)
from shapely.geometry import MultiPoint, mapping
from shapely.geometry.base import BaseGeometry

from domain.isolation import Isolation
from domain.network import PipeNetwork
from gis.crs import FloatArray, lines_in_metres
from gis.geojson import feature, line_string, point
from gis.snap import pipe_lines

#: How far around dry pipes and premises the outage is drawn, metres: a street's half width.
#: Source: mainbreak default.
AROUND_M = 15.0

#: Corners of a quarter circle of the outage's outline: coarse, the file stays small.
CORNERS = 3

Feature = dict[str, object]


def outage_features(network: PipeNetwork, isolation: Isolation) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection of an isolation, WGS-84 lon, lat.

    Layers: ``outage`` (one polygon around all that is dry), ``segment_pipe``,
    ``unintended_pipe``, ``close`` (with ``order`` from 1), ``optional``, ``premises`` (id and
    ``critical``). Exact isolation valve positions are for the office, not for the public.
    """
    features = [
        *_outline(network, isolation),
        *_pipes(network, "segment_pipe", isolation.segment_pipes),
        *_pipes(network, "unintended_pipe", isolation.unintended_pipes),
        *_isolation_valves(network, isolation),
        *_premises(network, isolation),
    ]
    return {"type": "FeatureCollection", "features": features}


def _pipes(network: PipeNetwork, layer: str, ids: tuple[str, ...]) -> Iterator[Feature]:
    for name in ids:
        yield feature(line_string(network.link_by_id[name].path), {"layer": layer, "id": name})


def _isolation_valves(network: PipeNetwork, isolation: Isolation) -> Iterator[Feature]:
    for layer, ids in (("close", isolation.close), ("optional", isolation.optional)):
        for order, name in enumerate(ids, start=1):
            valve = network.isolation_valve_by_id[name]
            properties: dict[str, object] = {"layer": layer, "id": name, "link": valve.link}
            if layer == "close":
                properties["order"] = order
            yield feature(point(valve.location), properties)


def _premises(network: PipeNetwork, isolation: Isolation) -> Iterator[Feature]:
    for name in isolation.premises:
        one = network.premises_by_id[name]
        yield feature(
            point(one.location), {"layer": "premises", "id": name, "critical": one.critical}
        )


def _outline(network: PipeNetwork, isolation: Isolation) -> Iterator[Feature]:
    """Yield the polygon around the dry pipes and premises, nothing if nothing is dry.

    Every premises out lies in it; those that keep their water are left outside.
    """
    dry_before = set(isolation.dry_before_pipes)
    pipes = [*isolation.segment_pipes, *isolation.unintended_pipes]
    paths = [network.link_by_id[name].path for name in pipes if name not in dry_before]
    plane = pipe_lines(network).plane
    homes, out = _homes(network), np.zeros(len(network.premises), np.bool_)
    rows = {one.id: row for row, one in enumerate(network.premises)}
    out[[rows[name] for name in isolation.premises]] = True
    shapes = [*lines_in_metres(plane, paths), *points(homes[out])]
    if not shapes:
        return
    around = union_all(buffer(shapes, AROUND_M, quad_segs=CORNERS))
    around = _spared(around, homes[out], homes[~out])
    outline = set_coordinates(around, plane.lonlat(get_coordinates(around)))
    properties = {"layer": "outage", "burst": list(isolation.burst)}
    yield feature(_geometry(outline), properties | {"premises_count": isolation.premises_count})


def _homes(network: PipeNetwork) -> FloatArray:
    """Return (n, 2) metres of every premises."""
    return pipe_lines(network).plane.xy([one.location for one in network.premises])


def _spared(around: BaseGeometry, dry: FloatArray, wet: FloatArray) -> BaseGeometry:
    """Return the outline without what lies nearer to a premises with water than to one without.

    Where two share a place the one without water counts.
    """
    if not len(wet) or not len(dry):
        return around
    inside = wet[contains_xy(around, wet[:, 0], wet[:, 1])]
    taken = {tuple(place) for place in dry.round(1).tolist()}
    inside = inside[[tuple(place) not in taken for place in inside.round(1).tolist()]]
    if not len(inside):
        return around
    places = np.unique(np.concatenate([dry, inside]).round(1), axis=0)
    spares = {tuple(place) for place in inside.round(1).tolist()}
    cells = voronoi_polygons(MultiPoint(places), extend_to=around, ordered=True)
    kept = [
        cell
        for cell, place in zip(cells.geoms, places.tolist(), strict=True)
        if tuple(place) in spares
    ]
    return around.difference(union_all(kept))


def _geometry(outline: BaseGeometry) -> Feature:
    return dict(mapping(set_precision(outline, 1e-7)))
