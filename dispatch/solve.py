"""The front door: a greedy plan at once, then as much better as the time allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dispatch import rules
from dispatch.kernel.draft import Draft
from dispatch.layers import run
from dispatch.plans import bare_plan, plan_of
from dispatch.problem import Problem
from dispatch.scoring import score
from dispatch.search import Search
from dispatch.standing import Standing
from domain.plans import Plan
from domain.progress import Progress

#: The running plan stands unless the search's is cheaper by this, seconds of travel: a crew's day
#: is not turned about for little. Source: mainbreak default, five minutes of driving.
LEAST_CHANGE = 300.0

#: What ``Plan.engine`` says where the referee faults the search's plan: a fault of mainbreak.
REFUSED = "greedy; the search's plan was refused"

#: What ``Plan.engine`` calls the running plan, brought up to date.
RUNNING = "running plan"

#: Rounds of tearing up and mending an order, at most. Source: mainbreak default, so that a day of a
#: hundred orders takes seconds.
ROUNDS_PER_ORDER = 150

#: Rounds however few the orders. Source: 200 tiny days of tests/dispatch, five seeds each: 150 an
#: order missed the best plan three times in 1,000, these never.
LEAST_ROUNDS = 3_000


def greedy(problem: Problem) -> Plan:
    """Return the greedy plan: at once, and always."""
    search = Search(problem, seconds=0.0)
    search.start(running=False)
    return _plan(search, search.best, "greedy", seed=0)


def at_once(problem: Problem, *, seed: int = 1) -> Plan:
    """Return the running plan as far as the rules allow, completed; greedy where none runs."""
    search = Search(problem, seed=seed, seconds=0.0)
    search.start()
    search.keep_running()
    return finished(search)


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    seconds: float = 20.0,
    progress: Progress | None = None,
) -> Plan:
    """Return a plan that keeps every rule; where none is running, no dearer than the greedy one.

    Nothing stays unassigned that fits somewhere beside the rest. The same problem and seed give
    the same plan unless the clock cut the search short, which ``Plan.engine`` then says. A running
    plan, brought up to date, stands where nothing is found that is cheaper by ``LEAST_CHANGE``.

    Parameters
    ----------
    seconds
        No search begins or goes on after this; most small days end earlier, by their rounds.
    progress
        Told the fraction done (0..1) and what is being done.
    """
    rounds = max(LEAST_ROUNDS, ROUNDS_PER_ORDER * problem.n_orders)
    search = Search(problem, seed=seed, seconds=seconds, rounds=rounds)
    if progress is not None:
        search.tell = progress
    search.start()
    run(search)
    return finished(search)


def finished(search: Search, *, stays: Collection[int] = ()) -> Plan:
    """Return the best draft as a plan, or the greedy one if the referee prefers that.

    What began from the running plan may cost more than greedy would: crews are not sent elsewhere
    for an event far away. Why the crews in ``stays`` do what they do is not worked out anew.
    """
    problem = search.problem
    search.tell(0.97, "checking and explaining")
    _prefer_running(search)
    engine = " + ".join(search.engines) + (", stopped by the clock" if search.cut_short else "")
    best = _plan(search, search.best, engine, stays=stays)
    if search.best is not search.greedy:
        greedy_cost = score(problem, bare_plan(Standing(problem, search.given, search.greedy)))
        too_dear = search.running is None and best.cost["total"] > greedy_cost["total"]
        if best.violations or too_dear:
            best = _plan(search, search.greedy, REFUSED)
        best = replace(best, greedy_cost=greedy_cost)
    search.tell(1.0, "plan ready")
    return best


def _prefer_running(search: Search) -> None:
    """Let the running plan stand where nothing clearly cheaper was found."""
    if search.running is not None and search.running_cost < search.cost + LEAST_CHANGE:
        search.best, search.engines = search.running, [RUNNING]


def _plan(
    search: Search,
    draft: Draft,
    engine: str,
    *,
    seed: int | None = None,
    stays: Collection[int] = (),
) -> Plan:
    problem = search.problem
    standing = Standing(problem, search.given, draft)
    seed = search.seed if seed is None else seed
    plan = plan_of(standing, seed=seed, engine=engine, stays=stays)
    return replace(plan, greedy_cost=plan.cost, violations=rules.check(problem, plan))
