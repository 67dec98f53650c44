"""Visits, reports and fixes: stored once, in order, with the events they owe."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.errors import BadInput, IllegalMove, UnknownId
from domain.incidents import Etr, EtrSource
from domain.reports import CrewFix, Outcome, Report, ReportKind
from domain.sentences import Sentence
from domain.states import OutageState, VisitState, WorkOrderState
from domain.visits import TrackedVisit
from storage import Database, UnitOfWork
from tests.storage import examples
from tests.storage.conftest import NOW, clock

VISIT = TrackedVisit(
    "W0001I.1",
    replace(examples.PLAN.routes[0].visits[1], work_order="W0001I", state=VisitState.ASSIGNED),
)
REPORT = Report(
    str(UUID(int=1)),
    "C2",
    "W0001I",
    ReportKind.VALVE_CLOSED,
    NOW - timedelta(minutes=3),
    NOW,
    isolation_valve="V2",
    position=examples.B,
)
FIX = CrewFix(str(UUID(int=2)), "C2", NOW, NOW, examples.A, 4.5, 271.0)


def _day(work: UnitOfWork) -> None:
    work.incidents.save(examples.INCIDENTS)
    work.outages.save(examples.OUTAGES)
    work.work_orders.save(examples.WORK_ORDERS)


def _told(work: UnitOfWork, after: int) -> list[tuple[str, str]]:
    return [(one.kind, one.subject) for one in work.events.since(after, 100)]


def test_a_visit_comes_back_with_everything_that_happened(database: Database) -> None:
    """Planned times, state, pin, true times and what the crew said."""
    rich = replace(examples.PLAN.routes[0].visits[0], work_order="W0001I")
    whole = TrackedVisit("W0001I.1", rich, True, NOW, NOW, "缺配件")
    with database.unit_of_work(clock) as work:
        _day(work)
        work.visits.save([whole])
        assert work.visits.get("W0001I.1") == whole
        assert work.visits.of_orders(["W0001I", "W0404"]) == (whole,)


def test_a_visit_that_ended_is_not_active(database: Database) -> None:
    """It stays among all visits, and its events name crew and work order."""
    ended = replace(VISIT, planned=replace(VISIT.planned, state=VisitState.DECLINED))
    with database.unit_of_work(clock) as work:
        _day(work)
        before = work.events.last_id()
        work.visits.save([VISIT])
        assert work.visits.active() == (VISIT,)
        work.visits.save([ended])
        assert work.visits.active() == ()
        assert work.visits.all() == (ended,)
        assert _told(work, before) == [
            ("visit.assigned", "W0001I.1"),
            ("visit.declined", "W0001I.1"),
        ]
        (last,) = work.events.about(["W0001I.1"], 1)
        assert last.payload == {"from": "assigned", "crew": "C2", "work_order": "W0001I"}


def test_new_times_alone_are_no_event(database: Database) -> None:
    """A plan moves a hundred visits by a minute; that is told once, by the plan."""
    later = replace(VISIT.planned, eta=VISIT.planned.eta + timedelta(minutes=1))
    with database.unit_of_work(clock) as work:
        _day(work)
        work.visits.save([VISIT])
        before = work.events.last_id()
        work.visits.save([replace(VISIT, planned=later)])
        assert work.visits.get(VISIT.id).planned == later
        assert _told(work, before) == []
        work.visits.save([replace(VISIT, planned=later, pinned=True)])
        assert _told(work, before) == [("visit.changed", VISIT.id)]


def test_a_visit_cannot_jump(database: Database) -> None:
    """The table of states holds for visits too."""
    done = replace(VISIT, planned=replace(VISIT.planned, state=VisitState.FIELD_COMPLETE))
    with database.unit_of_work(clock) as work:
        _day(work)
        work.visits.save([VISIT])
        with pytest.raises(IllegalMove, match="field_complete"):
            work.visits.save([done])


def test_a_report_comes_back_and_is_told(database: Database) -> None:
    """With and without a contradiction; the payload names no place."""
    why = Sentence("工单已由二班完成", "crew 2 has done this order")
    second = replace(
        REPORT, id=str(UUID(int=9)), outcome=Outcome.CONFLICT, conflict=why, position=None
    )
    with database.unit_of_work(clock) as work:
        work.reports.add(REPORT)
        work.reports.add(second)
        assert work.reports.find(REPORT.id) == REPORT
        assert work.reports.find("nobody") is None
        assert work.reports.of_crew("C2") == work.reports.all() == (REPORT, second)
        assert work.reports.of_orders(["W0001I"]) == (REPORT, second)
        assert work.reports.conflicts() == (second,)
        applied, conflict = work.events.since(0, 10)
        assert (applied.kind, conflict.kind) == ("report.applied", "report.conflict")
        assert applied.payload == {
            "crew": "C2",
            "work_order": "W0001I",
            "kind": "valve_closed",
            "isolation_valve": "V2",
        }


def test_a_settled_report_waits_for_nobody(database: Database) -> None:
    """It keeps its sentence; an unknown one is named."""
    why = Sentence("矛盾", "contradicts")
    with database.unit_of_work(clock) as work:
        work.reports.add(replace(REPORT, outcome=Outcome.CONFLICT, conflict=why))
        settled = work.reports.settle(REPORT.id)
        assert settled.outcome is Outcome.SETTLED
        assert settled.conflict == why
        assert work.reports.conflicts() == ()
        with pytest.raises(UnknownId, match="nobody"):
            work.reports.settle("nobody")


def test_a_report_is_stored_once(database: Database) -> None:
    """The key is the client's id; who adds it again is told, and nothing is doubled."""
    with database.unit_of_work(clock) as work:
        work.reports.add(REPORT)
        work.commit()
    with pytest.raises(BadInput), database.unit_of_work(clock) as work:
        work.reports.add(REPORT)
    with database.unit_of_work(clock) as work:
        assert work.reports.all() == (REPORT,)


