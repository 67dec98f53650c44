"""An event: one state change, one row, in the transaction that made it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to what, by whom, when (aware). The payload carries ids, no personal data.

    ``id`` follows commit order and is 0 before the event is stored.
    """

    at: datetime
    kind: str
    subject: str
    actor: str
    payload: dict[str, object] = field(default_factory=dict)
    id: int = 0
