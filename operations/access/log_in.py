"""Log in with a password; wrong ones are counted, and too many of them refused for a while."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import MainbreakError
from domain.users import SessionKind
from operations.access.passwords import is_password
from operations.access.sessions import LoggedIn, open_session
from operations.access.users import is_login
from storage import UnitOfWork

#: Failures after which a login, or an address, waits. Source: issue 3, "Safe by construction".
MOST_OF_LOGIN, MOST_OF_ADDRESS = 5, 20
WINDOW = timedelta(minutes=15)

#: What a login is counted under that nobody can have: people type passwords there too.
_NO_LOGIN = "-"

#: Opens a unit of work that has its turn, and commits when it is left without an error.
OpenWork = Callable[[], AbstractContextManager[UnitOfWork]]


class WrongLogin(MainbreakError):
    """The login or the password is wrong, or the user may not log in; which, it does not tell."""

    def __init__(self) -> None:
        super().__init__("the login or the password is wrong. Check both, or ask an administrator.")


class TooManyTries(MainbreakError):
    """Too many log-ins failed, for this login or from this address."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            "too many log-ins failed. "
            f"Wait {retry_after_s // 60} minutes, or ask an administrator for a new password."
        )
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Try:
    """One try to log in, from an address, for a session of a kind and a lifetime."""

    login: str
    password: str
    address: str
    kind: SessionKind
    lifetime: timedelta
    label: str = ""


def login_of(typed: str) -> str:
    """Return the login that somebody means who types it with spaces or capitals."""
    return typed.strip().casefold()


def log_in(open_work: OpenWork, asked: Try, now: datetime) -> LoggedIn:
    """Return the new session; ``now`` and the units' clock are real time.

    The try counts as failed before the password is looked at, in a unit of its own: a thousand
    tries at once get no further than one after the other. A good password forgives the login.

    Raises
    ------
    TooManyTries
        If the login or the address failed too often of late; the password is not looked at.
    WrongLogin
        If they do not fit, or the user is disabled.
    """
    login = login_of(asked.login)
    counted = login if is_login(login) else _NO_LOGIN
    with open_work() as work:
        _count(work, counted, asked.address, now)
        user = work.users.find(counted)
    # Outside of any transaction: it takes a while on purpose.
    good = is_password(asked.password, user.password_hash if user else None)
    if user is None or not good:
        raise WrongLogin
    with open_work() as work:
        user = work.users.get(counted)
        if user.disabled:
            raise WrongLogin
        work.sessions.forgive(counted)
        return open_session(work, user, asked.kind, asked.lifetime, now, label=asked.label)


def _count(work: UnitOfWork, login: str, address: str, now: datetime) -> None:
    since = now - WINDOW
    of_login, of_address = work.sessions.failures(login, address, since)
    if (login != _NO_LOGIN and of_login >= MOST_OF_LOGIN) or of_address >= MOST_OF_ADDRESS:
        raise TooManyTries(int(WINDOW.total_seconds()))
    work.sessions.fail(login, address, forget_before=since)
