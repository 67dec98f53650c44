"""Files that cannot be what they claim: one clear line each, never a traceback or a hang."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import osmnx
import pytest

from domain.errors import BadFile
from routing import build_streets
from tests.routing.drawn import at, street, write_osm


def one_line(path: Path) -> str:
    """Return the one line that a build of this file ends in."""
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(BadFile) as caught:
        build_streets(path)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(f"{path}: ")
    assert text.endswith(".")
    assert before == (sorted(path.parent.iterdir()) if path.parent.is_dir() else [])
    return text


@pytest.mark.parametrize("name", ["town.osm", "town.osm.pbf", "town.graphml"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, name: str) -> None:
    """Whatever its ending."""
    (tmp_path / name).touch()
    assert "is empty" in one_line(tmp_path / name)


@pytest.mark.parametrize("name", ["town.osm", "town.osm.pbf", "town.pbf", "town.graphml"])
def test_text_under_a_false_name_cannot_be_read(tmp_path: Path, name: str) -> None:
    """A text file is none of the kinds."""
    (tmp_path / name).write_text("id,received_at\nT1,2026-05-01\n" * 40)
    assert "cannot be read" in one_line(tmp_path / name)


@pytest.mark.parametrize("name", ["town.shp", "town.osm.zip", "town"])
def test_another_ending_is_refused_with_the_accepted_ones(tmp_path: Path, name: str) -> None:
    """The remedy lists what is accepted."""
    (tmp_path / name).write_text("x")
    assert ".osm.pbf, .osm or .graphml" in one_line(tmp_path / name)


def test_a_missing_file_and_a_folder_are_no_files(tmp_path: Path) -> None:
    """Neither can be read."""
    (tmp_path / "folder.osm").mkdir()
    assert "no such file" in one_line(tmp_path / "absent.osm.pbf")
    assert "is a folder, not a file" in one_line(tmp_path / "folder.osm")


@pytest.mark.shelf
@pytest.mark.parametrize("share", [0.001, 0.3, 0.5, 0.999])
def test_a_pbf_cut_short_cannot_be_read(tmp_path: Path, shelf: Path, share: float) -> None:
    """Wherever the cut is, it is said in plain words, the library's beside them."""
    whole = (shelf / "osm" / "heidelberg.osm.pbf").read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole[: int(len(whole) * share)])
    text = one_line(cut)
    assert "is cut off: its end is missing (PBF error: unexpected EOF)" in text
    assert "Download or export the file again" in text


@pytest.mark.shelf
def test_a_damaged_pbf_cannot_be_read(tmp_path: Path, shelf: Path) -> None:
    """Bytes overwritten in the middle."""
    data = bytearray((shelf / "osm" / "liechtenstein.osm.pbf").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 500] = bytes(500)
    damaged = tmp_path / "damaged.osm.pbf"
    damaged.write_bytes(data)
    assert "cannot be read" in one_line(damaged)


