"""Vector files to networks."""

from __future__ import annotations

from pathlib import Path

from domain.errors import BadFile
from domain.progress import Progress
from gis.reading.network_file import NetworkFile


def read_vector(
    file: Path, *, crs: str | None, mapping: Path | None, snap_m: float, progress: Progress
) -> NetworkFile:
    """Return the network of a vector file."""
    raise BadFile(file, "cannot be read yet", "give .inp or .geojson")
