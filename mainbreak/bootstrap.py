"""The composition root: settings, clock and database, each of which a test may replace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from domain.clocks import Clock, system_clock
from mainbreak.settings import Settings
from storage import UnitOfWork, open_database


@dataclass(frozen=True, slots=True)
class Home:
    """What every verb works with."""

    settings: Settings
    clock: Clock = system_clock

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """Yield a unit of work on the configured database; the database is closed after it."""
        database = open_database(self.settings.database_url)
        try:
            with database.unit_of_work(self.clock) as work:
                yield work
        finally:
            database.close()
