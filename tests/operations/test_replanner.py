"""The thread that plans again: soon, not too often, never twice at once, whatever fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

import dispatch
from domain.errors import MainbreakError
from domain.plans import Plan
from domain.states import VisitState
from operations.replanner import Replanner, Waits, replanner_for
from operations.replanning.search import Search
from storage import Database
from tests.operations.replanned import EFFORT, ReplannedDay, crew, order

START = datetime(2026, 11, 23, tzinfo=UTC)
PLAN = Plan(START, 1, (), ())
LONG_S = 20.0


class Planner:
    """Counts plans; each may be held up, or fail."""

    def __init__(self) -> None:
        self.now, self.active = START, True
        self.count, self.at_once, self.most_at_once = 0, 0, 0
        self.fault: Exception | None = None
        self.go_on = threading.Event()
        self.go_on.set()
        self.changed = threading.Condition()

    def clock(self) -> datetime:
        """Return the instant that was set."""
        return self.now

    def is_active(self) -> bool:
        """Return what was set."""
        return self.active

    def __call__(self) -> Plan:
        """Make a plan."""
        with self.changed:
            self.count += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.changed.notify_all()
        assert self.go_on.wait(LONG_S)
        with self.changed:
            self.at_once -= 1
        if self.fault is not None:
            raise self.fault
        return PLAN

    def reaches(self, count: int) -> bool:
        """Wait for so many plans to have begun."""
        with self.changed:
            return self.changed.wait_for(lambda: self.count >= count, LONG_S)


@pytest.fixture
def planner() -> Planner:
    """Return a planner that is always ready."""
    return Planner()


@contextmanager
def thread(
    planner: Planner, *, after: Callable[[], None] | None = None, quiet_s: float = 0.05
) -> Iterator[Replanner]:
    """Yield a started replanner behind its first plan; stop it in the end."""
    waits = Waits(quiet_s=quiet_s, at_most_s=0.2, rest_s=0.0)
    replanner = Replanner(planner, planner.is_active, planner.clock, after=after, waits=waits)
    replanner.start()
    try:
        assert not planner.active or planner.reaches(1)
        assert replanner.wait_until_idle(LONG_S)
        yield replanner
    finally:
        planner.go_on.set()
        replanner.stop()


def test_a_wake_brings_a_plan(planner: Planner) -> None:
    """And those who watch are told of it."""
    told = threading.Semaphore(0)
    with thread(planner, after=told.release) as replanner:
        assert told.acquire(timeout=LONG_S)
        replanner.wake()
        assert not replanner.idle
        assert planner.reaches(2)
        assert told.acquire(timeout=LONG_S)


def test_many_wakes_bring_one_plan(planner: Planner) -> None:
    """Five calls about one burst do."""
    with thread(planner, quiet_s=0.1) as replanner:
        planner.go_on.clear()
        for _ in range(5):
            replanner.wake()
        assert planner.reaches(2)
        planner.go_on.set()
        assert replanner.wait_until_idle(LONG_S)
        assert planner.count == 2


def test_a_wake_during_a_plan_brings_another(planner: Planner) -> None:
    """What happened meanwhile is not forgotten."""
    with thread(planner) as replanner:
        planner.go_on.clear()
        replanner.wake()
        assert planner.reaches(2)
        replanner.wake()
        planner.go_on.set()
        assert planner.reaches(3)


def test_who_never_rests_is_planned_all_the_same(planner: Planner) -> None:
    """Without a quiet moment the plan comes after the longest wait."""
    with thread(planner, quiet_s=1000.0) as replanner:
        replanner.wake()
        assert planner.reaches(2)


def test_never_two_plans_at_once(planner: Planner) -> None:
    """A dispatcher's plan now waits for the one under way."""
    with thread(planner) as replanner:
        planner.go_on.clear()
        replanner.wake()
        assert planner.reaches(2)
        found: list[Plan] = []
        asking = threading.Thread(target=lambda: found.append(replanner.plan_now()))
        asking.start()
        planner.go_on.set()
        asking.join(LONG_S)
        assert found == [PLAN]
        assert planner.most_at_once == 1


def test_time_alone_brings_a_plan(planner: Planner) -> None:
    """A minute of the day's clock, however fast that runs; without active work none."""
    with thread(planner):
        planner.now += timedelta(seconds=60)
        assert planner.reaches(2)
    planner.active = False
    with thread(planner) as replanner:
        planner.now += timedelta(seconds=60)
        replanner.wake()
        assert replanner.wait_until_idle(LONG_S)
    assert planner.count == 2


