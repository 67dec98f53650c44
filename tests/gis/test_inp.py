"""Reading EPANET INP files, good and bad."""

from __future__ import annotations

from pathlib import Path

import pytest

import gis
from domain.errors import BadFile
from domain.network import LinkKind, NodeKind, Position

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
    with pytest.raises(BadFile) as caught:
        gis.read_inp(_written(folder, text), crs=crs)
    assert "town.inp" in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def test_every_kind_of_link_is_read(tmp_path: Path) -> None:
    """Pipes keep status, check valve, metres and bends; pumps and control valves their kind."""
    network = gis.read_inp(_written(tmp_path, SMALL), crs="EPSG:4326")
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
    network = gis.read_inp(_written(tmp_path, SMALL), crs="EPSG:4326")
    assert [(one.id, one.node, one.link) for one in network.premises] == [
        ("a", "a", None),
        ("c", "c", None),
    ]


def test_tcvs_become_isolation_valves_on_request(tmp_path: Path) -> None:
    """Each is a link and, under the same id, an isolation valve with that link's position."""
    file = _written(tmp_path, SMALL)
    network = gis.read_inp(file, crs="EPSG:4326", isolation_valves="TCV")
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
        ("b 114.31 30.60\n", "", "Node"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    """Numbers, missing fields, ids twice and places left out each name their field."""
    assert _fault(tmp_path, SMALL.replace(old, new)).field == field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "id,received_at\n1,2\n",
        "[TITLE]\nnothing more\n",
        SMALL.replace("Units LPS\n", ""),
        SMALL.replace("Units LPS", "Units PINTS"),
        SMALL.replace("[STATUS]", "[NONSENSE]"),
        SMALL.encode() + "街道".encode("gb18030"),
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
    with pytest.raises(BadFile, match=r"none\.inp"):
        gis.read_inp(tmp_path / "none.inp", crs="EPSG:4326")


def test_only_tcv_links_can_be_isolation_valves(tmp_path: Path) -> None:
    """Another kind is refused, not ignored."""
    with pytest.raises(BadFile, match="PRV"):
        gis.read_inp(_written(tmp_path, SMALL), crs="EPSG:4326", isolation_valves="PRV")
