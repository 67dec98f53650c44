"""The answer to an event: a new plan in a fraction of a second, hardly another one."""

from __future__ import annotations

import numpy as np

from dispatch.kernel.draft import sequences_of
from dispatch.kernel.given import DROP, FREE, PLACE, START, Floats
from dispatch.making_room import make_room
from dispatch.neighbourhoods import improve_crews
from dispatch.problem import Problem
from dispatch.search import Search, running_sequences
from dispatch.solve import finished
from domain.plans import Plan

#: So many capable crews, nearest first, may have their day changed for one event.
#: Source: measured on 100 crews and 1,000 orders, see docs/dispatch-benchmarks.md.
NEAREST = 6

#: The rest of the day stands: events that touch more orders than this are the background's.
MOST_EVENTS = 4

#: In the answer to an event the change of another visit's crew costs so many times
#: ``Weights.churn``: what would be cheaper anyway is the background's to find. Source: as above.
CALM = 40.0

#: Rounds of ruin and recreate among these crews. Source: as above.
ROUNDS = 600

#: Fractions of the time after which the kernel makes way for OR-Tools, and OR-Tools for timing,
#: checking and explaining.
KERNEL_UNTIL, OR_TOOLS_UNTIL = 0.4, 0.8


def react(problem: Problem, *, seed: int = 1, seconds: float = 0.3) -> Plan:
    """Return the running plan with what is new in it, changed near the event only.

    What is new, or was in the day of a crew that is gone, is put in where it costs least, in the
    place of lesser work if it must be; then ruin and recreate and OR-Tools look for better days of
    the nearest capable crews, at the price of changing them.
    """
    search = Search(problem, seed=seed, seconds=seconds, rounds=ROUNDS)
    search.start()
    search.keep_running()
    new = _new(search)
    if search.running is None or not new:
        return finished(search)
    crews = sorted({c for i in new for c in _nearest(search, i)})
    given = search.given
    search.given = given._replace(give=_calm(search, crews))
    for i in sorted(new, key=lambda i: int(given.rank[0, i])):
        make_room(search, i, _nearest(search, i))
    search.anneal(KERNEL_UNTIL)
    for i in new:
        left = search.left(OR_TOOLS_UNTIL)
        if left > 0.0:
            improve_crews(search, _nearest(search, i), left / len(new), idle=[i])
    search.given = given
    return finished(search, stays=_unchanged(search))


def _new(search: Search) -> list[int]:
    """Return the orders that are in nobody's day, the dearest to leave out first; not too many.

    Old ones that fit nowhere are among them: what has just come must not stand behind those.
    """
    drop = search.given.price[:, DROP]
    idle = [i for i, home in enumerate(search.problem.home) if home < 0]
    return sorted(idle, key=lambda i: (-drop[i], i))[:MOST_EVENTS]


def _unchanged(search: Search) -> set[int]:
    """Return the crews whose sequence is the running one."""
    told, now = running_sequences(search.problem), sequences_of(search.best)
    return {c for c, (one, other) in enumerate(zip(told, now, strict=True)) if one == other}


def _calm(search: Search, crews: list[int]) -> Floats:
    """Return (n, c) prices of giving at which only these crews' work may, and need not, move."""
    problem, give, own = search.problem, search.given.give, search.best.crew
    price = give.copy()
    told = np.array(problem.home)
    others = (told >= 0)[:, None] & (told[:, None] != np.arange(problem.n_crews))
    price[others] += (CALM - 1.0) * problem.weights.churn
    price[:, np.setdiff1d(np.arange(problem.n_crews), crews)] = np.inf
    stays = np.flatnonzero((own >= 0) & ~np.isin(own, crews))
    price[stays] = np.inf
    planned = np.flatnonzero(own >= 0)
    price[planned, own[planned]] = give[planned, own[planned]]
    return price


def _nearest(search: Search, i: int) -> list[int]:
    """Return the capable crews that could be there first, and those whose work comes nearest.

    Its own crew is among them.
    """
    given, draft = search.given, search.best
    able = np.flatnonzero(np.isfinite(given.give[i])).tolist()
    there = given.order[i, PLACE]

    def there_at(c: int) -> int:
        return int(given.crew[c, FREE] + given.travel[given.crew[c, START], there])

    def apart(c: int) -> int:
        places = given.order[draft.sequence[c, : draft.size[c]], PLACE]
        starts = np.append(places, given.crew[c, START])
        return int(given.travel[starts, there].min())

    own = [int(draft.crew[i])] if draft.crew[i] >= 0 else []
    first = sorted(able, key=lambda c: (there_at(c), c))
    near = sorted(able, key=lambda c: (apart(c), c))
    both = (c for pair in zip(near, first, strict=True) for c in pair)
    return list(dict.fromkeys([*own, *both]))[:NEAREST]
