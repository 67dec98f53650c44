"""Vector files and mappings that cannot be what they claim: one clear line each, nothing read."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gis.reading import apart
from tests.gis.reading_files import fault, read
from tests.gis.vector_files import CROSS, cross, line, point, write_layer

VRT = b"""<OGRVRTDataSource><OGRVRTLayer name="pipes">
<SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"""


def _zip(folder: Path, name: str, data: bytes) -> Path:
    file = folder / "n.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(name, data)
    return file


@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".geojson", ".zip"])
@pytest.mark.parametrize(
    ("data", "problem"), [(b"", "empty"), (VRT, "is not "), (b"id,x\n", "is not ")]
)
def test_what_is_not_what_its_ending_says(
    tmp_path: Path, ending: str, data: bytes, problem: str
) -> None:
    """Empty files, a VRT in disguise, a table: told by their first bytes, before GDAL sees them."""
    file = tmp_path / f"n{ending}"
    file.write_bytes(data)
    assert problem in str(fault(file))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A wrong name is one line too."""
    assert "No such file" in str(fault(tmp_path / "none.gpkg"))
    assert "no Shapefile" in str(fault(tmp_path))
    assert "cannot read" in str(fault(tmp_path / "n.dxf"))


def test_another_database_in_a_geopackage_s_name(tmp_path: Path) -> None:
    """A SQLite file that is no GeoPackage has the right first bytes, and GDAL refuses it."""
    file = tmp_path / "n.gpkg"
    with sqlite3.connect(file) as database:
        database.execute("create table pipes (id text)")
    database.close()
    assert "cannot be read as what its ending says" in str(fault(file))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """Its header promises a hundred times too much."""
    file = _zip(tmp_path, "pipes.shp", b"\0" * 30_000_000)
    assert "zip bomb" in str(fault(file))


@pytest.mark.parametrize(
    "name", ["../pipes.shp", "/etc/pipes.shp", "a/../../pipes.shp", "C:/p.shp"]
)
def test_a_path_out_of_a_zip(tmp_path: Path, name: str) -> None:
    """Nothing is written beside the zip's own folder."""
    assert "path out of itself" in str(fault(_zip(tmp_path, name, b"x")))


def test_links_are_not_followed_out(tmp_path: Path) -> None:
    """Neither in a zip nor in a folder."""
    info = zipfile.ZipInfo("pipes.shp")
    info.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as box:
        box.writestr(info, "/etc/passwd")
    (tmp_path / "n.zip").write_bytes(stream.getvalue())
    assert "holds a link" in str(fault(tmp_path / "n.zip"))
    folder = tmp_path / "shp"
    folder.mkdir()
    (folder / "pipes.shp").symlink_to("/etc/passwd")
    assert "link out of the folder" in str(fault(folder))


def test_a_layer_twice_and_half_a_shapefile(tmp_path: Path) -> None:
    """Two folders of one zip with one name; a .shp without its table."""
    start = b"\x00\x00\x27\x0a" + b"\0" * 96
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as box:
        box.writestr("a/pipes.shp", start)
        box.writestr("b/pipes.shp", start)
    assert "twice" in str(fault(tmp_path / "n.zip"))
    assert "no pipes.dbf" in str(fault(_zip(tmp_path, "pipes.shp", start)))


@pytest.mark.parametrize(
    ("part", "size"), [("shp", 60), ("shp", 130), ("dbf", 0), ("dbf", 20), ("dbf", 100)]
)
def test_a_part_that_is_cut_off(tmp_path: Path, part: str, size: int) -> None:
    """An empty table would be pipes without ids, half a .shp no layer at all."""
    write_layer(tmp_path / "pipes.shp", "pipes", CROSS, {"id": ["A", "B", "C", "D"]})
    cut = tmp_path / f"pipes.{part}"
    with cut.open("r+b") as stream:
        stream.truncate(size)
    assert f"pipes.{part} is cut off: {size} of " in str(fault(tmp_path))


