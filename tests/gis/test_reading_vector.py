"""Reading the vector files of others: names recognised or mapped, ends joined, points placed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely

import gis
from domain.datum import to_gcj02
from domain.network import LinkKind, NodeKind, Operability, PipeNetwork, Position
from domain.places import LonLat
from tests.gis.reading_files import fault, read
from tests.gis.vector_files import CROSS, LAT, LON, cross, line, point, write_layer, xy


def _lines(network: PipeNetwork) -> dict[str, tuple[str, str]]:
    return {link.id: (link.start, link.end) for link in network.links}


def test_chinese_names_are_recognised_without_a_mapping(tmp_path: Path) -> None:
    """Pipes meet within 5 cm; millimetres are told from metres; lengths are as drawn."""
    found = gis.read_network(cross(tmp_path))
    links = found.network.link_by_id
    assert [links[f"P{n}"].diameter_m for n in range(1, 5)] == [0.3, 0.2, 0.2, 0.1]
    assert links["P1"].length_m == pytest.approx(100, abs=0.02)
    middle = links["P1"].start
    assert [links[name].start for name in ("P2", "P3")] == [middle, middle]
    assert links["P4"].end == middle
    assert len(found.network.nodes) == 5
    assert found.crs == "EPSG:4547"
    notes = " ".join(note.en for note in found.notes)
    assert "管径 names no unit; it was read as mm" in notes
    assert "within 0.05 m" in notes
    place = found.network.node_by_id[middle].position
    assert (place.lon, place.lat) == (pytest.approx(LON, abs=1e-6), pytest.approx(LAT, abs=1e-6))


@pytest.mark.parametrize(
    ("name", "values", "first_m"),
    [
        ("diameter", [0.3, 0.2, 0.2, 0.1], 0.3),
        ("diameter", [12.0, 8.0, 8.0, 6.0], 0.3048),
        ("管径(mm)", [20, 20, 20, 20], 0.02),
        ("管径", ["DN300", "De200", "Φ200", "100"], 0.3),
        ("口径_in", [6, 6, 6, 6], 0.1524),
    ],
)
def test_the_unit_of_a_diameter(
    tmp_path: Path, name: str, values: list[object], first_m: float
) -> None:
    """By the field's name, else by what its median can only be."""
    file = write_layer(tmp_path / "n.gpkg", "pipes", CROSS, {"id": list("abcd"), name: values})
    assert read(file).link_by_id["a"].diameter_m == pytest.approx(first_m)


def test_a_gap_wider_than_the_snap_stays_open(tmp_path: Path) -> None:
    """A near miss is a finding; a wider snap joins it, and no order of pipes changes that."""
    file = cross(tmp_path)
    assert len(read(file, snap_m=0.01).nodes) == 6
    turned = write_layer(
        tmp_path / "turned.gpkg", "管线", CROSS[::-1], {"编号": ["P4", "P3", "P2", "P1"]}
    )
    assert _lines(read(turned)) == _lines(read(file))


def test_an_end_on_the_middle_of_a_pipe_is_not_joined(tmp_path: Path) -> None:
    """Only ``split = true`` cuts the pipe there."""
    shapes = [line((0, 0), (100, 0)), line((50, 0), (50, 80))]
    file = write_layer(tmp_path / "t.gpkg", "pipes", shapes, {"id": ["main", "branch"]})
    assert len(read(file).links) == 2
    mapping = tmp_path / "m.toml"
    mapping.write_text("[pipes]\nsplit = true\n")
    cut = read(file, mapping=mapping).link_by_id
    assert sorted(cut) == ["branch", "main/1", "main/2"]
    assert cut["main/1"].end == cut["main/2"].start == cut["branch"].start
    assert cut["main/1"].length_m == pytest.approx(50, abs=0.02)


