"""A planned shut-off: water goes off for work that was known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.isolation import Isolation
from domain.states import OutageState


@dataclass(frozen=True, slots=True)
class PlannedShutoff:
    """Planned work on pipes, the isolation it needs and the window in which water is off.

    Attributes
    ----------
    state
        draft, approved, announced, in_effect, partly_restored, restored or cancelled.
    title
        What the work is, in the words of whoever planned it.
    pipes
        Ids of the links that are worked on: the "burst" of the isolation.
    starts_at, ends_at
        When water goes off and when it is back, as planned.
    notice_h
        Hours before ``starts_at`` by which everybody concerned must have been told.
    announced_at, began_at, restored_at
        When that really happened; None while it has not.
    """

    id: str
    state: OutageState
    title: str
    pipes: tuple[str, ...]
    isolation: Isolation
    starts_at: datetime
    ends_at: datetime
    notice_h: int
    created_at: datetime
    announced_at: datetime | None = None
    began_at: datetime | None = None
    restored_at: datetime | None = None
