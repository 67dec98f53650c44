"""Leave criticality behind: as a table, as layers for a GIS, and as a page with a map."""

from __future__ import annotations

from pathlib import Path

import gis
from domain.critical_places import CriticalPlaces
from domain.errors import BadFile
from domain.network import PipeNetwork
from gateways import write_sheet
from maps.criticality_page import criticality_page
from operations.showing.criticality_document import COLUMNS, sheet_rows

#: What the figures can be written as.
ENDINGS = (".csv", ".gpkg", ".geojson")


def check_ending(out: Path) -> None:
    """Pass if the figures can be written to a file of this name.

    Raises
    ------
    BadFile
        If its ending is none of ``ENDINGS``.
    """
    if out.suffix.lower() not in ENDINGS:
        raise BadFile(
            out, f"cannot write a {out.suffix or 'nameless'} file", "give .csv, .gpkg or .geojson"
        )


def write_figures(network: PipeNetwork, places: CriticalPlaces, out: Path) -> None:
    """Write every segment and every isolation valve, whole or not at all.

    Raises
    ------
    BadFile
        If ``out`` cannot be written.
    """
    check_ending(out)
    with gis.whole_file(out) as fresh:
        if out.suffix.lower() == ".csv":
            write_sheet(fresh, COLUMNS, sheet_rows(places))
        else:
            gis.write_criticality(network, places, fresh)


def write_map(network: PipeNetwork, places: CriticalPlaces, out: Path, language: str) -> None:
    """Write a page that shows the figures and opens from disk, whole or not at all.

    Raises
    ------
    BadFile
        If ``out`` cannot be written.
    BadInput
        If the page would be too large to open.
    """
    page = criticality_page(network, places, language)
    with gis.whole_file(out) as fresh:
        fresh.write_text(page, encoding="utf-8", newline="\n")
