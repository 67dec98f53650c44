"""Option values several verbs share, parsed into what the operations take."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from domain.places import LonLat

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
InputFile = Annotated[Path, typer.Argument(help="The file to read.", show_default=False)]


#: Instants beyond these are typing slips. Source: as in the CSV files.
YEARS = (2000, 2100)


def place(text: str) -> LonLat:
    """Return the place written LON,LAT.

    Raises
    ------
    typer.BadParameter
        If it is not two numbers in range.
    """
    try:
        lon, lat = (float(part) for part in text.split(","))
        return LonLat(lon, lat)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is not a place: write LON,LAT in degrees, such as 113.95,30.30"
        ) from error


def ids(text: str) -> tuple[str, ...]:
    """Return the ids of a comma-separated list."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def instant(text: str | None, zone: tzinfo) -> datetime | None:
    """Return the aware instant of an ISO 8601 text; one without offset is local in ``zone``.

    Raises
    ------
    typer.BadParameter
        If it is not an instant.
    """
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is not a time: write it as 2026-11-23T08:00+08:00"
        ) from error
    if not YEARS[0] <= parsed.year <= YEARS[1]:
        raise typer.BadParameter(f"{text!r} lies outside {YEARS[0]} to {YEARS[1]}")
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)
