"""The shared end of the log: read once for all, and not given up when the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from domain.events import Event
from mainbreak.server import LiveHome, tail
from mainbreak.server.bell import EventBell
from mainbreak.server.tail import EventTail
from storage.faults import lost
from tests.storage.conftest import NOW
from tests.web.apart import run_apart

#: Seconds after which a wait has failed.
PATIENCE = 20.0


@dataclass
class PaperLog:
    """A log in memory in place of a home; counts how often it is read."""

    bell: EventBell = field(default_factory=EventBell)
    events: list[Event] = field(default_factory=list)
    reads: int = 0
    away: bool = False

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Yield something with ``events``, as a unit of work has; or be away."""
        self.reads += 1
        if self.away:
            raise lost()
        yield _Work(_Reader(self.events))

    def happen(self, number: int) -> None:
        """Store so many events more and ring."""
        first = len(self.events) + 1
        self.events += [Event(NOW, "test", "x", "me", {}, first + one) for one in range(number)]
        self.bell.ring()


@dataclass
class _Reader:
    events: list[Event]

    def last_id(self) -> int:
        """Return the newest id."""
        return len(self.events)

    def since(self, last_id: int, limit: int) -> Sequence[Event]:
        """Return the events after an id."""
        return self.events[last_id : last_id + limit]


@dataclass
class _Work:
    events: _Reader


async def heard(ear: EventTail, position: int, number: int) -> list[int]:
    """Return the ids of the next events after a position."""
    found: list[int] = []
    while len(found) < number:
        events = await ear.after(position)
        found += [event.id for event in events]
        position = found[-1] if found else position
        if not events:
            await ear.wait(position, PATIENCE)
    return found


@asynccontextmanager
async def looking(log: PaperLog) -> AsyncIterator[EventTail]:
    """Yield a tail that looks at the log for one listener, and end it."""
    log.bell.bind()
    ear = EventTail(cast(LiveHome, log))
    task = asyncio.create_task(ear.run())
    with ear.listening():
        yield ear
    log.bell.close()
    await task


def test_a_hundred_streams_read_the_log_as_often_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tail has seen it hands out; the database is asked for each event once."""
    monkeypatch.setattr(tail, "POLL_S", 600.0)

    async def day() -> tuple[list[list[int]], int]:
        log = PaperLog()
        log.happen(1)
        async with looking(log) as ear:
            await ear.wait(0, PATIENCE)
            before = log.reads
            streams = [asyncio.create_task(heard(ear, 1, 3)) for _ in range(100)]
            await asyncio.sleep(0)
            log.happen(3)
            return await asyncio.gather(*streams), log.reads - before

    answers, reads = run_apart(day())
    assert answers == [[2, 3, 4]] * 100
    assert reads <= 3


def test_who_is_far_behind_reads_alone_and_catches_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tail keeps the newest events only; nothing is skipped where the two meet."""
    monkeypatch.setattr(tail, "KEPT", 20)
    monkeypatch.setattr(tail, "BATCH", 7)

    async def day() -> list[list[int]]:
        log = PaperLog()
        log.happen(50)
        async with looking(log) as ear:
            await ear.wait(0, PATIENCE)
            log.happen(50)
            await ear.wait(99, PATIENCE)
            return [await heard(ear, start, 100 - start) for start in (0, 78, 79, 80, 81, 99)]

    starts = (0, 78, 79, 80, 81, 99)
    assert run_apart(day()) == [list(range(start + 1, 101)) for start in starts]


def test_a_database_that_is_away_is_told_once_and_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The streams go on when it is back, with what happened meanwhile."""
    monkeypatch.setattr(tail, "POLL_S", 0.001)

    async def day() -> list[int]:
        log = PaperLog()
        log.happen(1)
        async with looking(log) as ear:
            await ear.wait(0, PATIENCE)
            log.away, tries = True, log.reads + 3
            while log.reads < tries:
                await asyncio.sleep(0)
            log.happen(2)
            log.away = False
            return await heard(ear, 1, 2)

    assert run_apart(day()) == [2, 3]
    assert caplog.text.count("the events cannot be read") == 1