@pytest.mark.parametrize("ending", ["gpkg", "shp", "zip", "geojson", "inp"])
def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path, ending: str) -> None:
    """Neither has an end; what is no plain file is not opened."""
    os.mkfifo(tmp_path / f"n.{ending}")
    (tmp_path / f"z.{ending}").symlink_to("/dev/zero")
    for name in "nz":
        assert "is no plain file" in str(fault(tmp_path / f"{name}.{ending}"))


def test_a_pipe_within_a_folder(tmp_path: Path) -> None:
    """Each part must be a plain file, too."""
    os.mkfifo(tmp_path / "pipes.dbf")
    (tmp_path / "pipes.shp").mkdir()
    assert "is no plain file (pipes.dbf)" in str(fault(tmp_path))


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_damaged_geopackage(tmp_path: Path, share: float) -> None:
    """Cut off anywhere."""
    whole = cross(tmp_path).read_bytes()
    file = tmp_path / "n.gpkg"
    file.write_bytes(whole[: int(len(whole) * share)])
    fault(file)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("import time; time.sleep(60)", "took longer than"),
        (f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})", "end without an answer"),
        ("raise MemoryError", "more memory"),
        ("raise SystemExit('no such thing')", "no such thing"),
    ],
)
def test_a_child_that_hangs_or_crashes_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, problem: str
) -> None:
    """Whatever happens to GDAL, mainbreak goes on."""
    child = tmp_path / "child.py"
    child.write_text(code)
    monkeypatch.setattr(apart, "CHILD", child)
    monkeypatch.setattr(apart, "TIME_LIMIT_S", 1.0)
    file = tmp_path / "n.gpkg"
    file.write_bytes(b"SQLite format 3\x00")
    begun = time.monotonic()
    assert problem in str(fault(file))
    assert time.monotonic() - begun < 20


def test_the_child_has_three_drivers_and_little_else(tmp_path: Path) -> None:
    """The allow-list holds by the drivers there are, not by the names we know."""
    import subprocess

    asked = "import pyogrio; print(sorted(pyogrio.list_drivers()))"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=apart._environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == str(sorted(apart.DRIVERS))
    assert not {name for name in apart._environment() if name.startswith("MAINBREAK")}
    assert os.environ.get("HOME") is None or "HOME" not in apart._environment()


BadPipes = Callable[[Path], Path]


@pytest.mark.parametrize(
    ("columns", "row", "field", "problem"),
    [
        ({"管线编号": ["P1", "P2", "P1", "P4"]}, 3, "管线编号", "occurs twice"),
        ({"管线编号": ["P1", "", "P3", "P4"]}, 2, "管线编号", "empty"),
        ({"管径": ["300", "wide", "200", "100"]}, 2, "管径", "no number: wide"),
        ({"管径": ["300", "200", "1e999", "100"]}, 3, "管径", "no number: 1e999"),
        ({"管长": [1.0, 2.0, 3.0, float("inf")]}, 4, "管长", "infinite"),
        ({"埋设年代": [1990, 19900101, 1990, 1990]}, 2, "埋设年代", "no year"),
        ({"管线编号": ["P1", "P2", "P3", "P" * 201]}, 4, "管线编号", "longer than 200"),
        ({"管线编号": ["P1", "P\x1b[31m", "P3", "P4"]}, 2, "管线编号", "no plain text"),
        ({"状态": ["在用", "在用", "在用", "XX"]}, 4, "状态", "'XX' is unknown"),
        ({"起点": ["a", "b", "", "d"], "终点": ["b", "c", "d", "a"]}, 3, "起点", "empty"),
    ],
)
def test_a_bad_cell_is_named(
    tmp_path: Path, columns: dict[str, list[object]], row: int, field: str, problem: str
) -> None:
    """By file, layer, row and field."""
    found = fault(cross(tmp_path, **columns))
    assert (found.row, found.field) == (row, field)
    assert problem in found.problem
    assert "供水管线" in found.problem


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    """A pipe whose node the layer of nodes has not; an isolation valve whose pipe is missing."""
    file = cross(tmp_path, 起点=["a", "a", "a", "b"], 终点=["c", "d", "e", "a"])
    places = [point(0, 0), point(0, -100), point(100, 0), point(0, 100)]
    write_layer(file, "节点", places, {"节点编号": ["a", "b", "c", "d"]})
    found = fault(file)
    assert (found.row, found.field) == (3, "终点")
    assert "does not exist: e" in found.problem
    other = write_layer(tmp_path / "v.gpkg", "pipes", CROSS, {"id": list("abcd")})
    write_layer(other, "valves", [point(0, 0)], {"id": ["V1"], "link": ["ghost"]})
    found = fault(other)
    assert (found.row, found.field) == (1, "link")


