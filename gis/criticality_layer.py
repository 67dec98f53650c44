"""Criticality as layers: pipes and isolation valves, as a GeoPackage that QGIS opens or GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from domain.critical_places import CriticalPlaces, CriticalValve
from domain.network import Link, PipeNetwork
from domain.places import LonLat
from gis.crs import WGS84
from gis.geojson import feature, line_string, point

#: The layers' names in a GeoPackage, and what ``layer`` says in GeoJSON.
PIPES, ISOLATION_VALVES = "critical_pipes", "critical_isolation_valves"

Row = dict[str, Any]


def write_criticality(network: PipeNetwork, places: CriticalPlaces, file: Path) -> None:
    """Write each pipe with its segment's figures and each isolation valve with its own.

    The ending, ``.gpkg`` or ``.geojson``, says the format. ``rank`` is from 1, worst first.
    """
    pipes = list(_pipes(network, places))
    valves = [(one, _valve(rank, one)) for rank, one in enumerate(places.valves, start=1)]
    if file.suffix.lower() == ".geojson":
        features = [
            *(feature(line_string(link.path), {"layer": PIPES, **row}) for link, row in pipes),
            *(
                feature(point(one.location), {"layer": ISOLATION_VALVES, **row})
                for one, row in valves
            ),
        ]
        text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
        file.write_text(text, encoding="utf-8", newline="\n")
        return
    lines = [shapely.LineString(_degrees(link.path)) for link, _ in pipes]
    points = [shapely.Point(*_degrees([one.location])) for one, _ in valves]
    _write(file, PIPES, "LineString", lines, [row for _, row in pipes])
    _write(file, ISOLATION_VALVES, "Point", points, [row for _, row in valves])


def _pipes(network: PipeNetwork, places: CriticalPlaces) -> Iterator[tuple[Link, Row]]:
    for link, rank in zip(network.links, places.segment_of_link, strict=True):
        if rank >= 0:
            loss = places.segments[rank].loss
            yield (
                link,
                {
                    "id": link.id,
                    "road": link.road,
                    "dn": link.dn,
                    "rank": rank + 1,
                    "segment": loss.pipe,
                    "premises_out": loss.premises_out,
                    "critical_out": loss.critical_out,
                    "close": loss.close,
                    "risk": round(loss.risk, 3),
                },
            )


def _valve(rank: int, one: CriticalValve) -> Row:
    return {
        "id": one.loss.isolation_valve,
        "pipe": one.pipe,
        "road": one.road,
        "dn": one.dn,
        "rank": rank,
        "premises_out": one.loss.premises_out,
        "more": one.loss.more,
        "more_at_most": one.more_at_most,
        "risk": one.loss.risk,
    }


def _degrees(path: tuple[LonLat, ...] | list[LonLat]) -> list[tuple[float, float]]:
    return [(one.lon, one.lat) for one in path]


def _write(file: Path, layer: str, shape: str, shapes: list[Any], rows: list[Row]) -> None:
    from pyogrio import raw  # noqa: PLC0415 - GDAL takes a moment to load, and few verbs write

    if not rows:
        return
    raw.write(
        file,
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=[_column([row[name] for row in rows]) for name in rows[0]],
        fields=np.array(list(rows[0]), dtype=object),
        layer=layer,
        driver="GPKG",
        geometry_type=shape,
        crs=WGS84,
        append=file.exists(),
    )


def _column(values: list[Any]) -> np.ndarray:
    return np.array(values, dtype=object if isinstance(values[0], str) else None)
