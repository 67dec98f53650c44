"""A large main is mended by two crews at once: two work orders that name each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.incidents import WorkOrder
from domain.network import PipeNetwork
from domain.reports import ReportKind
from domain.states import IncidentState, WorkOrderState
from domain.words import Priority, Skill, Symptom, WorkOrderKind
from domain.work import BURSTS, is_interruptible
from operations.isolate_incident import adopt_proposal
from operations.open_incidents import open_incidents
from storage import Database
from tests.operations.live_day import CREWS, LiveDay, street
from tests.operations.test_open_incidents import call

REPAIR = WorkOrderKind.REPAIR


def wide(diameter_m: float) -> PipeNetwork:
    """Return the street with pipes of this diameter."""
    drawn = street()
    return replace(drawn, links=tuple(replace(one, diameter_m=diameter_m) for one in drawn.links))


def orders(diameter_m: float) -> list[WorkOrder]:
    """Return the work orders of a burst of this diameter."""
    (opened,) = open_incidents(wide(diameter_m), [call("t1", Symptom.BURST, "cd")])
    return list(opened.work_orders)


@pytest.mark.parametrize(("diameter_m", "repairs"), [(0.1, 1), (0.59, 1), (0.6, 2), (1.2, 2)])
def test_from_dn600_on_two_crews_mend(diameter_m: float, repairs: int) -> None:
    """One order below, two from there on."""
    assert [one.kind for one in orders(diameter_m)].count(REPAIR) == repairs


def test_both_name_each_other_and_wait_for_the_isolation() -> None:
    """The second crew needs no heavy gear, and the premises are counted once."""
    shut, mend, help_ = orders(0.8)
    assert (mend.together, help_.together, shut.together) == (help_.id, mend.id, "")
    assert mend.after == help_.after == (shut.id,)
    assert mend.duration_s == help_.duration_s
    assert mend.skills == {Skill.PIPE, Skill.LARGE_MAIN}
    assert (help_.skills, help_.crew_size) == ({Skill.PIPE}, 2)
    assert mend.premises_dry_after > 0
    assert (help_.premises_dry_before, help_.premises_dry_after, help_.leaking) == (0, 0, False)


def test_what_may_be_left_half_done() -> None:
    """Small leaks and what nobody waits for dry; never a burst, whatever its priority."""
    kinds = {one for one in WorkOrderKind if is_interruptible(one, Symptom.OTHER, Priority.P1)}
    assert WorkOrderKind.FLUSH in kinds
    assert not kinds & {WorkOrderKind.ISOLATE, WorkOrderKind.RESTORE, WorkOrderKind.TANKER, REPAIR}
    leak = [p for p in Priority if is_interruptible(REPAIR, Symptom.LEAK_ON_ROAD, p)]
    assert leak == [Priority.P3, Priority.P4]
    assert not any(is_interruptible(REPAIR, one, Priority.P4) for one in BURSTS)
    assert not any(one.interruptible for one in orders(0.8))
    (opened,) = open_incidents(street(), [call("t1", Symptom.LEAK_ON_ROAD, "cd")])
    assert [one.interruptible for one in opened.work_orders] == [True]


def test_a_leak_that_becomes_urgent_is_no_more_left(database: Database) -> None:
    """A neighbour is dry: P2, though the work has begun."""
    day = LiveDay(database)
    day.calls("cd1", Symptom.LEAK_ON_ROAD)
    (leak,) = orders_of(day)
    assert (leak.priority, leak.interruptible) == (Priority.P3, True)
    day.assign(leak.id, "C1")
    day.says("C1", leak.id, ReportKind.ON_SITE)
    day.calls("cd2", Symptom.NO_WATER)
    leak = day.order(leak.id)
    assert (leak.priority, leak.interruptible) == (Priority.P2, False)


def orders_of(day: LiveDay) -> tuple[WorkOrder, ...]:
    """Return every work order of the day."""
    with day.work() as work:
        return work.work_orders.all()


def large_burst(database: Database) -> LiveDay:
    """Return a day with a burst of a large main, shut by C2."""
    day = LiveDay(database, wide(0.8))
    heavy = replace(CREWS[0], skills=CREWS[0].skills | {Skill.LARGE_MAIN})
    with day.work() as work:
        work.crews.save((heavy, *CREWS[1:]))
        work.commit()
    day.calls("cd1", Symptom.BURST)
    return day


def test_calls_and_plan_b_leave_the_pair_together(database: Database) -> None:
    """A second caller, then a stuck isolation valve: the same orders, each with its needs."""
    day = large_burst(database)
    day.calls("bc1", Symptom.NO_WATER)
    day.assign("W0001I", "C2")
    day.says("C2", "W0001I", ReportKind.VALVE_STUCK, "de.d")
    with day.work() as work:
        adopt_proposal(work, day.keeper.of(work), "O-E0001", day.now)
        work.commit()
    found = {one.id: one for one in orders_of(day)}
    assert set(found) == {"W0001I", "W0001R", "W0001H"}
    assert (found["W0001R"].together, found["W0001H"].together) == ("W0001H", "W0001R")
    assert found["W0001R"].premises_dry_after == 6
    assert (found["W0001H"].skills, found["W0001H"].premises_dry_after) == ({Skill.PIPE}, 0)


@pytest.mark.parametrize("begun", [False, True])
def test_the_incident_ends_without_a_helper_that_never_came(
    database: Database, begun: bool
) -> None:
    """The repair done, nobody needs the second crew; one that works there has to end first."""
    day = large_burst(database)
    day.assign("W0001I", "C2")
    day.says("C2", "W0001I", ReportKind.FIELD_COMPLETE)
    day.assign("W0001R", "C1")
    day.assign("W0001H", "C2")
    if begun:
        day.says("C2", "W0001H", ReportKind.ON_SITE)
    day.at(200)
    day.says("C1", "W0001R", ReportKind.FIELD_COMPLETE)
    states = {one.id: one.state for one in orders_of(day)}
    assert states["W0001R"] is WorkOrderState.DONE
    expected = WorkOrderState.IN_PROGRESS if begun else WorkOrderState.CANCELLED
    assert states["W0001H"] is expected
    resolved = day.incident().state is IncidentState.RESOLVED
    assert resolved is not begun
