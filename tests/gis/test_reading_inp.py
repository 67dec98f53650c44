"""Reading EPANET INP files, good and bad."""

from __future__ import annotations

import re
from math import pi
from pathlib import Path

import pytest
from pyproj import Transformer

import gis
from domain.errors import BadFile
from domain.network import LinkKind, NodeKind, Position
from tests.gis.reading_files import fault, read

SMALL = """[TITLE]
A street

[JUNCTIONS]
;ID Elev Demand
a 12 5
b 11 0
c 10
[RESERVOIRS]
r 50
[TANKS]
t 40 2 0 5 10 0
[PIPES]
p1 r a 100 300 100 0 Open
p2 a b 50 200 100 0 CV
p3 b c 40 100 100 0 Closed
[PUMPS]
pu1 t c POWER 3
[VALVES]
v1 a b 100 TCV 0 0
v2 a c 100 PRV 30 0
v3 b c 100 TCV 0 0
[STATUS]
v1 Closed
[DEMANDS]
c 3
[OPTIONS]
Units LPS
Headloss H-W
[COORDINATES]
a 114.30 30.60
b 114.31 30.60
c 114.32 30.60
r 114.29 30.60
t 114.33 30.60
[VERTICES]
p1 114.295 30.601
[END]
"""


def _written(folder: Path, text: str | bytes) -> Path:
    file = folder / "town.inp"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def _fault(folder: Path, text: str | bytes, crs: str = "EPSG:4326") -> BadFile:
    return fault(_written(folder, text), crs=crs)


def test_every_kind_of_link_is_read(tmp_path: Path) -> None:
    """Pipes keep status, check valve, metres and bends; pumps and control valves their kind."""
    network = read(_written(tmp_path, SMALL), crs="EPSG:4326")
    links = network.link_by_id
    assert {name: link.kind for name, link in links.items()} == {
        "p1": LinkKind.PIPE,
        "p2": LinkKind.PIPE,
        "p3": LinkKind.PIPE,
        "pu1": LinkKind.PUMP,
        "v1": LinkKind.TCV,
        "v2": LinkKind.PRV,
        "v3": LinkKind.TCV,
    }
    assert links["p1"].length_m == pytest.approx(100)
    assert links["p1"].diameter_m == pytest.approx(0.3)
    assert [(place.lon, place.lat) for place in links["p1"].path] == [
        pytest.approx((114.29, 30.6)),
        pytest.approx((114.295, 30.601)),
        pytest.approx((114.30, 30.6)),
    ]
    assert links["p2"].check_valve
    assert not links["p3"].open
    assert not links["v1"].open
    assert network.node_by_id["t"].kind is NodeKind.TANK
    assert network.isolation_valves == ()


def test_junctions_with_a_demand_are_premises(tmp_path: Path) -> None:
    """By the junction's own demand or by the DEMANDS section."""
    network = read(_written(tmp_path, SMALL), crs="EPSG:4326")
    assert [(one.id, one.node, one.link) for one in network.premises] == [
        ("a", "a", None),
        ("c", "c", None),
    ]


def test_tcvs_become_isolation_valves_on_request(tmp_path: Path) -> None:
    """Each is a link and, under the same id, an isolation valve with that link's position."""
    file = _written(tmp_path, SMALL)
    network = read(file, crs="EPSG:4326", isolation_valves="TCV")
    assert [(one.id, one.link, one.node, one.position) for one in network.isolation_valves] == [
        ("v1", "v1", None, Position.CLOSED),
        ("v3", "v3", None, Position.OPEN),
    ]
    assert network.link_by_id["v1"].kind is LinkKind.TCV
    assert network.link_by_id["v1"].open


def test_the_crs_is_asked_for(tmp_path: Path) -> None:
    """An INP does not say what its coordinates are."""
    assert "--crs" in str(_fault(tmp_path, SMALL, crs=""))
    assert "EPSG:999999" in str(_fault(tmp_path, SMALL, crs="EPSG:999999"))
    assert "--crs" in str(_fault(tmp_path, SMALL.replace("114.", "9e9"), crs="EPSG:3089"))


