"""What dispatchers and agents decide: crews, times, conflicts, dismissals, who a customer is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import BadInput, IllegalMove, UnknownId
from domain.incidents import EtrSource, Outage
from domain.masking import masked_account, masked_name, masked_phone
from domain.reports import Outcome, Report, ReportKind
from domain.states import IncidentState, OutageState, TicketState, VisitState, WorkOrderState
from domain.words import Symptom
from operations.dismiss_incident import dismiss_incident
from operations.find_customers import find_customers
from operations.set_etr import set_etr
from operations.settle_conflict import settle_conflict
from operations.verify_and_close import verify_and_close
from tests.operations.live_day import NINE, LiveDay

K = ReportKind


@pytest.fixture
def burst(day: LiveDay) -> LiveDay:
    """Return the day with a burst on cd that nobody was sent to."""
    day.calls("cd1", Symptom.BURST)
    return day


def test_a_crew_given_by_hand_is_pinned(burst: LiveDay) -> None:
    """Its visit has times, and the order is assigned; without a crew the plan may move it."""
    visit = burst.assign("W0001I", "C1")
    assert visit is not None
    assert (visit.id, visit.crew, visit.pinned) == ("W0001I.1", "C1", True)
    planned = visit.planned
    assert NINE == planned.depart < planned.eta <= planned.start < planned.end
    assert burst.order("W0001I").state is WorkOrderState.ASSIGNED
    unpinned = burst.assign("W0001I", None)
    assert unpinned is not None
    assert not unpinned.pinned
    assert unpinned.is_live
    assert burst.assign("W0001R", None) is None


def test_the_repair_is_timed_after_the_isolation(burst: LiveDay) -> None:
    """It may not begin before; and a crew finishes what it has begun."""
    isolate = burst.assign("W0001I", "C1")
    repair = burst.assign("W0001R", "C2")
    assert isolate is not None
    assert repair is not None
    assert repair.planned.start >= isolate.planned.end
    burst.says("C1", "W0001I", K.ON_SITE)
    both = burst.assign("W0001R", "C1")
    assert both is not None
    assert both.planned.depart >= isolate.planned.end


def test_giving_it_to_another_calls_the_first_one_off(burst: LiveDay) -> None:
    """And back again: that is how it is undone."""
    burst.assign("W0001I", "C1")
    burst.assign("W0001I", "C2")
    burst.assign("W0001I", "C1")
    states = [burst.visit(f"W0001I.{number}").state for number in (1, 2, 3)]
    assert states == [VisitState.CANCELLED, VisitState.CANCELLED, VisitState.ASSIGNED]
    assert burst.visit("W0001I.1").ended_at == NINE


def test_a_crew_that_has_started_is_not_called_off(burst: LiveDay) -> None:
    """The sentence says who has it."""
    burst.assign("W0001I", "C1")
    burst.says("C1", "W0001I", K.ACCEPTED)
    with pytest.raises(BadInput, match="C1 has already started"):
        burst.assign("W0001I", "C2")
    assert burst.visit("W0001I.1").is_live


@pytest.mark.parametrize(
    ("crew", "why"), [("C3", "lacks a skill.*valve"), ("C9", "no crew with the id")]
)
def test_a_crew_that_cannot_do_it_is_refused(burst: LiveDay, crew: str, why: str) -> None:
    """By skill, or because there is none."""
    with pytest.raises(BadInput, match=why):
        burst.assign("W0001I", crew)


def test_a_crew_too_small_or_off_shift_is_refused(day: LiveDay) -> None:
    """The meter crew has one man; at night nobody is there."""
    day.calls("cd1", Symptom.MANHOLE)
    with pytest.raises(BadInput, match="lacks a skill"):
        day.assign("W0001", "C3")
    day.calls("ab1", Symptom.LEAK_AT_METER)
    day.at(13 * 60)
    with pytest.raises(BadInput, match="shift of crew C3 is over"):
        day.assign("W0002", "C3")


def test_an_order_that_has_ended_is_given_to_nobody(burst: LiveDay) -> None:
    """Done is done."""
    burst.assign("W0001R", "C2")
    burst.says("C2", "W0001R", K.FIELD_COMPLETE)
    with pytest.raises(BadInput, match="already done"):
        burst.assign("W0001R", "C1")


def etr(day: LiveDay, minutes: float | None, source: EtrSource) -> Outage:
    """Return the outage after somebody said when it ends."""
    at = None if minutes is None else day.now + timedelta(minutes=minutes)
    with day.work() as work:
        outage = set_etr(work, "O-E0001", at, source, day.now)
        work.commit()
    return outage


def test_a_persons_word_stands_until_it_has_passed(burst: LiveDay) -> None:
    """The plan may estimate before and after, not against it."""
    planned = etr(burst, 90, EtrSource.PLAN).etr
    assert planned is not None
    assert planned.source is EtrSource.PLAN
    said = etr(burst, 60, EtrSource.DISPATCHER)
    assert etr(burst, 120, EtrSource.PLAN) == said
    burst.at(61)
    assert etr(burst, 120, EtrSource.PLAN) != said
    assert etr(burst, None, EtrSource.DISPATCHER).etr is None


def test_an_etr_in_the_past_or_of_no_outage_is_refused(burst: LiveDay) -> None:
    """Each with its sentence."""
    with pytest.raises(BadInput, match="at: this time has passed"):
        etr(burst, -1, EtrSource.DISPATCHER)
    with burst.work() as work, pytest.raises(UnknownId):
        set_etr(work, "O-E0404", None, EtrSource.DISPATCHER, burst.now)


def dismissed(day: LiveDay) -> IncidentState:
    """Return the incident's state after a dispatcher dismissed it."""
    with day.work() as work:
        incident = dismiss_incident(work, day.keeper.of(work), "E0001", day.now)
        work.commit()
    return incident.state


