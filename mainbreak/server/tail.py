"""The end of the event log, read once for all streams of this process."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice

from domain.events import Event
from mainbreak.server.home import LiveHome

#: Seconds between looks for what other processes wrote. Source: issue 3, events within half one.
POLL_S = 0.25

#: Events read at once, and those kept for streams that are nearly up to date.
BATCH, KEPT = 500, 2_000

_LOG = logging.getLogger("mainbreak.server")


class EventTail:
    """Hands every stream the events after the last one it sent, in order, each once.

    Ids follow commit order (see storage/event_log.py), so "after the last id" loses nothing,
    whoever wrote it. One task looks for new events while somebody listens, at once when this
    process wrote and every ``POLL_S`` for the other ones; streams far behind read for themselves.
    """

    def __init__(self, home: LiveHome) -> None:
        self._home, self._bell = home, home.bell
        self._recent: deque[Event] = deque()
        # All events in (low, high] are in `_recent`; None before the first look.
        self._low: int | None = None
        self._high: int | None = None
        self._news = asyncio.Event()
        self._listeners = 0
        self._in_trouble = False

    @property
    def closed(self) -> bool:
        """True once the server stops."""
        return self._bell.closed

    @property
    def listeners(self) -> int:
        """How many streams listen."""
        return self._listeners

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Count as a listener; without any nobody looks at the database."""
        self._listeners += 1
        self._bell.ring()
        try:
            yield
        finally:
            self._listeners -= 1

    async def run(self) -> None:
        """Look for new events until the bell is closed."""
        while not self.closed:
            if self._listeners:
                await self._look()
            else:
                self._forget()
            await self._bell.wait(POLL_S if self._listeners else None)
        self._tell()

    def newest(self) -> int:
        """Return the id of the newest event stored."""
        with self._home.reading() as work:
            return work.events.last_id()

    async def after(self, position: int) -> Sequence[Event]:
        """Return some events after this id, oldest first; none if there are none yet."""
        if self._low is None or self._low > position:
            return await asyncio.to_thread(self._read, position)
        newer = sum(1 for _ in _newer_first(self._recent, position))
        return tuple(islice(self._recent, len(self._recent) - newer, None))

    async def wait(self, position: int, seconds: float) -> None:
        """Return when there is an event after this id, after the seconds, or when all ends."""
        news = self._news
        if self.closed or (self._high is not None and self._high > position):
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(news.wait(), seconds)

    def _read(self, position: int) -> Sequence[Event]:
        with self._home.reading() as work:
            return work.events.since(position, BATCH)

    async def _look(self) -> None:
        try:
            if self._high is None:
                self._low = self._high = await asyncio.to_thread(self.newest)
                self._tell()
            while fresh := await asyncio.to_thread(self._read, self._high):
                self._keep(fresh)
            self._in_trouble = False
        except Exception:
            # A database that is away for a while is no reason to end; it is told once.
            if not self._in_trouble:
                _LOG.exception("the events cannot be read; trying again")
            self._in_trouble = True

    def _keep(self, fresh: Sequence[Event]) -> None:
        self._recent.extend(fresh)
        self._high = fresh[-1].id
        while len(self._recent) > KEPT:
            self._low = self._recent.popleft().id
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _forget(self) -> None:
        self._recent.clear()
        self._low = self._high = None


def _newer_first(events: deque[Event], position: int) -> Iterator[Event]:
    """Yield the events after this id, newest first."""
    for event in reversed(events):
        if event.id <= position:
            return
        yield event
