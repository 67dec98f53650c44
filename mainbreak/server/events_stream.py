"""One client's live stream of events (SSE): every event once, in order, until one side ends it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from domain.errors import MainbreakError
from domain.events import Event
from mainbreak.server.tail import EventTail

#: Seconds between comment lines; pages take silence of five for a lost connection.
BEAT_S = 2.0

#: Seconds between looks whether the log-in still holds.
CHECK_S = 10.0

#: Milliseconds after which a browser connects again.
_RETRY_MS = 1000

#: What one event looks like to this client, None if it may not see it.
View = Callable[[Event], dict[str, object] | None]


class EventStream(Response):
    """The answer that does not end: events after ``position``, as the view shows them.

    Written here and not taken from a library: it ends when the server stops, when the client
    goes and when the log-in ends, and it never asks the database more often than the tail.

    Parameters
    ----------
    position
        The id of the last event the client has seen.
    is_good
        Asked now and then, in a thread: False ends the stream.
    reset
        True if the client has seen ids that this database never gave: it must load all anew.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        tail: EventTail,
        position: int,
        view: View,
        is_good: Callable[[], bool],
        *,
        reset: bool = False,
    ) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._tail, self._position, self._view = tail, position, view
        self._is_good, self._reset = is_good, reset

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer until one side ends it."""
        async with anyio.create_task_group() as group:

            async def until_gone() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                group.cancel_scope.cancel()

            group.start_soon(until_gone)
            await self._talk(send)
            group.cancel_scope.cancel()

    async def _talk(self, send: Send) -> None:
        await send(
            {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        )
        await _say(send, self._hello())
        try:
            with self._tail.listening():
                await self._tell_all(send)
        except MainbreakError:
            # The database is away: the client comes back and goes on where it was.
            pass
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _hello(self) -> str:
        """Return where the client stands: should it lose us before an event, it resumes here."""
        event = "event: stream.reset\ndata: {}\n" if self._reset else ""
        return f"retry: {_RETRY_MS}\nid: {self._position}\n{event}\n"

    async def _tell_all(self, send: Send) -> None:
        beat = time.monotonic() + BEAT_S
        check = time.monotonic() + CHECK_S
        while not self._tail.closed:
            if events := await self._tail.after(self._position):
                self._position = events[-1].id
                if said := "".join(map(self._said, events)):
                    await _say(send, said)
            else:
                await self._tail.wait(self._position, max(0.0, beat - time.monotonic()))
            now = time.monotonic()
            if now >= check:
                check = now + CHECK_S
                if not await asyncio.to_thread(self._is_good):
                    return
            if now >= beat:
                beat = now + BEAT_S
                # The id moves on past what this client may not see.
                await _say(send, f": beat\nid: {self._position}\n\n")

    def _said(self, event: Event) -> str:
        shown = self._view(event)
        if shown is None:
            return ""
        data = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        return f"id: {event.id}\nevent: {event.kind}\ndata: {data}\n\n"


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
