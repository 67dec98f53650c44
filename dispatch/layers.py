"""Which engine works when: greedy at once, ruin and recreate, then OR-Tools on parts."""

from __future__ import annotations

from dispatch.neighbourhoods import improve
from dispatch.problem import Problem
from dispatch.search import ALL, Engine, Found, Search

#: Fraction of the time after which ruin and recreate makes way for OR-Tools.
#: Source: mainbreak default; OR-Tools seldom adds anything then: docs/dispatch-benchmarks.md
KERNEL_UNTIL = 0.98


def search(
    problem: Problem,
    *,
    seed: int = 1,
    seconds: float = 20.0,
    rounds: int | None = None,
    engines: frozenset[Engine] = ALL,
) -> Found:
    """Return the best sequences found in so many seconds, or so many rounds.

    The same problem, seed and ``rounds`` give the same sequences on any machine, unless the clock
    cuts in. Starts from the running plan where there is one.
    """
    state = Search(problem, seed=seed, seconds=seconds, rounds=rounds)
    state.start()
    run(state, engines)
    return state.found()


def run(state: Search, engines: frozenset[Engine] = ALL) -> None:
    """Improve the search's best draft with these engines, until its time is up."""
    with_or_tools = Engine.OR_TOOLS in engines
    if Engine.KERNEL in engines:
        state.anneal(KERNEL_UNTIL if with_or_tools else 1.0)
    if with_or_tools:
        improve(state, 1.0)
