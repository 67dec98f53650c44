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
    def work(self, *, write_first: bool = False) -> Iterator[UnitOfWork]:
        """Yield a unit of work on the configured database; the database is closed after it.

        With ``write_first`` it waits for its turn, as a server beside it writes too.
        """
        database = open_database(self.settings.database_url)
        try:
            with database.unit_of_work(self.clock, write_first=write_first) as work:
                yield work
        finally:
            database.close()
