"""A place on a line to point at."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry import LineString

from domain.places import LonLat


def halfway(path: Sequence[LonLat]) -> LonLat:
    """Return a place on the path near its middle: halfway in degrees."""
    spot = LineString([(one.lon, one.lat) for one in path]).interpolate(0.5, normalized=True)
    return LonLat(spot.x, spot.y)
