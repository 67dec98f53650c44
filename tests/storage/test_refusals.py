"""What a database refuses to store is one clear line, the same on both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert
from sqlalchemy.exc import IntegrityError

from domain.errors import BadInput, MainbreakError
from domain.tickets import Ticket
from storage import Database, UnitOfWork, open_database
from storage.repositories.tickets import TICKETS
from tests.storage import examples
from tests.storage.conftest import clock


def refused(database: Database, change: Callable[[UnitOfWork], object]) -> str:
    """Return the line that leaving the unit of work raises; nothing was stored."""

    def run() -> None:
        with database.unit_of_work(clock) as work:
            change(work)
            work.commit()

    with pytest.raises(MainbreakError) as caught:
        run()
    with database.unit_of_work(clock) as work:
        assert work.events.since(0, 10) == ()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_pipe_to_nowhere(database: Database) -> None:
    """Inside the network every reference is checked."""
    torn = replace(examples.NETWORK, nodes=examples.NETWORK.nodes[:2])
    said = refused(database, lambda work: work.network.save(torn))
    assert "names a thing that the database does not hold" in said


def test_an_outage_without_its_incident(database: Database) -> None:
    """The incident is stored first."""
    said = refused(database, lambda work: work.outages.save(examples.OUTAGES))
    assert "names a thing that the database does not hold" in said


def test_an_id_given_twice(database: Database) -> None:
    """The line names the table."""
    said = refused(database, lambda work: work.crews.save(examples.CREWS[:1] * 2))
    assert "the same id twice in 'crew'" in said


@pytest.mark.parametrize("text", ["no\x00water", "no\ud800water"])
def test_text_that_cannot_be_kept(database: Database, text: str) -> None:
    """SQLite would take a NUL, PostgreSQL would not: neither is asked."""
    ticket = replace(examples.TICKETS[0], text=text)
    said = refused(database, lambda work: work.tickets.add(ticket))
    assert "holds a character that cannot be stored" in said


def test_a_figure_that_is_no_number(database: Database) -> None:
    """SQLite would keep NaN in JSON, PostgreSQL would not: neither is given one."""
    plan = replace(examples.PLAN, cost={"total": float("nan")})
    assert "is not a number" in refused(database, lambda work: work.plans.save(plan))


def test_an_error_of_the_database_repeats_no_personal_data(database: Database) -> None:
    """A log that keeps it holds no phone and no words of a caller."""
    with database.engine.connect() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(insert(TICKETS.table), TICKETS.dump(examples.TICKETS[:1] * 2))
    assert "INSERT INTO ticket" in str(caught.value)
    assert not [one for one in ("13900139000", "水喷") if one in str(caught.value)]


def test_a_decision_on_old_data(database: Database) -> None:
    """Who read before another one wrote is told to run again."""

    def overtaken(slow: UnitOfWork) -> None:
        assert slow.crews.all() == ()
        with database.unit_of_work(clock) as quick:
            assert quick.crews.all() == ()
            quick.crews.save(examples.CREWS)
            quick.commit()
        slow.crews.save(examples.CREWS[:1])
        slow.commit()

    def run() -> None:
        with database.unit_of_work(clock) as slow:
            overtaken(slow)

    with pytest.raises(MainbreakError, match="Run it again"):
        run()
    with database.unit_of_work(clock) as work:
        assert work.crews.all() == examples.CREWS


def test_the_same_ticket_by_two_at_once(database: Database) -> None:
    """It is received once; the other one is told to run again."""
    ticket = Ticket("T1", examples.NOW, text="A")

    def run() -> None:
        with database.unit_of_work(clock) as slow:
            assert slow.tickets.all() == ()
            with database.unit_of_work(clock) as quick:
                quick.tickets.add(ticket)
                quick.commit()
            slow.tickets.add(replace(ticket, text="B"))

    with pytest.raises(MainbreakError, match=r"[Rr]un it again"):
        run()
    with database.unit_of_work(clock) as work:
        assert work.tickets.all() == (ticket,)


def test_a_reader_goes_on_while_another_writes(database: Database) -> None:
    """Readers see the last commit, the same one throughout, and do not wait."""
    with database.unit_of_work(clock) as writer, database.unit_of_work(clock) as reader:
        writer.network.save(examples.NETWORK)
        assert not reader.network.exists()
        writer.commit()
        assert not reader.network.exists()
    with database.unit_of_work(clock) as reader:
        assert reader.network.exists()


def test_a_bad_input_of_our_own_is_left_as_it_is(database: Database) -> None:
    """Only the database's words are translated."""

    def run() -> None:
        with database.unit_of_work(clock):
            raise BadInput("mine")

    with pytest.raises(BadInput, match=r"^mine$"):
        run()


def test_a_database_that_may_only_be_read(tmp_path: Path) -> None:
    """As on a full disk, the line says what to look after."""
    database = open_database(f"sqlite:///{tmp_path / 'day.sqlite'}")
    event.listen(database.engine, "begin", _read_only)
    said = refused(database, lambda work: work.places.save(examples.PLACES))
    database.close()
    assert "cannot be written (attempt to write a readonly database)" in said


def _read_only(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA query_only = ON")
