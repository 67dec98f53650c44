"""Streets that several tests look at: built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.streets import StreetNetwork
from routing import StreetTimes, build_streets


@pytest.fixture(scope="session")
def liechtenstein(shelf: Path) -> StreetNetwork:
    """Return a whole country's streets."""
    return build_streets(shelf / "osm" / "liechtenstein.osm.pbf")


@pytest.fixture(scope="session")
def liechtenstein_times(liechtenstein: StreetNetwork) -> StreetTimes:
    """Return the engine over them."""
    return StreetTimes(liechtenstein)


@pytest.fixture(scope="session")
def heidelberg(shelf: Path) -> StreetNetwork:
    """Return a town's streets, with hundreds of turn restrictions."""
    return build_streets(shelf / "osm" / "heidelberg.osm.pbf")


@pytest.fixture(scope="session")
def porto(shelf: Path) -> StreetNetwork:
    """Return a large city's streets."""
    return build_streets(shelf / "osm" / "porto.osm.pbf")
