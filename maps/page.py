"""Compose the page of a day and keep it within its size."""

from __future__ import annotations

from typing import Any

from domain.errors import BadInput
from maps.day_data import day_data
from maps.detail import DETAILS, Detail
from maps.figure import OfflineFigure
from maps.layers import LAYERS, ConsoleMap, Data, DayLayer
from maps.network_data import hydrant_data, isolation_valve_data, pipe_data, premises_data
from maps.outage_data import dry_premises, named_hydrants, named_isolation_valves, outage_data
from maps.picture import DayPicture
from maps.street_data import street_data
from maps.words import page_words

#: No page is larger, in bytes. Source: mainbreak default; beyond it browsers take seconds to read.
LARGEST_PAGE = 15_000_000


def day_page(picture: DayPicture, *, largest: int = LARGEST_PAGE) -> str:
    """Return the day as one HTML document that opens from disk, with no network.

    Parameters
    ----------
    largest
        Bytes the page may have; detail is dropped in the order of ``maps.detail`` to keep it.

    Raises
    ------
    BadInput
        If the page is too large even without all detail that may go.
    """
    fixed = {
        "day": day_data(picture),
        "outages": outage_data(picture),
        "words": page_words("day"),
    }
    page = ""
    for detail in DETAILS:
        page = _compose(picture, fixed | _ground(picture, detail))
        if len(page.encode()) <= largest:
            return page
    size = len(page.encode()) / 1e6
    raise BadInput(
        f"the day's map would have {size:.0f} MB, more than {largest / 1e6:.0f} MB, even without "
        "streets and unaffected premises. Plan a smaller area."
    )


def _ground(picture: DayPicture, detail: Detail) -> dict[str, Any]:
    """Return the tables that may lose detail."""
    network = picture.network
    return {
        "streets": street_data(picture.streets, detail),
        "pipes": pipe_data(network, detail),
        "premises": premises_data(network, dry_premises(picture.outages), detail),
        "isolation_valves": isolation_valve_data(network, named_isolation_valves(picture), detail),
        "hydrants": hydrant_data(network, named_hydrants(picture), detail),
    }


def _compose(picture: DayPicture, tables: dict[str, Any]) -> str:
    figure = OfflineFigure(f"{picture.title} - mainbreak", picture.language)
    console = ConsoleMap()
    figure.add_child(console)
    for key, table in tables.items():
        console.add_child(Data(key, table))
    for key in LAYERS:
        console.add_child(DayLayer(key))
    return figure.render()
