"""Opening a database on a PostgreSQL server: one clear line for everything that can be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from domain.errors import MainbreakError
from storage import Database, open_database
from storage.faults import unopenable
from tests.storage import examples
from tests.storage.conftest import clock
from tests.storage.server import Server
from tests.storage.test_database import opened


def test_a_server_that_does_not_answer() -> None:
    """Nobody listens on port 1; the password is not repeated."""
    said = opened("postgresql+psycopg://me:secret@127.0.0.1:1/town")
    assert "cannot open the database postgresql+psycopg://me:***@127.0.0.1:1/town" in said
    assert "refused" in said
    assert "Check that the server runs" in said


def test_a_database_that_does_not_exist(postgis: Server) -> None:
    """The server's own words are kept."""
    assert 'database "no_such_town" does not exist' in opened(
        postgis.url.set(database="no_such_town").render_as_string(hide_password=False)
    )


@pytest.fixture
def role(postgis: Server) -> Iterator[str]:
    """Yield a role that may do nothing yet."""
    name = f"mainbreak_test_{uuid4().hex[:12]}"
    postgis.run(f"CREATE ROLE {name}")
    yield name
    postgis.run(f"DROP ROLE {name}")


def test_an_unprivileged_user_is_told_what_the_administrator_runs(
    postgis: Server, role: str
) -> None:
    """Once tables may be made and the extension is there, it opens."""
    with postgis.empty_database() as url:
        name = make_url(url).database
        as_role = f"{url}{'&' if '?' in url else '?'}options=-crole%3D{role}"
        assert "permission denied for schema public" in opened(as_role)
        postgis.run(f"GRANT ALL ON SCHEMA public TO {role}", database=name)
        assert opened(as_role).endswith("runs once, in that database: CREATE EXTENSION postgis")
        postgis.run("CREATE EXTENSION postgis", database=name)
        open_database(as_role).close()
        open_database(as_role).close()


def test_other_extensions_of_postgis_are_no_other_program(postgis: Server) -> None:
    """The usual container image brings the topology tables along, and shows them by default."""
    with postgis.empty_database() as url:
        name = make_url(url).database
        for extension in ("postgis", "postgis_topology"):
            postgis.run(f"CREATE EXTENSION {extension}", database=name)
        open_database(url).close()


def test_a_server_without_postgis_is_told_apart() -> None:
    """Installing it comes before creating it."""
    error = DBAPIError("CREATE EXTENSION postgis", {}, psycopg.errors.FeatureNotSupported("no"))
    said = str(unopenable(make_url("postgresql+psycopg://me@db/town"), error))
    assert "PostGIS is not installed on the server" in said
    assert said.endswith("CREATE EXTENSION postgis")


def test_a_lost_connection_is_told_and_the_next_unit_of_work_connects_anew(
    postgis_database: Database,
) -> None:
    """As after a restart of the server: nothing half-done, no traceback."""
    database = postgis_database
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
    kill += "current_database() AND pid <> pg_backend_pid()"

    def interrupted() -> None:
        with database.unit_of_work(clock) as work:
            work.places.save(examples.PLACES)
            with database.engine.connect() as other:
                other.exec_driver_sql(kill)
            work.commit()

    with database.unit_of_work(clock) as work:
        work.places.save(())  # whoever came before may have left some
        work.commit()
    with pytest.raises(MainbreakError, match="what was not committed is not stored"):
        interrupted()
    with database.unit_of_work(clock) as work:
        assert work.places.all() == ()


def test_a_stopped_server_is_told(postgis: Server) -> None:
    """A unit of work that cannot begin says so in one line."""
    with postgis.empty_database() as url:
        database = open_database(url)
    with pytest.raises(MainbreakError, match="does not answer"), database.unit_of_work(clock):
        pass
    database.close()
