"""Who may do what: each route names the roles it admits, and here that is checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from starlette.exceptions import HTTPException

from domain.users import Role, Session, SessionKind, User
from mainbreak.server import cookies, csrf
from mainbreak.server.home import LiveHome
from mainbreak.server.problems import NotLoggedIn
from operations.access.passwords import session_id

#: What a log-in gives: every role but the public's.
LOGGED_IN = tuple(role for role in Role if role is not Role.PUBLIC)

_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent the request; the public has no login and no session.

    ``csrf`` is what unsafe requests of its pages must carry, None without a page's session.
    """

    role: Role
    login: str = ""
    name: str = ""
    crew: str | None = None
    session: Session | None = None
    csrf: str | None = None

    @property
    def actor(self) -> str:
        """The name its events are written under."""
        return self.login or self.role.value


PUBLIC = Caller(Role.PUBLIC)


class Admission:
    """The roles that a route admits, and the check at its door.

    A page whose log-in has ended is the public again, where the public is admitted; a ``strict``
    door sends it to log in, for what would otherwise seem to go on while it says less.
    """

    def __init__(self, *roles: Role, strict: bool = False) -> None:
        if not roles:
            raise ValueError("a route admits at least one role")
        self.roles, self.strict = frozenset(roles), strict

    def check(self, request: Request, response: Response) -> Caller:
        """Return who sent the request, once it is known that they may.

        Raises
        ------
        NotLoggedIn
            401 for the public at a route that is not public, and for a token that is no good.
        HTTPException
            403 for another role, or a page's request without the token against forgery.
        """
        caller = _authenticate(request)
        if caller.role is Role.PUBLIC and cookies.NAME in request.cookies:
            if self.strict or Role.PUBLIC not in self.roles:
                raise NotLoggedIn("The log-in has ended. Log in again.", stale=True)
            settings = request.app.state.home.settings
            cookies.take_back(response, secure=cookies.is_secure(request, settings))
        if caller.role in self.roles:
            return self._prove(request, caller)
        if Role.PUBLIC in self.roles:
            return PUBLIC
        if caller.role is Role.PUBLIC:
            raise NotLoggedIn("Log in first.")
        raise HTTPException(HTTPStatus.FORBIDDEN, self._refusal(caller))

    def _prove(self, request: Request, caller: Caller) -> Caller:
        if caller.csrf is None or csrf.is_proven(request, request.cookies[cookies.NAME]):
            return caller
        if Role.PUBLIC in self.roles:
            return PUBLIC
        raise HTTPException(
            HTTPStatus.FORBIDDEN,
            f"The header {csrf.HEADER} is missing or wrong. Send the value of GET /api/me.",
        )

    def _refusal(self, caller: Caller) -> str:
        admitted = ", ".join(role.value for role in Role if role in self.roles)
        return f"A user of role {caller.role.value} may not do this; it needs one of: {admitted}."


def admit(*roles: Role, strict: bool = False) -> Any:
    """Return the dependency that admits these roles; every route has one.

    Write it as ``Annotated[Caller, Depends(admit(Role.AGENT))]`` in the module, not in a function:
    annotations are read from there.
    """
    return Admission(*roles, strict=strict).check


Everyone = Annotated[Caller, Depends(admit(*Role))]
LoggedIn = Annotated[Caller, Depends(admit(*LOGGED_IN))]


def admissions(dependant: Any) -> Iterator[Admission]:
    """Yield what a route's dependencies admit, nested ones too; a caller must pass each."""
    owner = getattr(dependant.call, "__self__", None)
    if isinstance(owner, Admission):
        yield owner
    for below in dependant.dependencies:
        yield from admissions(below)


def roles_of(dependant: Any) -> frozenset[Role] | None:
    """Return the roles that a route admits, None if it says nothing: no such route may exist."""
    found = [one.roles for one in admissions(dependant)]
    return frozenset.intersection(*found) if found else None


def _authenticate(request: Request) -> Caller:
    home: LiveHome = request.app.state.home
    header = request.headers.get("Authorization")
    if header is not None:
        secret = header[len(_BEARER) :].strip() if header.lower().startswith(_BEARER) else ""
        caller = _caller(home, secret, SessionKind.BEARER)
        if caller is None:
            raise NotLoggedIn("The token is not good, or no longer. Log in again.")
        return caller
    secret = request.cookies.get(cookies.NAME, "")
    return _caller(home, secret, SessionKind.PAGE) or PUBLIC


def _caller(home: LiveHome, secret: str, kind: SessionKind) -> Caller | None:
    if not secret:
        return None
    found = good_session(home, session_id(secret))
    if found is None or found[0].kind is not kind:
        return None
    session, user = found
    token = csrf.token_of(secret) if kind is SessionKind.PAGE else None
    return Caller(user.role, user.login, user.name, user.crew, session, token)


def good_session(home: LiveHome, wanted: str) -> tuple[Session, User] | None:
    """Return the session and its user, None unless both may go on."""
    with home.reading() as work:
        session = work.sessions.find(wanted)
        if session is None or not session.is_good(home.wall()):
            return None
        user = work.users.find(session.login)
    return None if user is None or user.disabled else (session, user)
