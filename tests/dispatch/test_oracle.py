"""The referee and the engines, judged by the oracle and by trying every plan."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch import Problem, rules
from domain.plans import Plan
from tests.dispatch.exhaustive import search
from tests.dispatch.instances import Recipe, draw, recipes
from tests.dispatch.mutations import MUTATIONS, rebuilt, without_crew
from tests.dispatch.oracle import check, plan_of, score
from tests.dispatch.oracle_clock import Day, Impossible, timed

DRAWN = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)

#: An engine and the referee may round a price; seconds of travel.
CENT = 0.02


#: Faults that no luck makes legal.
CERTAIN = {
    "a_break_cut",
    "another_depot",
    "another_drive",
    "another_interrupted",
    "another_way_home",
    "line_doubled",
    "line_dropped",
    "visit_doubled",
    "visit_dropped",
}


def some_plan(day: Problem, seed: int) -> Plan:
    """Return a legal plan without any sense: orders put in wherever they happen to fit."""
    luck, seen = Random(seed), Day(day)
    sequences: list[list[int]] = [[] for _ in day.crews]
    for i in luck.sample(range(len(day.work_orders)), len(day.work_orders)):
        sequences = _with(seen, sequences, i, luck)
    return plan_of(day, sequences)


def _with(day: Day, sequences: list[list[int]], i: int, luck: Random) -> list[list[int]]:
    """Return the sequences with an order, and its partner, at a random place; else as they are."""
    tries = [sequences]
    for one in (i, day.partner[i]):
        if one is not None and not any(one in row for row in sequences):
            tries = [more for row in tries for more in _everywhere(day, row, one)]
    luck.shuffle(tries)
    for way in tries[:60]:
        try:
            timed(day, way)
        except Impossible:
            continue
        return way
    return sequences


def _everywhere(day: Day, sequences: list[list[int]], i: int) -> list[list[list[int]]]:
    return [
        [*sequences[:c], [*sequence[:k], i, *sequence[k:]], *sequences[c + 1 :]]
        for c, sequence in enumerate(sequences)
        if day.may[c][i]
        for k in range(len(sequence) + 1)
    ]


def agree(day: Problem, plan: Plan) -> bool:
    """Demand the same judgement of both, and the same price; return if the plan is legal."""
    ours, theirs = check(day, plan, earliest=False), rules.check(day, plan)
    assert bool(ours) == bool(theirs), f"oracle {ours}, referee {theirs}"
    if not ours:
        mine, referees = score(day, plan), rules.score(day, plan)
        names = set(mine) | set(referees)
        told = {name: referees.get(name, 0.0) for name in names}
        assert told == pytest.approx({name: mine.get(name, 0.0) for name in names}, abs=CENT)
    return not ours


@DRAWN
@given(recipe=recipes(), seed=st.integers(0, 10**6))
def test_referee_and_oracle_agree_on_any_legal_plan(recipe: Recipe, seed: int) -> None:
    """A plan timed by the oracle has no fault for the referee, and the same price by term."""
    day = recipe.day()
    assert agree(day, some_plan(day, seed))


@pytest.mark.parametrize("name", MUTATIONS)
@settings(DRAWN, max_examples=25)
@given(recipe=recipes(crews=(1, 3), orders=(1, 6)), seed=st.integers(0, 10**6))
def test_a_mutation_is_caught(name: str, recipe: Recipe, seed: int) -> None:
    """Both catch it, unless the oracle finds the plan still legal, and then both do."""
    day = recipe.day()
    changed = MUTATIONS[name](day, some_plan(day, seed), Random(seed))
    if changed:
        assert not (agree(*changed) and name in CERTAIN)


@pytest.mark.parametrize("seed", range(25))
def test_one_crew_more_never_costs_more(seed: int) -> None:
    """The least price of all plans does not rise; the horizon stays where it was."""
    day = draw(seed, 3, 4)
    spare = min(day.crews, key=lambda crew: crew.shift.end)
    told = {one: row for one, row in day.running.sequences.items() if one != spare.id}
    day = rebuilt(day, running=replace(day.running, sequences=told))
    assert search(day).of_all <= search(without_crew(day, spare)).of_all + CENT
