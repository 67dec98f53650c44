"""How large the simulated days are, and how time is counted in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: Midnight of the first simulated day; times of a simulation are whole seconds since then.
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)

HOUR, DAY = 3600, 24 * 3600

#: Shifts begin at these hours and last ten; seven crews of ten are early.
#: Source: shared study (28 early, 12 late, 10 h).
EARLY, LATE, SHIFT_H = 7, 13, 10
EARLY_OF_TEN = 7


@dataclass(frozen=True, slots=True)
class Size:
    """The days of one run.

    Attributes
    ----------
    crews
        On duty each day, seven of ten on the early shift.
    tickets, bursts
        A day, on average.
    load
        The work of an average day and a drive to each order between two random places, over the
        crews' hours without breaks.
    days
        In a row; what is undone in the evening is there in the morning.
    """

    crews: int = 40
    tickets: int = 300
    bursts: float = 4.0
    load: float = 0.95
    days: int = 3


def instant(seconds: int) -> datetime:
    """Return the instant of a simulation's second."""
    return MIDNIGHT + timedelta(seconds=seconds)


def seconds_of(at: datetime) -> int:
    """Return the second of a simulation's instant."""
    return round((at - MIDNIGHT).total_seconds())
