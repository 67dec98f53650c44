"""`mainbreak simulate` on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mainbreak import cli
from mainbreak.cli import app
from operations.simulating.measures import MEASURES

SMALL = [
    "--crews",
    "5",
    "--tickets",
    "10",
    "--bursts",
    "1",
    "--policy",
    "fifo",
    "--policy",
    "nearest+",
]


def run(tmp_path: Path, *asked: str, language: str = "en") -> tuple[int, str, str]:
    """Return exit code, standard output and error of a run with an empty database."""
    url = f"sqlite:///{tmp_path}/none.sqlite"
    result = CliRunner().invoke(app, ["--db", url, "--lang", language, "simulate", *asked])
    said = "" if result.exception is None else str(result.exception)
    return result.exit_code, result.stdout, result.stderr + said


def test_the_table_stands_side_by_side_in_both_languages(tmp_path: Path) -> None:
    """One row a measure, one column a policy, and what the figures are not."""
    code, out, _ = run(tmp_path, *SMALL, "--out", str(tmp_path / "out"))
    assert code == 0
    for word in ("fifo", "nearest+", "avoidable, of bursts", "P1 misses", "straight-line"):
        assert word in out
    with (tmp_path / "out" / "results.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["policy"] for row in rows] == ["fifo", "nearest+"]
    assert set(MEASURES) < set(rows[0])
    page = (tmp_path / "out" / "simulation.html").read_text(encoding="utf-8")
    assert "<svg" in page
    code, out, _ = run(tmp_path, *SMALL, language="zh-CN")
    assert code == 0
    assert "行车公里" in out


def test_json_has_every_day_and_the_same_again(tmp_path: Path) -> None:
    """By seed; another seed has another day."""
    asked = [*SMALL, "--days", "2", "--json"]
    first = run(tmp_path, *asked)[1]
    told = json.loads(first)
    assert [(one["day"], one["policy"]) for one in told["days"]] == [
        (1, "fifo"),
        (2, "fifo"),
        (1, "nearest+"),
        (2, "nearest+"),
    ]
    assert set(told["mean_of_a_day"]["fifo"]) == set(MEASURES)
    assert told["straight_line"] is True
    assert run(tmp_path, *asked)[1] == first
    assert run(tmp_path, *asked, "--seed", "2")[1] != first


def test_a_street_file_is_driven_on(tmp_path: Path, shelf: Path) -> None:
    """Then nothing is said of straight lines."""
    file = str(shelf / "osm" / "liechtenstein.osm.pbf")
    told = json.loads(run(tmp_path, *SMALL, "--streets", file, "--json")[1])
    assert told["straight_line"] is False


def test_a_street_file_that_is_none_gives_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And no folder."""
    file, out = tmp_path / "streets.osm.pbf", tmp_path / "out"
    file.write_bytes(b"no streets")
    url = f"sqlite:///{tmp_path}/none.sqlite"
    asked = [
        "mainbreak",
        "--db",
        url,
        "simulate",
        *SMALL,
        "--streets",
        str(file),
        "--out",
        str(out),
    ]
    monkeypatch.setattr("sys.argv", asked)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 1
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert str(file) in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["--policy", "fastest"], 1),
        (["--days", "0"], 2),
        (["--crews", "1"], 2),
        (["--load", "9"], 2),
    ],
)
def test_a_bad_option_is_refused(tmp_path: Path, asked: list[str], code: int) -> None:
    """Wrong usage, or a policy that there is none of."""
    found, _, said = run(tmp_path, *asked)
    assert said
    assert found == code
