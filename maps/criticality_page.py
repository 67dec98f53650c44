"""Compose the page of a network's criticality: pipes in classes, ranked isolation valves, lists."""

from __future__ import annotations

from typing import Any

from domain.critical_places import CriticalPlaces
from domain.network import PipeNetwork
from maps.criticality_data import criticality_data
from maps.detail import Detail
from maps.figure import OfflineFigure
from maps.fitting import fitting_page
from maps.layers import CriticalityMap, Data, DayLayer
from maps.network_data import pipe_data
from maps.page import LARGEST_PAGE
from maps.words import page_words


def criticality_page(
    network: PipeNetwork, places: CriticalPlaces, language: str, *, largest: int = LARGEST_PAGE
) -> str:
    """Return criticality as one HTML document that opens from disk, with no network.

    Raises
    ------
    BadInput
        If the page is too large even with coarse pipes.
    """
    return fitting_page(
        lambda tolerance_m: _compose(
            network, places, language, Detail(pipe_tolerance_m=tolerance_m)
        ),
        largest,
        what="criticality",
        remedy="Write the figures with --out and open them in a GIS.",
    )


def _compose(network: PipeNetwork, places: CriticalPlaces, language: str, detail: Detail) -> str:
    tables: dict[str, Any] = {
        "page": {"title": network.name, "language": language},
        "criticality": criticality_data(network, places),
        "pipes": pipe_data(network, detail),
        "words": page_words("criticality"),
    }
    figure = OfflineFigure(f"{network.name or 'criticality'} - mainbreak", language)
    ground = CriticalityMap()
    figure.add_child(ground)
    for key, table in tables.items():
        ground.add_child(Data(key, table))
    for key in ("pipes", "criticality"):
        ground.add_child(DayLayer(key))
    return figure.render()
