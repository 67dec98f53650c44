"""The network's GeoJSON: small, one feature a line, exact both ways."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import gis
from domain.errors import BadFile
from domain.network import PipeNetwork
from domain.places import LonLat
from tests.gis.drawing import draw
from tests.gis.reading_files import read


@pytest.fixture
def network() -> PipeNetwork:
    """Return a network with something in every field."""
    drawn = draw("T--#a-=-b?->c@d-)-e", hydrants="ab")
    dressed = replace(drawn.links[0], material="球墨铸铁", year=1998, road="建设路")
    paved = replace(drawn.isolation_valves[0], accessible=False)
    nodes = (replace(drawn.nodes[0], elevation_m=31.25), *drawn.nodes[1:])
    whole = replace(drawn, nodes=nodes, links=(dressed, *drawn.links[1:]))
    return whole.with_isolation_valves([paved])


def _written(network: PipeNetwork, folder: Path) -> Path:
    file = folder / "network.geojson"
    gis.write_network_geojson(network, file)
    return file


def test_the_round_trip_is_exact(network: PipeNetwork, tmp_path: Path) -> None:
    """Every field of every kind comes back, in order."""
    file = _written(replace(network, name="学府城"), tmp_path)
    found = read(file)
    assert found == network
    assert found.name == "学府城"


def test_it_is_plain_geojson_one_feature_a_line(network: PipeNetwork, tmp_path: Path) -> None:
    """Any GIS opens it, and a diff shows one thing a line."""
    text = _written(network, tmp_path).read_text("utf-8")
    features = json.loads(text)["features"]
    assert len(text.splitlines()) == len(features) + 2
    layers = [one["properties"]["layer"] for one in features]
    assert sorted(set(layers)) == ["hydrant", "isolation_valve", "link", "node"]


def test_places_are_rounded_to_a_tenth_of_a_millimetre(
    network: PipeNetwork, tmp_path: Path
) -> None:
    """Nine decimals, and nothing more is lost the second time."""
    moved = replace(network.nodes[0], position=LonLat(114.12345678912, 30.98765432189))
    file = _written(replace(network, nodes=(moved, *network.nodes[1:])), tmp_path)
    found = read(file)
    assert found.nodes[0].position == LonLat(114.123456789, 30.987654322)
    assert read(_written(found, tmp_path)) == found


def test_a_town_of_1500_pipes_is_small(tmp_path: Path) -> None:
    """1,500 pipes, as many isolation valves and nodes stay under 1.3 MB."""
    one = draw("R--%a", hydrants="Ra")
    pipe, valve, node = one.links[0], one.isolation_valves[0], one.nodes[1]
    bent = replace(pipe, path=pipe.path * 2, material="ductile iron", year=1998, road="建设大道")
    town = replace(
        one,
        nodes=(one.nodes[0], node, *(replace(node, id=f"N{k:05}") for k in range(1500))),
        links=(pipe, *(replace(bent, id=f"P{k:05}") for k in range(1500))),
        isolation_valves=tuple(replace(valve, id=f"V{k:05}") for k in range(1900)),
    )
    assert _written(town, tmp_path).stat().st_size < 1_300_000


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"start":"T"', '"start":"ghost"', "start"),
        ('"link":"ab"', '"link":"ghost"', "link"),
        ('"node":"a"', '"node":"d"', "node"),
        ('"diameter_m":0.1', '"diameter_m":"wide"', "diameter_m"),
        ('"length_m":40.0', '"length_m":true', "length_m"),
        ('"kind":"tank"', '"kind":"pond"', "kind"),
        ('"layer":"hydrant"', '"layer":"hydra"', "layer"),
        ('"id":"b"', '"id":"a"', "id"),
        ('"open":false', '"open":"no"', "open"),
        ('"Point","coordinates":[114.3,', '"Point","coordinates":[514.3,', "geometry"),
        ('"LineString"', '"Polygon"', "geometry"),
        ('"id":"ab","kind"', '"kind"', "id"),
    ],
)
def test_a_bad_feature_is_named(
    network: PipeNetwork, tmp_path: Path, old: str, new: str, field: str
) -> None:
    """The row is the feature's line, the field the property."""
    file = _written(network, tmp_path)
    text = file.read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    file.write_text(changed, "utf-8")
    with pytest.raises(BadFile) as caught:
        read(file)
    assert caught.value.field == field
    assert caught.value.row is not None
    assert new in changed.splitlines()[caught.value.row - 1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id,kind\n1,pipe\n",
        b'{"type":"FeatureCollection"}',
        b'{"type":"FeatureCollection","features":[]}',
        b'{"type":"FeatureCollection","features":[7]}',
        b'{"type":"Topology","features":[]}',
        b"[1,2,3]",
        b"\xff\xfe\x00binary",
        b"[" * 100_000,
    ],
)
def test_what_is_no_network_ends_in_one_line(tmp_path: Path, content: bytes) -> None:
    """Whatever the file is, no traceback reaches the user."""
    file = tmp_path / "odd.geojson"
    file.write_bytes(content)
    with pytest.raises(BadFile, match=r"odd\.geojson") as caught:
        read(file)
    assert "\n" not in str(caught.value)


def test_cut_in_half_it_names_the_line(network: PipeNetwork, tmp_path: Path) -> None:
    """Half a file is not half a network."""
    file = _written(network, tmp_path)
    text = file.read_text("utf-8")
    file.write_text(text[: len(text) // 2], "utf-8")
    with pytest.raises(BadFile, match="row"):
        read(file)


def test_no_such_file(tmp_path: Path) -> None:
    """A wrong name is one line too."""
    with pytest.raises(BadFile, match=r"none\.geojson"):
        read(tmp_path / "none.geojson")
