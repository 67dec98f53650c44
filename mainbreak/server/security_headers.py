"""What every answer tells the browser not to do; faults become problems here, too."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mainbreak.server.problems import problem

#: Nothing from elsewhere, nothing inline; the phone's page has a manifest and a worker.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}

_LOG = logging.getLogger("mainbreak.server")


class SecurityHeaders:
    """Adds the headers to every answer, and answers 500 in words where a fault left none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_to(MutableHeaders(scope=message), scope["path"])
            await send(message)

        try:
            await self.app(scope, receive, guarded)
        except Exception:
            _LOG.exception("%s %s ended in a fault", scope["method"], scope["path"])
            if started:
                raise
            answer = problem(500, "A fault of mainbreak itself; it is in the server's log.")
            await answer(scope, receive, guarded)


def _add_to(headers: MutableHeaders, path: str) -> None:
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    if path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")
