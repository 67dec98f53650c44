"""The engines: whatever the day, a clean and complete plan, never dearer than greedy."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dispatch
from dispatch import Problem, greedy, rules, solve
from dispatch.plans import plan_of
from dispatch.routing_model import RoutingModel
from dispatch.search import Search
from dispatch.standing import Standing
from domain.plans import Plan
from domain.words import Priority, Skill
from tests.dispatch.days import NOW, at, burst, crew, order, problem, random_problem

SLOW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)

Sequences = list[list[int]]


def timed(day: Problem, sequences: Sequences) -> dict[int, tuple[float, float]] | None:
    """Return start and end of each order in seconds, by plain repetition; None if a rule breaks.

    Written on its own from docs/plan.md: reads the domain values only.
    """
    done: dict[int, tuple[float, float]] = {}
    names = {one.id: i for i, one in enumerate(day.work_orders)}
    todo = [list(sequence) for sequence in sequences]
    progress = True
    while progress:
        progress = False
        for c, sequence in enumerate(todo):
            if not sequence:
                continue
            i = sequence[0]
            work, team = day.work_orders[i], day.crews[c]
            before = [names[one] for one in work.after if one in names]
            if any(one not in done for one in before):
                continue
            if not work.skills <= team.skills or team.size < work.crew_size:
                return None
            earlier = sequences[c][: sequences[c].index(i)]
            place = len(day.crews) + earlier[-1] if earlier else c
            begin = max(0.0, (team.shift.start - day.now).total_seconds())
            free = done[earlier[-1]][1] if earlier else begin
            drive = np.ceil(day.travel.seconds[place, len(day.crews) + i])
            eta = max(free, (work.released_at - day.now).total_seconds()) + drive
            start = max([eta, *(done[one][1] for one in before)])
            end = start + work.duration_s
            if not end <= (team.shift.end - day.now).total_seconds():
                return None
            done[i] = (start, end)
            sequence.pop(0)
            progress = True
    return done if not any(todo) else None


def sequences_of(day: Problem, plan: Plan) -> Sequences:
    """Return the plan as crew by crew lists of order numbers."""
    names = {one.id: i for i, one in enumerate(day.work_orders)}
    by_crew = {route.crew: [names[v.work_order] for v in route.visits] for route in plan.routes}
    return [by_crew.get(one.id, []) for one in day.crews]


def left_over(day: Problem, sequences: Sequences) -> list[str]:
    """Return the unassigned orders that would fit somewhere beside the rest."""
    planned = {i for sequence in sequences for i in sequence}
    fits = []
    for i, work in enumerate(day.work_orders):
        if i in planned:
            continue
        for c, sequence in enumerate(sequences):
            for at_place in range(len(sequence) + 1):
                trial = [list(one) for one in sequences]
                trial[c].insert(at_place, i)
                if timed(day, trial) is not None:
                    fits.append(work.id)
    return fits


def clean(day: Problem, plan: Plan) -> None:
    """Demand a plan that breaks no rule, is complete and says its cost truly."""
    assert plan.violations == () == rules.check(day, plan)
    assert left_over(day, sequences_of(day, plan)) == []
    assert plan.cost == rules.score(day, plan)
    assert plan.cost["total"] <= plan.greedy_cost["total"]


@SLOW
@given(seed=st.integers(0, 10**6), crews=st.integers(1, 5), orders=st.integers(0, 14))
def test_greedy_is_clean_and_complete(seed: int, crews: int, orders: int) -> None:
    """Random days with bursts, gaps in the roads, short shifts: every order planned or blocked."""
    day = random_problem(seed, crews=crews, orders=orders)
    clean(day, greedy(day))


@settings(SLOW, max_examples=12)
@given(seed=st.integers(0, 10**6), hours=st.sampled_from([2.0, 5.0, 9.0]))
def test_solve_is_clean_and_never_dearer(seed: int, hours: float) -> None:
    """The same of the searched plan, on days too full and days with room."""
    day = random_problem(seed, crews=4, orders=14, hours=hours)
    clean(day, solve(day, seed=seed, seconds=0.6))


@SLOW
@given(seed=st.integers(0, 10**6))
def test_engines_and_referee_agree_on_the_price(seed: int) -> None:
    """The engines' straight lines per order add up to the referee's sums per incident."""
    day = random_problem(seed, crews=3, orders=12)
    found = dispatch.search(day, rounds=1, engines=frozenset({dispatch.Engine.GREEDY}))
    assert found.cost == pytest.approx(greedy(day).cost["total"], abs=0.01)


def every_way(day: Problem) -> list[Sequences]:
    """Return every set of sequences over all subsets of the orders."""
    ways: list[Sequences] = []
    n, cuts = len(day.work_orders), len(day.crews)
    for row in permutations([*range(n), *([-1] * cuts)]):
        lists: Sequences = [[]]
        for one in row:
            if one == -1:
                lists.append([])
            else:
                lists[-1].append(one)
        ways.append(lists[:cuts])
    return [list(map(list, one)) for one in {tuple(map(tuple, way)) for way in ways}]


def price(day: Problem, sequences: Sequences) -> float:
    """Return the price of sequences by hand-made visits through the referee."""
    times = timed(day, sequences) or {}
    visits_module = importlib.import_module("tests.dispatch.test_rules")
    routes = []
    for c, sequence in enumerate(sequences):
        visits, place = [], c
        for i in sequence:
            start, end = times[i]
            there = len(day.crews) + i
            drive = int(np.ceil(day.travel.seconds[place, there]))
            free = visits[-1].end if visits else max(day.now, day.crews[c].shift.start)
            depart = max(free, day.work_orders[i].released_at)
            made = visits_module.visit(day.crews[c].id, day.work_orders[i].id, 0, 0, 0, 0)
            made = replace(made, depart=depart, eta=depart + timedelta(seconds=drive))
            made = replace(made, travel_s=drive, start=NOW + timedelta(seconds=start))
            visits.append(replace(made, end=NOW + timedelta(seconds=end)))
            place = there
        routes.append(importlib.import_module("domain.plans").Route(day.crews[c].id, tuple(visits)))
    return rules.score(day, Plan(day.now, 1, tuple(routes), ()))["total"]


@pytest.mark.parametrize("seed", range(12))
def test_small_days_are_solved_exactly(seed: int) -> None:
    """Few orders and two crews: no enumeration of all plans finds a cheaper complete one."""
    day = random_problem(1000 + seed, crews=2, orders=3, hours=6)
    ways = [way for way in every_way(day) if timed(day, way) is not None]
    costs = [price(day, way) for way in ways if not left_over(day, way)]
    assert solve(day, seconds=2).cost["total"] == pytest.approx(min(costs), abs=0.01)


def test_burst_before_all_else() -> None:
    """Given a burst and a nearer small job, the only crew with the key goes to the burst first."""
    shut, mend = burst("E1")
    near = order("W1", skills=frozenset({Skill.VALVE}))
    day = problem([crew("A", skills="valve pipe")], [near, shut, mend], [0, 5, 25, 25])
    plan = solve(day, seconds=1)
    assert [v.work_order for v in plan.routes[0].visits] == ["E1I", "E1R", "W1"]


def test_another_crew_repairs_when_the_isolation_is_done() -> None:
    """The repair crew is on site when the isolation ends and begins that second."""
    shut, mend = burst("E1")
    crews = [crew("A", skills="valve", size=1), crew("B", skills="pipe")]
    plan = solve(problem(crews, [shut, mend], [0, 0, 20, 20]), seconds=1)
    visits = {v.work_order: v for route in plan.routes for v in route.visits}
    assert visits["E1R"].crew == "B"
    assert visits["E1R"].eta == at(20)
    assert visits["E1R"].start == visits["E1I"].end == at(50)


def test_orders_that_wait_for_each_other_are_unassigned() -> None:
    """A circle of waits never begins; the plan says what each waits for."""
    one, two = order("W1", after=("W2",)), order("W2", after=("W1",))
    plan = solve(problem([crew("A")], [one, two], [0, 5, 5]), seconds=1)
    assert [one.reason for one in plan.unassigned] == ["waits_for_unassigned"] * 2


def test_work_before_it_that_is_not_in_the_day_is_done() -> None:
    """An order whose isolation was done earlier may begin at once."""
    plan = greedy(problem([crew("A")], [order("W1", after=("gone",))], [0, 5]))
    assert plan.routes[0].visits[0].start == at(5)


def test_same_day_and_seed_give_the_same_plan() -> None:
    """Stopped by its steps and not by the clock, a search repeats itself to the second."""
    day = random_problem(7, crews=4, orders=16)
    first, second = solve(day, seed=3, seconds=60), solve(day, seed=3, seconds=60)
    assert "stopped by the clock" not in first.engine
    assert first == second


def test_no_time_means_greedy() -> None:
    """With no seconds to spend the greedy plan is the answer."""
    day = random_problem(8, crews=4, orders=16)
    plan = solve(day, seconds=0)
    assert plan.cost == plan.greedy_cost == greedy(day).cost
    assert plan.engine == "greedy, stopped by the clock"


def test_a_solver_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given OR-Tools that raises, the plan at hand stands and the engine says so."""
    front = importlib.import_module("dispatch.neighbourhoods")

    def fail(*_: object) -> None:
        raise RuntimeError("no licence for luck")

    monkeypatch.setattr(front, "RoutingModel", fail)
    day = random_problem(9, crews=4, orders=12)
    plan = solve(day, seconds=1)
    assert "OR-Tools failed" in plan.engine
    clean(day, plan)


