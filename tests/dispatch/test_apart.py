"""Solving in a child process: the same plan, and always a plan, and never an orphan."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Self

import pytest

from dispatch import ApartSolver, rules, solve
from tests.conftest import ROOT
from tests.dispatch.days import crew, order, problem, random_problem

#: Prints the child's id once it searches, or has become idle, and goes on for ever.
PARENT = """
import threading
from dispatch import ApartSolver
from tests.dispatch.days import random_problem
with ApartSolver() as apart:
    apart.solve(random_problem(1, crews=2, orders=4), seconds=0.1)
    print(apart.child_pid, flush=True)
    {then}
    threading.Event().wait()
"""
SEARCHING = "apart.solve(random_problem(2, crews=30, orders=300, hours=9), seconds=600.0)"

LIMIT_S = 30.0


class AtHome(str):
    """A name that can be said in one process only."""

    def __new__(cls, home: int) -> Self:
        """Return the name for the process with this id."""
        name = super().__new__(cls, "A")
        name.home = home
        return name

    home: int

    def __getnewargs__(self) -> tuple[int]:  # type: ignore[override]
        """Return what ``__new__`` takes: how pickle makes it anew."""
        return (self.home,)

    def __format__(self, spec: str) -> str:
        """Return the name at home."""
        if os.getpid() != self.home:
            raise RuntimeError("not at home")
        return super().__format__(spec)


@pytest.fixture(scope="module")
def apart() -> Iterator[ApartSolver]:
    """Yield one solver for all tests; one that lost its child starts another."""
    with ApartSolver() as solver:
        yield solver


def test_the_plan_is_the_same(apart: ApartSolver) -> None:
    """Where no clock cuts in, process or not makes no difference."""
    day = random_problem(5, crews=3, orders=8)
    here = solve(day, seed=4, seconds=60.0)
    assert "stopped by the clock" not in here.engine
    assert apart.solve(day, seed=4, seconds=60.0) == here


def test_the_child_is_kept(apart: ApartSolver) -> None:
    """Loading OR-Tools is paid once."""
    day = problem([crew("A")], [order("W1")], [0, 10])
    apart.solve(day, seconds=0.2)
    first = apart.child_pid
    apart.solve(day, seconds=0.2)
    assert apart.child_pid == first is not None


def test_a_child_that_dies_costs_the_search_only(apart: ApartSolver) -> None:
    """The greedy plan stands and says why; the next problem has a new child."""
    day = random_problem(6, crews=3, orders=8)
    apart.solve(day, seconds=0.1)
    pid = apart.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    plan = apart.solve(day, seconds=0.1)
    assert plan.engine == "greedy; the search failed"
    assert plan.violations == () == rules.check(day, plan)
    assert "failed" not in apart.solve(day, seconds=0.1).engine
    assert apart.child_pid not in (None, pid)


def test_a_search_that_is_too_late_is_ended() -> None:
    """Its child is gone, the greedy plan stands and says why."""
    day = random_problem(7, crews=20, orders=120)
    with ApartSolver(grace_s=-29.9) as hasty:
        plan = hasty.solve(day, seconds=30.0)
        assert plan.engine == "greedy; the search was too late"
        assert plan.violations == ()
        assert hasty.child_pid is None


def test_a_search_that_raises_says_so(apart: ApartSolver, caplog: pytest.LogCaptureFixture) -> None:
    """A fault in the child is no fault of the server's."""
    named = replace(crew("A"), name=AtHome(os.getpid()))
    plan = apart.solve(problem([named], [order("W1")], [0, 10]), seconds=0.1)
    assert plan.engine == "greedy; the search failed"
    assert "RuntimeError: not at home" in caplog.text


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
