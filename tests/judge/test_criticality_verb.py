"""`mainbreak criticality` through the real command: figures as `isolate` says them, whole files."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from gis import isolate, write_network_geojson
from tests.judge.command import files, must_run, run
from tests.web import small_town

TOWN = small_town.network()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the small town imported."""
    folder = tmp_path_factory.mktemp("critical")
    write_network_geojson(TOWN, folder / "net.geojson", premises=True)
    must_run(folder, "import", "network", "net.geojson")
    return folder


def answer(home: Path, *options: object) -> dict[str, Any]:
    """Return what `criticality --json` says."""
    found: dict[str, Any] = json.loads(must_run(home, "criticality", "--json", *options))
    return found


def test_the_worst_are_what_isolate_says(home: Path) -> None:
    """As many as asked for, each with its place, and how many there are in all."""
    found = answer(home, "--top", 4)
    assert found["segments_count"] == len(TOWN.links)
    assert found["isolation_valves_count"] == len(TOWN.isolation_valves)
    assert [one["rank"] for one in found["segments"]] == [1, 2, 3, 4]
    for one in found["segments"]:
        isolation = isolate(TOWN, [one["pipe"]])
        assert one["premises_out"] == isolation.premises_count
        assert one["critical_out"] == len(isolation.critical_premises)
        assert one["close"] == len(isolation.close)
        assert one["road"] == TOWN.link_by_id[one["pipe"]].road
    for one in found["isolation_valves"]:
        sides = [one["pipe"], *(p.id for p in TOWN.links if p.id != one["pipe"])]
        mores = [
            stuck.premises_count - isolate(TOWN, [pipe]).premises_count
            for pipe in sides
            if one["id"] in isolate(TOWN, [pipe]).close
            for stuck in [isolate(TOWN, [pipe], inoperable=[one["id"]])]
        ]
        assert one["more_at_most"] == max(mores)


def test_files_hold_all_of_them(home: Path, tmp_path: Path) -> None:
    """A table and a page; the progress bar says nothing to a pipe."""
    done = run(home, "criticality", "--out", tmp_path / "all.csv", "--map", tmp_path / "map.html")
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()))
    kinds = [row["kind"] for row in rows]
    assert kinds.count("segment") == len(TOWN.links)
    assert kinds.count("isolation_valve") == len(TOWN.isolation_valves)
    assert "若此阀门关不动" in (tmp_path / "map.html").read_text("utf-8")


def test_another_ending_and_a_missing_network_are_one_line(home: Path, tmp_path: Path) -> None:
    """Exit 1, what to do, nothing written."""
    before = files(home)
    wrong = run(home, "criticality", "--out", "all.xlsx")
    assert wrong.returncode == 1
    assert wrong.stderr.count("\n") == 1
    assert ".csv, .gpkg or .geojson" in wrong.stderr
    empty = run(tmp_path, "criticality")
    assert empty.returncode == 1
    assert "import network" in empty.stderr
    assert files(home) == before
