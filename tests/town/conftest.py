"""The bundled town's size, made once; and a smaller one for what runs twice."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from data.pipes_network import made_streets, make_town
from domain.streets import StreetNetwork
from domain.town import Town
from tests.town.osm_streets import as_streets

DAY = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Shanghai")


def town_on(
    streets: StreetNetwork, premises: int, *, seed: int = 1, tickets: int = 150, crews: int = 12
) -> Town:
    """Return a town on the given streets."""
    return make_town(
        streets, premises=premises, tickets=tickets, crews=crews, seed=seed, day=DAY, zone=ZONE
    )


@pytest.fixture(scope="session")
def town_streets() -> StreetNetwork:
    """Streets of a town of 6,000 premises."""
    return as_streets(made_streets(1, 6000))


@pytest.fixture(scope="session")
def town(town_streets: StreetNetwork) -> Town:
    """Return the town of the bundled day's size."""
    return town_on(town_streets, 6000)
