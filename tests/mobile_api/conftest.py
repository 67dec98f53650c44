"""Fixtures of the crews' tests; each runs on SQLite and PostGIS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from mainbreak.server import LiveHome, create_app
from mainbreak.settings import Settings
from storage import Database
from tests.mobile_api.field import Field
from tests.web.house import HandClock, House, add_people, running
from tests.web.visit import PATIENCE_MS, Visits


@pytest.fixture
def clock() -> HandClock:
    """Return the clock of the day and of the log-ins."""
    return HandClock()


@pytest.fixture
def house(database: Database, clock: HandClock) -> House:
    """Return a home with one user of each role, and its app; nothing is imported."""
    settings = Settings(desk_phone="027-96510")
    home = LiveHome(settings, database, clock=clock, wall=clock)
    add_people(home)
    return House(home, create_app(home), clock)


@pytest.fixture
def field(house: House) -> Field:
    """Return the house with the burst in the small town."""
    return Field(house)


@pytest.fixture
def phones(chromium: Browser, field: Field) -> Iterator[Visits]:
    """Yield what opens the page of the running field; none may have complained at the end."""
    expect.set_options(timeout=PATIENCE_MS)
    home = field.house.home
    with running(home) as server, Visits(chromium, home, server.port) as opened:
        yield opened
