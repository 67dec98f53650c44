"""Solving in processes of its own: the same plan, and always a plan, and never an orphan."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from dispatch import ApartSolver, Problem, rules, solve
from domain.plans import Plan
from tests.conftest import ROOT
from tests.dispatch.days import random_problem
from tests.dispatch.trouble import die, hang, swallow, troubled

#: Prints the children's ids once one searches, or all are idle, and goes on for ever.
PARENT = """
import threading
from dispatch import ApartSolver
from tests.dispatch.days import random_problem
with ApartSolver(processes=1) as apart:
    apart.wait_until_warm(60.0)
    print(*apart.pids, flush=True)
    {then}
    threading.Event().wait()
"""
SEARCHING = "apart.solve(random_problem(2, crews=30, orders=300, hours=9), seconds=600.0)"

LIMIT_S = 60.0

#: What a call that loses its process may take, beyond the time that the test gives the process:
#: the plan without a search, on a machine that does much else.
SPARE_S = 5.0

DAY = random_problem(6, crews=3, orders=8)
LARGE = random_problem(7, crews=20, orders=200)

Ask = Callable[[ApartSolver, Problem], Plan]


def ask_solve(apart: ApartSolver, day: Problem) -> Plan:
    """Search for a moment."""
    return apart.solve(day, seconds=0.2)


def ask_react(apart: ApartSolver, day: Problem) -> Plan:
    """Answer an event."""
    return apart.react(day, seconds=0.2)


@pytest.fixture(scope="module")
def shared() -> Iterator[ApartSolver]:
    """Yield one pool for all tests: what a test does to it, it must survive."""
    with ApartSolver(grace_s=1.0, memory=1 << 30) as solver:
        yield solver


@pytest.fixture
def apart(shared: ApartSolver) -> ApartSolver:
    """Return the pool, all its processes ready: the test before has lost nothing for good."""
    assert shared.wait_until_warm(LIMIT_S)
    return shared


def test_the_plan_is_the_same(apart: ApartSolver) -> None:
    """Where no clock cuts in, process or not makes no difference."""
    day = random_problem(5, crews=3, orders=8)
    here = solve(day, seed=4, seconds=60.0)
    assert "stopped by the clock" not in here.engine
    assert apart.solve(day, seed=4, seconds=60.0) == here


def test_processes_are_kept(apart: ApartSolver) -> None:
    """To get ready is paid once."""
    before = apart.pids
    assert len(before) == 2
    assert ";" not in apart.solve(DAY, seconds=0.2).engine
    assert ";" not in apart.react(DAY, seconds=0.2).engine
    assert apart.pids == before


def test_an_idle_process_that_dies_costs_nothing(apart: ApartSolver) -> None:
    """The other one answers, and a new one takes its place without being asked."""
    lost, kept = apart.pids
    os.kill(lost, signal.SIGKILL)
    os.waitid(os.P_PID, lost, os.WEXITED | os.WNOWAIT)
    assert ";" not in apart.react(DAY).engine
    assert apart.wait_until_warm(LIMIT_S)
    assert lost not in apart.pids
    assert kept in apart.pids


TROUBLES: dict[str, tuple[Ask, Problem, str]] = {
    "killed": (ask_react, troubled(die, signal.SIGKILL), "the search failed"),
    "no memory": (ask_solve, troubled(bytearray, 3 << 30), "the search failed"),
    "no memory in C": (ask_react, troubled(swallow), "the search failed"),
    "stopped": (ask_solve, troubled(die, signal.SIGSTOP), "the search was too late"),
    "hangs in C": (ask_react, troubled(hang), "the search was too late"),
}


@pytest.mark.parametrize(("ask", "day", "why"), TROUBLES.values(), ids=TROUBLES)
def test_a_process_that_is_lost_costs_the_search_only(
    apart: ApartSolver, ask: Ask, day: Problem, why: str
) -> None:
    """The running plan stands and says why; a new process takes the place of the lost one."""
    before, begun = apart.pids, time.monotonic()
    plan = ask(apart, day)
    assert time.monotonic() - begun < 0.2 + 1.0 + SPARE_S
    assert plan.engine == f"running plan; {why}"
    assert plan.violations == () == rules.check(day, plan)
    assert [visit.work_order for route in plan.routes for visit in route.visits] == ["W2", "W1"]
    assert ";" not in ask(apart, DAY).engine
    assert apart.wait_until_warm(LIMIT_S)
    assert len(set(apart.pids) & set(before)) == 1


def test_processes_that_stop_listening_hold_nobody_up(apart: ApartSolver) -> None:
    """A day too large for the socket's buffer, half of it sent."""
    before = apart.pids
    for pid in before:
        os.kill(pid, signal.SIGSTOP)
    plan = apart.react(LARGE)
    for pid in set(before) & set(apart.pids):
        os.kill(pid, signal.SIGCONT)
    assert plan.engine == "greedy; the search was too late"


def test_a_fault_is_logged(apart: ApartSolver, caplog: pytest.LogCaptureFixture) -> None:
    """What went wrong in there is no secret out here."""
    apart.react(troubled(int, "not a number"))
    assert "ValueError: invalid literal for int()" in caplog.text


def test_an_event_never_waits_for_a_search(apart: ApartSolver) -> None:
    """Two searches: one process searches, one search waits, and the event is answered."""
    searches = [Background(apart.solve) for _ in range(2)]
    plan = apart.react(DAY)
    while any(one.is_alive() for one in searches):  # one may not have begun at the first cancel
        apart.cancel()
        searches[0].join(0.1)
    assert ";" not in plan.engine
    assert all(one.plan.engine.endswith("; superseded") for one in searches)


class Background(threading.Thread):
    """A search for ten minutes of a day that allows it."""

    def __init__(self, solve: Callable[..., Plan]) -> None:
        super().__init__(daemon=True)
        self._solve, self.plan = solve, Plan(DAY.now, 0, (), ())
        self.start()

    def run(self) -> None:
        """Search."""
        self.plan = self._solve(LARGE, seconds=600.0)


def test_what_is_closed_still_plans() -> None:
    """Before the first process is ready, and after the last has gone."""
    apart = ApartSolver(grace_s=0.3)
    assert apart.react(DAY).violations == ()
    apart.close()
    assert apart.pids == ()
    assert not apart.is_warm
    plan = apart.solve(DAY, seconds=20.0)
    assert plan.engine == "greedy; superseded"
    assert plan.violations == ()


@pytest.mark.parametrize("then", ["pass", SEARCHING], ids=["idle", "searching"])
def test_the_child_ends_with_its_parent(then: str) -> None:
    """Killed without warning, at rest or in the middle of a search: no orphan goes on."""
    command = [sys.executable, "-c", PARENT.format(then=then)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            parent.wait()
            assert select.select([child], [], [], LIMIT_S)[0], "the child goes on"
        finally:
            os.close(child)
