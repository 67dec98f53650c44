"""How often one address may ask what everyone may ask."""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from http import HTTPStatus
from math import ceil
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException

from mainbreak.server.home import LiveHome

#: Addresses remembered; the one that asked longest ago is forgotten first.
_MOST_ADDRESSES = 10_000


def address_of(request: Request) -> str:
    """Return whom to count the request under: a host, or the network an IPv6 host may roam in."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or ipaddress.ip_network((address, 64), strict=False))


class Throttle:
    """At most so many requests an address in so many seconds, by real time; in memory only."""

    def __init__(self, times: int, seconds: int) -> None:
        self.times, self.within = times, timedelta(seconds=seconds)
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, request: Request) -> None:
        """Pass, or 429 with the seconds to wait."""
        home: LiveHome = request.app.state.home
        wait = self.wait_of(address_of(request), home.wall())
        if wait > 0:
            raise HTTPException(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"Too many requests from this address. Wait {wait} s and ask again.",
                {"Retry-After": str(wait)},
            )

    def wait_of(self, address: str, now: datetime) -> int:
        """Return the seconds the address must wait, 0 if it may ask now, which is noted."""
        with self._lock:
            asked = self._asked.setdefault(address, deque())
            self._asked.move_to_end(address)
            while len(self._asked) > _MOST_ADDRESSES:
                self._asked.popitem(last=False)
            while asked and asked[0] <= now - self.within:
                asked.popleft()
            if len(asked) >= self.times:
                return max(1, ceil((asked[0] + self.within - now).total_seconds()))
            asked.append(now)
            return 0


def throttled(times: int, seconds: int) -> Any:
    """Return a dependency that lets one address ask ``times`` in ``seconds``."""
    return Throttle(times, seconds).check
