"""Parks and water out of an OSM file, for the base map; nothing is routed over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import osmium
import shapely

from domain.streets import Area, AreaKind, FloatArray
from routing.drivable import street_name
from routing.metric import LocalMetres
from routing.osm_file import osm_source

#: What becomes green or blue. Source: OSM wiki, Map features: leisure, landuse, natural, waterway.
_KIND_OF_TAG: dict[tuple[str, str], AreaKind] = {
    ("leisure", "park"): AreaKind.PARK,
    ("leisure", "garden"): AreaKind.PARK,
    ("landuse", "grass"): AreaKind.PARK,
    ("landuse", "forest"): AreaKind.PARK,
    ("landuse", "recreation_ground"): AreaKind.PARK,
    ("natural", "wood"): AreaKind.PARK,
    ("natural", "water"): AreaKind.WATER,
    ("waterway", "riverbank"): AreaKind.WATER,
    ("landuse", "reservoir"): AreaKind.WATER,
}

#: What a map of a town at 1:10 000 can show, and how much of it a page should carry.
_TOLERANCE_M, _SMALLEST_M2, _MOST, _MARGIN_M = 5.0, 1000.0, 400, 500.0


def read_areas(path: Path, streets: FloatArray) -> tuple[Area, ...]:
    """Return the parks and water bodies around the streets, largest first, at most 400.

    Only outer rings are kept: simplified to 5 m, none under 1000 m2, clipped to the box of the
    ``streets``' places ((n, 2) WGS-84) and 500 m around it.

    Raises
    ------
    RuntimeError
        Whatever osmium finds wrong with the file.
    """
    plane = LocalMetres(float(np.mean(streets[:, 1])))
    around = plane.to_plane(streets)
    low, high = around.min(axis=0) - _MARGIN_M, around.max(axis=0) + _MARGIN_M
    found: list[tuple[float, int, Area]] = []
    for kind, name, ring in _rings(path):
        for part in _fit(plane.to_plane(ring), (*low, *high)):
            area = Area(kind, plane.to_lonlat(shapely.get_coordinates(part.exterior)), name)
            found.append((-part.area, len(found), area))
    return tuple(area for _, _, area in sorted(found, key=lambda item: item[:2])[:_MOST])


def _rings(path: Path) -> Iterator[tuple[AreaKind, str, FloatArray]]:
    """Yield kind, name and (k, 2) WGS-84 outer ring of each part of each area, in file order."""
    wanted = osmium.filter.TagFilter(*_KIND_OF_TAG)
    areas = osmium.FileProcessor(osm_source(path)).with_areas(wanted)
    only_areas = osmium.filter.EntityFilter(osmium.osm.AREA)
    for area in areas.with_filter(only_areas).with_filter(wanted):
        if not isinstance(area, osmium.osm.Area):
            continue
        tags = dict(area.tags)
        for ring in area.outer_rings():
            places = [(node.lon, node.lat) for node in ring if node.location.valid()]
            yield _kind(tags), street_name(tags), np.array(places).reshape(-1, 2)


def _kind(tags: Mapping[str, str]) -> AreaKind:
    """Return water before park, should an area claim both."""
    kinds = {kind for tag, kind in _KIND_OF_TAG.items() if tags.get(tag[0]) == tag[1]}
    return AreaKind.WATER if AreaKind.WATER in kinds else AreaKind.PARK


def _fit(ring: FloatArray, box: tuple[float, ...]) -> Iterable[shapely.Polygon]:
    """Return the polygons left of a ring (metres) inside the box, simplified, large enough."""
    if len(ring) < 4:
        return []
    simple = shapely.Polygon(ring).simplify(_TOLERANCE_M).buffer(0)
    parts = shapely.get_parts(shapely.clip_by_rect(simple, *box))
    return [p for p in parts if isinstance(p, shapely.Polygon) and p.area >= _SMALLEST_M2]
