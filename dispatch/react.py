"""The answer to an event: a new plan in a fraction of a second, hardly another one."""

from __future__ import annotations

import numpy as np

from dispatch.kernel.given import PLACE, START
from dispatch.neighbourhoods import improve_crews
from dispatch.problem import Problem
from dispatch.search import Search
from dispatch.solve import finished
from domain.plans import Plan

#: So many capable crews, nearest first, may have their day changed for one event.
#: Source: measured on 100 crews and 1,000 orders, see docs/dispatch-benchmarks.md.
NEAREST = 6

#: The rest of the day stands: events that touch more orders than this are the background's.
MOST_EVENTS = 4

#: Share of the time that OR-Tools may search; the rest is timing, checking, explaining.
SHARE = 0.8


def react(problem: Problem, *, seed: int = 1, seconds: float = 0.3) -> Plan:
    """Return the running plan with what is new in it, changed near the event only.

    What is new, or was in the day of a crew that is gone, is put in where it costs least; then
    OR-Tools looks for better days of the nearest capable crews, at the price of changing them.
    """
    search = Search(problem, seed=seed, seconds=seconds)
    search.start()
    new = [i for i, home in enumerate(problem.home) if home < 0]
    search.keep_running()
    for i in new[:MOST_EVENTS]:
        if search.left(SHARE) > 0.0:
            crews = _nearest(search, i)
            improve_crews(search, crews, search.left(SHARE) / min(len(new), MOST_EVENTS))
    return finished(search)


def _nearest(search: Search, i: int) -> list[int]:
    """Return the capable crews whose work comes nearest to an order, its own crew among them."""
    given, draft = search.given, search.best
    able = np.flatnonzero(np.isfinite(given.give[i])).tolist()
    there = given.order[i, PLACE]

    def apart(c: int) -> float:
        places = given.order[draft.sequence[c, : draft.size[c]], PLACE]
        starts = np.append(places, given.crew[c, START])
        return float(given.travel[starts, there].min())

    own = int(draft.crew[i])
    return sorted(able, key=lambda c: (c != own, apart(c), c))[:NEAREST]
