"""The ground is loaded once, and again where something under it changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import NothingImported
from domain.network import Operability, Position
from domain.streets import StreetReport
from operations.ground import GroundKeeper
from storage import Database
from tests.storage import examples
from tests.storage.conftest import clock


def test_without_a_network_there_is_no_ground(database: Database) -> None:
    """The error says what to import."""
    with database.unit_of_work(clock) as work, pytest.raises(NothingImported, match="import"):
        GroundKeeper().of(work)


def test_the_same_ground_is_handed_out_until_something_changes(database: Database) -> None:
    """Nothing is loaded twice; a new network is."""
    keeper = GroundKeeper()
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        first = keeper.of(work)
        assert keeper.of(work) is first
        work.network.save(examples.NETWORK)
        assert keeper.of(work) is not first


def test_a_turned_isolation_valve_is_seen_at_once(database: Database) -> None:
    """The pipes and the streets are taken over, the isolation valve stands as it was set."""
    keeper = GroundKeeper()
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        before = keeper.of(work)
        stuck = replace(
            examples.NETWORK.isolation_valves[1],
            position=Position.OPEN,
            operability=Operability.INOPERABLE,
        )
        work.network.set_isolation_valve(stuck)
        after = keeper.of(work)
    assert after.network.isolation_valve_by_id["V1"] == stuck
    assert after.network.links is before.network.links
    assert after.travel is before.travel
    assert after.gazetteer is before.gazetteer


def test_new_places_are_known_after_they_were_saved(database: Database) -> None:
    """The gazetteer is built on them."""
    keeper = GroundKeeper()
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        assert keeper.of(work).places == ()
        work.places.save(examples.PLACES)
        assert keeper.of(work).places == examples.PLACES


def test_streets_of_another_version_leave_straight_lines(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """An upgrade must not take the map away: the log says what to import."""
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        work.streets.save(b"from an older version", StreetReport("old", 1, 1, 0, 0))
        ground = GroundKeeper().of(work)
    assert (ground.streets, ground.travel.capabilities.streets) == (None, False)
    assert "mainbreak import streets FILE" in caplog.text
