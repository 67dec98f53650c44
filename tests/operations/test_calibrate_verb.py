"""`mainbreak calibrate` on the command line."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import routing
from domain.clocks import system_clock
from mainbreak.cli import app
from storage import open_database
from tests.operations.test_fit_calibration import MONDAY, driven
from tests.storage import examples


@pytest.fixture
def days(tmp_path: Path, shelf: Path) -> tuple[str, int]:
    """Return a database with a few drives, and how many days ago they began at the most."""
    url = f"sqlite:///{tmp_path}/day.sqlite"
    streets = routing.to_bytes(routing.build_streets(shelf / "osm" / "liechtenstein.osm.pbf"))
    reports, fixes = driven(streets, 2)
    database = open_database(url)
    with database.unit_of_work(system_clock, actor="test", write_first=True) as work:
        work.streets.save(streets, examples.REPORT)
        work.fixes.save(fixes)
        for one in reports:
            work.reports.add(one)
        work.commit()
    database.close()
    return url, (system_clock() - MONDAY) // timedelta(days=1) + 1


def test_a_fit_is_shown_kept_and_only_shown(days: tuple[str, int]) -> None:
    """As JSON and as a table; a dry run stores nothing."""
    url, ago = days
    asked = ["--db", url, "calibrate", "--days", str(ago)]
    dry = CliRunner().invoke(app, [*asked, "--dry-run", "--json"])
    assert dry.exit_code == 0, dry.output
    told = json.loads(dry.stdout)
    assert not told["kept"]
    assert {one["band"] for one in told["bands"]} == {"night", "morning", "evening", "day"}
    kept = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert kept["kept"]
    assert kept["bands"] == told["bands"]
    words = CliRunner().invoke(app, asked).output
    for said in ("morning", "factor", "error before", "Fitted and in use."):
        assert said in words


def test_without_streets_or_drives_one_line_says_so(tmp_path: Path, days: tuple[str, int]) -> None:
    """Exit 1 with the remedy; no drives are no fault."""
    bare = CliRunner().invoke(app, ["--db", f"sqlite:///{tmp_path}/bare.sqlite", "calibrate"])
    assert isinstance(bare.exception, Exception)
    assert "import streets" in str(bare.exception)
    none = CliRunner().invoke(app, ["--db", days[0], "calibrate", "--days", "1"])
    assert none.exit_code == 0
    (line,) = none.output.splitlines()
    assert "nothing was fitted" in line
