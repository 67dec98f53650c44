"""Users: added, disabled, given a new password."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import BadInput, MainbreakError, UnknownId
from domain.users import Role, User
from operations.access.passwords import hash_password
from storage import UnitOfWork

#: Characters of a password, at least and at most. Source: NIST SP 800-63B asks for 8 at least;
#: 10 is mainbreak's default. The most only bounds the work.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200

LOGIN_RULE = "2 to 40 of a-z 0-9 . _ @ - and a letter or a digit first"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,39}")

#: Who acts without being a user; see the event log.
_RESERVED = frozenset({"public", "system"})

_LONGEST_NAME = 80


class LoginTaken(MainbreakError):
    """A user of this login exists already."""

    def __init__(self, login: str) -> None:
        super().__init__(
            f"a user {login!r} exists already. Choose another login, or give that one a new "
            "password: mainbreak user password LOGIN"
        )


@dataclass(frozen=True, slots=True)
class NewUser:
    """Who shall be able to log in; ``crew`` for role crew only."""

    login: str
    name: str
    role: Role
    password: str
    crew: str | None = None


def is_login(text: str) -> bool:
    """Return True if a user may be called this."""
    return _LOGIN.fullmatch(text) is not None and text not in _RESERVED


def add_user(work: UnitOfWork, new: NewUser, now: datetime) -> User:
    """Store a new user and return it.

    Raises
    ------
    BadInput
        If a field cannot be used; the text names it. UnknownId for a crew that was not imported.
    LoginTaken
        If there is one of this login.
    """
    login = new.login.strip().casefold()
    if not is_login(login):
        raise BadInput(f"login: {new.login[:50]!r} cannot be one. Use {LOGIN_RULE}.")
    if work.users.find(login) is not None:
        raise LoginTaken(login)
    name = " ".join(new.name.split())
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise BadInput(f"name: give 1 to {_LONGEST_NAME} characters.")
    crew = _crew(work, new)
    check_password(login, new.password)
    user = User(login, name, new.role, hash_password(new.password), now, crew)
    work.users.save(user)
    return user


def _crew(work: UnitOfWork, new: NewUser) -> str | None:
    if new.role is Role.PUBLIC:
        raise BadInput("role: the public does not log in. Use another role.")
    crew = (new.crew or "").strip()
    if new.role is not Role.CREW:
        if crew:
            raise BadInput(f"crew: a user of role {new.role.value} has none. Leave it out.")
        return None
    if not crew:
        raise BadInput("crew: a user of role crew needs the id of its crew.")
    known = {one.id for one in work.crews.all()}
    if known and crew not in known:
        raise UnknownId("crew", crew, "Use an id of the crews that were imported")
    return crew


def check_password(login: str, password: str) -> None:
    """Pass if the password may be used.

    Raises
    ------
    BadInput
        If it is too short, too long, the login, or holds control characters.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(f"password: use at least {SHORTEST_PASSWORD} characters.")
    if len(password) > LONGEST_PASSWORD:
        raise BadInput(f"password: use at most {LONGEST_PASSWORD} characters.")
    if not password.isprintable():
        raise BadInput("password: it holds a character that cannot be typed. Leave that out.")
    if password.casefold() == login:
        raise BadInput("password: it is the login. Use another one.")


def disable_user(work: UnitOfWork, login: str) -> User:
    """Let the user log in no more, end all its sessions and tokens, and return it."""
    user = replace(work.users.get(login), disabled=True)
    work.users.save(user)
    work.sessions.revoke_all(login)
    return user


def set_password(work: UnitOfWork, login: str, password: str) -> User:
    """Give the user a new password, let it log in, end its sessions, forgive its failures."""
    user = work.users.get(login)
    check_password(login, password)
    user = replace(user, password_hash=hash_password(password), disabled=False)
    work.users.save(user)
    work.sessions.revoke_all(login)
    work.sessions.forgive(login)
    return user