def test_points_are_put_on_their_pipes(tmp_path: Path) -> None:
    """At the near end, in the middle by a cut, at a crossing on the largest pipe, or as named."""
    file = cross(tmp_path)
    write_layer(
        file,
        "阀门",
        [point(99, 0), point(40, 0.5), point(0, 0), point(-1, 0)],
        {
            "阀门编号": ["V1", "V2", "V3", "V4"],
            "开关状态": ["常开", "关", "开", "开"],
            "状况": ["完好", "损坏", "", "完好"],
            "所属管线": ["", "", "", "P2"],
        },
    )
    found = gis.read_network(file)
    network = found.network
    valves = network.isolation_valve_by_id
    links = network.link_by_id
    assert sorted(links) == ["P1/1", "P1/2", "P2", "P3", "P4"]
    assert (valves["V1"].link, valves["V1"].node) == ("P1/2", links["P1/2"].end)
    assert (valves["V2"].link, valves["V2"].node) == ("P1/1", "P1@V2")
    assert (valves["V3"].link, valves["V3"].node) == ("P1/1", links["P1/1"].start)
    assert (valves["V4"].link, valves["V4"].node) == ("P2", links["P2"].start)
    assert valves["V2"].position is Position.CLOSED
    assert valves["V2"].operability is Operability.INOPERABLE
    assert valves["V3"].operability is Operability.UNKNOWN
    assert links["P1/1"].length_m == pytest.approx(40, abs=0.05)
    assert any("three pipes or more" in note.en for note in found.notes)


def test_a_far_isolation_valve_is_kept_for_check(tmp_path: Path) -> None:
    """It is put on the nearest pipe's end and cuts nothing."""
    file = cross(tmp_path)
    write_layer(file, "valves", [point(50, 30)], {"id": ["V9"]})
    network = read(file)
    assert len(network.links) == 4
    assert network.isolation_valve_by_id["V9"].link in {"P1", "P2"}


def test_devices_as_points_become_links(tmp_path: Path) -> None:
    """A pump in the middle and a PRV at an end; a check valve marks its pipe."""
    file = cross(tmp_path)
    write_layer(file, "泵站", [point(50, 0)], {"编号": ["PU1"]})
    write_layer(file, "减压阀", [point(0, 100)], {"编号": ["R1"], "类型": ["减压阀"]})
    write_layer(file, "止回阀", [point(-50, 0)], {"编号": ["C1"]})
    links = read(file).link_by_id
    assert links["PU1"].kind is LinkKind.PUMP
    assert (links["P1/1"].end, links["P1/2"].start) == (links["PU1"].start, links["PU1"].end)
    assert links["R1"].kind is LinkKind.PRV
    assert links["P2"].end == links["R1"].start
    assert links["P3"].check_valve
    assert not links["P4"].check_valve


def test_sources_hydrants_premises_and_zones(tmp_path: Path) -> None:
    """Each from its own layer, each by its usual name."""
    file = cross(tmp_path)
    write_layer(file, "水厂", [point(100, 0)], {"名称": ["一水厂"], "高程": [31.5]})
    write_layer(file, "水池", [point(0, 100)], {"编号": ["T1"], "容积": [500.0]})
    write_layer(file, "消火栓", [point(0, -50)], {"编号": ["H1"]})
    write_layer(
        file,
        "用户",
        [point(-60, 5)],
        {
            "户号": ["10001"],
            "用水性质": ["医院"],
            "重点": ["是"],
            "户名": ["市一医院"],
            "表号": ["24001"],
        },
    )
    area = shapely.buffer(point(60, 0), 30)
    write_layer(file, "分区", [area], {"名称": ["城东"]})
    network = read(file)
    assert network.node_by_id["一水厂"].kind is NodeKind.RESERVOIR
    assert network.node_by_id["T1"].volume_m3 == 500
    assert network.link_by_id["P1"].end == "一水厂"
    assert [one.link for one in network.hydrants] == ["P4"]
    (home,) = network.premises
    assert (home.id, home.link, home.kind, home.critical) == ("10001", "P3", "hospital", True)
    assert (home.account, home.name, home.meter) == ("10001", "市一医院", "24001")
    assert [link.zone for link in network.links] == ["城东", "", "", ""]


def test_a_meter_s_number_may_name_the_premises(tmp_path: Path) -> None:
    """Where a layer has no other number, it is both."""
    file = cross(tmp_path)
    write_layer(file, "用户", [point(-60, 5)], {"水表编号": ["24001"]})
    (home,) = read(file).premises
    assert (home.id, home.account, home.meter) == ("24001", "", "24001")


