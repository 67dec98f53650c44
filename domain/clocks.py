"""Time: the injected clock, and the service clocks (时限) a utility promises to keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.words import Priority

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ServiceClocks:
    """Promised seconds from the first report to each step, None where nothing is promised."""

    respond_s: int
    on_site_s: int
    restore_s: int
    feedback_s: int
    source: str


HOUR = 3600

#: A preset, not a law; utilities replace it by their own promises.
#: Source: Wuhan 96510 promises of 2023 (respond 5 min, on site 30 min; 10 min, 1 h); repair within
#: 24 h below DN100 and 30 h above as several utilities promise; feedback within three days.
DEFAULT_CLOCKS: dict[Priority, ServiceClocks] = {
    Priority.P1: ServiceClocks(5 * 60, 30 * 60, 24 * HOUR, 72 * HOUR, "Wuhan 96510, level 1"),
    Priority.P2: ServiceClocks(10 * 60, HOUR, 24 * HOUR, 72 * HOUR, "Wuhan 96510, level 2"),
    Priority.P3: ServiceClocks(30 * 60, 4 * HOUR, 24 * HOUR, 72 * HOUR, "mainbreak default"),
    Priority.P4: ServiceClocks(HOUR, 24 * HOUR, 72 * HOUR, 72 * HOUR, "mainbreak default"),
}


def due_on_site(priority: Priority, reported_at: datetime) -> datetime:
    """Return when a crew must be on site by the default clocks."""
    return reported_at + timedelta(seconds=DEFAULT_CLOCKS[priority].on_site_s)
