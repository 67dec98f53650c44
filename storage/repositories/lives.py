"""Things with a life: stored once, then moved from state to state, each move an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, bindparam, insert, update

from domain.errors import UnknownId
from domain.states import move
from storage.event_log import EventLog, Happening
from storage.rows import Rows


class Living(Protocol):
    """A value with an id and a state."""

    @property
    def id(self) -> str:
        """The utility's own id."""
        ...

    @property
    def state(self) -> StrEnum:
        """Where it is in its life."""
        ...


V = TypeVar("V", bound=Living)

#: Ids asked for in one query; SQLite before 3.32 takes 999 parameters.
_AT_ONCE = 500


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the ids in pieces small enough for one query."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


class LifeRepository(Generic[V]):
    """Stores values of one kind and tells the event log what became of them.

    Parameters
    ----------
    noun, born
        Events are ``<noun>.<born>`` for a new value, then ``<noun>.<state>`` for each move and
        ``<noun>.changed`` for a change of anything else.
    order
        Field that ``all`` sorts by before the id.
    """

    def __init__(
        self, connection: Connection, events: EventLog, rows: Rows[V], words: tuple[str, str, str]
    ) -> None:
        self._connection, self._events, self._rows = connection, events, rows
        self._noun, self._born, self._order = words

    def add(self, *values: V) -> tuple[str, ...]:
        """Store the values whose id is new and return these ids; known ids stay as they are.

        Reading the same list of calls twice therefore receives nothing twice.
        """
        known = self._known([one.id for one in values])
        new = [one for one in values if one.id not in known]
        self._insert(new)
        return tuple(one.id for one in new)

    def save(self, values: Iterable[V]) -> None:
        """Store new values and replace known ones by these.

        Raises
        ------
        IllegalMove
            If a known value's state may not be followed by the new one.
        """
        given = list(values)
        known = self._known([one.id for one in given])
        self._insert([one for one in given if one.id not in known])
        self._update([(known[one.id], one) for one in given if known.get(one.id, one) != one])

    def get(self, wanted: str) -> V:
        """Return the value with this id.

        Raises
        ------
        UnknownId
            If there is none.
        """
        found = self._known([wanted])
        if wanted not in found:
            raise UnknownId(self._noun.replace("_", " "), wanted, "Check the id")
        return found[wanted]

    def all(self) -> tuple[V, ...]:
        """Return every value, oldest first, then by id."""
        found = self._rows.load(self._connection.execute(self._rows.select()).all())
        # Sorted here: a database sorts text by its own collation.
        return tuple(sorted(found, key=lambda one: (getattr(one, self._order), one.id)))

    def _known(self, ids: Sequence[str]) -> dict[str, V]:
        found: dict[str, V] = {}
        for some in chunks(ids):
            found |= {one.id: one for one in self._where(self._rows.table.c.id.in_(some))}
        return found

    def _where(self, condition: ColumnElement[bool]) -> tuple[V, ...]:
        return self._rows.load(self._connection.execute(self._rows.select().where(condition)).all())

    def _insert(self, new: Sequence[V]) -> None:
        if new:
            self._connection.execute(insert(self._rows.table), self._rows.dump(new))
        kind = f"{self._noun}.{self._born}"
        self._events.append_all((kind, one.id, {"state": one.state.value}) for one in new)

    def _update(self, changed: Sequence[tuple[V, V]]) -> None:
        happenings = [self._change(before, after) for before, after in changed]
        if not changed:
            return
        # An argument may not share its name with a column that is set.
        query = update(self._rows.table).where(self._rows.table.c.id == bindparam("known_id"))
        rows: list[dict[str, Any]] = self._rows.dump(after for _, after in changed)
        self._connection.execute(query, [row | {"known_id": row["id"]} for row in rows])
        self._events.append_all(happenings)

    def _change(self, before: V, after: V) -> Happening:
        if before.state == after.state:
            return f"{self._noun}.changed", after.id, {}
        state = move(before.state, after.state)
        return f"{self._noun}.{state.value}", after.id, {"from": before.state.value}
