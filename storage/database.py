"""Open a database: make its engine, bring its tables up to date, say clearly what is wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from domain.clocks import Clock
from domain.errors import BadInput
from storage.engines import make_engine
from storage.faults import unopenable
from storage.migrate import migrate
from storage.unit_of_work import UnitOfWork

_FORMS = "write sqlite:///FILE.sqlite or postgresql+psycopg://USER@HOST/NAME"


@dataclass(frozen=True, slots=True)
class Database:
    """An open database at the present state of the tables. Close it, or use it as a context."""

    engine: Engine

    def unit_of_work(
        self, clock: Clock, *, actor: str = "system", write_first: bool = False
    ) -> UnitOfWork:
        """Return a unit of work to enter; ``actor`` is who its events name.

        With ``write_first`` it waits until no other one writes before it reads anything: for
        short changes by many at once, none of which is then told to run again.
        """
        return UnitOfWork(self.engine, clock, actor, write_first=write_first)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Return the database at ``url``, created and migrated as needed.

    ``sqlite://`` lives in memory and ends with ``close()``.

    Raises
    ------
    BadInput
        If the address cannot be read, the database cannot be opened, is not one, lacks PostGIS
        that may not be added, or belongs to a newer mainbreak or another program. A password in
        the address is not repeated.
    """
    address = _address(url)
    engine = _engine(address)
    try:
        migrate(engine)
        if address.get_backend_name() == "sqlite":
            _use_wal(engine)
    except DBAPIError as error:
        engine.dispose()
        raise unopenable(address, error) from error
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
        return make_engine(address)
    except ModuleNotFoundError as error:
        raise BadInput(
            f"the Python package {error.name} is missing for {address.drivername}; install it."
        ) from error
    except (ArgumentError, TypeError, ValueError) as error:
        raise BadInput(f"the database address cannot be used: {error}; {_FORMS}.") from error


def _use_wal(engine: Engine) -> None:
    """Let readers go on while one writes; kept in the file, so this is done once."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Another process is opening the new file too; it does this when it is done.
        if "locked" not in str(error):
            raise
    finally:
        raw.close()
