"""One door for every network file, whatever its format."""

from __future__ import annotations

import json
from pathlib import Path

from domain.errors import BadFile
from domain.progress import Progress, quiet
from gis.crs import WGS84
from gis.reading.inp import read_inp
from gis.reading.isolation_valves import with_isolation_valves
from gis.reading.network_features import LAYERS
from gis.reading.network_file import SNAP_M, NetworkFile
from gis.reading.network_geojson import read_network_geojson
from gis.reading.plausible import with_plausible_figures
from gis.reading.vector import read_vector

#: How much of a GeoJSON is looked at to tell our own from another's, bytes: its first feature.
FIRST_BYTES = 4096

#: Endings of text and of vector files; a folder of Shapefiles is one of the latter.
JSON_ENDINGS = (".geojson", ".json")
VECTOR_ENDINGS = (".gpkg", ".shp", ".zip", *JSON_ENDINGS)


def read_network(
    file: Path,
    *,
    crs: str | None = None,
    mapping: Path | None = None,
    isolation_valves: str | None = None,
    snap_m: float = SNAP_M,
    progress: Progress = quiet,
) -> NetworkFile:
    """Return what a network file holds, by its ending and then by its content.

    Parameters
    ----------
    crs
        What the file's coordinates refer to, such as ``EPSG:4547``; wins over what the file says.
    mapping
        A TOML file that names layers, fields, units and codes (docs/formats.md); vector files only.
    isolation_valves
        ``TCV``: every throttle control valve is one; ``N-1``: make them by that rule.
    snap_m
        How far apart pipe ends may lie and still meet, metres, where pipes do not name their nodes.

    Raises
    ------
    BadFile
        If the file cannot be what it claims; the text is one line that says where and what to do.
    """
    found = with_plausible_figures(_read(file, crs, mapping, snap_m, progress))
    return with_isolation_valves(file, found, isolation_valves)


def _read(
    file: Path, crs: str | None, mapping: Path | None, snap_m: float, progress: Progress
) -> NetworkFile:
    ending = file.suffix.lower()
    if ending == ".inp":
        _refuse_mapping(file, mapping)
        progress(0.1, "reading")
        return read_inp(file, crs=crs)
    if ending in JSON_ENDINGS and not file.is_dir() and (mapping is None and _is_ours(file)):
        if crs:
            raise BadFile(file, "a network GeoJSON is WGS-84", "leave --crs out")
        progress(0.1, "reading")
        return NetworkFile(read_network_geojson(file), (), WGS84)
    if ending in VECTOR_ENDINGS or file.is_dir():
        return read_vector(file, crs=crs, mapping=mapping, snap_m=snap_m, progress=progress)
    raise BadFile(
        file,
        f"cannot read a network from a {ending or 'nameless'} file",
        "give .inp, .gpkg, .geojson, .shp, or a folder or .zip of Shapefiles",
    )


def _refuse_mapping(file: Path, mapping: Path | None) -> None:
    if mapping is not None:
        raise BadFile(file, "an INP has fixed sections", "leave --mapping out")


def _is_ours(file: Path) -> bool:
    """Return True unless the first feature of a JSON file shows that mainbreak did not write it."""
    if not file.is_file():
        return True  # its own reader says what is wrong
    try:
        with file.open("rb") as stream:
            start = stream.read(FIRST_BYTES).decode("utf-8", "ignore")
    except OSError:
        return True  # as above
    if '"Feature"' not in start:
        return True
    return '"layer"' in start and any(json.dumps(layer) in start for layer in LAYERS)
