"""Crews, depots and places: lists that a file replaces as a whole, in the file's order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, delete

from domain.crews import Crew, Depot, Shift
from domain.places import Place
from storage import tables
from storage.event_log import EventLog
from storage.repositories.counters import Numbers
from storage.rows import Rows

V = TypeVar("V")


def _crew(*cells: Any) -> Crew:
    told = dict(zip(_CREW_FIELDS, cells, strict=True))
    shift = Shift(told.pop("shift_start"), told.pop("shift_end"))
    return Crew(**told, shift=shift)


def _crew_cells(one: Crew) -> tuple[Any, ...]:
    shift = {"shift_start": one.shift.start, "shift_end": one.shift.end}
    return tuple(shift[n] if n in shift else getattr(one, n) for n in _CREW_FIELDS)


_CREW_FIELDS = tuple(name for name in list(tables.crew.c.keys()) if name != "ordinal")
CREWS = Rows(tables.crew, _crew, fields=_CREW_FIELDS, take=_crew_cells)

DEPOTS = Rows(tables.depot, Depot)

PLACES = Rows(tables.place, Place)


class ListRepository(Generic[V]):
    """A list that is replaced whole; its event is ``<plural>.imported``."""

    def __init__(
        self, connection: Connection, events: EventLog, rows: Rows[V], plural: str
    ) -> None:
        self._connection, self._events = connection, events
        self._rows, self._plural = rows, plural
        self._numbers = Numbers(connection)

    def save(self, values: Iterable[V]) -> None:
        """Replace the list."""
        new = tuple(values)
        self._connection.execute(delete(self._rows.table))
        self._rows.insert_in_order(self._connection, new)
        self._numbers.next(self._plural)
        self._events.append(f"{self._plural}.imported", self._plural, {"count": len(new)})

    def version(self) -> int:
        """Return how often the list was saved; cheap, for those who keep a copy."""
        return self._numbers.last(self._plural)

    def all(self) -> tuple[V, ...]:
        """Return the list in the order it was saved, empty if nothing was."""
        return self._rows.load_in_order(self._connection)
