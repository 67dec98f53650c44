"""Compose the page of a network's findings: the pipes, a symbol a finding, a list beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.errors import BadInput
from domain.findings import Finding
from domain.network import PipeNetwork
from maps.check_data import check_data
from maps.encode import path
from maps.figure import OfflineFigure
from maps.layers import CheckMap, Data, DayLayer
from maps.page import LARGEST_PAGE
from maps.words import page_words

#: How much finer detail of pipes may go, metres, to keep a page within its size.
_TOLERANCES_M = (0.0, 2.0, 10.0)


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
    page = ""
    for tolerance_m in _TOLERANCES_M:
        page = _compose(network, findings, language, tolerance_m)
        if len(page.encode()) <= largest:
            return page
    size = len(page.encode()) / 1e6
    raise BadInput(
        f"the map of findings would have {size:.0f} MB, more than {largest / 1e6:.0f} MB. "
        "Write the findings with --out and open them in a GIS."
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
