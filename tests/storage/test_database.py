"""Opening a database: one clear line for everything that can be wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import StatementError

from domain.errors import BadInput
from storage import Database, open_database
from tests.storage import examples
from tests.storage.conftest import clock


def opened(url: str) -> str:
    """Return the message of the BadInput that opening raises."""
    with pytest.raises(BadInput) as caught:
        open_database(url)
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("town.sqlite", "cannot be read; write sqlite:///FILE.sqlite"),
        ("", "cannot be read"),
        ("mysql://somewhere/town", "mysql is not a known database"),
        ("sqlite+nodriver:///town.sqlite", "cannot be used"),
        ("sqlite:///no/such/folder/town.sqlite", "unable to open database file"),
    ],
)
def test_an_address_that_cannot_be_opened(url: str, said: str) -> None:
    """The line says what is wrong and how to write it."""
    assert said in opened(url)


def test_a_missing_driver_is_named() -> None:
    """The package to install is named, the password is not repeated."""
    try:
        __import__("psycopg2")
    except ModuleNotFoundError:
        said = opened("postgresql+psycopg2://me:secret@localhost/town")
        assert "package psycopg2 is missing" in said
        assert "secret" not in said


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A folder's name ends in one line."""
    assert "unable to open" in opened(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    """Text is not overwritten."""
    file = tmp_path / "tickets.csv"
    file.write_text("id,received_at\n" * 100)
    assert "file is not a database" in opened(f"sqlite:///{file}")
    assert file.read_text() == "id,received_at\n" * 100


def run(url: str, statement: str) -> None:
    """Run a statement as another program would."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_database_of_another_program_is_left_as_it_is(new_url: str) -> None:
    """Our tables are not put beside foreign ones."""
    run(new_url, "CREATE TABLE customers (id INTEGER)")
    assert "belongs to another program (it holds a table 'customers')" in opened(new_url)
    engine = create_engine(new_url)
    assert inspect(engine).get_table_names() == ["customers"]
    engine.dispose()


def test_a_database_of_a_newer_mainbreak_is_refused(new_url: str) -> None:
    """The line says so instead of failing later on."""
    open_database(new_url).close()
    run(new_url, "UPDATE alembic_version SET version_num = '9999'")
    assert "written by a newer mainbreak (its tables are at 9999)" in opened(new_url)


def test_a_migrated_database_opens_again(new_url: str) -> None:
    """Nothing is left to do, PostGIS's own table is not taken for another program's."""
    for _ in range(2):
        open_database(new_url).close()


def test_every_connection_enforces_foreign_keys_and_files_use_wal(tmp_path: Path) -> None:
    """The pragmas hold on a file."""
    database = open_database(f"sqlite:///{tmp_path / 'town.sqlite'}")
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 20_000
    database.close()


def test_a_naive_datetime_is_refused(database: Database) -> None:
    """An instant without a zone never reaches a table."""
    naive = datetime(2026, 11, 22, 8, 30)  # noqa: DTZ001
    with (
        database.unit_of_work(clock) as work,
        pytest.raises(StatementError, match="needs a zone, 2026-11-22T08:30:00 has none"),
    ):
        work.tickets.add(replace(examples.TICKETS[0], received_at=naive))


def test_a_naive_clock_is_refused(database: Database) -> None:
    """Events need an instant too."""
    with (
        database.unit_of_work(lambda: datetime(2026, 11, 22)) as work,  # noqa: DTZ001
        pytest.raises(StatementError, match="needs a zone"),
    ):
        work.events.append("tick", "", {})


def test_instants_come_back_in_utc(database: Database) -> None:
    """The same instant, whatever zone it was given in."""
    with database.unit_of_work(clock) as work:
        work.tickets.add(examples.TICKETS[0])
        found = work.tickets.get("T1").received_at
    assert found == examples.TICKETS[0].received_at
    assert found.isoformat() == "2026-11-22T00:30:15.123456+00:00"
