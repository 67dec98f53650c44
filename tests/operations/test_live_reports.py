"""Reports from the field: late, repeated, skipping steps, or contradicting what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.network import Position
from domain.places import LonLat
from domain.reports import NEEDS_VALVE, CrewFix, Outcome, ReportKind
from domain.states import IncidentState, OutageState, VisitState, WorkOrderState
from domain.words import Symptom
from operations.record_report import record_fixes
from operations.reporting.said_before import SPEAKS_OF
from storage import Database
from tests.gis.drawing import draw
from tests.operations.live_day import NINE, LiveDay

K = ReportKind


@pytest.fixture
def sent(day: LiveDay) -> LiveDay:
    """Return the day with a burst on cd, C1 sent to isolate and C2 to repair."""
    day.calls("cd1", Symptom.BURST)
    day.at(5)
    day.assign("W0001I", "C1")
    day.assign("W0001R", "C2")
    day.at(10)
    return day


def test_each_report_counts_once(sent: LiveDay) -> None:
    """Sent three times it is one report, one move, one event."""
    report = sent.said("C1", "W0001I", K.ON_SITE)
    first = sent.report(report)
    told = sent.told()
    sent.at(11)
    assert [sent.report(report) for _ in range(2)] == [first, first]
    assert sent.told() == told


@pytest.mark.parametrize("what", list(SPEAKS_OF), ids=lambda what: what.value)
def test_a_second_tap_changes_nothing_more(sent: LiveDay, what: ReportKind) -> None:
    """The same said again under another id is applied and moves nothing."""
    valve = "bc.b" if what in NEEDS_VALVE else None
    assert sent.says("C1", "W0001I", what, valve).outcome is Outcome.APPLIED
    before = sent.told()
    sent.at(11)
    assert sent.says("C1", "W0001I", what, valve).outcome is Outcome.APPLIED
    assert [one for one in sent.told()[len(before) :] if "report." not in one] == []


def test_the_first_word_from_the_site_may_be_the_last(sent: LiveDay) -> None:
    """Done without a word before: every state between is still passed, and told."""
    sent.at(60)
    sent.says("C2", "W0001R", K.FIELD_COMPLETE)
    told = [one.split()[0] for one in sent.told() if "W0001R" in one]
    assert told[-5:] == [
        "visit.en_route",
        "visit.on_site",
        "visit.field_complete",
        "work_order.in_progress",
        "work_order.done",
    ]
    assert sent.order("W0001R").state is WorkOrderState.DONE
    assert sent.visit("W0001R.1").on_site_at == sent.now


def test_what_comes_late_only_corrects_the_clock(sent: LiveDay) -> None:
    """En route and on site arrive after the end: no move back, but the arrival was earlier."""
    sent.at(60)
    sent.says("C1", "W0001I", K.FIELD_COMPLETE)
    for kind, ago in ((K.ON_SITE, 40), (K.EN_ROUTE, 50), (K.ACCEPTED, 55)):
        assert sent.says("C1", "W0001I", kind, ago=ago).outcome is Outcome.APPLIED
    visit = sent.visit("W0001I.1")
    assert visit.state is VisitState.FIELD_COMPLETE
    assert visit.on_site_at == NINE + timedelta(minutes=20)
    assert visit.ended_at == sent.now


def test_a_crew_pauses_and_resumes(sent: LiveDay) -> None:
    """The later word counts, whichever arrives first."""
    sent.says("C1", "W0001I", K.ON_SITE)
    sent.at(30)
    sent.says("C1", "W0001I", K.ON_SITE)
    sent.says("C1", "W0001I", K.PAUSED, ago=10)
    assert sent.visit("W0001I.1").state is VisitState.ON_SITE
    sent.at(40)
    sent.says("C1", "W0001I", K.PAUSED)
    assert sent.visit("W0001I.1").state is VisitState.PAUSED
    assert sent.visit("W0001I.1").said == "等配件"
    sent.says("C1", "W0001I", K.ON_SITE, ago=15)
    assert sent.visit("W0001I.1").state is VisitState.PAUSED
    sent.at(50)
    sent.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    assert sent.visit("W0001I.1").state is VisitState.ON_SITE


@pytest.mark.parametrize("no", [K.DECLINED, K.CANNOT_COMPLETE])
@pytest.mark.parametrize("before", [None, K.ACCEPTED, K.EN_ROUTE, K.ON_SITE, K.PAUSED])
def test_who_does_not_do_it_gives_it_back(
    sent: LiveDay, no: ReportKind, before: ReportKind | None
) -> None:
    """From wherever the crew is; the order is ready for another one, the reason kept."""
    if before is not None:
        sent.says("C1", "W0001I", before)
    sent.at(12)
    assert sent.says("C1", "W0001I", no).outcome is Outcome.APPLIED
    visit = sent.visit("W0001I.1")
    assert visit.state in {VisitState.DECLINED, VisitState.CANNOT_COMPLETE}
    assert (visit.said, visit.ended_at) == ("等配件", sent.now)
    assert sent.order("W0001I").state is WorkOrderState.READY
    sent.assign("W0001I", "C1")
    assert sent.says("C1", "W0001I", K.ON_SITE).outcome is Outcome.APPLIED
    assert sent.visit("W0001I.2").state is VisitState.ON_SITE


def test_a_crew_on_site_confirms_the_incident(sent: LiveDay) -> None:
    """Somebody has seen it."""
    assert sent.incident().state is IncidentState.SUSPECTED
    sent.says("C1", "W0001I", K.EN_ROUTE)
    assert sent.incident().state is IncidentState.SUSPECTED
    sent.says("C1", "W0001I", K.ON_SITE)
    assert sent.incident().state is IncidentState.CONFIRMED
    assert sent.order("W0001I").state is WorkOrderState.IN_PROGRESS


def test_the_outage_begins_with_the_first_isolation_valve(sent: LiveDay) -> None:
    """By the device's clock; an earlier one that arrives later moves it back."""
    sent.at(40)
    sent.says("C1", "W0001I", K.VALVE_CLOSED, "de.d", ago=5)
    outage = sent.outage()
    assert outage.state is OutageState.IN_EFFECT
    assert outage.began_at == NINE + timedelta(minutes=35)
    assert outage.closed == ("de.d",)
    assert not sent.valve("de.d").is_open
    assert sent.visit("W0001I.1").state is VisitState.ON_SITE
    sent.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b", ago=12)
    assert sent.outage().began_at == NINE + timedelta(minutes=28)
    assert sent.outage().closed == ("de.d", "bc.b")


