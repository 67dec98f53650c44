"""Only what changed is read again, and only what differs is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import UnknownId
from domain.network import Operability, Position
from storage import Database
from tests.storage import examples
from tests.storage.conftest import clock


def test_only_the_isolation_valves_set_since_a_version_come_back(database: Database) -> None:
    """In the network's order, each as it was set last; none after the newest version."""
    second, first = examples.NETWORK.isolation_valves
    closed = replace(first, position=Position.CLOSED)
    stuck = replace(closed, operability=Operability.INOPERABLE)
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        before = work.network.valves_version()
        work.network.set_isolation_valve(closed)
        between = work.network.valves_version()
        work.network.set_isolation_valve(second)
        work.network.set_isolation_valve(stuck)
        assert work.network.isolation_valves_changed_since(before) == (second, stuck)
        assert work.network.isolation_valves_changed_since(between) == (second, stuck)
        now = work.network.valves_version()
        assert work.network.isolation_valves_changed_since(now - 1) == (stuck,)
        assert work.network.isolation_valves_changed_since(now) == ()
        work.commit()
    with database.unit_of_work(clock) as work:
        assert work.network.isolation_valves_changed_since(before) == (second, stuck)


def test_an_unknown_isolation_valve_is_named(database: Database) -> None:
    """Nothing is stored for it."""
    lost = replace(examples.NETWORK.isolation_valves[0], id="V404")
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        with pytest.raises(UnknownId, match="V404"):
            work.network.set_isolation_valve(lost)
        assert work.network.load() == examples.NETWORK
