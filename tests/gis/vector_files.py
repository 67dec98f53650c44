"""Makes the vector files of others: layers of any names and fields, in any CRS."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import Transformer

#: A crossing in Wuhan, degrees: what the files below are drawn around.
LON, LAT = 114.3, 30.6


def xy(east_m: float, north_m: float, crs: str = "EPSG:4547") -> tuple[float, float]:
    """Return the coordinates of a place some metres from the crossing."""
    door = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    plane = Transformer.from_crs("EPSG:4326", "EPSG:4547", always_xy=True)
    x, y = plane.transform(LON, LAT)
    lon, lat = plane.transform(x + east_m, y + north_m, direction="INVERSE")
    there = door.transform(lon, lat)
    return float(there[0]), float(there[1])


def line(*places: tuple[float, float], crs: str = "EPSG:4547") -> shapely.LineString:
    """Return a line through places in metres from the crossing."""
    return shapely.LineString([xy(*one, crs=crs) for one in places])


def point(east_m: float, north_m: float, crs: str = "EPSG:4547") -> shapely.Point:
    """Return a point in metres from the crossing."""
    return shapely.Point(xy(east_m, north_m, crs=crs))


def write_layer(
    file: Path,
    layer: str,
    shapes: Sequence[Any],
    columns: Mapping[str, Sequence[object]],
    *,
    crs: str | None = "EPSG:4547",
    encoding: str = "UTF-8",
) -> Path:
    """Add a layer to a GeoPackage, or write a Shapefile or GeoJSON; return the file."""
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile"}.get(file.suffix, "GeoJSON")
    if crs is None:
        warnings.filterwarnings("ignore", "'crs' was not provided")  # a file without, on purpose
    arrays = [
        np.array(list(one), dtype=object if isinstance(one[0], str) else None)
        for one in columns.values()
    ]
    pyogrio.raw.write(
        str(file),
        np.asarray(shapely.to_wkb(shapes), dtype=object),
        arrays,
        list(columns),
        layer=layer,
        driver=driver,
        geometry_type=shapes[0].geom_type if shapes[0] is not None else "LineString",
        crs=crs,
        encoding=encoding if driver == "ESRI Shapefile" else None,
        append=driver == "GPKG" and file.exists(),
    )
    return file


#: A cross of four pipes, each 100 m long, from its middle outwards.
CROSS = [
    line((0, 0), (100, 0)),
    line((0, 0), (0, 100)),
    line((0, 0), (-100, 0)),
    line((0, -100), (0, 0.02)),
]


def cross(folder: Path, **columns: Sequence[object]) -> Path:
    """Return a GeoPackage with the cross of pipes P1 to P4, named as a Chinese utility does."""
    known = {"管线编号": ["P1", "P2", "P3", "P4"], "管径": [300, 200, 200, 100]}
    return write_layer(folder / "城区.gpkg", "供水管线", CROSS, known | columns)
