"""`mainbreak import network` and `export network`: the notes, the file, and nothing half done."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from domain.errors import BadFile
from mainbreak.cli import app
from tests.gis.vector_files import cross


def _run(folder: Path, *words: str, language: str = "en") -> Result:
    database = f"sqlite:///{folder / 'm.sqlite'}"
    asked = ["--db", database, "--lang", language, *words]
    return CliRunner().invoke(app, asked, catch_exceptions=True)


def test_what_is_imported_goes_out_and_comes_in_again(tmp_path: Path) -> None:
    """Notes in the user's language; the export read back changes nothing."""
    file = str(cross(tmp_path))
    first = _run(tmp_path, "import", "network", file, "--isolation-valves", "N-1", language="zh-CN")
    assert first.exit_code == 0, first.output
    assert "按 N-1 规则生成了 3 个阀门" in first.output
    out = tmp_path / "城区2.gpkg"
    written = _run(tmp_path, "export", "network", str(out))
    assert written.exit_code == 0, written.output
    assert "5 nodes, 4 links, 3 isolation valves" in written.output
    again = _run(tmp_path, "import", "network", str(out), "--dry-run")
    assert again.exit_code == 0, again.output
    assert "3 isolation valves" in again.output


def test_a_bad_file_leaves_the_stored_network_alone(tmp_path: Path) -> None:
    """Neither an unknown code in row 4 nor a wrong wish changes anything."""
    assert _run(tmp_path, "import", "network", str(cross(tmp_path))).exit_code == 0
    folder = tmp_path / "other"
    folder.mkdir()
    bad = _run(tmp_path, "import", "network", str(cross(folder, 状态=["开", "开", "开", "?"])))
    assert isinstance(bad.exception, BadFile)
    assert "row 4, field 状态" in str(bad.exception)
    wrong = _run(tmp_path, "import", "network", str(cross(tmp_path)), "--isolation-valves", "PRV")
    assert wrong.exit_code == 2
    out = tmp_path / "n.geojson"
    assert _run(tmp_path, "export", "network", str(out)).exit_code == 0
    assert out.read_text("utf-8").count('"layer":"link"') == 4


@pytest.mark.parametrize("name", ["n.dwg", "none/n.gpkg"])
def test_a_place_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    """One line, and no file."""
    assert _run(tmp_path, "import", "network", str(cross(tmp_path))).exit_code == 0
    before = sorted(tmp_path.iterdir())
    assert _run(tmp_path, "export", "network", str(tmp_path / name)).exit_code == 1
    assert sorted(tmp_path.iterdir()) == before
