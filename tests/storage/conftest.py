"""A database in memory and one small day, enough to fill every table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage import Database, open_database

NOW = datetime(2026, 11, 22, 8, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))


def clock() -> datetime:
    """Return the fixed instant of the tests."""
    return NOW.astimezone(UTC)


@pytest.fixture
def database() -> Iterator[Database]:
    """Yield an empty, migrated database in memory."""
    opened = open_database("sqlite://")
    yield opened
    opened.close()
