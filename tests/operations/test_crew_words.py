"""What a dispatcher says about crews: away, locked, forbidden; and each of it taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import BadInput, UnknownId
from domain.plans import Blocked
from domain.states import VisitState, WorkOrderState
from operations.allow_crew import allow_crew
from operations.assign_crew import assign_crew
from operations.crew_away import crew_away
from operations.crew_back import crew_back
from operations.forbid_crew import forbid_crew
from operations.live_crews import CrewState
from operations.lock_crew import lock_crew
from operations.unlock_crew import unlock_crew
from storage import Database, UnitOfWork
from tests.operations.replanned import ReplannedDay, crew, order

#: What is stored is tested on both databases elsewhere.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def day(database: Database) -> ReplannedDay:
    """Return a day with two crews: A at zero, B a hundred minutes away."""
    day = ReplannedDay(database)
    day.crews(crew("A"), crew("B", at=100))
    return day


def away(
    day: ReplannedDay, name: str, since: float | None = None, until: float | None = None
) -> None:
    """Say that a crew is away, from and until so many minutes after eight."""
    times = tuple(None if one is None else day.at(one) for one in (since, until))
    day.change(lambda work: crew_away(work, name, (times[0], times[1]), "病", "lin", day.now))


def lock(day: ReplannedDay, name: str, until: float | None = None) -> None:
    """Lock a crew."""
    end = None if until is None else day.at(until)
    day.change(lambda work: lock_crew(work, name, end, "", "lin", day.now))


def forbid(day: ReplannedDay, work_order: str, name: str) -> None:
    """Forbid a crew a work order."""
    day.change(lambda work: forbid_crew(work, work_order, name, "", "lin", day.now))


def who(day: ReplannedDay) -> dict[str, str]:
    """Return the crew of each work order that somebody does."""
    return {name: one.crew for name, one in day.visits().items()}


def test_a_crew_that_is_away_keeps_what_it_started(day: ReplannedDay) -> None:
    """The rest, pinned or not, goes to the other; a person is asked about the started work."""
    day.add(order("W1", at=1), order("W2", at=2), order("W3", at=3))
    day.plan()
    day.report("W1", VisitState.ACCEPTED)
    day.pin("W3", "A")
    away(day, "A")
    day.plan()
    assert who(day) == {"W1": "A", "W2": "B", "W3": "B"}
    found = day.live()["A"]
    assert (found.state, found.needs_you) == (CrewState.AWAY, True)
    assert found.away is not None
    assert (found.away.made_by, found.away.reason) == ("lin", "病")
    assert not day.live()["B"].needs_you
    day.change(lambda work: crew_back(work, "A"))
    assert (day.live()["A"].state, day.live()["A"].away) == (CrewState.ACCEPTED, None)


def test_the_only_crew_that_could_is_named_when_it_is_away(day: ReplannedDay) -> None:
    """Nobody else has the skill: that is not said as if nobody had it."""
    day.crews(crew("A", skills="valve"), crew("B"))
    day.add(order("W1", skills=crew("A", skills="valve").skills))
    away(day, "A")
    (left,) = day.plan().unassigned
    assert (left.reason, left.detail.zh) == (Blocked.AFTER_SHIFTS, "A班：不在岗")


def test_a_crew_that_comes_back_is_planned_from_then(day: ReplannedDay) -> None:
    """Away until ten past, it sets out at ten past; B would need a hundred minutes."""
    day.add(order("W1", at=5))
    away(day, "A", until=10)
    plan = day.plan()
    assert plan.routes[0].visits[0].depart == day.at(10)


def test_a_later_absence_ends_the_day_there(day: ReplannedDay) -> None:
    """What does not fit before goes to the other; nothing is away yet."""
    day.add(order("W1", at=5, minutes=60), order("W2", at=6, minutes=60))
    away(day, "A", since=90)
    day.plan()
    assert sorted(who(day).values()) == ["A", "B"]
    assert day.live()["A"].state is CrewState.FREE
    day.pass_minutes(90)
    assert day.live()["A"].state is CrewState.AWAY


def test_a_locked_day_stands(day: ReplannedDay) -> None:
    """Nothing is added though it is near, nothing taken though the other came near."""
    day.add(order("W1", at=20), order("W2", at=25))
    day.plan()
    before = [day.visits()[name] for name in ("W1", "W2")]
    assert {one.crew for one in before} == {"A"}
    lock(day, "A")
    day.seen("B", 21)
    day.add(order("W3", at=22))
    plan = day.plan()
    assert who(day) == {"W1": "A", "W2": "A", "W3": "B"}
    assert [one.work_order for one in plan.routes[0].visits] == ["W1", "W2"]
    assert [day.visits()[name].id for name in ("W1", "W2")] == [one.id for one in before]
    assert day.live()["A"].locked is not None
    day.change(lambda work: unlock_crew(work, "A"))
    day.add(order("W4", at=1))
    day.plan()
    assert who(day)["W4"] == "A"


def test_a_lock_that_has_ended_counts_no_more(day: ReplannedDay) -> None:
    """Nor does the crew show it."""
    day.add(order("W1", at=20))
    lock(day, "A", until=30)
    plan = day.plan()
    assert plan.routes[0].visits == ()
    day.pass_minutes(30)
    assert day.live()["A"].locked is None


def test_nobody_but_a_locked_crew_is_said_as_that(day: ReplannedDay) -> None:
    """Not as if it had declined."""
    day.crews(crew("A"))
    day.add(order("W1", at=5))
    lock(day, "A")
    (left,) = day.plan().unassigned
    assert left.reason is Blocked.FORBIDDEN
    assert left.detail.zh == "A班：已锁定，不加派"
    assert left.detail.en == "A班: its day is locked"


def test_a_locked_crew_that_waits_for_work_nobody_began_stays(day: ReplannedDay) -> None:
    """Its visit waits for B's: the search finds its time, not another crew."""
    day.crews(crew("A"), crew("B", skills="valve", at=1))
    shut = order("W1", at=2, skills=crew("B", skills="valve").skills)
    day.add(shut, order("W2", at=2, after=("W1",)))
    day.plan()
    lock(day, "A")
    day.crews(crew("A"), crew("B", skills="valve pipe", at=2))
    day.plan()
    assert who(day) == {"W1": "B", "W2": "A"}