@pytest.mark.parametrize("fault", ["a rule broken", "a price above greedy's"])
def test_a_search_whose_plan_is_refused_says_so(
    monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Given a referee that faults the search's plan, greedy stands and the engine tells."""
    front = importlib.import_module("dispatch.solve")
    day = random_problem(9, crews=4, orders=12)
    greedy_plan, check, plan_of = greedy(day), rules.check, front.plan_of
    assert solve(day, seconds=1).cost["total"] < greedy_plan.cost["total"]

    def strict(problem: Problem, plan: Plan) -> tuple[str, ...]:
        return check(problem, plan) if plan.routes == greedy_plan.routes else ("a rule broken",)

    def dear(draft: object, **more: object) -> Plan:
        plan: Plan = plan_of(draft, **more)
        return plan if plan.routes == greedy_plan.routes else replace(plan, cost={"total": 1e9})

    if fault == "a rule broken":
        monkeypatch.setattr(rules, "check", strict)
    else:
        monkeypatch.setattr(front, "plan_of", dear)
    plan = solve(day, seconds=1)
    assert plan.engine == "greedy; the search's plan was refused"
    assert plan.routes == greedy_plan.routes
    clean(day, plan)


@pytest.mark.parametrize("seed", range(4))
def test_the_routing_model_answers_alone(seed: int) -> None:
    """From the greedy draft OR-Tools finds solutions; salvaged, each keeps every rule."""
    day = random_problem(seed, crews=4, orders=14)
    start = Search(day)
    start.start()
    crews = range(day.n_crews)
    found = RoutingModel(start.given, start.best, crews).solutions(8, 2.0)
    assert start.found().sequences in found
    for sequences in found:
        draft = start.completed(sequences)
        plan = plan_of(Standing(day, start.given, draft), seed=0, engine="OR-Tools")
        assert rules.check(day, plan) == ()


def test_progress_goes_from_nothing_to_all() -> None:
    """The fractions told never fall, and end at one."""
    told: list[float] = []
    solve(random_problem(1, crews=3, orders=9), seconds=1, progress=lambda f, _: told.append(f))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_microseconds_and_zones() -> None:
    """A now between two seconds is rounded up; every time of the plan is on a whole second."""
    base = random_problem(2, crews=3, orders=9)
    now = NOW + timedelta(microseconds=250_000)
    day = Problem.build(base.work_orders, base.crews, base.travel, now)
    assert greedy(day).violations == ()
    assert day.now == NOW + timedelta(seconds=1)


def test_nonsense_is_refused() -> None:
    """A naive now, an id twice, travel of another size: a ValueError each."""
    day = random_problem(2, crews=2, orders=3)
    with pytest.raises(ValueError, match="zone"):
        Problem.build(day.work_orders, day.crews, day.travel, NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="twice"):
        Problem.build([*day.work_orders, day.work_orders[0]], day.crews, day.travel, NOW)
    with pytest.raises(ValueError, match="places"):
        Problem.build(day.work_orders[:-1], day.crews, day.travel, NOW)


def test_priorities_decide_who_is_left_out() -> None:
    """Where only one of two orders fits, the more urgent one is planned."""
    orders = [order("W4", priority=Priority.P4), order("W1", priority=Priority.P1)]
    day = problem([crew("A", hours=(0, 0.75))], orders, [0, 5, 5])
    plan = solve(day, seconds=1)
    assert [one.work_order for one in plan.unassigned] == ["W4"]
