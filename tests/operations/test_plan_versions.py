"""Every version of the plan says what it changed against the one before, and what caused that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.plans import Change, ChangeKind
from domain.states import IncidentState, VisitState, WorkOrderState
from domain.words import Priority, WorkOrderKind
from operations.assign_crew import assign_crew
from operations.crew_away import crew_away
from operations.crew_back import crew_back
from operations.forbid_crew import forbid_crew
from storage import Database, UnitOfWork
from tests.operations.replanned import ReplannedDay, crew, order


@pytest.fixture
def day(database: Database) -> ReplannedDay:
    """Return a day with two crews: A at zero, B a hundred minutes away."""
    day = ReplannedDay(database)
    day.crews(crew("A"), crew("B", at=100))
    return day


def changes(day: ReplannedDay) -> dict[str, Change]:
    """Plan and return what the new version changed, by work order."""
    return {one.work_order: one for one in day.plan().changes}


def test_new_work_is_added(day: ReplannedDay) -> None:
    """With its urgency and what it is about; the next one knows only what is new since."""
    day.add(order("W1", at=1))
    (first,) = day.plan().changes
    assert (first.kind, first.crew_before, first.crew) == (ChangeKind.ADDED, "", "A")
    day.add(order("W2", at=2))
    (second,) = day.plan().changes
    assert (second.work_order, second.kind, second.crew) == ("W2", ChangeKind.ADDED, "A")
    assert second.cause.zh == "新工单 W2（P3）"
    assert second.cause.en == "New work order W2 (P3)"
    with day.open_work() as work:
        stored = work.plans.latest()
    assert stored is not None
    assert stored.changes == (second,)


def test_new_work_that_nobody_can_do_says_why(day: ReplannedDay) -> None:
    """It is in no route, and was in none."""
    day.add(order("W1", at=1))
    day.plan()
    day.add(order("W2", crew_size=9))
    (change,) = day.plan().changes
    assert (change.kind, change.crew) == (ChangeKind.TAKEN_OUT, "")
    assert change.cause.zh.startswith("新工单 W2（P3）：")
    assert "9 " in change.cause.en


def test_a_crew_that_is_away_and_back(day: ReplannedDay) -> None:
    """Its work goes to the other because it is away, and returns because it is back."""
    day.add(order("W1", at=1))
    day.plan()
    day.change(lambda work: crew_away(work, "A", (None, None), "", "lin", day.now))
    gone = changes(day)["W1"]
    assert (gone.kind, gone.crew_before, gone.crew) == (ChangeKind.MOVED, "A", "B")
    assert gone.cause.zh == "A班不在岗"
    assert gone.later_s == 98 * 60
    day.change(lambda work: crew_back(work, "A"))
    assert changes(day)["W1"].cause.en == "A班 is back"


def test_a_crew_that_declines(day: ReplannedDay) -> None:
    """Who did is said."""
    day.add(order("W1", at=1))
    day.plan()
    day.report("W1", VisitState.DECLINED)
    assert changes(day)["W1"].cause.zh == "A班退单或无法完成"


def test_a_dispatchers_hand(day: ReplannedDay) -> None:
    """Given to a crew, and forbidden to one."""
    day.add(order("W1", at=1), order("W2", at=2))
    day.plan()

    def assign(work: UnitOfWork) -> None:
        assign_crew(work, day.keeper.of(work), "W1", "B", day.now)

    day.change(assign)
    day.change(lambda work: forbid_crew(work, "W2", "A", "", "lin", day.now))
    found = changes(day)
    assert found["W1"].cause.zh == "调度员指派给B班"
    assert found["W2"].cause.zh == "调度员不让A班做"


def test_an_emergency_makes_the_rest_late(day: ReplannedDay) -> None:
    """The visits behind it say for which order they wait."""
    day.crews(crew("A"))
    day.add(order("W1", at=1), order("W2", at=2))
    day.plan()
    day.add(order("W9", at=3, priority=Priority.P1, kind=WorkOrderKind.REPAIR))
    found = changes(day)
    assert found["W9"].kind is ChangeKind.ADDED
    assert found["W1"].kind is ChangeKind.RETIMED
    assert found["W1"].later_s > 30 * 60
    assert found["W1"].cause.zh == "A班先做 W9（P1 爆管）"


def test_work_that_takes_longer_than_thought(day: ReplannedDay) -> None:
    """What waits behind it says so, with the minutes."""
    day.crews(crew("A"))
    day.add(order("W1"), order("W2", at=2))
    day.plan()
    day.report("W1", VisitState.ON_SITE)
    day.plan()
    day.pass_minutes(40)
    found = changes(day)
    assert found["W2"].kind is ChangeKind.RETIMED
    assert found["W2"].cause.zh == "A班在做的 W1 晚 15 分结束"


def dismiss(work: UnitOfWork) -> None:
    """Let the incident of W3 be a false alarm."""
    work.incidents.save([replace(work.incidents.get("E-W3"), state=IncidentState.DISMISSED)])


def test_what_is_over_is_dropped_and_what_is_done_is_no_change(day: ReplannedDay) -> None:
    """Cancelled, dismissed; done work leaves the plan as it should."""
    day.crews(crew("A"))
    day.add(order("W1"), order("W2", at=2), order("W3", at=3), order("W4", at=9))
    day.plan()
    day.report("W1", VisitState.ON_SITE)
    day.end("W1")
    day.end("W2", WorkOrderState.CANCELLED)
    day.change(dismiss)
    found = changes(day)
    assert "W1" not in found
    assert (found["W2"].kind, found["W2"].cause.zh) == (ChangeKind.DROPPED, "工单已取消")
    assert (found["W3"].kind, found["W3"].cause.en) == (ChangeKind.DROPPED, "Its incident is over")
    assert found["W4"].cause.zh == "A班不用再去 W1"


def test_a_gain_of_the_search_is_told_in_minutes(day: ReplannedDay) -> None:
    """Nothing happened that names the order: the crews' positions made another plan cheaper."""
    day.crews(crew("A"), crew("B", at=60))
    day.add(order("W1", at=20))
    day.plan()
    day.seen("A", -10)
    day.seen("B", 21)
    found = changes(day)
    assert (found["W1"].kind, found["W1"].crew) == (ChangeKind.MOVED, "B")
    assert found["W1"].cause.zh.startswith("搜索找到更省的排法，全天省 ")


def test_a_plan_of_a_day_that_went_on_is_left(day: ReplannedDay) -> None:
    """Another plan was stored during the search: it is done again, with what that one knew."""
    day.add(order("W1", at=1))
    seen: list[int] = []

    def other() -> None:
        seen.append(1)
        if len(seen) == 1:
            day.add(order("W2", at=2))
            day.plan()

    day.plan(day.during(other))
    assert len(seen) == 2
    assert set(day.visits()) == {"W1", "W2"}
    assert day.written()[1] == 1
