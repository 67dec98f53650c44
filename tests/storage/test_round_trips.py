"""What is saved comes back equal, in a later unit of work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from domain.crews import HoldKind
from domain.errors import BadInput, NothingImported, UnknownId
from domain.network import PipeNetwork
from domain.places import LonLat
from domain.tickets import Ticket
from storage import Database, open_database
from storage.tables import artifact
from tests.storage import examples
from tests.storage.conftest import NOW, clock


def test_network_comes_back_in_its_order_with_its_premises(database: Database) -> None:
    """A network equals the one saved, name included."""
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        work.commit()
    with database.unit_of_work(clock) as work:
        found = work.network.load()
    assert found == examples.NETWORK
    assert found.name == "某镇"


def test_saving_a_network_replaces_the_one_before(database: Database) -> None:
    """Nothing of the old network is left beside the new one."""
    smaller = PipeNetwork(nodes=examples.NETWORK.nodes[:1], links=(), name="rest")
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        work.network.save(smaller)
        assert work.network.load() == smaller


def test_an_empty_network_is_not_an_absent_one(database: Database) -> None:
    """Absent says what to do; empty loads."""
    with database.unit_of_work(clock) as work:
        assert not work.network.exists()
        with pytest.raises(NothingImported, match="mainbreak import network FILE"):
            work.network.load()
        work.network.save(PipeNetwork((), ()))
        assert work.network.exists()
        assert work.network.load() == PipeNetwork((), ())


def test_premises_are_replaced_without_touching_the_pipes(database: Database) -> None:
    """It changes the premises only."""
    new = (replace(examples.NETWORK.premises[1], id="S77", link="P1", node=None),)
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        work.network.save_premises(new)
        assert work.network.load() == examples.NETWORK.with_premises(new)


@pytest.mark.parametrize("change", [{"link": "P404"}, {"link": None, "node": "J404"}])
def test_premises_on_an_unknown_pipe_or_node_are_refused(
    database: Database, change: dict[str, str | None]
) -> None:
    """The error names the id; the stored premises stay."""
    lost = replace(examples.NETWORK.premises[0], **change)
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        with pytest.raises(UnknownId, match="404"):
            work.network.save_premises([lost])
        assert work.network.load() == examples.NETWORK


def test_premises_before_any_network_are_refused(database: Database) -> None:
    """There would be nothing to connect them to."""
    with database.unit_of_work(clock) as work, pytest.raises(NothingImported):
        work.network.save_premises(examples.NETWORK.premises)


def test_crews_depots_and_places_come_back_in_their_order(database: Database) -> None:
    """Lists equal the ones saved; saving again replaces them."""
    with database.unit_of_work(clock) as work:
        assert work.crews.all() == work.depots.all() == ()
        work.depots.save(reversed(examples.DEPOTS))
        work.depots.save(examples.DEPOTS)
        assert work.depots.all() == examples.DEPOTS
        work.crews.save(reversed(examples.CREWS))
        work.crews.save(examples.CREWS)
        work.places.save(examples.PLACES)
        assert work.crews.all() == examples.CREWS
        assert work.places.all() == examples.PLACES


def test_tickets_come_back_with_and_without_a_place(database: Database) -> None:
    """Tickets equal, located ones with place, snap, symptom and priority."""
    with database.unit_of_work(clock) as work:
        work.tickets.add(examples.TICKETS[0])
        work.tickets.save(examples.LOCATED[1:])
        assert work.tickets.all() == examples.TICKETS
        assert work.tickets.located() == examples.LOCATED[1:]
        work.tickets.save(examples.LOCATED)
        assert work.tickets.located() == examples.LOCATED
        assert work.tickets.get("T1") == examples.TICKETS[0]


def test_an_unknown_ticket_is_named(database: Database) -> None:
    """The error says which id is unknown."""
    with database.unit_of_work(clock) as work, pytest.raises(UnknownId, match="T404"):
        work.tickets.get("T404")


def test_incidents_outages_and_work_orders_come_back(database: Database) -> None:
    """All three equal the ones saved."""
    with database.unit_of_work(clock) as work:
        work.incidents.save(examples.INCIDENTS)
        work.outages.save(examples.OUTAGES)
        work.work_orders.save(examples.WORK_ORDERS)
        assert work.incidents.all() == examples.INCIDENTS
        assert work.outages.all() == examples.OUTAGES
        assert work.work_orders.all() == examples.WORK_ORDERS


def test_what_dispatchers_say_about_crews_comes_back(database: Database) -> None:
    """Holds and prohibitions, each once, and gone when taken back."""
    with database.unit_of_work(clock) as work:
        for hold in (*reversed(examples.HOLDS), *examples.HOLDS):
            work.crew_words.hold(hold)
        for word in (*examples.FORBIDDEN, *examples.FORBIDDEN):
            work.crew_words.forbid(word)
        assert work.crew_words.holds() == examples.HOLDS
        assert work.crew_words.forbidden() == examples.FORBIDDEN
        assert work.crew_words.forbidden(["W0001R"]) == examples.FORBIDDEN[1:]
        assert work.crew_words.release("C1", HoldKind.AWAY)
        assert work.crew_words.allow("C2", "W0001R")
        assert work.crew_words.holds() == examples.HOLDS[1:]
        assert work.crew_words.forbidden() == examples.FORBIDDEN[:1]


def test_a_duration_model_comes_back_and_the_latest_counts(database: Database) -> None:
    """With its instant and how many works it was learned from."""
    model = {"repair": {"sizes": {}, "materials": {"球墨铸铁": 1.25}, "bands": {"night": 1.5}}}
    with database.unit_of_work(clock) as work:
        assert (work.durations.latest(), work.durations.version()) == (None, 0)
        work.durations.save(NOW, 3, {})
        work.durations.save(NOW, 120, model)
        assert work.durations.latest() == (NOW, 120, model)
        assert work.durations.version() > 1


def test_planned_shutoffs_come_back_and_outlive_the_day(database: Database) -> None:
    """They equal the ones saved, and clearing the day leaves them."""
    with database.unit_of_work(clock) as work:
        work.planned_shutoffs.save(examples.SHUTOFFS)
        work.clear_day()
        assert work.planned_shutoffs.all() == examples.SHUTOFFS


def test_the_latest_plan_comes_back(database: Database) -> None:
    """A plan equals the one saved last, a crew without visits and the reasons included."""
    with database.unit_of_work(clock) as work:
        assert work.plans.latest() is None
        assert work.plans.made_at() is None
        first = work.plans.save(replace(examples.PLAN, seed=1))
        assert work.plans.save(examples.PLAN) == first + 1
        assert work.plans.latest() == examples.PLAN
        assert work.plans.made_at() == examples.PLAN.now


def test_streets_come_back_to_the_byte(database: Database) -> None:
    """Bytes and report equal; the version counts up."""
    data = bytes(range(256)) * 5000
    with database.unit_of_work(clock) as work:
        assert work.streets.load() is None
        assert work.streets.report() is None
        assert work.streets.version() == 0
        work.streets.save(b"older", examples.REPORT)
        work.streets.save(data, examples.REPORT)
        assert work.streets.load() == data
        assert work.streets.report() == examples.REPORT
        assert work.streets.version() == 2


def test_damaged_streets_are_not_handed_out(database: Database) -> None:
    """A flipped byte is noticed, and the text says what to do."""
    with database.unit_of_work(clock) as work:
        work.streets.save(b"streets", examples.REPORT)
        work.commit()
    with database.engine.begin() as connection:
        connection.execute(update(artifact).values(data=b"\0"))
    with (
        database.unit_of_work(clock) as work,
        pytest.raises(BadInput, match="mainbreak import streets"),
    ):
        work.streets.load()


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
INSTANTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=OFFSETS)  # noqa: DTZ001
LONLATS = st.builds(LonLat, st.floats(-180, 180), st.floats(-90, 90))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.lists(
        st.builds(
            Ticket,
            id=TEXT,
            received_at=INSTANTS,
            text=TEXT,
            phone=TEXT,
            position=st.none() | LONLATS,
        ),
        max_size=6,
        unique_by=lambda one: one.id,
    )
)
def test_any_ticket_comes_back(database: Database, tickets: list[Ticket]) -> None:
    """Any text, instant and place, bit for bit, oldest first and then by code point."""
    with database.unit_of_work(clock) as work:
        work.tickets.add(*tickets)
        assert work.tickets.all() == tuple(sorted(tickets, key=lambda t: (t.received_at, t.id)))
        for one in tickets:
            assert work.tickets.get(one.id) == one


def test_both_databases_sort_ids_alike(database: Database) -> None:
    """By code point, whatever the collation of the database."""
    ids = ["阀", "b", "B", "a-1", "a1", "é", "A"]
    with database.unit_of_work(clock) as work:
        work.tickets.add(*(replace(examples.TICKETS[1], id=one) for one in ids))
        assert [one.id for one in work.tickets.all()] == sorted(ids)


def test_a_file_keeps_everything_until_it_is_opened_again(tmp_path: Path) -> None:
    """sqlite:///FILE lasts beyond close, also in a folder with a percent sign."""
    folder = tmp_path / "50 % 水"
    folder.mkdir()
    url = f"sqlite:///{folder / 'town.sqlite'}"
    for _ in range(2):
        database = open_database(url)
        with database.unit_of_work(clock) as work:
            if not work.network.exists():
                work.network.save(examples.NETWORK)
                work.commit()
        database.close()
    database = open_database(url)
    with database.unit_of_work(clock) as work:
        assert work.network.load() == examples.NETWORK
    database.close()
    assert [one.name for one in folder.iterdir()] == ["town.sqlite"]
