"""Only what changed is read again, and only what differs is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import UnknownId
from domain.network import (
    Hydrant,
    IsolationValve,
    Node,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
)
from domain.network_delta import kind_delta, network_delta
from domain.places import LonLat
from storage import Database
from storage.repositories.network_rows import renumbered
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


def other_state(network: PipeNetwork) -> PipeNetwork:
    """Return the network after some building: of each kind something came, changed and went."""
    first, tank, _ = network.nodes
    new = Node("J3", NodeKind.JUNCTION, examples.C, 5.0)
    old = network.link_by_id["P2"]
    return replace(
        network,
        nodes=(new, first, tank),
        links=(
            replace(old, id="P3", start="J3", end="J2", road="新路"),
            replace(old, diameter_m=0.6, zone="西区"),
        ),
        isolation_valves=(
            IsolationValve("V3", "P3", "J3", examples.C),
            replace(network.isolation_valves[1], link="P2"),
        ),
        hydrants=(Hydrant("H2", "P3", examples.C), replace(network.hydrants[0], link="P3")),
        premises=(replace(network.premises[1], id="S2", link="P3", node=None),),
    )


def test_a_delta_leaves_the_other_network_in_its_order(database: Database) -> None:
    """There and back again; the log tells what came, changed and went."""
    before, after = examples.NETWORK, other_state(examples.NETWORK)
    with database.unit_of_work(clock) as work:
        work.network.save(before)
        version = work.network.version()
        work.network.change(network_delta(before, after), after)
        assert work.network.load() == after
        assert work.network.version() == version + 1
        work.network.change(network_delta(after, before), before)
        assert work.network.load() == before
        work.commit()
    with database.unit_of_work(clock) as work:
        there = [one.payload for one in work.events.since(0, 9)][1]
    assert there["links"] == 2
    delta = there["delta"]
    assert isinstance(delta, dict)
    ids = {"came": ["P3"], "changed": ["P2"], "went": ["P1"]}
    assert delta["links"] == {"came": 1, "changed": 1, "went": 1, "ids": ids}


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_numbers_rise_in_the_order_asked_for(data: st.DataObject) -> None:
    """Whatever came, went or moved; what keeps its place at the front keeps its number."""
    ids = st.sampled_from([f"P{n}" for n in range(12)])
    before = data.draw(st.lists(ids, unique=True))
    after = data.draw(st.lists(ids, unique=True))
    stored = {one: 2 * n for n, one in enumerate(before)}
    numbers = renumbered(after, stored)
    final = [(stored | numbers)[one] for one in after]
    assert final == sorted(set(final))
    assert all(stored.get(one) != number for one, number in numbers.items())
    assert renumbered(after, {one: n for n, one in enumerate(after)}) == {}


def test_the_words_of_the_last_file_outlive_the_reports(database: Database) -> None:
    """The first change since the import tells them, and what was kept against a later file."""
    second, first = examples.NETWORK.isolation_valves
    stuck = replace(first, operability=Operability.INOPERABLE)
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        assert work.network.words_of_last_file() == {}
        work.network.set_isolation_valve(stuck)
        work.network.set_isolation_valve(replace(stuck, position=Position.CLOSED))
        as_filed = (Position.OPEN, Operability.OPERABLE)
        assert work.network.words_of_last_file() == {first.id: as_filed}
        now = work.network.load()
        said = (Position.CLOSED, Operability.UNKNOWN)
        work.network.change(network_delta(now, now), now, {first.id: said})
        work.network.set_isolation_valve(first)
        assert work.network.words_of_last_file() == {first.id: said}
        work.network.set_isolation_valve(replace(second, position=Position.OPEN))
        assert work.network.words_of_last_file()[second.id] == (second.position, second.operability)
        work.network.save(examples.NETWORK)
        assert work.network.words_of_last_file() == {}


def test_a_file_written_again_is_no_change() -> None:
    """Other last digits move no pipe; a decimetre does."""
    link = examples.NETWORK.links[0]
    written = replace(link, length_m=120.2500000001, path=nudged(link.path, 1e-10))
    moved = replace(link, path=nudged(link.path, 1e-6))
    assert kind_delta([link], [written]).is_empty
    (change,) = kind_delta([link], [moved]).changed
    assert change.fields == ("path",)


def nudged(path: tuple[LonLat, ...], degrees: float) -> tuple[LonLat, ...]:
    """Return the path a little to the east."""
    return tuple(LonLat(at.lon + degrees, at.lat) for at in path)
