"""The event log: what happened, appended in the transaction that made it happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, insert, select

from domain.clocks import Clock
from domain.events import Event
from storage import tables
from storage.rows import Rows
from storage.turns import take_turn

_EVENTS = Rows(tables.event, Event)

#: What happened to what, and its payload: ids and words, never personal data.
Happening = tuple[str, str, dict[str, object]]


class EventLog:
    """Appends and reads events; ids follow commit order.

    SQLite has one writer at a time, so a later id is a later commit. PostgreSQL's sequences hand
    out ids before the commit; there each transaction takes its turn before it appends and keeps
    it until it ends, so that no reader sees id 8 before id 7 exists.
    """

    def __init__(self, connection: Connection, clock: Clock, actor: str) -> None:
        self._connection, self._clock, self._actor = connection, clock, actor

    def append(
        self, kind: str, subject: str, payload: dict[str, object], *, actor: str | None = None
    ) -> None:
        """Append one event at the clock's present instant."""
        self.append_all([(kind, subject, payload)], actor=actor)

    def append_all(self, happenings: Iterable[Happening], *, actor: str | None = None) -> None:
        """Append events in this order, all at the same instant."""
        at, by = self._clock(), actor or self._actor
        rows = [
            {"at": at, "kind": kind, "subject": subject, "actor": by, "payload": payload}
            for kind, subject, payload in happenings
        ]
        if rows:
            take_turn(self._connection)
            self._connection.execute(insert(tables.event), rows)

    def since(self, last_id: int, limit: int) -> tuple[Event, ...]:
        """Return up to ``limit`` events after ``last_id``, oldest first; 0 is the beginning."""
        query = _EVENTS.select().where(tables.event.c.id > last_id)
        query = query.order_by(tables.event.c.id).limit(limit)
        return _EVENTS.load(self._connection.execute(query).all())

    def last_id(self) -> int:
        """Return the id of the newest event, 0 if there is none."""
        return self._connection.scalar(select(func.max(tables.event.c.id))) or 0

    def about(self, subjects: Sequence[str], limit: int) -> tuple[Event, ...]:
        """Return the newest ``limit`` events about these things, newest first."""
        query = _EVENTS.select().where(tables.event.c.subject.in_(subjects))
        query = query.order_by(tables.event.c.id.desc()).limit(limit)
        return _EVENTS.load(self._connection.execute(query).all())
