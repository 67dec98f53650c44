"""The live day that the tests of its use cases share."""

from __future__ import annotations

import pytest

from storage import Database
from tests.operations.live_day import LiveDay


@pytest.fixture
def day(database: Database) -> LiveDay:
    """Return a live day at nine in the morning, before the first call."""
    return LiveDay(database)
