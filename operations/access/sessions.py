"""Sessions: opened for a user, of a page or a bearer token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import BadInput
from domain.users import Session, SessionKind, User
from operations.access.passwords import new_secret, session_id
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """Who logged in, the new session, and its secret, which is told this once."""

    user: User
    session: Session
    secret: str


def open_session(
    work: UnitOfWork,
    user: User,
    kind: SessionKind,
    lifetime: timedelta,
    now: datetime,
    *,
    label: str = "",
) -> LoggedIn:
    """Store a new session of the user and return it with its secret."""
    secret = new_secret()
    session = Session(session_id(secret), user.login, kind, now, now + lifetime, label=label)
    work.sessions.open(session)
    return LoggedIn(user, session, secret)


def open_token(
    work: UnitOfWork, login: str, label: str, lifetime: timedelta, now: datetime
) -> LoggedIn:
    """Return a new token of a user for an administrator to hand on; no password is asked."""
    user = work.users.get(login)
    if user.disabled:
        raise BadInput(f"{login} is disabled. Give a new password first: mainbreak user password")
    return open_session(work, user, SessionKind.BEARER, lifetime, now, label=label)
