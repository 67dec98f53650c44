"""Writers take turns, so that event ids follow commit order and old data decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, func, select, text

#: Key of the advisory lock under which one process migrates; any fixed number would do.
_MIGRATION = 0x6D61_696E

# A table lock and not an advisory one: it takes no snapshot, so what is read after the wait is
# what the writer before left. Alembic's table and not the event table: vacuum never needs it, and
# no migration starts under a writer.
_TURN = text("LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE")


def take_turn(connection: Connection) -> None:
    """Wait until no other transaction writes, and keep the turn until this one ends.

    Readers go on. SQLite has one writer at a time anyway. Taking it again does nothing.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_TURN)


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Keep other processes from migrating the same PostgreSQL database meanwhile.

    The lock is held by a connection of its own: the one that migrates begins after the wait.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect() as guard:
        guard.execute(select(func.pg_advisory_xact_lock(_MIGRATION)))
        yield
