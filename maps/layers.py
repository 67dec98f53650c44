"""The page as folium classes: a map, its layers with their data, and what ties them together.

The classes carry data and names only; what a layer does is in ``static/js/layers/<key>.js``.
"""

from __future__ import annotations

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from maps.assets import text_of
from maps.encode import block

_LEAFLET = "vendor/leaflet@1.9.4/leaflet"
_STYLES = ("tokens", "frame", "queue", "panel", "timeline", "map", "symbols", "narrow")
_SCRIPTS = (
    "core", "words", "glyphs", "canvas",
    "layers/streets", "layers/labels", "layers/pipes", "layers/outages", "layers/premises",
    "layers/isolation_valves", "layers/hydrants", "layers/tickets", "layers/crews", "layers/tags",
    "console/facts", "console/queue", "console/incident", "console/overview", "console/timeline",
    "console/bar", "console/tools", "console/keys", "start",
)  # fmt: skip


class ConsoleMap(folium.Map):
    """The frame of the page and the map in it; draws on canvas and asks for no tile."""

    default_js: list[tuple[str, str]] = [  # noqa: RUF012 - folium's own way to declare links
        ("leaflet", f"{_LEAFLET}.js"),
        *((name, f"js/{name}.js") for name in _SCRIPTS),
    ]
    default_css: list[tuple[str, str]] = [  # noqa: RUF012
        ("leaflet_css", f"{_LEAFLET}.css"),
        *((f"{name}_css", f"css/{name}.css") for name in _STYLES),
    ]
    _template = Template(
        """
        {% macro html(this, kwargs) %}{{ this.frame }}{% endmacro %}
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = mainbreak.map("map");
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(tiles=None, prefer_canvas=True)
        self._id = "day"
        self.frame = text_of("console.html")


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
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = mainbreak.layer({{ this.key|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, key: str) -> None:
        super().__init__(name=key, overlay=True)
        self._name, self._id = "DayLayer", key
        self.key = key


class Start(MacroElement):
    """Starts the page once the map and all layers are there; must be added last."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        mainbreak.start({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = "Start", "page"
