"""Fixtures of the server's tests; each runs on SQLite and PostGIS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from mainbreak.server import LiveHome, create_app
from mainbreak.server.api import plan
from mainbreak.settings import Settings
from operations.access import passwords
from operations.plan_day import Effort
from storage import Database
from tests.web.house import HandClock, House, add_people, running
from tests.web.office import Office
from tests.web.visit import PATIENCE_MS, Visits


@pytest.fixture(autouse=True)
def light_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords at the least cost; the real one is a tenth of a second each."""
    light = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr(passwords, "_hasher", lambda: light)


@pytest.fixture
def clock() -> HandClock:
    """Return the clock of the day and of the log-ins."""
    return HandClock()


@pytest.fixture
def home(database: Database, clock: HandClock) -> LiveHome:
    """Return a home with one user of each role and nothing imported."""
    home = LiveHome(Settings(), database, clock=clock, wall=clock)
    add_people(home)
    return home


@pytest.fixture
def house(home: LiveHome, clock: HandClock) -> House:
    """Return the home with its app."""
    return House(home, create_app(home), clock)


@pytest.fixture
def office(house: House, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the house with the small town imported; its plans are found in a blink."""
    monkeypatch.setattr(plan, "EFFORT", Effort(seconds=0.2))
    return Office(house)


@pytest.fixture
def visits(chromium: Browser, home: LiveHome) -> Iterator[Visits]:
    """Yield what opens pages of the running house; none may have complained at the end."""
    expect.set_options(timeout=PATIENCE_MS)
    with running(home) as server, Visits(chromium, home, server.port) as opened:
        yield opened
