"""What happened in a simulated day, line by line: all that is measured is measured from this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What happened."""

    CALLED = "called"
    SET_OUT = "set_out"
    ARRIVED = "arrived"
    BEGAN = "began"
    TURNED = "turned"
    LEFT = "left"
    GAVE_UP = "gave_up"
    ENDED = "ended"
    RESTED = "rested"
    CHANGED = "changed"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: at second ``at``, with the crew's number, -1 where there is none.

    ``metres`` and ``seconds`` are of a drive: all of it on arrival, the part driven where a crew
    turned round. Of ``LEFT`` the seconds are the work lost, of ``EVENING`` the hours' work undone.
    """

    at: int
    what: What
    order: str
    crew: int = -1
    metres: float = 0.0
    seconds: int = 0
