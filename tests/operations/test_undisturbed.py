"""The network before outages turned anything: one and the same while it stands like that."""

from __future__ import annotations

from dataclasses import replace

from domain.network import Operability, PipeNetwork
from domain.reports import ReportKind
from domain.words import Symptom
from operations.incidents.live_isolation import undisturbed_network
from tests.operations.live_day import LiveDay


def undisturbed(day: LiveDay) -> PipeNetwork:
    """Return the undisturbed network as a new question finds it."""
    with day.work() as work:
        return undisturbed_network(work, day.keeper.of(work))


def test_shutting_valves_forgets_nothing_that_was_derived(day: LiveDay) -> None:
    """Else every call during an outage would have to derive all of it again."""
    before = undisturbed(day)
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001I", "C1")
    for valve in ("bc.b", "de.d"):
        day.says("C1", "W0001I", ReportKind.VALVE_CLOSED, valve)
        assert undisturbed(day) is before
    assert all(one.is_open for one in before.isolation_valves)


def test_what_the_outage_did_not_turn_is_another_network(day: LiveDay) -> None:
    """A dispatcher learns that a valve cannot be turned: that bounds segments from then on."""
    day.calls("cd1", Symptom.BURST)
    before = undisturbed(day)
    jammed = replace(day.valve("ab.a"), operability=Operability.INOPERABLE)
    for valve in (jammed, day.valve("ab.a")):
        with day.work() as work:
            work.network.set_isolation_valve(valve)
            work.commit()
        now = undisturbed(day)
        assert now.isolation_valve_by_id["ab.a"] == valve
        assert (now is before) is (valve is not jammed)