@pytest.mark.parametrize("fault", [MainbreakError("the database is gone."), ValueError("a bug")])
def test_a_failure_is_logged_and_survived(
    planner: Planner, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    """The next wake plans again; a bug is logged with its trace, a sentence without."""
    with caplog.at_level(logging.ERROR), thread(planner) as replanner:
        planner.fault = fault
        replanner.wake()
        assert planner.reaches(2)
        assert replanner.wait_until_idle(LONG_S)
        planner.fault = None
        replanner.wake()
        assert planner.reaches(3)
    (record,) = caplog.records
    assert bool(record.exc_info) == isinstance(fault, ValueError)
    assert ("database is gone" in record.getMessage()) == isinstance(fault, MainbreakError)


def test_a_plan_now_that_fails_tells_who_asked(planner: Planner) -> None:
    """And the next one can be made."""
    with thread(planner) as replanner:
        planner.fault = MainbreakError("no plan.")
        with pytest.raises(MainbreakError, match="no plan"):
            replanner.plan_now()
        planner.fault = None
        assert replanner.plan_now() == PLAN


def test_an_event_is_answered_beside_a_search(planner: Planner) -> None:
    """The search is held up; the answer comes all the same, once for events in one blink."""
    answers, told = Planner(), threading.Semaphore(0)
    waits = Waits(quiet_s=0.05, at_most_s=0.2, react_s=0.05, rest_s=0.0)
    replanner = Replanner(
        planner,
        planner.is_active,
        planner.clock,
        react=answers,
        after=told.release,
        waits=waits,
    )
    planner.go_on.clear()
    replanner.start()
    try:
        assert planner.reaches(1)
        for _ in range(5):
            replanner.wake()
        assert answers.reaches(1)
        assert told.acquire(timeout=LONG_S)
        assert planner.count == 1
        planner.go_on.set()
        assert planner.reaches(2)
        assert replanner.wait_until_idle(LONG_S)
        assert (answers.count, planner.most_at_once) == (1, 1)
    finally:
        planner.go_on.set()
        replanner.stop()


def test_an_answer_that_fails_leaves_the_search(
    planner: Planner, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged, and the plan is improved as if nothing had been."""
    answers = Planner()
    answers.fault = MainbreakError("the database is gone.")
    waits = Waits(quiet_s=0.05, at_most_s=0.2, react_s=0.0, rest_s=0.0)
    replanner = Replanner(planner, planner.is_active, planner.clock, react=answers, waits=waits)
    replanner.start()
    try:
        assert planner.reaches(1)
        with caplog.at_level(logging.ERROR):
            replanner.wake()
            assert answers.reaches(1)
            assert planner.reaches(2)
        assert replanner.wait_until_idle(LONG_S)
    finally:
        replanner.stop()
    assert ["database is gone" in one.getMessage() for one in caplog.records] == [True]


def test_stopping_ends_the_thread(planner: Planner) -> None:
    """It waits for the plan under way; stopping one that never started is fine."""
    before = threading.active_count()
    with thread(planner) as replanner:
        replanner.wake()
    assert threading.active_count() == before
    Replanner(planner, planner.is_active, planner.clock).stop()


def test_a_running_day_is_planned(database: Database) -> None:
    """From a new work order to a crew that is sent, on both databases."""
    day = ReplannedDay(database)
    day.crews(crew("A"))
    day.add(order("W1", at=5))
    told = threading.Semaphore(0)
    replanner = replanner_for(day.open_work, day.keeper.of, day.clock, Search(EFFORT), told.release)
    replanner.start()
    try:
        assert told.acquire(timeout=LONG_S)
    finally:
        replanner.stop()
    assert day.visits()["W1"].state is VisitState.ASSIGNED


def test_an_emergency_has_its_plan_before_the_search(database: Database) -> None:
    """The quick answer is stored while the search is held up; the search then knows of it."""
    day = ReplannedDay(database)
    day.crews(crew("A"))
    go_on, told = threading.Event(), threading.Semaphore(0)

    def slow(problem: dispatch.Problem, *, seed: int, seconds: float) -> Plan:
        assert go_on.wait(LONG_S)
        return dispatch.solve(problem, seed=seed, seconds=seconds)

    def quick(problem: dispatch.Problem, *, seed: int, seconds: float) -> Plan:
        return dispatch.at_once(problem, seed=seed)

    day.add(order("W1", at=5))
    search = Search(EFFORT, slow, react=quick)
    replanner = replanner_for(day.open_work, day.keeper.of, day.clock, search, told.release)
    replanner.start()
    try:
        replanner.wake()
        assert told.acquire(timeout=LONG_S)
        assert day.visits()["W1"].crew == "A"
        go_on.set()
        assert replanner.wait_until_idle(LONG_S)
    finally:
        go_on.set()
        replanner.stop()
    assert day.written()[1] == 1