def test_a_dismissed_incident_leaves_nothing_behind(burst: LiveDay) -> None:
    """Its crews are called off, its outage cancelled, its tickets closed."""
    burst.assign("W0001I", "C1")
    burst.says("C1", "W0001I", K.ON_SITE)
    assert dismissed(burst) is IncidentState.DISMISSED
    with burst.work() as work:
        assert not work.work_orders.active()
        assert not work.visits.active()
        assert {one.state for one in work.tickets.all()} == {TicketState.CLOSED}
    assert burst.outage().state is OutageState.CANCELLED
    with pytest.raises(IllegalMove):
        dismissed(burst)


def test_with_valves_shut_an_incident_is_not_dismissed(burst: LiveDay) -> None:
    """Somebody has to open them again."""
    burst.assign("W0001I", "C1")
    burst.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    with pytest.raises(BadInput, match=r"bc\.b"):
        dismissed(burst)


def test_only_what_is_resolved_is_verified(burst: LiveDay) -> None:
    """The sentence says what to do first."""
    with burst.work() as work, pytest.raises(BadInput, match="not resolved"):
        verify_and_close(work, burst.keeper.of(work), "E0001", burst.now)


def settled(day: LiveDay, report: Report, choice: str) -> Report:
    """Return a conflict after a dispatcher settled it."""
    with day.work() as work:
        found = settle_conflict(work, day.keeper.of(work), report.id, choice, day.now)
        work.commit()
    return found


@pytest.fixture
def contradiction(burst: LiveDay) -> Report:
    """Return the report of C1, on site for what was given to C2."""
    burst.assign("W0001I", "C1")
    burst.assign("W0001I", "C2")
    burst.at(10)
    return burst.says("C1", "W0001I", K.ON_SITE)


def test_the_system_stays_if_the_dispatcher_says_so(burst: LiveDay, contradiction: Report) -> None:
    """The report is settled, kept, and without effect."""
    report = settled(burst, contradiction, "keep_system")
    assert report.outcome is Outcome.SETTLED
    assert burst.visit("W0001I.2").is_live
    with pytest.raises(BadInput, match="nothing to settle"):
        settled(burst, contradiction, "keep_system")


