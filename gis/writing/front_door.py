"""One door out for a network, whatever the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.errors import BadInput
from domain.network import PipeNetwork
from gis.writing.inp import write_inp
from gis.writing.network_geojson import write_network_geojson
from gis.writing.vector import write_geopackage, write_shapefiles, write_zip


def _with_premises(network: PipeNetwork, path: Path) -> None:
    write_network_geojson(network, path, premises=True)


_WRITERS: dict[str, Callable[[PipeNetwork, Path], None]] = {
    ".gpkg": write_geopackage,
    ".geojson": _with_premises,
    ".json": _with_premises,
    ".shp": write_shapefiles,
    ".zip": write_zip,
    ".inp": write_inp,
}


def write_network(network: PipeNetwork, path: Path) -> None:
    """Write a network in the format its file's ending says, whole or not at all.

    ``gis.read_network`` reads it back equal, but for what is personal about premises, which is
    never written. A ``.shp`` is a folder of that name: a Shapefile holds one layer only.

    Raises
    ------
    BadInput
        If the ending is none of those written, or the format cannot hold the network.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        endings = ", ".join(_WRITERS)
        raise BadInput(f"{path}: cannot write a {path.suffix or 'nameless'} file. Use {endings}.")
    writer(network, path)