def test_a_mapping_names_what_nobody_could_guess(tmp_path: Path) -> None:
    """Layers, fields, units, codes, and the datum of points."""
    file = write_layer(
        tmp_path / "n.gpkg",
        "A",
        CROSS,
        {"c1": list("abcd"), "c2": [12, 8, 8, 6], "c3": ["X", "X", "Y", "X"], "c4": ["QT"] * 4},
    )
    shifted = to_gcj02(LonLat(LON, LAT))
    write_layer(file, "B", [shapely.Point(shifted)], {"k": [7]}, crs="EPSG:4326")
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        """
        [pipes]
        layer = "A"
        id = "c1"
        diameter_m = { field = "c2", unit = "in" }
        open = { field = "c3", open = ["X"], closed = ["Y"] }
        material = { field = "c4", "球墨铸铁" = ["QT"] }
        [premises]
        layer = "B"
        datum = "gcj02"
        id = "k"
        """,
        "utf-8",
    )
    network = read(file, mapping=mapping)
    links = network.link_by_id
    assert links["a"].diameter_m == pytest.approx(0.3048)
    assert [link.open for link in network.links] == [True, True, False, True]
    assert {link.material for link in network.links} == {"球墨铸铁"}
    (home,) = network.premises
    assert home.id == "7"
    assert home.location.lon == pytest.approx(LON, abs=1e-8)
    assert home.location.lat == pytest.approx(LAT, abs=1e-8)


@pytest.mark.parametrize(("encoding", "named"), [("GBK", True), ("GBK", False), ("UTF-8", False)])
def test_shapefiles_in_a_zip(tmp_path: Path, encoding: str, named: bool) -> None:
    """Chinese attributes, whether a .cpg names the encoding or not; Chinese names in the zip."""
    folder = tmp_path / "shp"
    folder.mkdir()
    columns = {"编号": list("abcd"), "管材": ["球墨铸铁"] * 4, "道路": ["建设大道中段"] * 4}
    write_layer(folder / "管线.shp", "管线", CROSS, columns, encoding=encoding)
    if not named:
        (folder / "管线.cpg").unlink()
        table = bytearray((folder / "管线.dbf").read_bytes())
        table[29] = 0
        (folder / "管线.dbf").write_bytes(table)
    packed = tmp_path / "n.zip"
    with zipfile.ZipFile(packed, "w") as box:
        for part in folder.iterdir():
            box.write(part, f"管网/{part.name}")
    for file in (packed, folder / "管线.shp") if named else (packed,):
        links = read(file).links
        assert {(link.material, link.road) for link in links} == {("球墨铸铁", "建设大道中段")}


def test_another_s_geojson_is_its_pipes(tmp_path: Path) -> None:
    """One layer of lines in WGS-84."""
    shapes = [line((0, 0), (100, 0), crs="EPSG:4326")]
    file = write_layer(tmp_path / "n.geojson", "n", shapes, {"DN": [200]}, crs="EPSG:4326")
    found = gis.read_network(file)
    assert [link.id for link in found.network.links] == ["P1"]
    assert any("no id field" in note.en for note in found.notes)


def test_the_crs_is_asked_for_and_wins(tmp_path: Path) -> None:
    """None in the file: --crs; a wrong one in the file: --crs, too."""
    file = write_layer(tmp_path / "n.shp", "n", CROSS, {"id": list("abcd")}, crs=None)
    assert "--crs" in fault(file).remedy
    place = read(file, crs="EPSG:4547").nodes[0].position
    assert place.lon == pytest.approx(LON, abs=0.01)


def test_a_zone_without_its_number_names_its_twin(tmp_path: Path) -> None:
    """Eastings with the zone number in a file that says it has none."""
    shapes = [line((0, 0), (100, 0), crs="EPSG:4526")]
    file = write_layer(tmp_path / "n.gpkg", "pipes", shapes, {"id": ["a"]}, crs="EPSG:4547")
    assert "--crs EPSG:4526" in fault(file).remedy
    assert len(read(file, crs="EPSG:4526").links) == 1


def test_n_minus_1_leaves_the_largest_pipe_free(tmp_path: Path) -> None:
    """At the crossing three of four ends get an isolation valve, always the same."""
    found = gis.read_network(cross(tmp_path), isolation_valves="N-1")
    assert sorted(one.link for one in found.network.isolation_valves) == ["P2", "P3", "P4"]
    assert len({one.node for one in found.network.isolation_valves}) == 1
    assert any("N-1" in note.en and "N-1" in note.zh for note in found.notes)


def test_multipart_lines_that_meet_are_one(tmp_path: Path) -> None:
    """What a GIS calls a multi-line is most often one line."""
    two = shapely.MultiLineString([[xy(0, 0), xy(50, 0)], [xy(50, 0), xy(100, 0)]])
    shapes = np.array([two], dtype=object)
    file = write_layer(tmp_path / "n.gpkg", "pipes", shapes, {"id": ["a"]})
    assert len(read(file).link_by_id["a"].path) == 3
