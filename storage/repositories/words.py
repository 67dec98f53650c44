"""What dispatchers say about crews: locked, away, not for this order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from domain.crews import CrewHold, Forbidden, HoldKind
from storage import tables
from storage.event_log import EventLog
from storage.rows import Rows

_HOLDS = Rows(tables.crew_hold, CrewHold)
_FORBIDDEN = Rows(tables.forbidden, Forbidden)


class CrewWordRepository:
    """Keeps holds and prohibitions until somebody takes them back."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        self._connection, self._events = connection, events

    def hold(self, one: CrewHold) -> None:
        """Store a hold in place of the crew's earlier one of the kind; ``crew.<kind>``."""
        self._take_out(tables.crew_hold, crew=one.crew, kind=one.kind)
        self._connection.execute(insert(tables.crew_hold), _HOLDS.dump([one]))
        self._events.append(f"crew.{one.kind.value}", one.crew, {})

    def release(self, crew: str, kind: HoldKind) -> bool:
        """Return True if there was a hold to take back; ``crew.<kind>_ended``."""
        gone = self._take_out(tables.crew_hold, crew=crew, kind=kind)
        if gone:
            self._events.append(f"crew.{kind.value}_ended", crew, {})
        return gone

    def holds(self) -> tuple[CrewHold, ...]:
        """Return all holds by crew and kind, also those that are over."""
        columns = tables.crew_hold.c
        query = _HOLDS.select().order_by(columns.crew, columns.kind)
        return _HOLDS.load(self._connection.execute(query).all())

    def forbid(self, one: Forbidden) -> None:
        """Store a prohibition in place of an earlier one; ``crew.forbidden``."""
        self._take_out(tables.forbidden, crew=one.crew, work_order=one.work_order)
        self._connection.execute(insert(tables.forbidden), _FORBIDDEN.dump([one]))
        self._events.append("crew.forbidden", one.crew, {"work_order": one.work_order})

    def allow(self, crew: str, work_order: str) -> bool:
        """Return True if there was a prohibition to take back; ``crew.allowed``."""
        gone = self._take_out(tables.forbidden, crew=crew, work_order=work_order)
        if gone:
            self._events.append("crew.allowed", crew, {"work_order": work_order})
        return gone

    def forbidden(self, work_orders: Sequence[str] | None = None) -> tuple[Forbidden, ...]:
        """Return the prohibitions, all or those about some work orders, by crew and order."""
        columns = tables.forbidden.c
        query = select(tables.forbidden).order_by(columns.crew, columns.work_order)
        wanted = None if work_orders is None else set(work_orders)
        rows = (Forbidden(**row._mapping) for row in self._connection.execute(query))
        return tuple(one for one in rows if wanted is None or one.work_order in wanted)

    def _take_out(self, table: Table, **key: Any) -> bool:
        return bool(self._connection.execute(delete(table).filter_by(**key)).rowcount)
