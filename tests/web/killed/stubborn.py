"""An HTTP client that does not give up: what got no answer it sends again, with the same id."""

from __future__ import annotations

import http.client
import json
import threading
import time
from typing import Any

#: Seconds an answer may take, and all tries for one together.
_ANSWER_S, _PATIENCE_S = 5.0, 60.0

#: Answers that say "later": the database was busy, or the server is stopping.
_LATER = frozenset({503})


class Stubborn:
    """One client with its log-in; counts how often it was cut off."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port, self._headers = port, headers
        self.cut_off = 0
        self._pause = threading.Event()

    def get(self, path: str) -> Any:
        """Return the JSON behind a path."""
        status, body = self.send("GET", path)
        assert status == 200, (path, status, body)
        return body

    def post(self, path: str, document: dict[str, Any]) -> tuple[int, Any]:
        """Return status and JSON of the first answer that came through."""
        return self.send("POST", path, document)

    def send(self, method: str, path: str, document: Any = None) -> tuple[int, Any]:
        """Send until it is answered, whatever the answer says."""
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                status, body = self._once(method, path, document)
                if status not in _LATER:
                    return status, body
            except (OSError, http.client.HTTPException):
                self.cut_off += 1
            assert time.monotonic() < until, f"{method} {path} was never answered"
            self._pause.wait(0.03)

    def _once(self, method: str, path: str, document: Any) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_ANSWER_S)
        try:
            body = None if document is None else json.dumps(document)
            headers = self._headers | {"Content-Type": "application/json"}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
            return answer.status, json.loads(said) if said else None
        finally:
            connection.close()
