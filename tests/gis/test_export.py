"""The isolation's GeoJSON for outages.geojson."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from shapely import prepare
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

import gis
from data.pipes_network import made_streets
from domain.network import LinkKind
from domain.town import Town
from tests.gis.drawing import draw
from tests.oracles.networks import dice
from tests.town.conftest import town_on
from tests.town.osm_streets import as_streets


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


def test_in_a_whole_town_everybody_dry_is_inside_and_hardly_anybody_else() -> None:
    """All premises out inside, of those with water at most one in fifty of the ones inside."""
    network = small_utility().network
    pipes = [link.id for link in network.links if link.kind is LinkKind.PIPE]
    dry = wet = 0
    for pipe in dice(5).sample(pipes, 25):
        isolation = gis.isolate(network, [pipe])
        outline = outline_of(gis.outage_features(network, isolation))
        if outline is None:
            assert not isolation.premises
            continue
        out = set(isolation.premises)
        for one in network.premises:
            inside = outline.contains(Point(one.location.lon, one.location.lat))
            assert inside or one.id not in out, f"{pipe}: {one.id} is dry and outside"
            dry += inside and one.id in out
            wet += inside and one.id not in out
    assert wet <= dry / 50


def small_utility() -> Town:
    """Return a made town of 1,500 premises, along streets."""
    return town_on(as_streets(made_streets(3, 1500)), 1500, seed=3, tickets=20, crews=3)


def outline_of(content: dict[str, Any]) -> BaseGeometry | None:
    """Return the outage's polygon, ready for many questions."""
    layers = [one for one in content["features"] if one["properties"]["layer"] == "outage"]
    outline = shape(layers[0]["geometry"]) if layers else None
    prepare(outline)
    return outline