def test_the_report_is_taken_if_the_dispatcher_says_so(
    burst: LiveDay, contradiction: Report
) -> None:
    """The crew that stands there has the order; the other is called off."""
    settled(burst, contradiction, "take_report")
    assert burst.visit("W0001I.2").state is VisitState.CANCELLED
    assert (burst.visit("W0001I.3").crew, burst.visit("W0001I.3").state) == (
        "C1",
        VisitState.ON_SITE,
    )
    assert burst.order("W0001I").state is WorkOrderState.IN_PROGRESS


def test_a_valve_is_taken_from_a_crew_that_was_called_off(
    burst: LiveDay, contradiction: Report
) -> None:
    """It is shut, whoever was meant to shut it."""
    del contradiction
    shut = burst.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    assert shut.outcome is Outcome.CONFLICT
    assert burst.valve("bc.b").is_open
    settled(burst, shut, "take_report")
    assert burst.outage().closed == ("bc.b",)
    assert burst.visit("W0001I.2").is_live


def test_a_valve_shut_without_an_outage_begins_one_if_taken(day: LiveDay) -> None:
    """It dries somebody, and it is open again when the incident is verified."""
    day.calls("cd1", Symptom.LEAK_ON_ROAD)
    day.assign("W0001", "C1")
    shut = day.says("C1", "W0001", K.VALVE_CLOSED, "bc.b")
    assert shut.outcome is Outcome.CONFLICT
    settled(day, shut, "take_report")
    assert day.outage().state is OutageState.IN_EFFECT
    assert day.outage().closed == ("bc.b",)
    day.says("C1", "W0001", K.FIELD_COMPLETE)
    with day.work() as work:
        verify_and_close(work, day.keeper.of(work), "E0001", day.now)
        work.commit()
    assert day.valve("bc.b").is_open


def test_what_cannot_be_taken_says_so(burst: LiveDay) -> None:
    """It stays a conflict until the system is kept."""
    stored = burst.says("C1", "W0404", K.ON_SITE)
    with pytest.raises(BadInput, match="no work order W0404"):
        settled(burst, stored, "take_report")
    with pytest.raises(BadInput, match="neither"):
        settled(burst, stored, "both")
    assert settled(burst, stored, "keep_system").outcome is Outcome.SETTLED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13800130401", ["cd1"]),
        ("0401", ["cd1"]),
        ("A-0402", ["cd2"]),
        ("建设路41号", ["cd1"]),
        ("  ", []),
        ("99", []),
        ("nobody at all", []),
    ],
)
def test_customers_are_found_by_what_they_say(day: LiveDay, text: str, found: list[str]) -> None:
    """Phone, its tail, account, address; nothing for what is too short."""
    with day.work() as work:
        customers = find_customers(day.keeper.of(work), text)
    assert [one.id for one in customers] == found


def test_a_common_name_finds_no_more_than_can_be_read(day: LiveDay) -> None:
    """Twelve premises, one name."""
    with day.work() as work:
        assert len(find_customers(day.keeper.of(work), "李小明")) == 12


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (masked_phone("13800135521"), "138****5521"),
        (masked_phone("+86 138-0013-5521"), "138****5521"),
        (masked_phone("12345"), "*****"),
        (masked_phone(""), ""),
        (masked_name("李小明"), "李*明"),
        (masked_name("李明"), "李*"),
        (masked_name("欧阳小明"), "欧*明"),
        (masked_name(""), ""),
        (masked_account("00321187"), "****1187"),
        (masked_account("1187"), "****"),
        (masked_account(""), ""),
    ],
)
def test_personal_data_is_masked(shown: str, expected: str) -> None:
    """Enough to recognise somebody, not to find them."""
    assert shown == expected