def test_an_isolation_done_without_a_word_on_valves_still_dries(sent: LiveDay) -> None:
    """The outage is in effect once its isolation is done."""
    sent.says("C1", "W0001I", K.FIELD_COMPLETE)
    assert sent.outage().state is OutageState.IN_EFFECT
    assert sent.incident().state is IncidentState.CONFIRMED


def test_an_isolation_valve_off_the_list_takes_the_next_number(sent: LiveDay) -> None:
    """The crew shut what it found; the network knows it too."""
    sent.says("C1", "W0001I", K.VALVE_CLOSED, "ab.a")
    assert sent.outage().numbered == ("bc.b", "de.d", "ab.a")
    assert not sent.valve("ab.a").is_open


def test_what_was_shut_before_the_day_is_not_the_outages(day: LiveDay) -> None:
    """Reported closed it stays closed when the outage ends, and takes no number."""
    with day.work() as work:
        shut = replace(day.valve("eS.e"), position=Position.CLOSED)
        work.network.set_isolation_valve(shut)
        work.commit()
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001I", "C1")
    assert day.says("C1", "W0001I", K.VALVE_CLOSED, "eS.e").outcome is Outcome.APPLIED
    assert "eS.e" not in (*day.outage().numbered, *day.outage().closed)


def test_a_finished_repair_ends_the_work_nobody_is_on(day: LiveDay) -> None:
    """Nobody has to shut valves around a pipe that is mended."""
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001R", "C2")
    day.says("C2", "W0001R", K.FIELD_COMPLETE)
    assert day.order("W0001I").state is WorkOrderState.CANCELLED
    assert day.incident().state is IncidentState.RESOLVED


def test_a_finished_repair_waits_for_the_crew_that_isolates(sent: LiveDay) -> None:
    """Its reports are still under way."""
    sent.says("C2", "W0001R", K.FIELD_COMPLETE)
    assert sent.incident().state is IncidentState.CONFIRMED
    sent.says("C1", "W0001I", K.FIELD_COMPLETE)
    assert sent.incident().state is IncidentState.RESOLVED


def test_a_phone_whose_clock_is_wrong_still_reports_in_order(sent: LiveDay) -> None:
    """Years early or late, nothing is put before the order or after its arrival."""
    for kind, year in ((K.EN_ROUTE, 1970), (K.ON_SITE, 2099), (K.FIELD_COMPLETE, 1970)):
        sent.at((sent.now - NINE).total_seconds() / 60 + 5)
        wrong = replace(
            sent.said("C2", "W0001R", kind), device_time=sent.now.replace(year=year, day=1)
        )
        stored = sent.report(wrong)
        assert stored.device_time == wrong.device_time
    visit = sent.visit("W0001R.1")
    assert visit.on_site_at == NINE + timedelta(minutes=20)


def conflicts(day: LiveDay) -> list[str]:
    """Return why each open conflict is one, in English."""
    with day.work() as work:
        return [one.conflict.en for one in work.reports.conflicts() if one.conflict]


