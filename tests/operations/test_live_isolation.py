"""Isolations while they are being shut: stuck valves, plan B, two outages at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

import gis
from domain.errors import BadInput
from domain.incidents import Outage
from domain.isolation import Isolation
from domain.network import Operability, Position
from domain.reports import Outcome, ReportKind
from domain.states import OutageState, WorkOrderState
from domain.words import Symptom
from operations.incidents.live_isolation import live_isolation
from operations.isolate_incident import adopt_proposal, retry_valve
from operations.verify_and_close import verify_and_close
from storage import Database
from tests.gis.drawing import draw
from tests.operations.live_day import LiveDay

K = ReportKind

#: bc alone dries nobody and ef alone dries nobody; together they dry cg, gf and gh.
RING = """
R----a----b%--%c----g----h
     |              |
     d----e%-------%f
"""


@pytest.fixture
def shutting(day: LiveDay) -> LiveDay:
    """Return the day with a burst on cd, C1 on site to isolate it and C2 to repair."""
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001I", "C1")
    day.assign("W0001R", "C2")
    day.at(10)
    day.says("C1", "W0001I", K.ON_SITE)
    return day


def adopted(day: LiveDay, outage: str = "O-E0001") -> Outage:
    """Return the outage after a dispatcher took plan B."""
    with day.work() as work:
        found = adopt_proposal(work, day.keeper.of(work), outage, day.now)
        work.commit()
    return found


def retried(day: LiveDay, valve: str) -> Outage:
    """Return the outage after a dispatcher had the valve tried again."""
    with day.work() as work:
        found = retry_valve(work, day.keeper.of(work), "O-E0001", valve, day.now)
        work.commit()
    return found


def verified(day: LiveDay, incident: str) -> None:
    """Verify and close an incident."""
    with day.work() as work:
        verify_and_close(work, day.keeper.of(work), incident, day.now)
        work.commit()


def isolation_now(day: LiveDay, pipe: str, incident: str | None = None) -> Isolation:
    """Return the isolation of a pipe as the day stands."""
    with day.work() as work:
        return live_isolation(work, day.keeper.of(work), pipe, incident)


def test_its_own_closed_valves_change_nothing_about_an_isolation(shutting: LiveDay) -> None:
    """Asked again while it is being shut, it is the one from before: nothing is dry already."""
    before = gis.isolate(shutting.network, ["cd"])
    for valve in ("bc.b", "de.d"):
        shutting.says("C1", "W0001I", K.VALVE_CLOSED, valve)
        assert isolation_now(shutting, "cd", "E0001") == before
    assert before.dry_before_pipes == ()


def test_a_stuck_valve_proposes_what_to_shut_instead(shutting: LiveDay) -> None:
    """The isolation in force stays until a dispatcher decides."""
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    outage = shutting.outage()
    assert outage.stuck == ("de.d",)
    assert outage.isolation.close == ("bc.b", "de.d")
    assert outage.proposal is not None
    assert outage.proposal.close == ("bc.b", "eS.e")
    assert set(outage.proposal.premises) - set(outage.isolation.premises) == {"de1", "de2"}
    assert shutting.valve("de.d").operability is Operability.INOPERABLE


def test_a_valve_shut_before_the_other_sticks_stays_in_plan_b(shutting: LiveDay) -> None:
    """Plan B is reckoned from the network before anything was shut."""
    shutting.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    outage = shutting.outage()
    assert outage.proposal is not None
    stuck = gis.isolate(shutting.network, ["cd"], inoperable=["de.d"])
    assert outage.proposal == stuck


def test_plan_b_keeps_every_number(shutting: LiveDay) -> None:
    """What it adds takes the next one; what failed keeps its own."""
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    outage = adopted(shutting)
    assert outage.numbered == ("bc.b", "de.d", "eS.e")
    assert outage.proposal is None
    assert outage.isolation.close == ("bc.b", "eS.e")
    assert shutting.outage() == outage
    assert shutting.order("W0001R").premises_dry_after == 6


def test_plan_b_needs_a_proposal(shutting: LiveDay) -> None:
    """Adopted twice, or before anything is stuck, it is refused in a sentence."""
    with pytest.raises(BadInput, match="no proposal"):
        adopted(shutting)


def test_plan_b_after_the_isolation_was_done_is_work_again(shutting: LiveDay) -> None:
    """Somebody has to shut the new one; the repair waits for that too."""
    shutting.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    shutting.says("C1", "W0001I", K.FIELD_COMPLETE)
    adopted(shutting)
    again = shutting.order("W0001I2")
    assert again.state is WorkOrderState.READY
    assert again.location == shutting.valve("eS.e").location
    assert shutting.order("W0001R").after == ("W0001I", "W0001I2")


def test_another_try_drops_plan_b(shutting: LiveDay) -> None:
    """The valve counts as operable again; then it closes after all."""
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    outage = retried(shutting, "de.d")
    assert (outage.stuck, outage.proposal) == ((), None)
    assert shutting.valve("de.d").operability is Operability.OPERABLE
    shutting.at(20)
    shutting.says("C1", "W0001I", K.VALVE_CLOSED, "de.d")
    assert shutting.outage().closed == ("de.d",)
    with pytest.raises(BadInput, match="not stuck"):
        retried(shutting, "de.d")


def test_a_valve_that_closes_after_all_needs_no_plan_b(shutting: LiveDay) -> None:
    """The crew tried again by itself."""
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    shutting.at(20)
    shutting.says("C1", "W0001I", K.VALVE_CLOSED, "de.d")
    outage = shutting.outage()
    assert (outage.stuck, outage.closed, outage.proposal) == ((), ("de.d",), None)


def test_another_try_after_plan_b_proposes_the_smaller_one(shutting: LiveDay) -> None:
    """Back to fewer premises, if a dispatcher wants."""
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    adopted(shutting)
    outage = retried(shutting, "de.d")
    assert outage.proposal is not None
    assert outage.proposal.close == ("bc.b", "de.d")


def test_a_tap_on_the_wrong_button_is_taken_back(shutting: LiveDay) -> None:
    """Closed, then stuck: the later word counts, in whatever order the two arrive."""
    shutting.at(20)
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    shutting.says("C1", "W0001I", K.VALVE_CLOSED, "de.d", ago=5)
    assert shutting.outage().stuck == ("de.d",)
    assert shutting.valve("de.d").is_open
    shutting.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b", ago=5)
    shutting.says("C1", "W0001I", K.VALVE_STUCK, "bc.b")
    assert shutting.outage().closed == ()
    assert shutting.valve("bc.b").is_open


def test_a_stuck_valve_that_nobody_needs_proposes_nothing(database: Database) -> None:
    """An optional one only limits what drains down."""
    day = LiveDay(database, network=draw("R--%a--%b--c", premises="ab bc"))
    day.calls("ab", Symptom.BURST)
    assert day.outage().isolation.optional == ("ab.b",)
    day.assign("W0001I", "C1")
    day.says("C1", "W0001I", K.VALVE_STUCK, "ab.b")
    outage = day.outage()
    assert (outage.stuck, outage.proposal) == (("ab.b",), None)


@pytest.fixture
def ring(database: Database) -> LiveDay:
    """Return a ring in which two outages together dry what neither dries alone."""
    return LiveDay(database, network=draw(RING, premises="bc ef gh"))


def test_the_second_outage_counts_what_both_dry_together(ring: LiveDay) -> None:
    """The first keeps its own; nobody is counted twice."""
    ring.calls("bc", Symptom.BURST)
    ring.calls("ef", Symptom.BURST)
    first, second = ring.outage("O-E0001").isolation, ring.outage("O-E0002").isolation
    assert first.premises == ("bc",)
    assert second.premises == ("ef", "gh")
    assert "gh" in second.only_combined_pipes
    assert any("O-E0001" in one.en for one in second.warnings)


def test_what_both_dry_is_wet_again_when_one_ends(ring: LiveDay) -> None:
    """The other outage lets go of it."""
    ring.calls("bc", Symptom.BURST)
    ring.calls("ef", Symptom.BURST)
    for order, kind in (("W0001I", K.FIELD_COMPLETE), ("W0001R", K.FIELD_COMPLETE)):
        ring.assign(order, "C1")
        ring.says("C1", order, kind)
    verified(ring, "E0001")
    assert ring.outage("O-E0002").isolation.premises == ("ef",)
    assert ring.outage("O-E0002").isolation.only_combined_pipes == ()


def two_bursts(day: LiveDay) -> None:
    """Open two incidents that share the isolation valve de.d, the first one being shut."""
    day.calls("cd1", Symptom.BURST)
    day.calls("de1", Symptom.BURST)
    for order, crew in (("W0001I", "C1"), ("W0002I", "C2")):
        day.assign(order, crew)
        day.says(crew, order, K.ON_SITE)


def test_a_shared_valve_is_shut_for_both(day: LiveDay) -> None:
    """One crew turns it; the other need not, and its outage is not in effect by that."""
    two_bursts(day)
    day.says("C1", "W0001I", K.VALVE_CLOSED, "de.d")
    assert day.outage("O-E0001").closed == day.outage("O-E0002").closed == ("de.d",)
    assert day.outage("O-E0002").state is OutageState.PREDICTED


def test_a_shared_valve_stays_shut_until_both_have_ended(day: LiveDay) -> None:
    """Water must not run into the second hole."""
    two_bursts(day)
    day.says("C1", "W0001I", K.VALVE_CLOSED, "de.d")
    day.says("C1", "W0001I", K.FIELD_COMPLETE)
    day.assign("W0001R", "C1")
    day.says("C1", "W0001R", K.FIELD_COMPLETE)
    verified(day, "E0001")
    assert not day.valve("de.d").is_open
    day.says("C2", "W0002I", K.FIELD_COMPLETE)
    day.assign("W0002R", "C2")
    day.says("C2", "W0002R", K.FIELD_COMPLETE)
    verified(day, "E0002")
    assert day.valve("de.d").is_open


def test_a_burst_beside_an_outage_finds_its_valve_shut(day: LiveDay) -> None:
    """It is in the closing order all the same, closed already: the first may end before it."""
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001I", "C1")
    day.says("C1", "W0001I", K.VALVE_CLOSED, "de.d")
    day.calls("de1", Symptom.BURST)
    second = day.outage("O-E0002")
    assert second.numbered == ("de.d", "eS.e")
    assert second.closed == ("de.d",)
    assert isolation_now(day, "de", "E0002") == second.isolation


def test_a_stuck_shared_valve_gives_both_a_plan_b(day: LiveDay) -> None:
    """Each outage has its own."""
    two_bursts(day)
    stored = day.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    assert stored.outcome is Outcome.APPLIED
    for name in ("O-E0001", "O-E0002"):
        assert day.outage(name).stuck == ("de.d",)
        assert day.outage(name).proposal is not None


def test_a_repair_with_nothing_to_shut_begins_its_own_outage(database: Database) -> None:
    """There is no isolate order; water is off once somebody cuts the pipe."""
    network = draw("R-----a", premises="Ra")
    day = LiveDay(database, network=network)
    day.calls("Ra", Symptom.BURST)
    assert day.outage().isolation.close == ()
    day.assign("W0001R", "C2")
    day.at(30)
    day.says("C2", "W0001R", K.ON_SITE)
    assert (day.outage().state, day.outage().began_at) == (OutageState.IN_EFFECT, day.now)


def test_a_valve_turned_in_the_same_transaction_is_seen(day: LiveDay) -> None:
    """The ground was loaded before; what this unit of work turned counts all the same."""
    with day.work() as work:
        ground = day.keeper.of(work)
        shut = replace(day.network.isolation_valve_by_id["bc.b"], position=Position.CLOSED)
        work.network.set_isolation_valve(shut)
        assert live_isolation(work, ground, "cd").close == ("de.d",)
