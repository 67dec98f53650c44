"""Usual pressures and roughness: from EPANET, from fields, and what cannot be."""

from __future__ import annotations

import logging
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import wntr

import gis
from domain.errors import BadFile
from domain.network import LinkKind, NodeKind, PipeNetwork
from domain.network_delta import network_delta
from gis.reading import inp_pressures
from tests.gis.reading_files import read
from tests.gis.test_reading_inp import SMALL
from tests.gis.vector_files import cross, point, write_layer

LIBRARY = Path(wntr.__file__).parent / "library" / "networks"

#: What both sides may differ by, metres: wntr writes the file again, in other digits.
SAME_M = 0.1


@cache
def simulated(name: str) -> tuple[Any, dict[str, float]]:
    """Return wntr's own model and what its simulator says of the first step, metres by node."""
    logging.getLogger("wntr").setLevel(logging.CRITICAL)
    with warnings.catch_warnings(), TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        model = wntr.network.WaterNetworkModel(str(LIBRARY / name))
        model.options.time.duration = 0
        results = wntr.sim.EpanetSimulator(model).run_sim(file_prefix=f"{folder}/run")
    return model, results.node["pressure"].iloc[0].to_dict()


def written(folder: Path, text: str) -> Path:
    """Return an INP of this text."""
    file = folder / "town.inp"
    file.write_text(text, encoding="utf-8")
    return file


def found(folder: Path, text: str) -> tuple[PipeNetwork, str]:
    """Return the network of such an INP, and its notes in English."""
    answer = gis.read_network(written(folder, text), crs="EPSG:4326")
    return answer.network, "\n".join(note.en for note in answer.notes)


@pytest.mark.parametrize("name", ["Net3.inp", "ky4.inp"])
def test_pressures_are_those_of_wntr_s_simulation(name: str) -> None:
    """Within 0.1 m at every node; reservoirs have none, tanks their level."""
    model, wanted = simulated(name)
    nodes = read(LIBRARY / name, crs="EPSG:3857").nodes
    away = {one.id: (one.pressure_m, wanted[one.id]) for one in nodes}
    assert {
        name: pair for name, pair in away.items() if pair[0] != pytest.approx(pair[1], abs=SAME_M)
    } == {}
    levels = {one.id: one.pressure_m for one in nodes if one.kind is NodeKind.TANK}
    assert levels == pytest.approx({name: tank.init_level for name, tank in model.tanks()})
    assert {one.pressure_m for one in nodes if one.kind is NodeKind.RESERVOIR} == {0.0}


def test_roughness_is_the_file_s() -> None:
    """Every pipe's Hazen-Williams C; pumps and valves have none."""
    model, _ = simulated("Net3.inp")
    links = read(LIBRARY / "Net3.inp", crs="EPSG:3857").links
    rough = {one.id: one.roughness for one in links if one.roughness is not None}
    assert rough == {name: pipe.roughness for name, pipe in model.pipes()}


@pytest.mark.parametrize("formula", ["D-W", "C-M"])
def test_another_formula_s_roughness_is_none(tmp_path: Path, formula: str) -> None:
    """EPANET reckons with it all the same."""
    text = SMALL.replace("H-W", formula).replace(" 100 0 ", " 0.1 0 ")
    network, _ = found(tmp_path, text)
    assert {one.roughness for one in network.links} == {None}
    assert network.node_by_id["a"].pressure_m is not None