@pytest.mark.parametrize("kind", ["PIPES", "PUMPS", "VALVES"])
def test_a_missing_node_is_named_with_row_and_field(tmp_path: Path, kind: str) -> None:
    """The row counts from 1 as editors show it."""
    old = {"PIPES": "p2 a b", "PUMPS": "pu1 t c", "VALVES": "v2 a c"}[kind]
    text = SMALL.replace(old, old[:-1] + "ghost")
    fault = _fault(tmp_path, text)
    assert (fault.row, fault.field) == (text[: text.index("ghost")].count("\n") + 1, "Node2")
    assert "ghost" in fault.problem
    assert kind in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("p2 a b 50", "p2 a b fifty", "Length"),
        ("p2 a b 50 200 100 0 CV", "p2 a b 50", "Diameter"),
        ("a 114.30 30.60", "a 114.30 north", "Y-Coord"),
        ("b 11 0", "a 11 0", "ID"),
        ("p2 a b", "p1 a b", "ID"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    """Numbers, missing fields and ids twice each name their field."""
    assert _fault(tmp_path, SMALL.replace(old, new)).field == field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "id,received_at\n1,2\n",
        "[TITLE]\nnothing more\n",
        SMALL.replace("Units LPS", "Units PINTS"),
        SMALL.replace("[STATUS]", "[NONSENSE]"),
        b"\x00\xff\xfe binary",
        SMALL.replace("PRV", "ZZZ"),
    ],
)
def test_what_is_no_inp_ends_in_one_line(tmp_path: Path, text: str | bytes) -> None:
    """Whatever the file is, no traceback reaches the user."""
    _fault(tmp_path, text)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.7, 0.9, 0.97])
def test_a_file_cut_off_is_found_out(tmp_path: Path, share: float) -> None:
    """Wherever the cut falls, half a network is never imported."""
    _fault(tmp_path, SMALL[: int(len(SMALL) * share)].rstrip("\n"))


def test_no_such_file(tmp_path: Path) -> None:
    """A wrong name is one line too."""
    assert "No such file" in fault(tmp_path / "none.inp", crs="EPSG:4326").problem


def test_only_tcv_links_can_be_isolation_valves(tmp_path: Path) -> None:
    """Another kind is refused, not ignored."""
    file = _written(tmp_path, SMALL)
    assert "PRV" in fault(file, crs="EPSG:4326", isolation_valves="PRV").problem


def test_a_tank_has_the_water_above_its_lowest_level(tmp_path: Path) -> None:
    """From its initial to its minimum level, by its diameter; no other node has any."""
    text = SMALL.replace("t 40 2 0 5 10 0", "t 40 2 0.5 5 10 0")
    nodes = read(_written(tmp_path, text), crs="EPSG:4326").node_by_id
    assert nodes["t"].volume_m3 == pytest.approx(1.5 * pi * 100 / 4)
    assert {node.volume_m3 for name, node in nodes.items() if name != "t"} == {None}


def test_a_tank_with_a_volume_curve_follows_it(tmp_path: Path) -> None:
    """Its diameter counts no longer."""
    text = SMALL.replace("t 40 2 0 5 10 0", "t 40 2 1 5 10 0 vol").replace(
        "[OPTIONS]", "[CURVES]\nvol 0 0\nvol 1 100\nvol 5 900\n[OPTIONS]"
    )
    nodes = read(_written(tmp_path, text), crs="EPSG:4326").node_by_id
    assert nodes["t"].volume_m3 == pytest.approx(200)


