"""The demo's clock: stands while the day is prepared, then runs faster than time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SimClock:
    """Tells the simulated instant: one that is set, until ``run``; it never goes back.

    ``speed`` is how many of its seconds pass in a real one.
    """

    def __init__(
        self, start: datetime, speed: float, *, ticking: Callable[[], float] = time.monotonic
    ) -> None:
        self.speed = speed
        self._ticking = ticking
        self._set = start.astimezone(UTC)
        self._since: float | None = None

    def __call__(self) -> datetime:
        """Return the simulated instant, aware, in UTC."""
        since = self._since
        if since is None:
            return self._set
        return self._set + timedelta(seconds=(self._ticking() - since) * self.speed)

    def stand_at(self, instant: datetime) -> None:
        """Move the standing clock on to an instant; an earlier one changes nothing."""
        self._set = max(self._set, instant.astimezone(UTC))

    def run(self) -> None:
        """Let it go on from where it stands."""
        self._since = self._ticking()

    def real_seconds_to(self, instant: datetime) -> float:
        """Return how long the running clock takes to get there; 0 if it is past."""
        return max(0.0, (instant - self()).total_seconds() / self.speed)
