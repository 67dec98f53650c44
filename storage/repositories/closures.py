"""Street closures: made, changed by being lifted, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from domain.closures import Closure
from domain.errors import UnknownId
from domain.places import LonLat
from storage import tables
from storage.event_log import EventLog
from storage.repositories.counters import Numbers

_CLOSURE = tables.closure
_KIND = "closures"


class ClosureRepository:
    """Keeps closures; ``version`` grows with every change, for those who keep a copy."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        self._connection, self._events = connection, events
        self._numbers = Numbers(connection)

    def add(self, one: Closure) -> None:
        """Store a new closure; appends ``closure.made``."""
        self._connection.execute(insert(_CLOSURE), _cells(one))
        self._numbers.next(_KIND)
        payload: dict[str, object] = {"shape": one.shape.value, "reason": one.reason.value}
        self._events.append("closure.made", one.id, payload)

    def replace(self, one: Closure, event: str = "closure.changed") -> None:
        """Store a closure anew, such as one that was lifted; appends ``event``.

        Raises
        ------
        UnknownId
            If there is no closure of this id.
        """
        query = update(_CLOSURE).where(_CLOSURE.c.id == one.id).values(_cells(one))
        if not self._connection.execute(query).rowcount:
            raise UnknownId("closure", one.id, "Pick one of those that stand")
        self._numbers.next(_KIND)
        self._events.append(event, one.id, {"reason": one.reason.value})

    def get(self, closure: str) -> Closure:
        """Return a closure by its id.

        Raises
        ------
        UnknownId
            If there is none.
        """
        row = self._connection.execute(select(_CLOSURE).where(_CLOSURE.c.id == closure)).first()
        if row is None:
            raise UnknownId("closure", closure, "Pick one of those that stand")
        return _closure(row)

    def standing(self) -> tuple[Closure, ...]:
        """Return what nobody has lifted, whether begun, over or still to come, oldest first."""
        query = select(_CLOSURE).where(_CLOSURE.c.lifted_at.is_(None))
        rows = self._connection.execute(query.order_by(_CLOSURE.c.made_at, _CLOSURE.c.id))
        return tuple(_closure(row) for row in rows)

    def lifted_since(self, instant: datetime) -> tuple[Closure, ...]:
        """Return what was lifted after an instant, in the order of the ids."""
        query = select(_CLOSURE).where(_CLOSURE.c.lifted_at > instant).order_by(_CLOSURE.c.id)
        return tuple(_closure(row) for row in self._connection.execute(query))

    def page(self, after: str | None, limit: int) -> tuple[Closure, ...]:
        """Return up to ``limit`` closures, lifted ones too, by id after ``after``."""
        query = select(_CLOSURE).order_by(_CLOSURE.c.id).limit(limit)
        if after is not None:
            query = query.where(_CLOSURE.c.id > after)
        return tuple(_closure(row) for row in self._connection.execute(query))

    def forgotten(self) -> None:
        """Count that all are gone, for those who keep a copy."""
        self._numbers.next(_KIND)

    def version(self) -> int:
        """Return how often anything changed; cheap."""
        return self._numbers.last(_KIND)


def _cells(one: Closure) -> dict[str, Any]:
    cells = {column.name: getattr(one, column.name) for column in _CLOSURE.c}
    return cells | {"places": [[place.lon, place.lat] for place in one.places]}


def _closure(row: Any) -> Closure:
    cells = dict(row._mapping)
    places = tuple(LonLat(lon, lat) for lon, lat in cells.pop("places"))
    return Closure(places=places, **cells)
