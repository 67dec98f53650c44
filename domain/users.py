"""Who may use mainbreak: users with one role, and the sessions they log in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a user is here for; no role contains another, each endpoint names those it admits."""

    PUBLIC = "public"
    CREW = "crew"
    AGENT = "agent"
    DISPATCHER = "dispatcher"
    MANAGER = "manager"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who logs in.

    ``crew`` is the crew a user of role crew speaks for, None for the others. ``name`` is personal
    data. ``password_hash`` is Argon2's text, never a password.
    """

    login: str
    name: str
    role: Role
    password_hash: str
    created_at: datetime
    crew: str | None = None
    disabled: bool = False


class SessionKind(StrEnum):
    """A page's session lives in a cookie, a bearer token in a phone or a program."""

    PAGE = "page"
    BEARER = "bearer"


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in that lasts. ``id`` is the SHA-256 of the secret the client holds, in hex."""

    id: str
    login: str
    kind: SessionKind
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    label: str = ""

    def is_good(self, now: datetime) -> bool:
        """Return True if it still admits its user."""
        return self.revoked_at is None and now < self.expires_at
