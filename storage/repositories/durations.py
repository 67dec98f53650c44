"""What was learned about how long work takes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from storage import tables
from storage.event_log import EventLog

_MODEL = tables.duration_model


class DurationRepository:
    """Keeps every model that was learned; the latest counts."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        self._connection, self._events = connection, events

    def save(self, learned_at: datetime, jobs: int, model: dict[str, Any]) -> None:
        """Store a model; appends ``durations.learned`` with how many works it was learned from."""
        row = {"learned_at": learned_at, "jobs": jobs, "model": model}
        self._connection.execute(insert(_MODEL), row)
        self._events.append("durations.learned", "durations", {"jobs": jobs})

    def latest(self) -> tuple[datetime, int, dict[str, Any]] | None:
        """Return (when, from how many works, the model) learned last, None before the first."""
        query = select(_MODEL.c.learned_at, _MODEL.c.jobs, _MODEL.c.model)
        row = self._connection.execute(query.order_by(_MODEL.c.id.desc()).limit(1)).first()
        return None if row is None else (row.learned_at, row.jobs, row.model)

    def version(self) -> int:
        """Return how often anything was learned; cheap."""
        return self._connection.scalar(select(func.max(_MODEL.c.id))) or 0
