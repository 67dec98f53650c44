"""The server plans by the weights of its settings, asked or by itself."""

from __future__ import annotations

import pytest

from mainbreak.bootstrap import Home
from mainbreak.run_server import live_home
from mainbreak.server import LiveHome
from mainbreak.settings import Settings
from mainbreak.weight_settings import WeightSettings
from storage import Database
from tests.web.house import HandClock, add_people
from tests.web.office import Office

FREE_DRIVES = Settings(weights=WeightSettings(travel=0.0))


@pytest.fixture
def home(database: Database, clock: HandClock) -> LiveHome:
    """Return a home in which driving costs nothing."""
    home = LiveHome(FREE_DRIVES, database, clock=clock, wall=clock)
    add_people(home)
    return home


def test_the_plan_is_priced_by_the_settings(office: Office, database: Database) -> None:
    """With drives that cost nothing the term is zero, though crews drive."""
    office.burst()
    made = office.done("/api/plan", {})
    assert made["cost"]["travel"] == 0.0
    assert sum(visit["travel_s"] for route in made["routes"] for visit in route["visits"]) > 0
    with live_home(Home(FREE_DRIVES, office.clock), database, 0.1) as live:
        assert live.replanner is not None
        plan = live.replanner.plan_now()
    assert plan.cost["travel"] == 0.0
