"""The day that is planned, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import dispatch
from domain.crews import Depot
from domain.errors import MainbreakError
from domain.places import LonLat
from domain.plans import Plan
from operations.make_town import TownSize, load_town, make_town
from operations.plan_day import Day, DayFiles, Effort, plan_day
from operations.showing.plan_document import plan_document
from storage import Database, open_database
from tests.storage.conftest import clock

ZONE = ZoneInfo("Asia/Shanghai")
QUICK = Effort(seconds=0.5)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Return a database with a small town."""
    out = tmp_path_factory.mktemp("town")
    size = TownSize(premises=200, tickets=5, crews=2, seed=3, day=date(2026, 11, 23))
    town, streets = make_town(size, out, ZONE)
    database = open_database("sqlite://")
    with database.unit_of_work(clock) as work:
        load_town(work, town, streets)
    return database


def planned(
    database: Database,
    folder: Path,
    received: list[str],
    shift: tuple[str, str],
    home: str = "",
    breaks: str = "",
) -> Day:
    """Return the day of calls received at these times by the town's first premises."""
    with database.unit_of_work(clock) as work:
        homes = work.network.load().premises
    rows = [f"t{n},{at},{homes[n].account}" for n, at in enumerate(received)]
    tickets, crews = folder / "tickets.csv", folder / "crews.csv"
    tickets.write_text("id,received_at,account\n" + "\n".join(rows) + "\n", encoding="utf-8")
    place = f"{homes[0].location.lon},{homes[0].location.lat}"
    skills = "valve;pipe;meter;water_quality;civil;large_main"
    crews.write_text(
        "id,skills,size,lon,lat,shift_start,shift_end,home,breaks\n"
        f"c1,{skills},5,{place},{shift[0]},{shift[1]},{home},{breaks}\n",
        encoding="utf-8",
    )
    with database.unit_of_work(clock) as work:
        return plan_day(work, DayFiles(tickets, crews), ZONE, effort=QUICK)


def test_shifts_of_the_clock_lie_on_the_day_most_calls_are_of(
    database: Database, tmp_path: Path
) -> None:
    """One call from the night before does not put everybody's shift on yesterday."""
    received = ["2026-11-22T22:30", "2026-11-23T08:05", "2026-11-23T09:10"]
    day = planned(database, tmp_path, received, ("08:00", "16:00"))
    assert day.plan.now.astimezone(ZONE).isoformat() == "2026-11-23T08:00:00+08:00"
    assert day.plan.unassigned == ()


def test_a_tie_of_dates_goes_to_the_later_day(database: Database, tmp_path: Path) -> None:
    """Half the calls from yesterday: today's shifts are being planned."""
    received = ["2026-11-22T22:30", "2026-11-23T08:05"]
    day = planned(database, tmp_path, received, ("08:00", "16:00"))
    assert day.crews[0].shift.start.astimezone(ZONE).isoformat() == "2026-11-23T08:00:00+08:00"


def test_a_plan_that_breaks_a_rule_never_leaves(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Violations is empty in every plan.json because such a plan is refused."""

    def broken(*_: object, **__: object) -> Plan:
        now = datetime(2026, 11, 23, tzinfo=UTC)
        return Plan(now, 1, (), (), violations=("c1 is in two places at once",))

    monkeypatch.setattr(dispatch, "solve", broken)
    with pytest.raises(MainbreakError, match="two places at once"):
        planned(database, tmp_path, ["2026-11-23T08:05"], ("08:00", "16:00"))


def test_breaks_the_way_home_and_depots_are_planned(database: Database, tmp_path: Path) -> None:
    """The file's breaks and homes, the database's depots; the matrix has them behind the orders."""
    depot = Depot("D1", "仓库", LonLat(114.3, 30.6))
    with database.unit_of_work(clock) as work:
        work.depots.save([depot])
        work.commit()
    day = planned(
        database, tmp_path, ["2026-11-23T08:05"], ("08:00", "16:00"), "yes", "8:00-9:00/30"
    )
    assert day.depots == (depot,)
    document = plan_document(day, ZONE, "en")
    (route,), travel = document["routes"], document["travel"]
    assert route["back"] > route["visits"][0]["end"]
    assert [one["start"] for one in route["breaks"]] == ["2026-11-23T08:00:00+08:00"]
    (order,) = day.work_orders
    assert travel["places"] == ["crew:c1", f"order:{order.id}", "home:c1", "depot:D1"]
    assert [len(row) for row in travel["seconds"]] == [4] * 4
    with database.unit_of_work(clock) as work:
        work.depots.save([])
        work.commit()


def test_asking_for_a_plan_stores_nothing(database: Database, tmp_path: Path) -> None:
    """Only keep_day does."""
    planned(database, tmp_path, ["2026-11-23T08:05"], ("08:00", "16:00"))
    with database.unit_of_work(clock) as work:
        assert work.tickets.all() == ()
        assert work.plans.latest() is None
