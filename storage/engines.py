"""Make the engine of each database, set so that both behave alike."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from domain.errors import BadInput
from storage.turns import take_turn

#: How long a writer waits for another one, milliseconds. Source: mainbreak default; the longest
#: write, importing 100,000 premises, takes about half of it on a slow machine.
_BUSY_MS = 20_000

#: Connections beyond the five that are kept: as many in all as a web server has threads.
#: Source: AnyIO's default of 40 worker threads.
_MORE = 35

#: How long to wait for a PostgreSQL server to answer, seconds. Source: mainbreak default.
_CONNECT_S = 10


def _to_json(value: object) -> str:
    # PostgreSQL refuses NaN in JSON, SQLite would keep it: neither is given one.
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise BadInput(f"a figure to be stored is not a number: {value}") from error


def make_engine(address: URL) -> Engine:
    """Return an engine whose transactions see one state of the database throughout.

    A transaction marked ``write_first`` takes its turn as the one writer before it reads. Errors
    do not repeat the values of a statement: they may be personal data.
    """
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    return _postgresql(address)


def _sqlite(address: URL) -> Engine:
    # In memory every connection would have a database of its own; there they share one.
    in_memory = address.database in {None, "", ":memory:"}
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {"max_overflow": _MORE}
    engine = create_engine(
        address,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
        json_serializer=_to_json,
        **options,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Left to itself, Python's driver begins late and never for DDL; `_begin_sqlite` does it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin_sqlite(connection: Connection) -> None:
    first = connection.get_execution_options().get("write_first", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if first else "BEGIN")


def _postgresql(address: URL) -> Engine:
    patience = {} if "connect_timeout" in address.query else {"connect_timeout": _CONNECT_S}
    engine = create_engine(
        address,
        connect_args=patience,
        hide_parameters=True,
        isolation_level="SERIALIZABLE",
        json_serializer=_to_json,
        max_overflow=_MORE,
        pool_pre_ping=True,
    )
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: object) -> None:
    connection.execute(f"SET lock_timeout = {_BUSY_MS}")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("write_first", False):
        take_turn(connection)