def test_a_demand_is_the_day_s_mean_in_cubic_metres(tmp_path: Path) -> None:
    """Base demand by the pattern's mean by the multiplier of all: 5 l/s x 0.75 x 2."""
    text = SMALL.replace("a 12 5", "a 12 5 day").replace(
        "Units LPS", "Units LPS\nDemand Multiplier 2\n[PATTERNS]\nday 0.5 1.0\n[OPTIONS]"
    )
    network = read(_written(tmp_path, text), crs="EPSG:4326")
    assert network.premises_by_id["a"].demand_m3_d == pytest.approx(0.005 * 0.75 * 2 * 86400)


def test_units_left_out_are_epanet_s(tmp_path: Path) -> None:
    """Gallons, feet and inches, and a note says so."""
    found = gis.read_network(_written(tmp_path, SMALL.replace("Units LPS\n", "")), crs="EPSG:4326")
    assert found.network.link_by_id["p1"].length_m == pytest.approx(100 * 0.3048)
    assert found.network.link_by_id["p1"].diameter_m == pytest.approx(300 * 0.0254)
    assert "GPM" in found.notes[0].en
    assert "GPM" in found.notes[0].zh


@pytest.mark.parametrize(("encoding", "name"), [("gb18030", "人民路"), ("latin-1", "Allée")])
def test_other_encodings_are_read_and_noted(tmp_path: Path, encoding: str, name: str) -> None:
    """Names come out right, and the note names the encoding."""
    file = _written(tmp_path, SMALL.replace("p3 ", f"{name} ").encode(encoding))
    found = gis.read_network(file, crs="EPSG:4326")
    assert name in found.network.link_by_id
    assert [encoding in note.en for note in found.notes] == [True]


def test_a_node_without_a_place_is_laid_beside_its_neighbour(tmp_path: Path) -> None:
    """Always the same place, within 50 m, and the note names it."""
    file = _written(tmp_path, SMALL.replace("b 114.31 30.60\n", ""))
    found, again = (gis.read_network(file, crs="EPSG:4326") for _ in range(2))
    assert found == again
    place, near = (found.network.node_by_id[name].position for name in "ba")
    assert place != near
    assert abs(place.lon - near.lon) + abs(place.lat - near.lat) < 0.001
    assert "first is b" in found.notes[0].en


def test_without_coordinates_it_is_a_schema(tmp_path: Path) -> None:
    """No CRS is asked for, no two nodes share a place, bends are left out."""
    start, end = SMALL.index("[COORDINATES]"), SMALL.index("[VERTICES]")
    found = gis.read_network(_written(tmp_path, SMALL[:start] + SMALL[end:]))
    places = [node.position for node in found.network.nodes]
    assert len(set(places)) == 5
    assert {len(link.path) for link in found.network.links} == {2}
    assert "schematic" in found.notes[0].en


def test_cut_off_before_its_places_it_is_refused(tmp_path: Path) -> None:
    """Missing places and no [END]: it may be half a file."""
    text = SMALL[: SMALL.index("c 114.32")]
    assert "cut off" in _fault(tmp_path, text).problem


@pytest.mark.parametrize("code", [4547, 4526, 4508, 4498])
def test_a_gauss_zone_without_its_number_names_its_twin(tmp_path: Path, code: int) -> None:
    """Eastings with the zone in front need the other EPSG code, and the line says which."""
    twin = code - 21 if code > 4533 else code + 21 if code > 4512 else code - 11
    twin = code + 11 if code == 4498 else twin
    door = Transformer.from_crs("EPSG:4326", f"EPSG:{twin}", always_xy=True)
    text = re.sub(
        r"(114\.\d+) (30\.\d+)", lambda m: "{} {}".format(*door.transform(*m.groups())), SMALL
    )
    assert f"--crs EPSG:{twin}" in str(_fault(tmp_path, text, crs=f"EPSG:{code}"))
    network = read(_written(tmp_path, text), crs=f"EPSG:{twin}")
    assert network.node_by_id["a"].position.lon == pytest.approx(114.3, abs=1e-6)