CONTRADICTIONS = [
    pytest.param("C1", "W0404", K.ON_SITE, None, "no work order W0404", id="unknown order"),
    pytest.param("C2", "W0001I", K.ON_SITE, None, "given to C1, not to", id="another's order"),
    pytest.param("C1", "W0001I", K.VALVE_CLOSED, "zz.z", "no isolation valve zz.z", id="valve"),
    pytest.param("C1", "W0001I", K.VALVE_STUCK, None, "which isolation valve", id="which valve"),
]


@pytest.mark.parametrize(("by", "order", "what", "valve", "why"), CONTRADICTIONS)
def test_what_contradicts_is_kept_for_the_dispatcher(
    sent: LiveDay, by: str, order: str, what: ReportKind, valve: str | None, why: str
) -> None:
    """Stored whole, with the reason in both languages, and without any effect."""
    before = sent.told()
    stored = sent.says(by, order, what, valve)
    assert stored.outcome is Outcome.CONFLICT
    assert stored.conflict is not None
    assert why in stored.conflict.en
    assert stored.conflict.zh
    assert sent.told()[len(before) :] == [f"report.conflict {stored.id}"]


def test_a_report_without_its_reason_is_kept(sent: LiveDay) -> None:
    """The dispatcher rings the crew."""
    stored = sent.report(replace(sent.said("C1", "W0001I", K.PAUSED), reason="  "))
    assert stored.outcome is Outcome.CONFLICT
    assert "without a reason" in conflicts(sent)[0]


def test_a_crew_that_was_replaced_contradicts(sent: LiveDay) -> None:
    """It stands there, and the system sent another one."""
    sent.assign("W0001I", "C2")
    stored = sent.says("C1", "W0001I", K.ON_SITE)
    assert stored.outcome is Outcome.CONFLICT
    assert "given to C2 instead" in conflicts(sent)[0]
    assert sent.visit("W0001I.2").state is VisitState.ASSIGNED


def test_a_crew_on_an_order_that_another_finished_contradicts(sent: LiveDay) -> None:
    """Nothing is left to do there."""
    sent.assign("W0001I", "C2")
    sent.says("C2", "W0001I", K.FIELD_COMPLETE)
    sent.says("C1", "W0001I", K.ON_SITE)
    assert "already done" in conflicts(sent)[0]


def test_going_on_after_the_end_contradicts(sent: LiveDay) -> None:
    """On site after having declined; only one can be true."""
    sent.says("C1", "W0001I", K.DECLINED)
    sent.at(20)
    assert sent.says("C1", "W0001I", K.ON_SITE).outcome is Outcome.CONFLICT


def test_an_end_that_is_older_than_the_work_contradicts(sent: LiveDay) -> None:
    """Another phone of the crew says it gave up before the crew arrived."""
    sent.at(30)
    sent.says("C1", "W0001I", K.ON_SITE)
    assert sent.says("C1", "W0001I", K.CANNOT_COMPLETE, ago=5).outcome is Outcome.CONFLICT
    assert sent.visit("W0001I.1").state is VisitState.ON_SITE


def test_an_isolation_valve_of_no_outage_contradicts(day: LiveDay) -> None:
    """Nothing is shut off for a broken meter; somebody has to look what the crew closed."""
    day.calls("cd1", Symptom.LEAK_AT_METER)
    day.assign("W0001", "C1")
    assert day.says("C1", "W0001", K.VALVE_CLOSED, "bc.b").outcome is Outcome.CONFLICT
    assert day.valve("bc.b").is_open


def fix(name: str, crew: str, at: datetime) -> CrewFix:
    """Return a fix at the reservoir."""
    return CrewFix(name, crew, at, at, LonLat(114.3, 30.6))


def test_crews_are_followed_on_shift_only(day: LiveDay) -> None:
    """A fix from after the shift, or of nobody's crew, is not stored."""
    fixes = [
        fix("1", "C1", NINE),
        fix("2", "C1", NINE + timedelta(hours=13)),
        fix("3", "C9", NINE),
    ]
    with day.work() as work:
        assert record_fixes(work, fixes) == 1
        assert record_fixes(work, fixes) == 0
        assert [one.id for one in work.fixes.latest().values()] == ["1"]


def test_an_isolation_valve_across_the_town_is_a_slip(database: Database) -> None:
    """Three kilometres off it stays open; the dispatcher sees what was reported."""
    far = draw("R--%a%--b%--c--d%--e%" + "-" * 300 + "%f--S", premises="cd")
    day = LiveDay(database, far)
    day.calls("cd", Symptom.BURST)
    day.assign("W0001I", "C1")
    told = day.says("C1", "W0001I", K.VALVE_CLOSED, "ef.f")
    assert told.outcome is Outcome.CONFLICT
    assert told.conflict is not None
    assert "ef.f" in told.conflict.zh
    assert day.outage().state is OutageState.PREDICTED
    assert day.valve("ef.f").is_open
