"""Listen on a port and serve a home there until stopped."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress

import uvicorn

from domain.errors import BadInput
from mainbreak.server.app import create_app
from mainbreak.server.home import LiveHome
from mainbreak.server.tail import EventTail

_HIGHEST_PORT = 65_535

#: Seconds an answer under way may take when the server stops. Source: mainbreak default.
_GRACE_S = 5


class LiveServer(uvicorn.Server):
    """uvicorn's server, which ends the live streams first when it stops: they end by no other."""

    def __init__(self, home: LiveHome) -> None:
        app = create_app(home)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=_GRACE_S,
            forwarded_allow_ips=home.settings.trusted_proxies,
        )
        super().__init__(config)
        self._home = home
        self.tail: EventTail = app.state.tail

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then the rest."""
        self._home.bell.close()
        await super().shutdown(sockets)


def serve(home: LiveHome, listener: socket.socket) -> None:
    """Serve the home until Ctrl+C or SIGTERM."""
    with suppress(KeyboardInterrupt):  # the way to stop it, and no fault
        LiveServer(home).run([listener])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; port 0 takes a free one.

    Raises
    ------
    BadInput
        If the address is not one of this machine, or the port is taken.
    """
    if not 0 <= port <= _HIGHEST_PORT:
        raise BadInput(f"no machine has a port {port}. Give another with --host and --port.")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise BadInput(
            f"cannot listen on {host} port {port}: {error.strerror or error}. "
            "Give another with --host and --port."
        ) from error


def is_loopback(host: str) -> bool:
    """Return True if only this machine reaches the host."""
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
