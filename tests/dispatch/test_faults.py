"""Whatever is wrong with a day, a plan: no order lost, a reason for each, no rule broken."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from dispatch import Problem, at_once, greedy, react, rules, solve, warm_up
from domain.plans import Plan
from tests.dispatch.faulty import FAULTS, Parts, usual

ENGINES: dict[str, Callable[[Problem], Plan]] = {
    "greedy": greedy,
    "at_once": at_once,
    "react": lambda problem: react(problem, seconds=0.05),
    "solve": lambda problem: solve(problem, seconds=0.05),
}

#: How many faults come at once, and how many days are made of so many.
HEAPS, HEAP = 20, 4


def check(problem: Problem) -> None:
    """Pass if every engine has a clean plan with every order in it once."""
    for name, engine in ENGINES.items():
        plan = engine(problem)
        visits = [visit for route in plan.routes for visit in route.visits]
        told = [one.work_order for one in visits] + [one.work_order for one in plan.unassigned]
        assert sorted(told) == sorted(order.id for order in problem.work_orders), name
        said = [visit.reason for visit in visits] + [one.detail for one in plan.unassigned]
        assert all(one.zh.strip() and one.en.strip() for one in said), name
        assert rules.check(problem, plan) == plan.violations == (), name


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Run the loops compiled, as a server does."""
    warm_up()


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault(fault: str) -> None:
    """Alone on an otherwise usual day."""
    day = usual()
    FAULTS[fault](day)
    check(day.problem())


@pytest.mark.parametrize("seed", range(HEAPS))
def test_a_heap_of_faults(seed: int) -> None:
    """Several of them, one upon the other."""
    day = usual()
    for fault in Random(seed).sample(sorted(FAULTS), HEAP):
        FAULTS[fault](day)
    check(day.problem())


def test_nothing_at_all() -> None:
    """Neither crews nor orders."""
    check(Parts().problem())
