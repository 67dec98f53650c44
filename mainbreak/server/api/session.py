"""Log in and out: pages by cookie, phones and programs by token."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from domain.users import SessionKind
from mainbreak.server import cookies, csrf
from mainbreak.server.access import Caller, Everyone, LoggedIn
from mainbreak.server.api.me import Me, me_of
from mainbreak.server.home import LiveHome
from mainbreak.server.throttle import address_of
from operations.access import log_in as entry
from operations.access.sessions import LoggedIn as LoggedInUser
from operations.access.users import LONGEST_PASSWORD

Login = Annotated[str, Field(min_length=1, max_length=50)]
Password = Annotated[str, Field(min_length=1, max_length=LONGEST_PASSWORD)]
Label = Annotated[str, Field(max_length=80)]


class Credentials(BaseModel):
    """A login and its password."""

    model_config = ConfigDict(extra="forbid")

    login: Login
    password: Password


class TokenRequest(Credentials):
    """Credentials, and what the token is for: "phone of crew C3"."""

    label: Label = ""


class Token(BaseModel):
    """A bearer token, told this once."""

    token: str
    expires_at: datetime
    me: Me


def router(home: LiveHome) -> APIRouter:
    """Return the routes of /api/session and /api/tokens."""
    routes = APIRouter(prefix="/api", tags=["session"])
    _add_pages(routes, home)
    _add_tokens(routes, home)
    return routes


def _add_pages(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/session")
    def log_in(_caller: Everyone, given: Credentials, request: Request, response: Response) -> Me:
        """Log in for a page: the answer carries the cookie."""
        if csrf.is_from_elsewhere(request):
            raise HTTPException(403, "Log in on the page /login of this server.")
        lifetime = home.settings.page_lifetime
        opened = _open(home, request, given, SessionKind.PAGE, lifetime)
        secure = cookies.is_secure(request, home.settings)
        cookies.give(response, opened.secret, lifetime, secure=secure)
        return me_of(home, _caller_of(opened))

    @routes.delete("/session", status_code=204)
    def log_out(caller: LoggedIn, request: Request, response: Response) -> None:
        """Log out: the cookie is good for nothing from now on."""
        _end(home, caller)
        cookies.take_back(response, secure=cookies.is_secure(request, home.settings))


def _add_tokens(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/tokens", status_code=201)
    def open_token(_caller: Everyone, given: TokenRequest, request: Request) -> Token:
        """Log in for a phone or a program: the answer carries the bearer token."""
        lifetime = home.settings.token_lifetime
        opened = _open(home, request, given, SessionKind.BEARER, lifetime, given.label)
        me = me_of(home, _caller_of(opened))
        return Token(token=opened.secret, expires_at=opened.session.expires_at, me=me)

    @routes.delete("/tokens/current", status_code=204)
    def end_token(caller: LoggedIn) -> None:
        """End the log-in this request was made with."""
        _end(home, caller)


def _open(
    home: LiveHome,
    request: Request,
    given: Credentials,
    kind: SessionKind,
    lifetime: timedelta,
    label: str = "",
) -> LoggedInUser:
    asked = entry.Try(given.login, given.password, address_of(request), kind, lifetime, label)
    # The event names the user, however the login was typed.
    actor = entry.login_of(given.login)
    return entry.log_in(lambda: home.admitting(actor), asked, home.wall())


def _caller_of(opened: LoggedInUser) -> Caller:
    user, session = opened.user, opened.session
    token = csrf.token_of(opened.secret) if session.kind is SessionKind.PAGE else None
    return Caller(user.role, user.login, user.name, user.crew, session, token)


def _end(home: LiveHome, caller: Caller) -> None:
    if caller.session is not None:
        with home.admitting(caller.actor) as work:
            work.sessions.revoke(caller.session.id)
