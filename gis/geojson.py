"""Places, paths and features as GeoJSON writes them: WGS-84, longitude first."""

from __future__ import annotations

from collections.abc import Iterable

from domain.places import LonLat

#: Decimals of a degree on a picture: 1e-7 degrees of latitude are 11 mm.
DECIMALS = 7

Properties = dict[str, object]
Geometry = dict[str, object]


def degrees(place: LonLat, decimals: int = DECIMALS) -> list[float]:
    """Return lon, lat, rounded."""
    return [round(place.lon, decimals), round(place.lat, decimals)]


def point(place: LonLat, decimals: int = DECIMALS) -> Geometry:
    """Return a place as a GeoJSON geometry."""
    return {"type": "Point", "coordinates": degrees(place, decimals)}


def line_string(path: Iterable[LonLat], decimals: int = DECIMALS) -> Geometry:
    """Return a path as a GeoJSON geometry."""
    return {"type": "LineString", "coordinates": [degrees(place, decimals) for place in path]}


def feature(geometry: Geometry, properties: Properties) -> dict[str, object]:
    """Return one GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}
