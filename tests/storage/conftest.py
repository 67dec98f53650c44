"""The instant at which the storage tests happen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

NOW = datetime(2026, 11, 22, 8, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))


def clock() -> datetime:
    """Return the fixed instant of the tests."""
    return NOW.astimezone(UTC)
