"""One geometry column type for both databases, and the way from places to shapes and back.

Plain SQLite holds WKB bytes and needs no extension; PostGIS holds geometry(..., 4326). Nothing
is computed in the database (docs/storage.md), so both answer alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geoalchemy2
import numpy as np
import shapely
from geoalchemy2.shape import to_shape
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator, TypeEngine

from domain.places import LonLat

#: WGS-84 longitude, latitude. Source: EPSG:4326 in the axis order of GeoJSON (RFC 7946).
SRID = 4326

Path = tuple[LonLat, ...]


class Geometry(TypeDecorator[Any]):
    """A shapely geometry in WGS-84 lon, lat.

    Parameters
    ----------
    geometry_type
        ``POINT`` or ``LINESTRING``. The spatial index is declared beside the table, for
        PostgreSQL only: see ``storage.tables.metadata.spatial_index``.
    """

    impl = geoalchemy2.Geometry
    cache_ok = True

    def __init__(self, geometry_type: str) -> None:
        super().__init__(geometry_type=geometry_type, srid=SRID, spatial_index=False)
        self.geometry_type = geometry_type

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return bytes for SQLite, PostGIS geometry otherwise.

        Being bytes there, the column is none of geoalchemy2's business on SQLite: its table
        hooks, which would call SpatiaLite, pass it by. They sometimes ask without a dialect.
        """
        if getattr(dialect, "name", "") == "sqlite":
            return dialect.type_descriptor(LargeBinary())
        return self.impl_instance

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> bytes | str | None:
        """Return WKB for SQLite, EWKB in hex with the SRID for PostGIS."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return bytes(shapely.to_wkb(value))
        return str(shapely.to_wkb(shapely.set_srid(value, SRID), hex=True, include_srid=True))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Return the shapely geometry."""
        if value is None:
            return None
        return shapely.from_wkb(value) if dialect.name == "sqlite" else to_shape(value)

    def shapes(self, values: Sequence[Any]) -> list[Any]:
        """Return the shapes of places (POINT) or paths (LINESTRING); None stays None."""
        return points(values) if self.geometry_type == "POINT" else lines(values)

    def values(self, shapes: Sequence[Any]) -> list[Any]:
        """Return the places or paths of shapes; the inverse of ``shapes``, exact."""
        return places(shapes) if self.geometry_type == "POINT" else paths(shapes)


def points(values: Sequence[LonLat | None]) -> list[Any]:
    """Return a shapely point for each place, None for None."""
    degrees = np.array([(one.lon, one.lat) for one in values if one], dtype=float)
    made = iter(shapely.points(degrees.reshape(-1, 2)))
    return [next(made) if one else None for one in values]


def places(shapes: Sequence[Any]) -> list[LonLat | None]:
    """Return the place of each shapely point, None for None."""
    made = iter(shapely.get_coordinates([one for one in shapes if one is not None]).tolist())
    return [None if one is None else LonLat(*next(made)) for one in shapes]


def lines(values: Sequence[Path]) -> list[Any]:
    """Return a shapely line for each path of two places or more."""
    degrees = np.array([(at.lon, at.lat) for path in values for at in path], dtype=float)
    owner = np.repeat(np.arange(len(values)), [len(path) for path in values])
    return list(shapely.linestrings(degrees.reshape(-1, 2), indices=owner))


def paths(shapes: Sequence[Any]) -> list[Path]:
    """Return the path of each shapely line."""
    degrees = iter(shapely.get_coordinates(list(shapes)).tolist())
    sizes = shapely.get_num_coordinates(list(shapes)).tolist()
    return [tuple(LonLat(*next(degrees)) for _ in range(size)) for size in sizes]
