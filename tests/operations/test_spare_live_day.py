"""A batch never replaces a day that people are working on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.errors import BadInput
from operations.make_town import TownSize, load_town, make_town
from operations.plan_to_folder import Job, plan_to_folder
from storage import Database
from tests.storage import examples
from tests.storage.conftest import clock

ZONE = ZoneInfo("Asia/Shanghai")


def _live(database: Database) -> None:
    with database.unit_of_work(clock, write_first=True) as work:
        work.network.save(examples.NETWORK)
        work.numbers.next("ticket")
        work.tickets.add(examples.TICKETS[0])
        work.commit()


def test_a_plan_from_files_leaves_a_live_day_alone(database: Database, tmp_path: Path) -> None:
    """It is refused before anything is read or written, and the line says what to do."""
    _live(database)
    job = Job(tmp_path / "t.csv", tmp_path / "c.csv", tmp_path / "out", ZONE, "en")
    with database.unit_of_work(clock) as work, pytest.raises(BadInput, match="--db"):
        plan_to_folder(work, job)
    assert not (tmp_path / "out").exists()


def test_a_made_town_leaves_a_live_day_alone(database: Database, tmp_path: Path) -> None:
    """The tickets and the network stay."""
    _live(database)
    size = TownSize(premises=60, tickets=1, crews=1, seed=3, day=date(2026, 11, 23))
    town, streets = make_town(size, tmp_path, ZONE)
    with database.unit_of_work(clock) as work, pytest.raises(BadInput, match="live day"):
        load_town(work, town, streets)
    with database.unit_of_work(clock) as work:
        assert work.tickets.all() == examples.TICKETS[:1]
        assert work.network.load() == examples.NETWORK
