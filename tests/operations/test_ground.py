"""The ground is loaded once, and again where something under it changed."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NothingImported
from domain.network import Operability, PipeNetwork, Position
from domain.streets import StreetNetwork, StreetReport
from operations.ground import Ground, GroundKeeper
from operations.travel import load_streets
from storage import Database, UnitOfWork
from storage.repositories.network import NetworkRepository
from tests.storage import examples
from tests.storage.conftest import clock
from tests.web import small_streets


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


def test_a_reader_that_began_before_streets_were_imported_has_its_own(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on with the old ones, the others with the new ones, and each is loaded once."""
    loads: list[int] = []

    def counted(work: UnitOfWork) -> StreetNetwork | None:
        loads.append(work.streets.version())
        return load_streets(work)

    monkeypatch.setattr("operations.ground.streets_or_none", counted)
    keeper = GroundKeeper()
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        small_streets.load_streets(work)
    with database.unit_of_work(clock) as early:
        old = keeper.of(early)
        with database.unit_of_work(clock) as work:
            small_streets.load_streets(work)
        with database.unit_of_work(clock) as late:
            new = keeper.of(late)
            assert (old.version.streets, new.version.streets) == (1, 2)
            assert new.travel is not old.travel
            for _ in range(3):
                assert keeper.of(early) is old
                assert keeper.of(late) is new
    assert loads == [1, 2]


def test_a_network_imported_meanwhile_is_loaded_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both grounds drive over the same streets, by the same closures."""
    keeper, loads, load = GroundKeeper(), list[int](), NetworkRepository.load

    def counted(network: NetworkRepository) -> PipeNetwork:
        loads.append(network.version())
        return load(network)

    monkeypatch.setattr(NetworkRepository, "load", counted)
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        small_streets.load_streets(work)
    with database.unit_of_work(clock) as early:
        old = keeper.of(early)
        with database.unit_of_work(clock) as work:
            work.network.save(examples.NETWORK)
            work.commit()
        for _ in range(2):
            with database.unit_of_work(clock) as late:
                new = keeper.of(late)
            assert keeper.of(early) is old
    assert new.network is not old.network
    assert new.travel is old.travel
    assert loads == [1, 2]


def test_what_nobody_asks_for_any_more_is_let_go(database: Database) -> None:
    """Two grounds of a country do not stay in memory."""
    keeper = GroundKeeper()

    def asked(seconds: int) -> Ground:
        with database.unit_of_work(lambda: clock() + timedelta(seconds=seconds)) as work:
            return keeper.of(work)

    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        small_streets.load_streets(work)
    old = weakref.ref(asked(0))
    with database.unit_of_work(clock) as work:
        small_streets.load_streets(work)
    for seconds, is_kept in ((10, True), (90, False)):
        asked(seconds)
        gc.collect()
        assert (old() is not None) is is_kept


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
