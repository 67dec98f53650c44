"""OR-Tools on parts of a plan: a few crews that work near each other, the rest stands.

Whatever it raises, the plan at hand stands; whatever it finds is timed and priced exactly.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from dispatch.kernel.draft import Draft, sequences_of
from dispatch.kernel.given import PLACE, START, Given
from dispatch.routing_model import RoutingModel
from dispatch.search import Engine, Search

#: Up to so many orders the whole plan is one model. Source: above it the first solution of a
#: model alone takes seconds, see docs/dispatch-benchmarks.md.
MOST_IN_ONE = 200

#: So many orders, and crews, are searched together in a larger plan. Source: as above.
ORDERS, CREWS = 90, 8

#: Solutions asked of each model: its later, cheaper half is timed and repaired.
SOLUTIONS = 24

#: No model is searched longer, seconds. Source: mainbreak default.
MOST_S = 2.0

#: So many idle orders may come into a neighbourhood.
IDLE = 6


def improve(search: Search, until: float) -> None:
    """Search as many neighbourhoods as crews around the best draft, or the whole of a small plan.

    Ends at this fraction of the time.
    """
    if not search.problem.n_orders or not search.problem.n_crews:
        return
    random = np.random.default_rng(search.seed)
    n_crews = search.problem.n_crews
    whole = search.problem.n_orders <= MOST_IN_ONE
    rounds = 1 if whole else n_crews
    for number in range(rounds):
        left = search.left(until)
        if left <= 0.02:
            search.cut_short = True
            return
        seconds = min(MOST_S, left / (rounds - number))
        crews = list(range(n_crews))
        if not whole:
            crews = near_crews(search.given, search.best, int(random.integers(n_crews)))
        improve_crews(search, crews, seconds)


def improve_crews(
    search: Search, crews: Sequence[int], seconds: float, *, idle: Sequence[int] = ()
) -> bool:
    """Return True if OR-Tools found a cheaper plan in which only these crews' days change.

    Orders that nobody has may come in: those of ``idle`` before others.
    """
    begun = time.monotonic()
    draft = search.best
    free = dict.fromkeys([*idle, *np.flatnonzero(draft.crew < 0).tolist()])
    among = [i for i in free if draft.crew[i] < 0][:IDLE]
    try:
        found = RoutingModel(search.given, draft, crews, among).solutions(SOLUTIONS, seconds)
    except Exception:  # whatever the solver raises, the plan at hand stands
        search.engines.append("OR-Tools failed")
        return False
    search.cut_short = search.cut_short or time.monotonic() - begun >= seconds
    better = False
    for routes in found[len(found) // 2 :]:
        sequences = sequences_of(draft)
        for c, route in zip(crews, routes, strict=True):
            sequences[c] = route
        better = search.take(search.completed(sequences), Engine.OR_TOOLS) or better
    return better


def near_crews(given: Given, draft: Draft, centre: int) -> list[int]:
    """Return a crew and those whose work lies nearest to its own, few enough for one model."""
    places = [
        given.order[draft.sequence[c, : draft.size[c]], PLACE]
        if draft.size[c]
        else given.crew[c : c + 1, START]
        for c in range(len(given.crew))
    ]
    mine = places[centre]
    apart = [float(np.median(given.travel[np.ix_(mine, one)])) for one in places]
    chosen: list[int] = []
    orders = 0
    for c in np.argsort(apart, kind="stable").tolist():
        if len(chosen) >= CREWS or (chosen and orders + draft.size[c] > ORDERS):
            break
        chosen.append(c)
        orders += int(draft.size[c])
    return chosen
