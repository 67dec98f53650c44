"""The engines, judged by the oracle; on tiny days, by trying every plan there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch import Problem, at_once, greedy, rules, solve
from domain.plans import Plan
from tests.dispatch.exhaustive import left_over, search
from tests.dispatch.instances import Recipe, draw, recipes
from tests.dispatch.oracle import check, score, sequences_of
from tests.dispatch.oracle_clock import Day

DRAWN = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)

#: An engine and the referee may round a price; seconds of travel.
CENT = 0.02

#: Relative; how near the least price counts as reached.
NEAR = 1e-3

#: A running plan stands where nothing is cheaper by this, seconds of travel.
STANDS = 300


def sound(day: Problem, plan: Plan) -> None:
    """Demand no fault by either checker, every time as early as can be, nothing left that fits."""
    assert check(day, plan) == []
    assert rules.check(day, plan) == plan.violations == ()
    assert left_over(day, sequences_of(Day(day), plan)) == []
    assert plan.cost == rules.score(day, plan)
    assert plan.cost["total"] == pytest.approx(score(day, plan)["total"], abs=CENT)


@pytest.mark.parametrize("engine", [greedy, at_once], ids=["greedy", "at_once"])
@DRAWN
@given(recipe=recipes())
def test_an_answer_at_once_is_sound(engine: Callable[[Problem], Plan], recipe: Recipe) -> None:
    """Whatever the day: every rule kept, complete, its price said truly."""
    day = recipe.day()
    sound(day, engine(day))


@settings(DRAWN, max_examples=25)
@given(recipe=recipes(), seed=st.integers(0, 10**6))
def test_a_search_is_sound(recipe: Recipe, seed: int) -> None:
    """The same of the searched plan, and it is never dearer than greedy's, but a running one."""
    day = recipe.day()
    plan = solve(day, seed=seed, seconds=0.3)
    sound(day, plan)
    assert plan.cost["total"] <= greedy(day).cost["total"] + stands(day) + CENT


def stands(day: Problem) -> int:
    """Return how much cheaper than a running plan another must be."""
    return STANDS if day.running.sequences else 0


def tiny(seed: int) -> Problem:
    """Return a day of two or three crews and three to five orders."""
    return draw(seed, 2 + seed % 2, 3 + seed % 3)


@pytest.mark.parametrize("tens", range(20))
def test_tiny_days_are_solved_exactly(tens: int) -> None:
    """On 200 days no complete plan is cheaper than the search's."""
    missed = {}
    for seed in range(10 * tens, 10 * tens + 10):
        day = tiny(seed)
        plan, best = solve(day, seed=1, seconds=5), search(day).of_complete
        more = plan.cost["total"] - best
        if not -NEAR * best <= more <= NEAR * best + stands(day):
            missed[seed] = more / best
    assert missed == {}
