"""A client of the live stream that goes on where it was, as browsers do."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds after which a client gives up on a line.
PATIENCE = 20.0


class Listener:
    """A client of the stream that remembers the last id, as browsers do."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port, self._headers = port, headers
        self.last_id: str | None = None

    @contextmanager
    def connected(self, query: str = "") -> Iterator[http.client.HTTPResponse]:
        """Yield the open answer, and hang up at the end."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        resume = {} if self.last_id is None else {"Last-Event-ID": self.last_id}
        try:
            connection.request("GET", f"/api/events{query}", headers=self._headers | resume)
            answer = connection.getresponse()
            yield answer
            answer.close()
        finally:
            connection.close()

    def events(self, answer: http.client.HTTPResponse) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield (kind, data) as they come, noting each id; ends when the server does."""
        heard = time.monotonic()
        while block := self.hear_block(answer):
            if "data" in block:
                yield block["event"], json.loads(block["data"])
                heard = time.monotonic()
            # Comments keep the line alive for good.
            assert time.monotonic() - heard < PATIENCE, "no event came"

    def hear_block(self, answer: http.client.HTTPResponse) -> dict[str, str]:
        """Return the next block by its fields, a comment's is ""; empty when the stream ends."""
        block: dict[str, str] = {}
        while line := answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            block[name] = value
        # As browsers do it: the id counts once its block is whole, data or not.
        self.last_id = block.get("id", self.last_id)
        return block
