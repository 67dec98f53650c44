"""The dispatchers' console: a page without data that keeps itself up to date from the server."""

from __future__ import annotations

from functools import cache

from maps.figure import ServedFigure
from maps.layers import LIVE_LAYERS, DayLayer, LiveMap

#: Where the server keeps ``maps/static``.
BASE = "/static/maps"


@cache
def live_page(language: str) -> str:
    """Return the console as one HTML document.

    It holds no table, no script and no style of its own: it links to files under ``BASE`` and
    its scripts ask the server for the rest.

    Parameters
    ----------
    language
        A language tag; the reader's own choice wins once the scripts run.
    """
    figure = ServedFigure("mainbreak", language, BASE)
    console = LiveMap()
    figure.add_child(console)
    for key in LIVE_LAYERS:
        console.add_child(DayLayer(key))
    return figure.render()
