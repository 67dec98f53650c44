"""Requests that another site makes a browser send: told apart and refused."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request

HEADER = "X-CSRF-Token"

#: Methods that change nothing. Source: RFC 9110, 9.2.1.
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def token_of(secret: str) -> str:
    """Return the token that belongs to a page's session; the cookie alone cannot be read for it."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def is_proven(request: Request, secret: str) -> bool:
    """Return True if the request changes nothing, or carries the token of its session."""
    if request.method in SAFE:
        return True
    given = request.headers.get(HEADER, "")
    return hmac.compare_digest(given.encode(), token_of(secret).encode())


def is_from_elsewhere(request: Request) -> bool:
    """Return True if a browser says that a page of another origin made it send this.

    Browsers that say nothing, and programs, are believed: they carry no cookie of ours unasked.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("Host")
