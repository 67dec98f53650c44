"""Bring the streets in: build the artifact once, keep it, start from it ever after."""

from __future__ import annotations

from pathlib import Path

import routing
from domain.progress import Progress
from domain.streets import StreetReport
from storage import UnitOfWork


def import_streets(
    work: UnitOfWork, file: Path, *, progress: Progress | None = None
) -> StreetReport:
    """Replace the stored streets by those of an .osm, .osm.pbf or .graphml file.

    Raises
    ------
    BadFile
        If the file is not what it claims; nothing is written then.
    """
    streets = routing.build_streets(file, progress=progress)
    work.streets.save(routing.to_bytes(streets), streets.report)
    work.commit()
    return streets.report
