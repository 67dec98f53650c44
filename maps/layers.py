"""The pages as folium classes: a map in its frame, its layers, and the tables they draw.

The classes carry names and data only, as elements; what a layer does with them is in
``static/js/layers/<key>.js``, and ``static/js/start.js`` puts the page together.
"""

from __future__ import annotations

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from maps.assets import text_of
from maps.encode import block
from maps.words import catalogue

#: Each is a file under static/js/layers and a switch on the page; panes decide what lies above.
LAYERS = (
    "streets", "pipes", "outages", "premises", "hydrants", "isolation_valves", "crews", "tickets",
)  # fmt: skip

#: Those of the console; the last one is asked for only when it is switched on.
LIVE_LAYERS = (*LAYERS, "suspects", "closures", "criticality")

_LEAFLET = "vendor/leaflet@1.9.4/leaflet"
_STYLES = ("tokens", "shell", "frame", "queue", "panel", "timeline", "map", "symbols", "narrow")
_PARTS = ("tickets", "location", "isolation", "outage", "crews")
_DRAWN = (
    "canvas", "console/facts", "console/crews", "console/clocks", "layers/markers",
    "layers/streets", "layers/labels", "layers/pipes", "layers/outages", "layers/outage_symbols",
    "layers/premises", "layers/isolation_valves", "layers/hydrants", "layers/tickets",
    "layers/crews", "layers/tags", "console/queue", *(f"parts/{name}" for name in _PARTS),
    "console/incident", "console/overview", "console/hours", "console/lane", "console/timeline",
    "console/tools", "console/legend", "console/keys", "start",
)  # fmt: skip
_DAY = ("core", "words", "glyphs", "shell", *_DRAWN, "console/bar", "day")
_LIVE = (
    "core", "words", "glyphs", "live", "shell", *_DRAWN, "layers/suspects",
    "live/closure_words", "layers/closure_signs", "layers/closures", "parts/candidate",
    "live/refusals", "live/closure_refusals", "live/actions", "live/story", "live/incident",
    "plan/cards", "plan/reading", "plan/words", "plan/give", "plan/visit_card", "plan/crew_card",
    "plan/refusals", "plan/changes", "plan/plan_card", "plan/tools", "plan/whatif_form",
    "plan/whatif", "live/etr", "live/place", "live/suspects", "live/outliers", "live/regroup",
    "live/kinship", "live/major", "live/whose", "live/log", "live/needs", "live/tabs",
    "live/conflicts", "live/planned_form", "live/planned", "live/closure_form", "live/closures",
    "live/search", "critical/facts", "critical/list", "layers/criticality", "live/criticality",
    "live/keys", "live/start",
)  # fmt: skip
_CHECK = (
    "core", "words", "glyphs", "shell", "canvas", "layers/pipes", "check/signs", "layers/findings",
    "check/list", "offline", "check/tools", "check/start",
)  # fmt: skip
_CRITICALITY = (
    "core", "words", "glyphs", "shell", "canvas", "layers/markers", "layers/pipes",
    "critical/facts", "critical/list", "layers/criticality", "offline", "critical/start",
)  # fmt: skip
_CHECK_STYLES = ("tokens", "shell", "frame", "map", "check")


def _links(kind: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(f"{name}_{kind}", f"{kind}/{name}.{kind}") for name in names]


class ConsoleMap(folium.Map):
    """The frame of the page of a planned day, with the map in it; it asks for no tile."""

    default_js: list[tuple[str, str]] = [  # noqa: RUF012 - folium's own way to declare links
        ("leaflet", f"{_LEAFLET}.js"),
        *_links("js", _DAY),
    ]
    default_css: list[tuple[str, str]] = [  # noqa: RUF012
        ("leaflet_css", f"{_LEAFLET}.css"),
        *_links("css", _STYLES),
    ]
    parts: tuple[str, ...] = ("day_bar", "day_queue", "stage", "end")
    _template = Template("{% macro html(this, kwargs) %}{{ this.frame }}{% endmacro %}")

    def __init__(self) -> None:
        super().__init__(tiles=None, prefer_canvas=True)
        self._id = "day"
        self.frame = "".join(_filled(text_of(f"frame/{name}.html")) for name in self.parts)


class LiveMap(ConsoleMap):
    """The frame of the dispatchers' console, with the map in it."""

    default_js: list[tuple[str, str]] = [  # noqa: RUF012
        ("leaflet", f"{_LEAFLET}.js"),
        *_links("js", _LIVE),
    ]
    default_css: list[tuple[str, str]] = [  # noqa: RUF012
        *ConsoleMap.default_css,
        *_links("css", ("live", "candidate", "incident", "critical", "closures", "plan")),
    ]
    parts = ("live_bar", "live_queue", "stage", "live_end")


class CheckMap(ConsoleMap):
    """The frame of the page of a network's findings, with the map in it."""

    default_js: list[tuple[str, str]] = [  # noqa: RUF012
        ("leaflet", f"{_LEAFLET}.js"),
        *_links("js", _CHECK),
    ]
    default_css: list[tuple[str, str]] = [  # noqa: RUF012
        ("leaflet_css", f"{_LEAFLET}.css"),
        *_links("css", _CHECK_STYLES),
    ]
    parts = ("check_bar", "check_body", "end")


class CriticalityMap(CheckMap):
    """The frame of the page of a network's criticality, with the map in it."""

    default_js: list[tuple[str, str]] = [  # noqa: RUF012
        ("leaflet", f"{_LEAFLET}.js"),
        *_links("js", _CRITICALITY),
    ]
    default_css: list[tuple[str, str]] = [  # noqa: RUF012
        *CheckMap.default_css,
        *_links("css", ("critical",)),
    ]
    parts = ("check_bar", "criticality_body", "end")


class Data(MacroElement):
    """A table of the page, as a JSON block the scripts read by its key."""

    _template = Template(
        """
        {% macro html(this, kwargs) -%}
        <script type="application/json" id="data-{{ this.key }}">{{ this.block }}</script>
        {% endmacro %}
        """
    )

    def __init__(self, key: str, value: object) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = "Data", key
        self.key, self.block = key, block(value)


class DayLayer(JSCSSMixin, Layer):
    """A layer that ``static/js/layers/<key>.js`` draws from the page's data."""

    _template = Template(
        """
        {% macro html(this, kwargs) -%}
        <template data-layer="{{ this.key }}"></template>
        {% endmacro %}
        """
    )

    def __init__(self, key: str) -> None:
        # A shown layer would bring a script to add itself; static/js/start.js does that.
        super().__init__(name=key, overlay=True, show=False)
        self._name, self._id = "DayLayer", key
        self.key = key


def _filled(frame: str) -> str:
    """Return a part of the frame with the mark and the words for readers without scripts."""
    if "$" not in frame:
        return frame
    noscript = " ".join(words["page.noscript"] for words in catalogue("common").values())
    return frame.replace("$mark", text_of("frame/mark.html").strip()).replace("$noscript", noscript)
