"""Open a database: make its engine, bring its tables up to date, say clearly what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from domain.clocks import Clock
from domain.errors import BadInput
from storage.migrate import migrate
from storage.unit_of_work import UnitOfWork

_FORMS = "write sqlite:///FILE.sqlite or postgresql+psycopg://USER@HOST/NAME"

#: How long a writer waits for another one, milliseconds. Source: mainbreak default; the longest
#: write, importing 100,000 premises, takes a fraction of it.
_BUSY_MS = 20_000


@dataclass(frozen=True, slots=True)
class Database:
    """An open database at the present state of the tables. Close it, or use it as a context."""

    engine: Engine

    def unit_of_work(self, clock: Clock, *, actor: str = "system") -> UnitOfWork:
        """Return a unit of work to enter; ``actor`` is who its events name."""
        return UnitOfWork(self.engine, clock, actor)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Return the database at ``url``, created and migrated as needed.

    ``sqlite://`` lives in memory and ends with ``close()``.

    Raises
    ------
    BadInput
        If the address cannot be read, the database cannot be opened, is not one, or belongs to a
        newer mainbreak or another program. A password in the address is not repeated.
    """
    address = _address(url)
    engine = _engine(address)
    try:
        migrate(engine)
        if address.get_backend_name() == "sqlite":
            _use_wal(engine)
    except DBAPIError as error:
        engine.dispose()
        raise _unopenable(address, error) from error
    except BaseException:
        engine.dispose()
        raise
    return Database(engine)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise BadInput(f"the database address cannot be read; {_FORMS}.") from error
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise BadInput(f"{address.get_backend_name()} is not a known database; {_FORMS}.")
    return address


def _engine(address: URL) -> Engine:
    try:
        if address.get_backend_name() == "postgresql":
            return create_engine(address)
        return _sqlite_engine(address)
    except ModuleNotFoundError as error:
        raise BadInput(
            f"the Python package {error.name} is missing for {address.drivername}; install it."
        ) from error
    except (ArgumentError, TypeError, ValueError) as error:
        raise BadInput(f"the database address cannot be used: {error}; {_FORMS}.") from error


def _sqlite_engine(address: URL) -> Engine:
    # In memory every connection would have a database of its own; there they share one.
    in_memory = address.database in {None, "", ":memory:"}
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(address, connect_args={"check_same_thread": False}, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401
    # Left to itself, Python's driver begins late and never for DDL; `_begin` does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    """Begin; a transaction marked ``write_first`` takes the write lock before it reads."""
    first = connection.get_execution_options().get("write_first", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if first else "BEGIN")


def _use_wal(engine: Engine) -> None:
    """Let readers go on while one writes; kept in the file, so this is done once."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _unopenable(address: URL, error: DBAPIError) -> BadInput:
    name = address.render_as_string(hide_password=True)
    reason = str(error.orig).strip().splitlines()[0]
    return BadInput(
        f"cannot open the database {name}: {reason}. Check that the address is right, the folder "
        "exists and can be written to, and the file is a mainbreak database."
    )