def test_a_forbidden_crew_loses_it_and_may_have_it_again(day: ReplannedDay) -> None:
    """Unpinned, unlocked or not; allowed, the nearer crew does it again."""
    day.add(order("W1", at=1))
    day.plan()
    day.pin("W1", "A")
    forbid(day, "W1", "A")
    lock(day, "A")
    day.plan()
    assert who(day) == {"W1": "B"}
    with day.open_work() as work:
        (word,) = work.crew_words.forbidden(["W1"])
    assert (word.crew, word.made_by) == ("A", "lin")
    day.change(lambda work: unlock_crew(work, "A"))
    day.change(lambda work: allow_crew(work, "W1", "A"))
    day.plan()
    assert who(day) == {"W1": "A"}


def test_nobody_but_the_forbidden_is_said_as_that(day: ReplannedDay) -> None:
    """The remedy is to allow it."""
    day.crews(crew("A"))
    day.add(order("W1", at=1))
    forbid(day, "W1", "A")
    (left,) = day.plan().unassigned
    assert (left.reason, left.detail.zh) == (Blocked.FORBIDDEN, "A班：调度员不让它做")


def test_who_is_forbidden_or_locked_while_the_plan_is_made(day: ReplannedDay) -> None:
    """Neither gets what the search had for it."""
    day.crews(crew("A"), crew("B", at=3))
    day.add(order("W1", at=1), order("W2", at=4))

    def meanwhile(work: UnitOfWork) -> None:
        forbid_crew(work, "W1", "A", "", "lin", day.now)
        lock_crew(work, "B", None, "", "lin", day.now)

    day.plan(day.during(lambda: day.change(meanwhile)))
    assert who(day) == {}
    day.plan()
    assert who(day) == {"W2": "A"}


def test_started_work_is_not_forbidden(day: ReplannedDay) -> None:
    """The crew must say so first."""
    day.add(order("W1", at=1))
    day.plan()
    day.report("W1", VisitState.EN_ROUTE)
    with pytest.raises(BadInput, match="has already started"):
        forbid(day, "W1", "A")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda work, now: forbid_crew(work, "W1", "X", "", "lin", now), "id .X"),
        (lambda work, now: forbid_crew(work, "W9", "A", "", "lin", now), "W9"),
        (lambda work, now: forbid_crew(work, "W2", "A", "", "lin", now), "already done"),
        (lambda work, now: allow_crew(work, "W1", "A"), "not forbidden"),
        (lambda work, now: lock_crew(work, "X", None, "", "lin", now), "id .X"),
        (lambda work, now: lock_crew(work, "A", now, "", "lin", now), "until: this time"),
        (lambda work, now: unlock_crew(work, "A"), "not locked"),
        (lambda work, now: crew_away(work, "X", (None, None), "", "lin", now), "id .X"),
        (lambda work, now: crew_away(work, "A", (None, now), "", "lin", now), "until: "),
        (lambda work, now: crew_back(work, "A"), "not away"),
    ],
)
def test_what_makes_no_sense_is_refused(
    day: ReplannedDay, act: Callable[..., object], said: str
) -> None:
    """In one line that says what to do; nothing is stored."""
    day.add(order("W1"), order("W2"))
    day.plan()
    day.report("W2", VisitState.ON_SITE)
    day.end("W2", WorkOrderState.DONE)
    before = day.written()
    with pytest.raises((BadInput, UnknownId), match=said):
        day.change(lambda work: act(work, day.now))
    assert day.written() == before


def test_nothing_is_pinned_to_who_is_away_or_forbidden(day: ReplannedDay) -> None:
    """The word has to be taken back first."""
    day.add(order("W1"))
    away(day, "A")
    forbid(day, "W1", "B")

    def assign(name: str) -> None:
        day.change(lambda work: assign_crew(work, day.keeper.of(work), "W1", name, day.now))

    with pytest.raises(BadInput, match="is away"):
        assign("A")
    with pytest.raises(BadInput, match="is forbidden to crew B"):
        assign("B")


def test_a_break_is_taken_once(day: ReplannedDay) -> None:
    """What the plan put before now has been; later plans do not send the crew to it again."""
    lunch = replace(crew("A"), breaks=(day.lunch(60, 90, 30),))
    day.crews(lunch)
    day.add(*(order(f"W{i}", at=5, minutes=50) for i in range(4)))
    (pause,) = day.plan().routes[0].breaks
    day.now = pause[0] + timedelta(minutes=10)
    again = day.plan().routes[0]
    assert again.breaks == (pause,)
    assert min(one.depart for one in again.visits) >= pause[1]
