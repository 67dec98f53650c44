"""The demo's clock stands, then runs; it never goes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from mainbreak.demo.clock import SimClock

START = datetime(2026, 11, 23, 7, 0, tzinfo=timezone(timedelta(hours=8)))


class Ticks:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.seconds


def test_it_stands_until_it_runs() -> None:
    """The day is prepared outside of time."""
    ticks = Ticks()
    clock = SimClock(START, 20.0, ticking=ticks)
    ticks.seconds += 5
    assert clock() == START
    assert clock().tzinfo is UTC
    clock.run()
    ticks.seconds += 3
    assert clock() == START + timedelta(minutes=1)


def test_it_is_set_forward_only() -> None:
    """An event is never dated before the one before it."""
    clock = SimClock(START, 20.0, ticking=Ticks())
    clock.stand_at(START + timedelta(hours=1))
    clock.stand_at(START)
    assert clock() == START + timedelta(hours=1)
