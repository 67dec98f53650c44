"""Metres on a plane around the streets: a spherical Mercator scaled to be true at one latitude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.places import LonLat
from domain.streets import FloatArray

#: Mean radius of the earth, metres. Source: IUGG, mean radius R1 of the GRS 80 ellipsoid.
EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True, slots=True)
class LocalMetres:
    """A conformal plane whose unit is the metre at latitude ``lat0`` (degrees).

    Conformal means that the nearest street on the plane is the nearest street on the ground at
    any latitude; a distance measured elsewhere is put right by ``ground_metres``. A sphere stands
    in for the ellipsoid: distances are true to 0.6 %.

    Source: spherical Mercator, Snyder, Map Projections - A Working Manual, USGS 1395 (1987), p. 41.
    """

    lat0: float

    @property
    def _unit(self) -> float:
        return EARTH_RADIUS_M * float(np.cos(np.radians(self.lat0)))

    def to_plane(self, lonlat: FloatArray) -> FloatArray:
        """Return (k, 2) x, y metres of (k, 2) WGS-84 lon, lat."""
        radians = np.radians(lonlat)
        y = np.arcsinh(np.tan(radians[:, 1]))
        return np.column_stack([radians[:, 0], y]) * self._unit

    def to_lonlat(self, plane: FloatArray) -> FloatArray:
        """Return (k, 2) WGS-84 lon, lat of (k, 2) x, y metres."""
        turns = plane / self._unit
        lat = np.arctan(np.sinh(turns[:, 1]))
        lonlat: FloatArray = np.degrees(np.column_stack([turns[:, 0], lat]))
        return lonlat

    def ground_metres(self, distance: FloatArray, lat: FloatArray) -> FloatArray:
        """Return metres on the ground of short plane distances measured at ``lat`` (degrees)."""
        stretch: FloatArray = np.cos(np.radians(lat)) / np.cos(np.radians(self.lat0))
        ground: FloatArray = distance * stretch
        return ground


def lonlat_array(places: Sequence[LonLat]) -> FloatArray:
    """Return (n, 2) WGS-84 lon, lat of the places; (0, 2) of none."""
    return np.array([(p.lon, p.lat) for p in places], dtype=np.float64).reshape(-1, 2)


def great_circle_m(here: FloatArray, there: FloatArray) -> FloatArray:
    """Return metres along the sphere between WGS-84 lon, lat arrays (..., 2) that broadcast.

    Source: the haversine formula.
    """
    a, b = np.radians(here), np.radians(there)
    half = np.sin((b - a) / 2.0) ** 2
    root = half[..., 1] + np.cos(a[..., 1]) * np.cos(b[..., 1]) * half[..., 0]
    metres: FloatArray = 2.0 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(root, 0.0, 1.0)))
    return metres