#: Texts of SMALL that are changed, and what the note then says.
UNUSABLE = {
    "a node that no pipe reaches": (
        {"c 10\n": "c 10\nd 3 1\n", "t 114": "d 114.3 30.7\nt 114"},
        "233",
    ),
    "a pipe back to its start": ({"p3 b c": "p3 c c"}, "Error 222"),
    "a line too long": ({"v1 Closed": f"v1 Closed {'x ' * 600}"}, "too long"),
    "no demand": ({"a 12 5": "a 12 0", "c 3\n": ""}, "no junction has a demand"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_what_epanet_cannot_run_is_imported(tmp_path: Path, case: str) -> None:
    """No pressure anywhere, a note says why, and all else is there."""
    changes, why = UNUSABLE[case]
    text = SMALL
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    network, notes = found(tmp_path, text)
    assert {one.pressure_m for one in network.nodes} == {None}
    assert "usual pressures at the nodes are unknown" in notes
    assert why in notes
    assert {one.roughness for one in network.links if one.kind is LinkKind.PIPE} == {100.0}


@pytest.mark.parametrize(
    ("child", "why"),
    [
        ("import os; os.abort()", "(6)"),
        ("while True: pass", "> 1 s"),
        ("raise SystemExit(3)", "EPANET cannot run"),
    ],
)
def test_a_child_that_crashes_or_hangs_is_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, child: str, why: str
) -> None:
    """It takes nothing with it."""
    script = tmp_path / "child.py"
    script.write_text(child)
    monkeypatch.setattr(inp_pressures, "CHILD", script)
    monkeypatch.setattr(inp_pressures, "TIME_LIMIT_S", 1.0)
    network, notes = found(tmp_path, SMALL)
    assert {one.pressure_m for one in network.nodes} == {None}
    assert why in notes


def test_a_file_makes_epanet_write_nothing(tmp_path: Path) -> None:
    """An option that names a file to save to stays away from it."""
    text = SMALL.replace("[OPTIONS]", f"[OPTIONS]\nHydraulics Save {tmp_path / 'saved.hyd'}")
    network, _ = found(tmp_path, text)
    assert network.node_by_id["a"].pressure_m is not None
    assert [one.name for one in tmp_path.iterdir()] == ["town.inp"]


def test_placeholders_make_no_pressures(tmp_path: Path) -> None:
    """What mainbreak wrote with a made-up roughness and pump says nothing of pressures."""
    network, _ = found(tmp_path, SMALL)
    bare = replace(
        network,
        nodes=tuple(replace(one, pressure_m=None) for one in network.nodes),
        links=tuple(replace(one, roughness=None) for one in network.links),
    )
    gis.write_network(bare, tmp_path / "bare.inp")
    again = gis.read_network(tmp_path / "bare.inp")
    assert {one.pressure_m for one in again.network.nodes} == {None}
    assert {one.roughness for one in again.network.links} == {None}
    assert again.notes == ()


def test_a_written_roughness_is_epanet_s_too(tmp_path: Path) -> None:
    """The section holds it, not only our comment."""
    network, _ = found(tmp_path, SMALL.replace("p2 a b 50 200 100", "p2 a b 50 200 87.5"))
    gis.write_network(network, tmp_path / "again.inp")
    logging.getLogger("wntr").setLevel(logging.CRITICAL)
    model = wntr.network.WaterNetworkModel(str(tmp_path / "again.inp"))
    assert {name: pipe.roughness for name, pipe in model.pipes()} == {
        "p1": 100.0,
        "p2": 87.5,
        "p3": 100.0,
    }


def test_a_second_reading_shows_what_changed(tmp_path: Path) -> None:
    """One pipe relined: its roughness, and the pressures beyond it; nothing else."""
    before, _ = found(tmp_path, SMALL)
    same, _ = found(tmp_path, SMALL)
    after, _ = found(tmp_path, SMALL.replace("p1 r a 100 300 100", "p1 r a 100 100 140"))
    assert network_delta(before, same).is_empty
    delta = network_delta(before, after)
    assert [(one.after.id, one.fields) for one in delta.links.changed] == [
        ("p1", ("diameter_m", "roughness"))
    ]
    assert {one.fields for one in delta.nodes.changed} == {("pressure_m",)}


@pytest.mark.parametrize(
    ("field", "given", "metres", "noted"),
    [
        ("pressure_m", 31.5, 31.5, False),
        ("自由水头", 5.0, 5.0, False),
        ("压力(MPa)", 0.35, 35.69, False),
        ("pressure_bar", 3.5, 35.69, False),
        ("pressure_psi", 50.0, 35.15, False),
        ("压力", 0.35, 35.69, True),
        ("pressure", 3.5, 35.69, True),
        ("pressure", 35.0, 35.0, True),
        ("水压", 350, 35.69, True),
    ],
)
def test_the_unit_of_a_pressure(
    tmp_path: Path, field: str, given: float, metres: float, noted: bool
) -> None:
    """As the field's name says, else as the median can only be, which a note tells."""
    file = cross(tmp_path)
    columns = {"编号": ["a", "b"], field: [float(given), float(given)]}
    write_layer(file, "节点", [point(100, 0), point(0, 100)], columns)
    answer = gis.read_network(file)
    nodes = answer.network.node_by_id
    assert nodes["a"].pressure_m == pytest.approx(metres, abs=0.01)
    assert any(f"{field} names no unit" in note.en for note in answer.notes) is noted
    assert {one.pressure_m for name, one in nodes.items() if name not in "ab"} == {None}


def test_a_mapping_names_pressure_and_its_unit(tmp_path: Path) -> None:
    """MPa is no length, and a length no pressure."""
    file = cross(tmp_path)
    columns = {"编号": ["a"], "YL": [0.25]}
    write_layer(file, "节点", [point(100, 0)], columns)
    mapping = tmp_path / "m.toml"
    mapping.write_text('[nodes]\npressure_m = { field = "YL", unit = "MPa" }\n', "utf-8")
    node = read(file, mapping=mapping).node_by_id["a"]
    assert node.pressure_m == pytest.approx(25.49, abs=0.01)
    mapping.write_text('[nodes]\npressure_m = { field = "YL", unit = "km" }\n', "utf-8")
    assert "unknown unit: km. Use one of m, mpa" in line_about(file, mapping)
    mapping.write_text('[nodes]\nelevation_m = { field = "YL", unit = "mpa" }\n', "utf-8")
    assert "unknown unit: mpa. Use one of m, km" in line_about(file, mapping)


def line_about(file: Path, mapping: Path) -> str:
    """Return the line that a bad mapping ends in."""
    with pytest.raises(BadFile) as caught:
        gis.read_network(file, mapping=mapping)
    return str(caught.value)


@pytest.mark.parametrize(
    "name", ["roughness", "c_hw", "Hazen_Williams", "粗糙系数", "海曾威廉系数"]
)
def test_roughness_by_its_usual_names(tmp_path: Path, name: str) -> None:
    """A cut pipe's parts keep it; an empty cell is unknown."""
    file = cross(tmp_path, **{name: [120.0, 95.0, float("nan"), 100.0]})
    write_layer(file, "阀门", [point(50, 0)], {"编号": ["V1"]})
    rough = {one.id: one.roughness for one in read(file).links}
    assert rough == {"P1/1": 120.0, "P1/2": 120.0, "P2": 95.0, "P3": None, "P4": 100.0}


def test_what_cannot_be_is_unknown_and_noted(tmp_path: Path) -> None:
    """By the first of each kind: negative, Manning's n, pressures no main bears."""
    file = cross(tmp_path, roughness=[-1.0, 0.013, 130.0, 1e9])
    columns = {"编号": list("abc"), "pressure_m": [301.0, -11.0, 300.0]}
    write_layer(file, "节点", [point(100, 0), point(0, 100), point(-100, 0)], columns)
    answer = gis.read_network(file)
    notes = "\n".join(note.en for note in answer.notes)
    assert [answer.network.node_by_id[name].pressure_m for name in "abc"] == [None, None, 300.0]
    assert [one.roughness for one in answer.network.links] == [None, None, 130.0, None]
    assert "2 nodes have an impossible pressure" in notes
    assert "the first is a (301 m)" in notes
    assert "3 pipes have an impossible Hazen-Williams roughness" in notes


def test_what_cannot_be_in_our_own_geojson_is_unknown_too(tmp_path: Path) -> None:
    """The same rule for every format."""
    network, _ = found(tmp_path, SMALL)
    odd = replace(
        network,
        nodes=tuple(replace(one, pressure_m=999.0) for one in network.nodes),
        links=tuple(replace(one, roughness=-5.0) for one in network.links),
    )
    gis.write_network(odd, tmp_path / "odd.geojson")
    answer = gis.read_network(tmp_path / "odd.geojson")
    assert {one.pressure_m for one in answer.network.nodes} == {None}
    assert {one.roughness for one in answer.network.links} == {None}
    assert len(answer.notes) == 2