def cut_xml(text: str) -> str:
    """Return a text cut in half."""
    return text[: len(text) // 2]


def no_nodes(text: str) -> str:
    """Return the text without its nodes."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("<node"))


def bad_place(text: str) -> str:
    """Return the text with a longitude that is no number."""
    return text.replace('lon="', 'lon="east', 1)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(cut_xml, "cannot be read"), (no_nodes, "no street"), (bad_place, "cannot be read")],
)
def test_spoilt_xml_is_one_line(tmp_path: Path, spoil: Callable[[str], str], words: str) -> None:
    """Malformed XML, ways without nodes, a coordinate that is no number."""
    osm = write_osm(tmp_path / "t.osm", {1: at(0, 0), 2: at(90, 0)}, [street(1, 2)])
    osm.write_text(spoil(osm.read_text()))
    assert words in one_line(osm)


@pytest.mark.parametrize(
    "ways",
    [[], [street(1, 2, highway="footway")], [street(1, 2, oneway="yes")]],
    ids=["none", "a footway only", "in but never out"],
)
def test_a_file_without_a_drivable_street_says_so(tmp_path: Path, ways: list) -> None:
    """No way at all, none to drive on, none to come back on."""
    osm = write_osm(tmp_path / "t.osm", {1: at(0, 0), 2: at(90, 0)}, ways)
    assert "no street that can be driven" in one_line(osm)


def saved(folder: Path, name: str = "t.graphml") -> Path:
    """Return three nodes and two streets as osmnx saves them."""
    places = {1: at(0, 0), 2: at(90, 0), 3: at(200, 10)}
    graph = osmnx.graph_from_xml(write_osm(folder / "t.osm", places, [street(1, 2, 3)]))
    osmnx.save_graphml(graph, folder / name)
    return folder / name


def without(text: str, attribute: str, instead: str = "", count: int = 0) -> str:
    """Return a GraphML text with an attribute taken out, or with another value instead."""
    key = re.search(rf'<key id="(\w+)"[^>]*attr.name="{attribute}"', text)
    assert key is not None
    value = rf'<data key="{key[1]}">[^<]*</data>'
    new = f'<data key="{key[1]}">{instead}</data>' if instead else ""
    return re.sub(value, new, text, count=count)


SPOILT = {
    "cut in half": (cut_xml, "cannot be read"),
    "a node without x": (lambda text: without(text, "x", count=1), "no x and y"),
    "a node whose y is no number": (lambda text: without(text, "y", "north"), "north"),
    "a node nowhere": (lambda text: without(text, "x", "nan", 1), "no x and y"),
    "a node off the map": (lambda text: without(text, "x", "1234.5", 1), "off the map"),
    "metres said to be degrees": (lambda text: without(text, "y", "3355000"), "off the map"),
    "an unknown crs": (lambda text: text.replace("epsg:4326", "EPSG:999999"), "EPSG:999999"),
    "no crs at all": (lambda text: text.replace("epsg:4326", "the moon"), "the moon"),
    "a length in words": (lambda text: without(text, "length", "long"), "long"),
    "numbers as another program types them": (
        lambda text: re.sub(r'(attr.name="[xy]" attr.type=)"string"', r'\1"double"', text),
        "not a graph as osmnx saves it",
    ),
    "ids that are no numbers": (lambda text: text.replace('"1"', '"one"'), "one"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_graphml_is_one_line(tmp_path: Path, case: str) -> None:
    """Whatever is wrong with it, and the line says what."""
    spoil, words = SPOILT[case]
    path = saved(tmp_path)
    path.write_text(spoil(path.read_text()))
    assert words in one_line(path)


@pytest.mark.parametrize("length", ["", "-5", "0", "nan"])
def test_a_graphml_without_lengths_is_measured(tmp_path: Path, length: str) -> None:
    """Along the course of each street, not from end to end."""
    path = saved(tmp_path)
    whole = build_streets(path)
    assert len(whole.course(0)) == 3
    path.write_text(without(path.read_text(), "length", length))
    assert build_streets(path).length_m == pytest.approx(whole.length_m, rel=1e-6)


def test_a_graphml_that_says_no_direction_is_driven_both_ways(tmp_path: Path) -> None:
    """An undirected graph has each street once."""
    path = saved(tmp_path)
    path.write_text(path.read_text().replace('"directed"', '"undirected"'))
    assert len(build_streets(path).tail) == 2


def test_nodes_may_come_after_the_ways_in_any_order_and_unnumbered(tmp_path: Path) -> None:
    """As some exports write them, and as an editor draws them before any server numbers them."""
    osm = write_osm(tmp_path / "t.osm", {-7: at(0, 0), 5: at(90, 0), -9: at(180, 0)}, [])
    lines = osm.read_text().splitlines()
    way = '<way id="-1"><nd ref="-7"/><nd ref="5"/><nd ref="-9"/>'
    lines.insert(2, way + '<tag k="highway" v="residential"/></way>')
    osm.write_text("\n".join(lines))
    assert build_streets(osm).length_m == pytest.approx([180, 180], rel=1e-3)


@pytest.mark.parametrize(
    "text",
    ["<graphml>", "<gpx></gpx>", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>'],
)
def test_a_graphml_that_is_none_is_one_line(tmp_path: Path, text: str) -> None:
    """Malformed, another XML, or without a graph."""
    path = tmp_path / "t.graphml"
    path.write_text(text)
    assert "cannot be read" in one_line(path)
