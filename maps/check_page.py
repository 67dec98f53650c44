"""Compose the page of a network's findings: the pipes, a symbol a finding, a list beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.findings import Finding
from domain.network import PipeNetwork
from maps.check_data import check_data
from maps.encode import path
from maps.figure import OfflineFigure
from maps.fitting import fitting_page
from maps.layers import CheckMap, Data, DayLayer
from maps.page import LARGEST_PAGE
from maps.words import page_words


def check_page(
    network: PipeNetwork,
    findings: Sequence[Finding],
    language: str,
    *,
    largest: int = LARGEST_PAGE,
) -> str:
    """Return the findings as one HTML document that opens from disk, with no network.

    Raises
    ------
    BadInput
        If the page is too large even with coarse pipes.
    """
    return fitting_page(
        lambda tolerance_m: _compose(network, findings, language, tolerance_m),
        largest,
        what="findings",
        remedy="Write the findings with --out and open them in a GIS.",
    )


def _compose(
    network: PipeNetwork, findings: Sequence[Finding], language: str, tolerance_m: float
) -> str:
    tables: dict[str, Any] = {
        "check": check_data(findings, network.name, language),
        "pipes": {
            "dn": [max(0, min(link.dn, 9999)) for link in network.links],
            "line": [path(link.path, tolerance_m) for link in network.links],
        },
        "words": page_words("check"),
    }
    figure = OfflineFigure(f"{network.name or 'check'} - mainbreak", language)
    ground = CheckMap()
    figure.add_child(ground)
    for key, table in tables.items():
        ground.add_child(Data(key, table))
    for key in ("pipes", "findings"):
        ground.add_child(DayLayer(key))
    return figure.render()
