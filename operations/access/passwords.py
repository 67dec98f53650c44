"""Passwords and the secrets of sessions: made, hashed, compared; none is ever stored."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from pwdlib import PasswordHash

#: Random bytes of a session's secret. Source: OWASP asks for 64 bits at least, RFC 6750 for 128.
_SECRET_BYTES = 32


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_hex())


def hash_password(password: str) -> str:
    """Return Argon2's text of a password."""
    return _hasher().hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Return True if it is the password; None, an unknown user's, takes as long to say no."""
    good = _hasher().verify(password, password_hash or _nobodys_hash())
    return good and password_hash is not None


def new_secret() -> str:
    """Return the secret of a new session, for the client only."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def session_id(secret: str) -> str:
    """Return the id of the session with this secret: a stolen database opens none."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()


def prepare() -> None:
    """Make what the first log-in would wait for: an unknown one takes as long as any other."""
    _nobodys_hash()
