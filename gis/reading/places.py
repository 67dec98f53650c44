"""From a file's coordinates to WGS-84 degrees, or to one line that says which CRS to try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import numpy as np
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError

from domain.errors import BadFile
from gis.crs import FloatArray, to_wgs84

#: How far outside the area a CRS is made for coordinates may lie, degrees: utilities draw a
#: little beyond their zone. Source: mainbreak default; a Gauss zone is 3 or 6 degrees wide.
MARGIN_DEG = 3.0

#: CGCS2000 Gauss-Krüger codes: with the zone before the easting, and the same zone without.
#: Source: EPSG registry: 4491-4501 and 4502-4512 (6 degrees), 4513-4533 and 4534-4554 (3).
_TWINS = ((4491, 4502, 11), (4513, 4534, 21))


def to_lonlat(file: object, xy: FloatArray, crs: CRS, field: str | None = None) -> FloatArray:
    """Return (n, 2) WGS-84 degrees of (n, 2) coordinates.

    Raises
    ------
    BadFile
        If they do not lie where the CRS is used; the remedy names one where they do, if the
        twin with or without the zone number is that.
    """
    degrees = to_wgs84(xy, crs)
    if _fits(degrees, crs):
        return degrees
    name = name_of(crs)
    remedy = "name the CRS the network was drawn in with --crs"
    for twin in _twins(crs):
        if _fits(to_wgs84(xy, twin), twin):
            remedy = f"give --crs {name_of(twin)}, where they do lie"
            break
    raise BadFile(file, f"its coordinates do not lie where {name} is used", remedy, field=field)


def name_of(crs: CRS) -> str:
    """Return a CRS as the user would name it: ``EPSG:4547``, else its own name."""
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else str(crs.name)


def _fits(degrees: FloatArray, crs: CRS) -> bool:
    """Return True if all places exist, and their middle lies where the CRS is used."""
    if not len(degrees):
        return True
    if not (np.isfinite(degrees) & (np.abs(degrees) <= (180.0, 90.0))).all():
        return False
    area = crs.area_of_use
    if area is None or area.west > area.east or not crs.is_projected:
        return True
    if int(crs.to_epsg() or 0) not in _cgcs2000():
        return True  # models are drawn far outside their CRS's area often enough
    lon, lat = np.median(degrees, axis=0)
    inside_lon = area.west - MARGIN_DEG <= lon <= area.east + MARGIN_DEG
    return bool(inside_lon and area.south - MARGIN_DEG <= lat <= area.north + MARGIN_DEG)


def _cgcs2000() -> range:
    return range(4491, 4555)


def _twins(crs: CRS) -> Iterator[CRS]:
    """Yield the same zone with the other way of writing eastings."""
    code = int(crs.to_epsg() or 0)
    for prefixed, plain, count in _TWINS:
        for one, other in ((prefixed, plain), (plain, prefixed)):
            if one <= code < one + count:
                with suppress(CRSError, ProjError):
                    yield CRS.from_epsg(other + code - one)
