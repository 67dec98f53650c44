"""Write a CSV file whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from domain.errors import BadFile
from domain.places import LonLat


def write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: str = "utf-8"
) -> None:
    """Write a header and rows; lines end as RFC 4180 says, with CR LF.

    Raises
    ------
    BadFile
        If the file cannot be written; one that was there before is untouched.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(csv_text(columns, rows).encode(encoding))
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise BadFile(
            path, f"it cannot be written ({error.strerror})", "check the folder and its permissions"
        ) from error


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a header and rows as RFC 4180 writes them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def degrees(place: LonLat | None) -> tuple[object, object, str]:
    """Return the cells ``lon, lat, datum`` of a place, empty without one; digits are all kept."""
    return ("", "", "") if place is None else (float(place.lon), float(place.lat), "wgs84")
