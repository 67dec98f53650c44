"""Defects in files, through the real command line: imported without failure, found, mended."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pyogrio
import pytest

import gis
from tests.gis.planting import DEFECTS, clean, plant
from tests.judge.command import files, must_run, run, tables
from tests.judge.tiny import CRS, EAST, NORTH

#: P2 has no length; P3 is 200 mm read as metres; P4 is P3 again; P5 ends where it begins; P6 stops
#: 0.5 m before J3; P7 crosses P1; P8 and P9 have no source; T1 feeds nothing; J9 lies 0.4 m off P1;
#: P11 leads nowhere; P12 is stated ten times too long; J13 is where J12 is.
INP = f"""[JUNCTIONS]
J1  100  1.0
J2  100  1.0
J3  100  1.0
J4  100  1.0
J5  100  1.0
J6  100  1.0
J7  100  1.0
J8  100  1.0
J9  100  1.0
J10 100  1.0
J11 100  0
J12 100  1.0
J13 100  1.0
J14 100  1.0
[RESERVOIRS]
R1  150
R2  150
[TANKS]
T1  150 1 0 2 10 0
[PIPES]
P1  R1  J1  400  300  100  0  Open
P2  J1  J2  0    200  100  0  Open
P3  J2  J3  200  200000  100  0  Open
P4  J2  J3  200  200000  100  0  Open
P5  J1  J1  90   200  100  0  Open
P6  J2  J4  199.5 200 100  0  Open
P7  J5  R2  200  200  100  0  Open
P8  J6  J7  100  200  100  0  Open
P9  J7  J8  100  200  100  0  Open
P10 J9  J10 100  200  100  0  Open
P11 J3  J11 100  200  100  0  Open
P12 J10 J12 1000 200  100  0  Open
P13 J13 J14 100  200  100  0  Open
[COORDINATES]
R1  {EAST}        {NORTH}
J1  {EAST + 400}  {NORTH}
J2  {EAST + 600}  {NORTH}
J3  {EAST + 600}  {NORTH + 200}
J4  {EAST + 400}  {NORTH + 0.5}
R2  {EAST + 100}  {NORTH + 100}
J5  {EAST + 100}  {NORTH - 100}
J6  {EAST + 900}  {NORTH}
J7  {EAST + 1000} {NORTH}
J8  {EAST + 1100} {NORTH}
J9  {EAST + 200}  {NORTH - 0.4}
J10 {EAST + 200}  {NORTH - 100}
J11 {EAST + 700}  {NORTH + 200}
J12 {EAST + 300}  {NORTH - 100}
J13 {EAST + 300}  {NORTH - 100}
J14 {EAST + 300}  {NORTH - 200}
T1  {EAST + 900}  {NORTH + 300}
[VERTICES]
P5  {EAST + 430}  {NORTH - 20}
P5  {EAST + 430}  {NORTH - 40}
[OPTIONS]
Units  LPS
Headloss  H-W
[END]
"""


def findings(folder: Path, *options: str) -> Any:
    """Return what `check --json` answers in English."""
    return json.loads(must_run(folder, "--lang", "en", "check", "--json", *options))


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the spoilt INP imported."""
    folder = tmp_path_factory.mktemp("spoilt")
    (folder / "spoilt.inp").write_text(INP)
    must_run(folder, "import", "network", "spoilt.inp", "--crs", CRS)
    return folder


def test_every_defect_of_an_inp_is_a_finding(spoilt: Path) -> None:
    """All of them by kind and id, and the exit code is 0."""
    found = {(one["kind"], one["id"]) for one in findings(spoilt)}
    assert {
        ("zero_length", "P2"),
        ("impossible_diameter", "P3"),
        ("duplicate_pipe", "P4"),
        ("self_loop", "P5"),
        ("near_miss", "J4"),
        ("crossing_without_node", "P1"),
        ("no_source", "J6"),
        ("source_unjoined", "T1"),
        ("dangling_end", "J9"),
        ("dead_end", "J11"),
        ("length_mismatch", "P12"),
        ("duplicate_node", "J13"),
    } <= found
    said = must_run(spoilt, "--lang", "en", "check", "--snap-m", "0.1", "--repair", "--dry-run")
    assert "would be repaired" in said
    assert "-> part of" in said
    assert "zero_length" not in said
    assert "near_miss" not in said


def test_defects_of_a_geojson_are_found_written_drawn_and_mended(tmp_path: Path) -> None:
    """The layer and the page come whole; repairs are said, done once, and the rest stays listed."""
    network, planted = plant(clean(Random(8)), sorted(DEFECTS), Random(8))
    gis.write_network_geojson(network, tmp_path / "net.geojson", premises=True)
    must_run(tmp_path, "import", "network", "net.geojson")
    out = ("--out", "findings.gpkg", "--map", "check.html")
    rows = findings(tmp_path, *out)
    assert {(one["kind"], one["id"]) for one in rows} == planted
    assert all({"lon", "lat", "detail", "remedy", "severity"} <= one.keys() for one in rows)
    assert len(pyogrio.read_dataframe(tmp_path / "findings.gpkg")) == len(rows)
    assert "Content-Security-Policy" in (tmp_path / "check.html").read_text("utf-8")

    before = tables(tmp_path)
    would = findings(tmp_path, "--repair", "--dry-run")
    assert would["dry_run"]
    assert tables(tmp_path) == before
    mended = findings(tmp_path, "--repair")
    assert mended["done"] == would["done"]
    done = {(one["kind"], one["id"]) for one in mended["done"]}
    assert {(one["kind"], one["id"]) for one in mended["findings"]} == planted - done
    after = tables(tmp_path)
    assert after != before
    again = findings(tmp_path, "--repair")
    assert (again["done"], again["findings"]) == ([], mended["findings"])
    assert tables(tmp_path) == after


def test_wrong_use_is_told(spoilt: Path) -> None:
    """A dry run of nothing is wrong usage; a format that is not written is bad input."""
    before = files(spoilt)
    assert run(spoilt, "check", "--dry-run").returncode == 2
    done = run(spoilt, "check", "--out", "findings.dxf")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "findings.dxf" in done.stderr
    assert files(spoilt) == before
