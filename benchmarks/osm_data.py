"""Where the towns' OpenStreetMap files lie; they are not part of this tree."""

from __future__ import annotations

from pathlib import Path


def file_of(data: Path | None, town: str) -> Path | None:
    """Return a town's file in the folder or in its folder ``osm``, None if it is in neither."""
    name = f"{town}.osm.pbf"
    there = [data / name, data / "osm" / name] if data else []
    return next((file for file in there if file.is_file()), None)


def not_found(town: str) -> str:
    """Return what to do about a file that is not there."""
    return f"{town}.osm.pbf not found: give its folder with --data or MAINBREAK_DATA"
