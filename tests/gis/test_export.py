"""The isolation's GeoJSON for outages.geojson."""

from __future__ import annotations

import json
from dataclasses import replace

from shapely.geometry import Point, shape

import gis
from tests.gis.drawing import draw


def test_an_outage_holds_its_layers_and_nobody_s_name() -> None:
    """Pipes, isolation valves in order, premises by id, and the outline around what is dry."""
    network = draw("R--%a---b%--c---d", premises="ab cd", at_nodes="R")
    named = (replace(one, name="王芳", phone="13800000000") for one in network.premises)
    network = network.with_premises(named)
    isolation = gis.isolate(network, ["ab"])
    content = gis.outage_features(network, isolation)
    text = json.dumps(content, ensure_ascii=False)
    assert "王芳" not in text
    assert "138000" not in text
    layers: dict[str, list[str]] = {}
    for one in content["features"]:
        layers.setdefault(one["properties"]["layer"], []).append(one["properties"].get("id", ""))
    assert layers == {
        "outage": [""],
        "segment_pipe": ["ab"],
        "unintended_pipe": ["bc", "cd"],
        "close": ["Ra.a"],
        "optional": ["bc.b"],
        "premises": ["ab", "cd"],
    }
    close = next(one for one in content["features"] if one["properties"]["layer"] == "close")
    assert close["properties"]["order"] == 1


def test_the_outline_holds_who_is_out_and_spares_who_is_not() -> None:
    """Dry premises inside, a wet one at the reservoir outside."""
    network = draw("R--------%a---b%--c---d", premises="ab cd", at_nodes="R")
    isolation = gis.isolate(network, ["ab"])
    outline = shape(gis.outage_features(network, isolation)["features"][0]["geometry"])
    assert outline.is_valid
    inside = {
        one.id
        for one in network.premises
        if outline.contains(Point(one.location.lon, one.location.lat))
    }
    assert inside == set(isolation.premises) == {"ab", "cd"}


def test_where_nothing_runs_dry_there_is_no_outline() -> None:
    """A burst in a part dry before empties nobody's tap."""
    network = draw("R--#a---b")
    content = gis.outage_features(network, gis.isolate(network, ["ab"]))
    assert [one["properties"]["layer"] for one in content["features"]] == ["segment_pipe"]