def test_fixes_are_stored_once_and_the_latest_counts(database: Database) -> None:
    """By the device's clock, whenever they arrive; one event a crew and call."""
    older = replace(FIX, id=str(UUID(int=3)), device_time=NOW - timedelta(minutes=1))
    other = replace(FIX, id=str(UUID(int=4)), crew="C1", accuracy_m=None, heading_deg=None)
    with database.unit_of_work(clock) as work:
        assert work.fixes.save([FIX, other, FIX]) == 2
        assert work.fixes.save([FIX, older]) == 1
        assert work.fixes.latest() == {"C2": FIX, "C1": other}
        assert work.fixes.trail("C2", NOW - timedelta(hours=1)) == (older, FIX)
        assert work.fixes.trail("C2", NOW) == (FIX,)
        assert work.fixes.trail("C2", NOW - timedelta(hours=1), older.device_time) == (older,)
        assert _told(work, 0) == [
            ("crew.moved", "C1"),
            ("crew.moved", "C2"),
            ("crew.moved", "C2"),
        ]


def test_an_outage_comes_back_with_its_valves_and_times(database: Database) -> None:
    """Numbers, closed and stuck isolation valves, ETR and proposal."""
    (outage,) = examples.OUTAGES
    whole = replace(
        outage,
        state=OutageState.IN_EFFECT,
        began_at=NOW,
        restored_at=NOW,
        etr=Etr(NOW + timedelta(hours=3), EtrSource.PLAN, NOW, NOW + timedelta(hours=4)),
        numbered=("V2", "V1"),
        closed=("V2",),
        stuck=("V1",),
        proposal=replace(examples.ISOLATION, close=("V2",)),
    )
    with database.unit_of_work(clock) as work:
        _day(work)
        work.outages.save([whole])
        assert work.outages.get(outage.id) == whole
        work.outages.save([replace(whole, proposal=None, etr=None)])
        assert work.outages.get(outage.id).proposal is None


def test_what_has_ended_is_not_active(database: Database) -> None:
    """Each kind by its own end states."""
    with database.unit_of_work(clock) as work:
        _day(work)
        assert work.work_orders.active() == examples.WORK_ORDERS
        cancelled = replace(examples.WORK_ORDERS[0], state=WorkOrderState.CANCELLED)
        work.work_orders.save([cancelled])
        assert work.work_orders.active() == examples.WORK_ORDERS[1:]
        assert work.outages.active() == examples.OUTAGES
        assert work.outages.find("O-404") is None


def test_pages_follow_each_other_by_code_point(database: Database) -> None:
    """No id is passed over or told twice, whatever the database's collation."""
    ids = sorted(["阀", "b", "B", "a-1", "a1", "é", "A"])
    with database.unit_of_work(clock) as work:
        work.tickets.add(*(replace(examples.TICKETS[1], id=one) for one in ids))
        found: list[str] = []
        while page := work.tickets.page(found[-1] if found else None, 3):
            found += [one.id for one in page]
    assert found == ids


def test_placed_and_open_tickets_have_their_place(database: Database) -> None:
    """Those without one are passed over."""
    with database.unit_of_work(clock) as work:
        work.tickets.save([examples.LOCATED[0], examples.TICKETS[1]])
        assert work.tickets.placed(["T1", "T2", "T404"]) == {"T1": examples.LOCATED[0]}
        assert work.tickets.open_located() == examples.LOCATED[:1]


def test_what_belongs_to_an_incident_is_found_by_it(database: Database) -> None:
    """Ended things too; of an incident without any, nothing."""
    done = replace(examples.WORK_ORDERS[0], state=WorkOrderState.CANCELLED)
    with database.unit_of_work(clock) as work:
        _day(work)
        work.work_orders.save([done])
        assert work.work_orders.of_incidents(["E0001"]) == (done, examples.WORK_ORDERS[1])
        assert work.outages.of_incidents(["E0001", "E0002"]) == examples.OUTAGES
        assert work.outages.of_incidents(["E0002"]) == ()
        assert set(work.incidents.some(["E0002", "E0404"])) == {"E0002"}


def test_recent_visits_and_restorations_are_found_by_time(database: Database) -> None:
    """What goes on, and what ended after the instant; a visit taken away is neither."""
    hour = timedelta(hours=1)

    def visit(number: int, state: VisitState, ended: bool) -> TrackedVisit:
        planned = replace(VISIT.planned, state=state)
        return replace(
            VISIT, id=f"W0001I.{number}", planned=planned, ended_at=NOW if ended else None
        )

    going = visit(1, VisitState.ON_SITE, ended=False)
    over = visit(2, VisitState.DECLINED, ended=True)
    taken = visit(3, VisitState.CANCELLED, ended=False)
    restored = replace(examples.OUTAGES[0], state=OutageState.RESTORED, restored_at=NOW)
    with database.unit_of_work(clock) as work:
        _day(work)
        work.visits.add(going, over, taken)
        assert work.visits.since(NOW - hour) == (going, over)
        assert work.visits.since(NOW) == (going,)
        assert work.outages.restored_since(NOW - hour) == ()
        work.outages.save([replace(restored, state=OutageState.IN_EFFECT, restored_at=None)])
        work.outages.save([restored])
        assert work.outages.restored_since(NOW) == (restored,)
        assert work.outages.restored_since(NOW + hour) == ()
