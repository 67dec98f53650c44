"""The stored streets: replaced whole or not at all, and never read from bytes of another kind."""

from __future__ import annotations

from pathlib import Path

import pytest

import routing
from domain.errors import BadFile
from operations.import_streets import import_streets
from operations.travel import load_streets
from tests.operations.live_day import LiveDay
from tests.routing.drawn import at, street, write_osm


def drawn(folder: Path, name: str = "t.osm") -> Path:
    """Return a map of two streets."""
    places = {1: at(0, 0), 2: at(300, 0), 3: at(600, 100)}
    return write_osm(folder / name, places, [street(1, 2, name="人民路"), street(2, 3)])


def test_what_is_imported_is_what_is_driven_on(day: LiveDay, tmp_path: Path) -> None:
    """Stored with its report, and loaded again as it was."""
    with day.work() as work:
        report = import_streets(work, drawn(tmp_path))
    with day.work() as work:
        streets = load_streets(work)
        assert work.streets.report() == report
    assert streets is not None
    assert (streets.report, len(streets.tail)) == (report, 4)


def test_a_file_that_is_refused_leaves_the_old_streets(day: LiveDay, tmp_path: Path) -> None:
    """Nothing half-built is ever stored."""
    whole = drawn(tmp_path)
    with day.work() as work:
        import_streets(work, whole)
        before = work.streets.version(), work.streets.load()
    cut = tmp_path / "cut.osm"
    cut.write_text(whole.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    with day.work() as work, pytest.raises(BadFile, match="cannot be read"):
        import_streets(work, cut)
    with day.work() as work:
        assert (work.streets.version(), work.streets.load()) == before


def test_streets_of_an_older_format_are_refused_with_the_remedy(
    day: LiveDay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that an older mainbreak stored."""
    streets = routing.build_streets(drawn(tmp_path))
    with monkeypatch.context() as older:
        older.setattr("routing.artifact.FORMAT", "mainbreak-streets-1")
        stored = routing.to_bytes(streets)
    with day.work() as work:
        work.streets.save(stored, streets.report)
        work.commit()
    with day.work() as work, pytest.raises(BadFile, match="Import the streets again"):
        load_streets(work)
