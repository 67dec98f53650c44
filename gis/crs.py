"""The only door between degrees and metres, and from any EPSG code to WGS-84."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry import LineString

from domain.errors import BadFile
from domain.places import LonLat

FloatArray = npt.NDArray[np.float64]

WGS84 = "EPSG:4326"


def known_crs(crs: str, file: object) -> CRS:
    """Return the coordinate reference system named by the user, such as ``EPSG:3089``.

    Raises
    ------
    BadFile
        If none was named, or none by this name is known.
    """
    if not crs.strip():
        raise BadFile(file, "its coordinates carry no CRS", "name it with --crs, as in EPSG:4547")
    try:
        return CRS.from_user_input(crs.strip())
    except CRSError:
        raise BadFile(
            file, f"unknown CRS {crs!r}", "give --crs as an EPSG code, as in EPSG:4547"
        ) from None


def to_wgs84(xy: FloatArray, crs: CRS) -> FloatArray:
    """Return (n, 2) WGS-84 lon, lat degrees of (n, 2) x, y in ``crs``; inf where it has none."""
    door = Transformer.from_crs(crs, WGS84, always_xy=True)
    lon, lat = door.transform(xy[:, 0], xy[:, 1])
    return np.column_stack([lon, lat])


class LocalMetres:
    """A plane in metres that touches the earth at one place: true to 1e-5 within 50 km of it.

    Source: azimuthal equidistant projection, PROJ ``aeqd``; its scale error across the ray is
    (distance / earth radius)^2 / 6.
    """

    def __init__(self, centre: LonLat) -> None:
        plane = CRS.from_dict(
            {"proj": "aeqd", "lon_0": centre.lon, "lat_0": centre.lat, "datum": "WGS84"}
        )
        self._there = Transformer.from_crs(WGS84, plane, always_xy=True)

    def xy(self, places: Sequence[LonLat]) -> FloatArray:
        """Return (n, 2) metres east and north of the centre."""
        degrees = np.array([(one.lon, one.lat) for one in places], dtype=float).reshape(-1, 2)
        x, y = self._there.transform(degrees[:, 0], degrees[:, 1])
        return np.column_stack([x, y])

    def lonlat(self, xy: FloatArray) -> FloatArray:
        """Return (n, 2) WGS-84 lon, lat of (n, 2) metres."""
        lon, lat = self._there.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
        return np.column_stack([lon, lat])

    def place(self, x: float, y: float) -> LonLat:
        """Return the WGS-84 place of one point in metres."""
        lon, lat = self.lonlat(np.array([[x, y]]))[0]
        return LonLat(float(lon), float(lat))


def plane_around(places: Sequence[LonLat]) -> LocalMetres:
    """Return the plane that touches the earth in the middle of the places' bounding box."""
    if not places:
        return LocalMetres(LonLat(0.0, 0.0))
    lons, lats = [one.lon for one in places], [one.lat for one in places]
    return LocalMetres(LonLat((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2))


def lines_in_metres(plane: LocalMetres, paths: Sequence[Sequence[LonLat]]) -> list[LineString]:
    """Return each path as a line in metres, in one pass through the projection."""
    if not paths:
        return []
    xy = plane.xy([place for path in paths for place in path])
    of = np.repeat(np.arange(len(paths)), [len(path) for path in paths])
    return list(shapely.linestrings(xy, indices=of))
