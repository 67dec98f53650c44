"""Bring the streets in: build the artifact once, keep it, start from it ever after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import routing
from domain.progress import Progress
from domain.streets import StreetNetwork, StreetReport
from storage import UnitOfWork


def import_streets(
    work: UnitOfWork,
    file: Path,
    *,
    ferries: bool = False,
    private: bool = False,
    left: bool = False,
    progress: Progress | None = None,
) -> StreetReport:
    """Replace the stored streets by those of an .osm, .osm.pbf or .graphml file.

    ``left`` tells that traffic drives on the left.

    Raises
    ------
    BadFile
        If the file is not what it claims; nothing is written then.
    """
    streets = routing.build_streets(file, ferries=ferries, private=private, progress=progress)
    return _stored(work, streets, left=left)


def import_place(
    work: UnitOfWork,
    place: str,
    *,
    ferries: bool = False,
    private: bool = False,
    left: bool = False,
    progress: Progress | None = None,
) -> StreetReport:
    """Replace the stored streets by those of a place, fetched by its name from OpenStreetMap.

    Raises
    ------
    BadInput
        If the place is unknown, has no streets, or cannot be fetched; nothing is written then.
    """
    streets = routing.build_place(place, ferries=ferries, private=private, progress=progress)
    return _stored(work, streets, left=left)


def _stored(work: UnitOfWork, streets: StreetNetwork, *, left: bool) -> StreetReport:
    streets = replace(streets, rules=replace(streets.rules, left=left))
    work.streets.save(routing.to_bytes(streets), streets.report)
    work.commit()
    return streets.report
