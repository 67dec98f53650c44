"""Premises and places from CSV: the alarm for a wrong datum, and how to read them in another."""

from __future__ import annotations

from pathlib import Path

from domain.places import Datum
from operations.import_people import import_places, import_premises
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


def test_places_raise_the_alarm_too(day: LiveDay, tmp_path: Path) -> None:
    """Measured against the nearest pipe."""
    file = csv_of(tmp_path)
    with day.work() as work:
        work.network.save(town("西安"))
        first, again = import_places(work, file), import_places(work, file, Datum.GCJ02)
    assert first.datum is not None
    assert first.datum.probably is Datum.GCJ02
    assert again.datum is None
