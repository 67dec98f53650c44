"""Leave the findings of a network behind: as a layer for a GIS, and as a page with a map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gis
from domain.errors import BadFile
from domain.findings import Finding
from domain.network import PipeNetwork
from maps.check_page import check_page

#: What a layer of findings can be written as.
ENDINGS = (".gpkg", ".geojson")


def write_layer(findings: Sequence[Finding], out: Path) -> None:
    """Write the findings as points to a GeoPackage or GeoJSON, whole or not at all.

    Raises
    ------
    BadFile
        If the ending is another one, or ``out`` cannot be written.
    """
    if out.suffix.lower() not in ENDINGS:
        raise BadFile(
            out, f"cannot write a {out.suffix or 'nameless'} file", "give .gpkg or .geojson"
        )
    with gis.whole_file(out) as fresh:
        gis.write_findings(findings, fresh)


def write_map(network: PipeNetwork, findings: Sequence[Finding], out: Path, language: str) -> None:
    """Write a page that shows pipes and findings and opens from disk, whole or not at all.

    Raises
    ------
    BadFile
        If ``out`` cannot be written.
    BadInput
        If the page would be too large to open.
    """
    page = check_page(network, findings, language)
    with gis.whole_file(out) as fresh:
        fresh.write_text(page, encoding="utf-8", newline="\n")
