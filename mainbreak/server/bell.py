"""The bell: a writer of this process rings it, so that live streams look at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class EventBell:
    """Wakes the one task that looks for new events; ring it from any thread.

    It carries no event: what happened stands in the database, for writers of other processes too.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rung = asyncio.Event()
        self._closed = False

    @property
    def closed(self) -> bool:
        """True once the server stops: streams end."""
        return self._closed

    def bind(self) -> None:
        """Wake tasks of the running loop from now on; call it where the loop runs."""
        self._loop = asyncio.get_running_loop()
        self._rung, self._closed = asyncio.Event(), False

    def ring(self) -> None:
        """Wake who waits; without a running loop nobody does."""
        loop = self._loop
        if loop is not None:
            # A loop that has just closed has nobody left to wake.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._rung.set)

    def close(self) -> None:
        """End what waits, for good."""
        self._closed = True
        self.ring()

    async def wait(self, seconds: float | None) -> None:
        """Return when it was rung since the last wait, or after the seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        self._rung.clear()