def test_a_pipe_in_pieces_or_without_course(tmp_path: Path) -> None:
    """It has no two ends: named by its row."""
    import shapely

    pieces = shapely.MultiLineString([line((0, 0), (1, 0)), line((5, 0), (9, 0))])
    file = write_layer(tmp_path / "n.gpkg", "pipes", [pieces, CROSS[0]], {"id": ["a", "b"]})
    assert fault(file).row == 1


def test_a_part_of_a_cut_pipe_with_another_s_id(tmp_path: Path) -> None:
    """An isolation valve cuts P1 into P1/1 and P1/2, and there is a P1/1 already."""
    file = cross(tmp_path, 管线编号=["P1", "P1/1", "P3", "P4"])
    write_layer(file, "阀门", [point(50, 0)], {"阀门编号": ["V1"]})
    assert "P1/1 occurs twice" in fault(file).problem


def test_metres_are_no_shifted_degrees(tmp_path: Path) -> None:
    """A mapping says GCJ-02 of a layer in a Gauss zone."""
    mapping = tmp_path / "m.toml"
    mapping.write_text('[pipes]\ndatum = "gcj02"\n', "utf-8")
    found = fault(cross(tmp_path), mapping=mapping)
    assert "is in metres, and gcj02 counts in degrees" in found.problem


def test_an_unknown_crs(tmp_path: Path) -> None:
    """The remedy says how to name one."""
    assert "EPSG:999999" in fault(cross(tmp_path), crs="EPSG:999999").problem


@pytest.mark.parametrize(
    ("text", "field", "said"),
    [
        ("[pipes\n", None, "no TOML"),
        ("[pumpes]\n", "pumpes", "use one of crs, pipes"),
        ('[pipes]\nlayer = "mains"\n', "pipes.layer", "use one of 供水管线"),
        ('[pipes]\nid = "no"\n', "pipes.id", "use one of 管线编号, 管径"),
        ('[pipes]\ncolour = "管径"\n', "pipes.colour", "is unknown"),
        ('[pipes]\ndiameter_m = {field = "管径", unit = "ell"}\n', "pipes.diameter_m.unit", "mm"),
        ('[pipes]\nopen = {field = "管径", ajar = ["1"]}\n', "pipes.open.ajar", "open"),
        ('[pipes]\ndiameter_m = {field = "管径", unit = ["mm"]}\n', "pipes.diameter_m.unit", "mm"),
        ('[pipes]\nlayer = [["供水管线"]]\n', "pipes.layer", "use one of 供水管线"),
        ('[pipes]\nsplit = "no"\n', "pipes.split", "without quotes"),
        ('[pipes]\ndatum = "mars"\n', "pipes.datum", "gcj02"),
        ("crs = 4547\n", "crs", "EPSG:4547"),
    ],
)
def test_a_bad_mapping_names_its_key(
    tmp_path: Path, text: str, field: str | None, said: str
) -> None:
    """The line names the mapping file, the key, and what there is."""
    from domain.errors import BadFile

    mapping = tmp_path / "mapping.toml"
    mapping.write_text(text, "utf-8")
    with pytest.raises(BadFile, match=r"mapping\.toml") as caught:
        read(cross(tmp_path), mapping=mapping)
    assert caught.value.field == field
    assert said.lower() in str(caught.value).lower()
    assert "\n" not in str(caught.value)


def test_a_mapping_is_for_vector_files(tmp_path: Path) -> None:
    """An INP has fixed sections."""
    file = tmp_path / "n.inp"
    file.write_text("[JUNCTIONS]\n")
    assert "--mapping" in fault(file, mapping=tmp_path / "m.toml").remedy
