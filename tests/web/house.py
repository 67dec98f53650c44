"""A running house for the tests: a clock moved by hand, a user of each role, log-ins."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from fastapi import FastAPI
from fastapi.testclient import TestClient

from domain.users import Role, SessionKind, User
from mainbreak.server import LiveHome, cookies, csrf
from mainbreak.server.listen import LiveServer, listen
from mainbreak.server.tail import EventTail
from operations.access.passwords import hash_password
from operations.access.sessions import LoggedIn, open_session

#: Everybody's password.
OPEN_SESAME = "a tap that drips"

#: The crew of the user of role crew.
CREW = "C2"

#: Roles a user can have.
ROLES = tuple(role for role in Role if role is not Role.PUBLIC)


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the instant it shows."""
        return self.now

    def move(self, **by: float) -> None:
        """Move it on by what ``timedelta`` takes."""
        self.now += timedelta(**by)


@cache
def password_hash() -> str:
    """Return the hash of everybody's password; hashing takes a while on purpose."""
    return hash_password(OPEN_SESAME)


def add_people(home: LiveHome) -> None:
    """Store one user of each role, called by the role's name."""
    with home.admitting("test") as work:
        for role in ROLES:
            crew = CREW if role is Role.CREW else None
            name = role.value.title()
            work.users.save(User(role.value, name, role, password_hash(), home.wall(), crew))


def log_in(home: LiveHome, role: Role, kind: SessionKind = SessionKind.PAGE) -> LoggedIn:
    """Return a new session of the role's user, without asking for the password."""
    with home.admitting(role.value) as work:
        user = work.users.get(role.value)
        return open_session(work, user, kind, timedelta(hours=12), home.wall())


def page_headers(opened: LoggedIn) -> dict[str, str]:
    """Return what a page's requests carry."""
    cookie = f"{cookies.NAME}={opened.secret}"
    return {"Cookie": cookie, csrf.HEADER: csrf.token_of(opened.secret)}


def token_headers(opened: LoggedIn) -> dict[str, str]:
    """Return what a phone's requests carry."""
    return {"Authorization": f"Bearer {opened.secret}"}


@dataclass
class House:
    """The home, its app, and clients of it."""

    home: LiveHome
    app: FastAPI
    clock: HandClock

    def client(self, role: Role = Role.PUBLIC) -> TestClient:
        """Return a page's client logged in with this role."""
        client = TestClient(self.app, raise_server_exceptions=False, follow_redirects=False)
        if role is not Role.PUBLIC:
            client.headers.update(page_headers(log_in(self.home, role)))
        return client

    def phone(self, role: Role = Role.CREW) -> TestClient:
        """Return a client with a bearer token of this role."""
        client = self.client()
        client.headers.update(token_headers(log_in(self.home, role, SessionKind.BEARER)))
        return client


@dataclass(frozen=True)
class Running:
    """A server that runs: its port on loopback, and what reads its events."""

    port: int
    tail: EventTail


@contextmanager
def running(home: LiveHome, port: int = 0) -> Iterator[Running]:
    """Serve the home on a loopback port, a free one unless it is named, and stop at the end."""
    listener = listen("127.0.0.1", port)
    server = LiveServer(home)
    thread = threading.Thread(target=server.run, args=([listener],), name="server")
    thread.start()
    try:
        yield Running(listener.getsockname()[1], server.tail)
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive(), "the server did not stop"
