"""What if: two plans of one reading, nothing stored; each supposition against the day as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.closures import ClosureReason, ClosureShape
from domain.crews import Crew, Shift
from domain.errors import BadInput, NothingImported, UnknownId
from domain.places import LonLat
from domain.plans import Blocked, ChangeKind
from domain.states import VisitState
from domain.words import Skill
from operations.close_street import Wanted
from operations.closures.meant import Drawn
from operations.plan_day import Effort
from operations.replanning.search import Search
from operations.what_if import Comparison, Question, what_if
from storage import Database
from tests.operations.replanned import ReplannedDay, burst, crew, order

#: What is stored is tested on both databases elsewhere; here nothing is.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

SEARCH = Search(Effort(seconds=0.15))


@pytest.fixture
def day(database: Database) -> ReplannedDay:
    """Return a day with two crews: A at zero, B a hundred minutes away."""
    day = ReplannedDay(database)
    day.crews(crew("A"), crew("B", at=100))
    return day


def ask(day: ReplannedDay, **supposed: object) -> Comparison:
    """Return the answer, which must have left the day alone."""
    before = day.written()
    question = Question("lin", **supposed)  # type: ignore[arg-type]
    found = what_if(day.open_work, day.keeper.of, question, day.now, SEARCH)
    assert day.written() == before
    return found


def said(found: Comparison) -> list[str]:
    """Return the Chinese sentences."""
    return [one.zh for one in found.said]


def extra(day: ReplannedDay, at: float) -> Crew:
    """Return a crew that is not on the list."""
    return replace(crew("+1", at=at), shift=Shift(day.now, day.now + timedelta(hours=8)))


def test_a_crew_that_is_ill(day: ReplannedDay) -> None:
    """Its work goes to the other, later; what it has started stays."""
    day.add(order("W1", at=1), order("W2", at=2, due_on_site=day.at(40)))
    day.plan()
    day.report("W1", VisitState.ACCEPTED)
    found = ask(day, away=("A",))
    (change,) = found.changes
    assert (change.work_order, change.kind, change.crew) == ("W2", ChangeKind.MOVED, "B")
    assert change.cause.zh == "A班不在岗"
    assert [one.visit.work_order for one in found.before.late] == []
    assert [one.visit.work_order for one in found.after.late] == ["W2"]
    assert found.after.plan.cost["total"] > found.before.plan.cost["total"]
    assert said(found)[:2] == ["超时到场多 1 个", "1 个工单换班组"]
    assert said(found)[-1].startswith("全天多花 ")


def test_nobody_left_to_do_it(day: ReplannedDay) -> None:
    """The work nobody does is counted first."""
    day.crews(crew("A"))
    day.add(order("W1", at=1))
    day.plan()
    found = ask(day, away=("A",))
    assert [one.work_order for one in found.after.plan.unassigned] == ["W1"]
    assert said(found)[0] == "没人做的工单多 1 个"
    assert found.said[0].en == "1 more work order without a crew"


def test_one_crew_more_never_costs(day: ReplannedDay) -> None:
    """Beside the work it takes some; where it is of no use the plan stays as it is."""
    day.crews(crew("A"))
    day.add(*(order(f"W{i}", at=20 + i, minutes=60) for i in range(4)))
    day.plan()
    found = ask(day, crews=(extra(day, 22),))
    assert {one.crew for one in found.changes} >= {"+1"}
    assert found.after.plan.cost["total"] < found.before.plan.cost["total"]
    useless = replace(extra(day, 22), skills=frozenset({Skill.METER}))
    same = ask(day, crews=(useless,))
    assert same.changes == ()
    assert said(same) == ["全天代价不变"]


def test_forbidden_and_pinned(day: ReplannedDay) -> None:
    """The other crew does it; what is pinned is done by that crew, whoever it was pinned to."""
    day.add(order("W1", at=1), order("W2", at=2))
    day.plan()
    day.pin("W2", "A")
    found = ask(day, forbidden=(("A", "W1"),), pinned=(("B", "W2"),))
    assert {one.work_order: one.crew for one in found.changes} == {"W1": "B", "W2": "B"}
    causes = {one.work_order: one.cause.zh for one in found.changes}
    assert causes == {"W1": "调度员不让A班做", "W2": "调度员指派给B班"}
    alone = ask(day, forbidden=(("A", "W1"), ("B", "W1")))
    (left,) = alone.after.plan.unassigned
    assert left.reason is Blocked.FORBIDDEN


def test_water_that_comes_back_later(day: ReplannedDay) -> None:
    """The outage's end moves with its repair, and is said with its minutes."""
    day.crews(crew("A", skills="pipe valve"), crew("B", skills="pipe valve", at=30))
    day.add(*burst("E1", at=10), outage=True)
    day.plan()
    found = ask(day, away=("A",))
    (etr,) = found.etrs
    assert etr.outage.id == "O-E1"
    assert etr.later_s == 10 * 60
    assert "E1 晚 10 分来水" in said(found)


def test_what_makes_no_sense_is_refused(day: ReplannedDay) -> None:
    """Unknown crews and orders; work that has been started; streets where there are none."""
    day.add(order("W1", at=1))
    day.plan()
    with pytest.raises(UnknownId, match="X"):
        ask(day, away=("X",))
    with pytest.raises(UnknownId, match="W9"):
        ask(day, forbidden=(("A", "W9"),))
    day.report("W1", VisitState.EN_ROUTE)
    with pytest.raises(BadInput, match="has already started work order W1"):
        ask(day, pinned=(("B", "W1"),))
    shape = Drawn(ClosureShape.LINE, (LonLat(0.0, 0.0), LonLat(0.001, 0.0)))
    with pytest.raises((BadInput, NothingImported)):
        ask(day, closures=(Wanted(shape, ClosureReason.FLOOD),))
