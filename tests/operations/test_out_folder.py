"""Results are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import BadFile
from operations.out_folder import out_folder


def test_files_arrive_together_and_others_stay(tmp_path: Path) -> None:
    """A second run replaces its own files and leaves the rest alone."""
    out = tmp_path / "deep" / "out"
    for text in ("first", "second"):
        with out_folder(out, ["plan.json"]) as folder:
            (folder / "plan.json").write_text(text)
            assert not (out / "plan.json").exists() or text == "second"
        (out / "notes.txt").write_text("mine")
    assert sorted(p.name for p in out.iterdir()) == ["notes.txt", "plan.json"]
    assert (out / "plan.json").read_text() == "second"


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither the folder nor a partial file survives a failed run."""

    def fail_half_way() -> None:
        with out_folder(tmp_path / "out", ["plan.json"]) as folder:
            (folder / "plan.json").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    """Writing to a file's path ends in one line that names it."""
    (tmp_path / "out").write_text("a file")
    with pytest.raises(BadFile, match="is a file, not a folder"), out_folder(tmp_path / "out", []):
        pass
    assert (tmp_path / "out").read_text() == "a file"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_where_a_file_must_go_is_found_before_the_work(tmp_path: Path) -> None:
    """Nobody waits for a plan that cannot be put in its place."""
    (tmp_path / "out" / "plan.json").mkdir(parents=True)
    with (
        pytest.raises(BadFile, match=r"plan\.json: is a folder"),
        out_folder(tmp_path / "out", ["map.html", "plan.json"]),
    ):
        pytest.fail("the work began")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["plan.json"]


def test_a_folder_nobody_may_write_to_is_named_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line names the folder the user gave, not a temporary file; root may write anywhere."""

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied", "somewhere/else")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(BadFile, match="out: cannot write here") as caught, out_folder(out, []):
        pytest.fail("the work began")
    assert "somewhere/else" not in str(caught.value)
