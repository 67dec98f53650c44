"""Polish a draft: take a few neighbouring orders out, put them back where they cost least.

Every accepted step is exactly timed and cheaper, so the result is never dearer than the start.
Deterministic by seed: work is counted in steps, not in seconds; the clock only cuts off.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from dispatch.draft import Draft
from dispatch.greedy import by_urgency
from dispatch.tables import NO_WAY, Tables

#: A step must gain more than this, seconds of travel: rounding is no gain.
LEAST_GAIN = 0.01

#: So many orders leave the plan in one step, at most. Source: steps of 2 to 8 did best here.
MOST_OUT = 8

#: Share of the steps that put orders back in random turns instead of by urgency.
BY_CHANCE = 0.5

#: Two orders are as far apart as their drive plus this share of the time between their releases.
RELEASE_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Limit:
    """When to stop: after so many steps, or at this ``time.monotonic()``, whichever is first."""

    steps: int
    deadline: float


def polish(
    draft: Draft, limit: Limit, random: Random, tell: Callable[[float], None]
) -> tuple[Draft, bool]:
    """Return a draft that is never dearer, and whether all steps were taken before the clock."""
    near = _neighbours(draft.tables)
    rank = _ranks(draft.tables)
    depth = _depths(draft.tables)
    for step in range(limit.steps if near else 0):
        if time.monotonic() > limit.deadline:
            return draft, False
        tell(step / limit.steps)
        leavers = _leavers(draft.tables, near, random)
        other = _rebuilt(draft, leavers, _turns(rank, depth, random))
        if other is not None and other.cost < draft.cost - LEAST_GAIN:
            draft = other
    return draft, True


def _neighbours(tables: Tables) -> list[list[int]]:
    """Return for each order the orders nearest to it in drive and release, nearest first."""
    orders, travel, crews = range(tables.n_orders), tables.travel, tables.n_crews

    def apart(a: int, b: int) -> tuple[bool, float, int]:
        there, back = travel[crews + a][b], travel[crews + b][a]
        waits = abs(tables.release[a] - tables.release[b])
        return NO_WAY in (there, back), there + back + RELEASE_SHARE * waits, b

    return [sorted(orders, key=partial(apart, a))[: 3 * MOST_OUT] for a in orders]


def _leavers(tables: Tables, near: list[list[int]], random: Random) -> set[int]:
    """Return a few neighbours of a random order, with all that waits for them."""
    size = random.randint(1, MOST_OUT)
    centre = random.randrange(len(near))
    stack = [centre, *random.sample(near[centre][: 3 * size], min(size, len(near[centre])))]
    leavers: set[int] = set()
    while stack:
        order = stack.pop()
        if order not in leavers:
            leavers.add(order)
            stack += tables.followers[order]
    return leavers


def _ranks(tables: Tables) -> list[int]:
    """Return for each order its place by urgency."""
    rank = [0] * tables.n_orders
    for place, order in enumerate(by_urgency(tables)):
        rank[order] = place
    return rank


def _depths(tables: Tables) -> list[int]:
    """Return for each order how many orders stand in the longest chain before it."""
    depth = [0] * tables.n_orders
    for order in by_urgency(tables):
        depth[order] = max((depth[j] + 1 for j in tables.after[order]), default=0)
    return depth


def _turns(rank: list[int], depth: list[int], random: Random) -> Callable[[int], tuple[float, int]]:
    """Return by which key orders are put back: by urgency or, every other step, by chance.

    Either way an order comes after the orders it waits for.
    """
    if random.random() < BY_CHANCE:
        chance = {order: random.random() for order in range(len(rank))}
        return lambda order: (depth[order] + chance[order], order)
    return lambda order: (rank[order], order)


def _rebuilt(
    draft: Draft, leavers: set[int], turn: Callable[[int], tuple[float, int]]
) -> Draft | None:
    """Return the draft with the leavers put back, None where taking them out breaks a rule.

    That happens where the straight way is slower than the detour over a leaver. Orders that were
    unassigned before can only fit into sequences that changed.
    """
    idle = set(draft.unassigned())
    touched = {draft.times.crew[order] for order in leavers - idle}
    other = draft.without(leavers)
    if other is None:
        return None
    for order in sorted(leavers | idle, key=turn):
        fit = other.cheapest_fit(order, None if order in leavers else touched)
        if fit is not None:
            other.insert(order, fit)
            touched.add(fit.crew)
    return other
