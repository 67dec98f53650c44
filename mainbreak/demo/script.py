"""What the demo plays: the bundled calls and shifts, again and again, so that no hour is dead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import gateways
from domain.crews import Crew, Shift
from domain.tickets import Ticket
from mainbreak.settings import Settings
from operations.make_town import CREWS, TICKETS

#: After so long the day's calls and shifts come again. The first call is at 07:03, the last one
#: before 20:00, and every crew has slept in between.
PERIOD = timedelta(hours=13, minutes=30)


@dataclass(frozen=True, slots=True)
class Script:
    """One day of calls, first received first, and the crews with their shifts of that day."""

    tickets: tuple[Ticket, ...]
    crews: tuple[Crew, ...]

    @property
    def opens(self) -> datetime:
        """The full hour before the first call."""
        return self.tickets[0].received_at.replace(minute=0, second=0, microsecond=0)

    @property
    def closes(self) -> datetime:
        """The instant of the last call of the first round."""
        return self.tickets[-1].received_at

    def calls(self) -> Iterator[Ticket]:
        """Yield the calls without end, each with an id of its own, in the order they come."""
        for rounds in count():
            for one in self.tickets:
                at = one.received_at + rounds * PERIOD
                yield replace(one, id=f"{one.id}-{rounds}", received_at=at)

    def crews_at(self, now: datetime) -> tuple[Crew, ...]:
        """Return the crews with the shift they are on, or else the next one."""
        return tuple(_on_shift(crew, now) for crew in self.crews)


def _on_shift(crew: Crew, now: datetime) -> Crew:
    shift = crew.shift
    while shift.end <= now:
        shift = Shift(shift.start + PERIOD, shift.end + PERIOD)
    return replace(crew, shift=shift)


def read_script(town: Path, settings: Settings) -> Script:
    """Return the script in the town's files."""
    tickets = gateways.read_tickets(town / TICKETS, settings.tzinfo).values
    day = min(one.received_at for one in tickets).astimezone(settings.tzinfo).date()
    crews = gateways.read_crews(town / CREWS, settings.tzinfo, day).values
    ordered = sorted(tickets, key=lambda one: (one.received_at, one.id))
    return Script(tuple(ordered), crews)
