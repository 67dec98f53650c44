"""What gets into a page: only files that are shipped, and only as they were vendored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import folium
import pytest
from branca.element import Element
from folium.plugins import MarkerCluster

from maps import assets
from maps.figure import OfflineFigure, OwnFigure, ServedFigure
from maps.layers import CheckMap, ConsoleMap, CriticalityMap, LiveMap


def test_vendored_files_are_what_the_manifest_says() -> None:
    """Every vendored file is listed, present and unchanged, each package with its licence."""
    folder = assets.MANIFEST.parent
    found = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} - {
        assets.MANIFEST.name
    }
    assert found == set(assets._manifest())
    for name in found:
        assert assets.text_of(f"vendor/{name}")
    for package in {name.split("/")[0] for name in found}:
        assert f"{package}/LICENSE.txt" in found


def test_a_changed_vendored_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that differs from its hash does not get into a page."""
    monkeypatch.setattr(assets, "_manifest", lambda: {"leaflet@1.9.4/leaflet.css": "sha384-x"})
    assets.text_of.cache_clear()
    with pytest.raises(assets.UnknownAsset, match="manifest"):
        assets.text_of("vendor/leaflet@1.9.4/leaflet.css")
    assets.text_of.cache_clear()


@pytest.mark.parametrize("name", ["js/none.js", "../page.py", "https://cdn.example/leaflet.js"])
def test_what_is_not_shipped_is_refused(name: str) -> None:
    """Neither missing files, nor files beside static/, nor addresses."""
    with pytest.raises(assets.UnknownAsset):
        assets.text_of(name)


@pytest.mark.parametrize("stranger", [folium.Map, MarkerCluster])
@pytest.mark.parametrize("kind", [OfflineFigure, partial(ServedFigure, base="/static")])
def test_folium_classes_that_need_a_network_fail_closed(
    kind: Callable[[str, str], OwnFigure], stranger: type[folium.Map]
) -> None:
    """A class that links to its content network cannot be rendered into a page."""
    figure = kind("x", "en")
    parent = figure
    if stranger is not folium.Map:
        parent = ConsoleMap()
        figure.add_child(parent)
    parent.add_child(stranger())
    with pytest.raises(assets.UnknownAsset):
        figure.render()


def test_a_script_of_a_folium_class_is_refused() -> None:
    """What a page does is in static/js: a class that brings code of its own is not rendered."""
    figure = ServedFigure("x", "en", "/static")
    figure.script.add_child(Element("alert(1)"))
    with pytest.raises(assets.UnknownAsset, match="script of its own"):
        figure.render()


def test_own_scripts_and_styles_stay_small() -> None:
    """No script or style of ours is longer than a Python file may be."""
    for folder in ("js", "css"):
        for file in (assets.STATIC / folder).rglob("*.*"):
            assert len(file.read_text("utf-8").splitlines()) < 400, file.name


def test_every_script_and_style_is_in_a_page() -> None:
    """No file lies in static/ that no page uses."""
    used = {
        url
        for page in (ConsoleMap, LiveMap, CheckMap, CriticalityMap)
        for _, url in (*page.default_js, *page.default_css)
    }
    for folder in ("js", "css"):
        for file in (assets.STATIC / folder).rglob("*.*"):
            assert str(file.relative_to(assets.STATIC)) in used
