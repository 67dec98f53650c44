"""Things with a life: stored once, then moved from state to state, each move an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, bindparam, insert, update

from domain.errors import UnknownId
from domain.states import ENDED, move
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


def _nothing(_value: Any) -> dict[str, object]:
    return {}


@dataclass(frozen=True)
class Telling(Generic[V]):
    """How the life of one kind of value is told.

    Attributes
    ----------
    noun, born
        Events are ``<noun>.<born>`` for a new value, then ``<noun>.<state>`` for each move and
        ``<noun>.changed`` for a change of anything else.
    states
        The kind of its states.
    order
        Field that lists are sorted by before the id.
    about
        What every event about a value carries: ids and words.
    """

    noun: str
    born: str
    states: type[StrEnum]
    order: str = "id"
    about: Callable[[V], dict[str, object]] = field(default=_nothing)


class LifeRepository(Generic[V]):
    """Stores values of one kind and tells the event log what became of them."""

    def __init__(
        self, connection: Connection, events: EventLog, rows: Rows[V], telling: Telling[V]
    ) -> None:
        self._connection, self._events, self._rows = connection, events, rows
        self._telling = telling

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
        found = self.find(wanted)
        if found is None:
            raise UnknownId(self._telling.noun.replace("_", " "), wanted, "Check the id")
        return found

    def find(self, wanted: str) -> V | None:
        """Return the value with this id, None if there is none."""
        return self._known([wanted]).get(wanted)

    def some(self, ids: Sequence[str]) -> dict[str, V]:
        """Return those of these values that are there, by id."""
        return self._known(ids)

    def all(self) -> tuple[V, ...]:
        """Return every value, oldest first, then by id."""
        return self._sorted(self._rows.load(self._connection.execute(self._rows.select()).all()))

    def active(self) -> tuple[V, ...]:
        """Return the values that have not ended, in the order of ``all``."""
        ended = ENDED[self._telling.states]
        return self._sorted(self._where(self._rows.table.c.state.not_in(ended)))

    def page(self, after: str | None, limit: int) -> tuple[V, ...]:
        """Return up to ``limit`` values whose id follows ``after``, by code points of the id."""
        key: ColumnElement[str] = self._rows.table.c.id
        if self._connection.dialect.name == "postgresql":
            key = key.collate("C")  # SQLite compares bytes anyway
        query = self._rows.select().order_by(key).limit(limit)
        if after is not None:
            query = query.where(key > after)
        return self._rows.load(self._connection.execute(query).all())

    def _sorted(self, found: Iterable[V]) -> tuple[V, ...]:
        # Sorted here: a database sorts text by its own collation.
        order = self._telling.order
        return tuple(sorted(found, key=lambda one: (getattr(one, order), one.id)))

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
        told = self._telling
        self._events.append_all(
            (f"{told.noun}.{told.born}", one.id, {"state": one.state.value} | told.about(one))
            for one in new
        )

    def _update(self, changed: Sequence[tuple[V, V]]) -> None:
        happenings = [self._change(before, after) for before, after in changed]
        if not changed:
            return
        # An argument may not share its name with a column that is set.
        query = update(self._rows.table).where(self._rows.table.c.id == bindparam("known_id"))
        rows: list[dict[str, Any]] = self._rows.dump(after for _, after in changed)
        self._connection.execute(query, [row | {"known_id": row["id"]} for row in rows])
        self._events.append_all(one for one in happenings if one)

    def _change(self, before: V, after: V) -> Happening | None:
        """Return the event of a change, None for one that is not told by itself."""
        told = self._telling
        about = told.about(after)
        if before.state == after.state:
            return f"{told.noun}.changed", after.id, about
        state = move(before.state, after.state)
        return f"{told.noun}.{state.value}", after.id, {"from": before.state.value} | about
