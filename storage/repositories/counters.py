"""Counters that only go up, and what clients asked once already."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from storage import tables

_NUMBER, _REQUEST = tables.number, tables.request


class Numbers:
    """One counter a kind. Take a number in a unit of work that has its turn (``write_first``)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self, kind: str) -> int:
        """Return the number taken last, 0 if none was."""
        query = select(_NUMBER.c.last).where(_NUMBER.c.kind == kind)
        return self._connection.scalar(query) or 0

    def next(self, kind: str) -> int:
        """Take and return the next number, from 1."""
        query = update(_NUMBER).where(_NUMBER.c.kind == kind)
        raised = query.values(last=_NUMBER.c.last + 1).returning(_NUMBER.c.last)
        taken = self._connection.execute(raised).scalar()
        if taken is None:
            self._connection.execute(insert(_NUMBER), {"kind": kind, "last": 1})
            return 1
        return int(taken)


class RequestRepository:
    """What each client's own id made."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def subject_of(self, client_id: str) -> str | None:
        """Return the id of what this request made, None if it is new."""
        query = select(_REQUEST.c.subject).where(_REQUEST.c.client_id == client_id)
        return self._connection.scalar(query)

    def remember(self, client_id: str, subject: str) -> None:
        """Note what a request made; BadInput on leaving if it is known already."""
        self._connection.execute(insert(_REQUEST), {"client_id": client_id, "subject": subject})
