"""Premises and places from CSV: the alarm for a wrong datum, and how to read them in another."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from domain.places import Datum
from mainbreak.cli import app
from operations.import_people import Intake, import_depots, import_places, import_premises
from storage import Database
from tests.gis.test_datum_alarm import homes, town
from tests.operations.live_day import LiveDay


def csv_of(folder: Path) -> Path:
    """Return a file of homes in Xi'an as Amap has them, without a datum column."""
    rows = [f"H{n},家{n},{at.lon},{at.lat}" for n, at in enumerate(homes("西安", Datum.GCJ02, 5))]
    file = folder / "homes.csv"
    file.write_text("\n".join(["id,name,lon,lat", *rows]), encoding="utf-8")
    return file


def test_premises_of_another_datum_are_stored_with_an_alarm(day: LiveDay, tmp_path: Path) -> None:
    """Read in the datum that the alarm names they are all right."""
    file = csv_of(tmp_path)
    with day.work() as work:
        work.network.save(town("西安"))
        first = import_premises(work, file)
        again = import_premises(work, file, Datum.GCJ02)
    assert first.stored == again.stored == 200
    assert first.datum is not None
    assert (first.datum.read_as, first.datum.probably) == (Datum.WGS84, Datum.GCJ02)
    assert again.datum is None


def test_depots_are_replaced_whole(database: Database, tmp_path: Path) -> None:
    """What the second file does not name is gone; a bad row comes back, the alarm is raised."""
    day, file = LiveDay(database), tmp_path / "depots.csv"
    file.write_text("id,lon,lat,load_min\nD1,114.3,30.6,20\nD2,114.4,30.5,\n", encoding="utf-8")
    with day.work() as work:
        assert import_depots(work, file) == Intake(2, 0, (), None)
        assert [(one.id, one.load_s) for one in work.depots.all()] == [("D1", 1200), ("D2", 900)]
        file.write_text("id,lon,lat\nD3,114.3,30.6\nD4,,\n", encoding="utf-8")
        again = import_depots(work, file)
        assert (again.stored, again.replaced, [one.id for one in again.rejected]) == (1, 2, ["D4"])
        assert [one.id for one in work.depots.all()] == ["D3"]
        work.network.save(town("西安"))
        assert import_depots(work, csv_of(tmp_path)).datum is not None


def test_the_verb_imports_depots(tmp_path: Path) -> None:
    """And says how many."""
    url, file = f"sqlite:///{tmp_path}/day.sqlite", tmp_path / "depots.csv"
    file.write_text("id,lon,lat\nD1,114.3,30.6\nD2,,\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["--db", url, "import", "depots", str(file)])
    assert done.exit_code == 0, done.output
    assert "1 depots stored" in done.output
    assert "depots.csv, row 3" in done.output


def test_places_raise_the_alarm_too(day: LiveDay, tmp_path: Path) -> None:
    """Measured against the nearest pipe."""
    file = csv_of(tmp_path)
    with day.work() as work:
        work.network.save(town("西安"))
        first, again = import_places(work, file), import_places(work, file, Datum.GCJ02)
    assert first.datum is not None
    assert first.datum.probably is Datum.GCJ02
    assert again.datum is None
