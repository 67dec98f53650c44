"""A crew's route timed from its first visit to its last: the rules of docs/plan.md, once.

Every engine times routes here, so that a feature stands in one place.
"""

from __future__ import annotations

import numpy as np

from dispatch.arrays import NO_WAY
from dispatch.kernel.compiled import compiled, inlined
from dispatch.kernel.draft import ENDLESS, NOBODY, Draft
from dispatch.kernel.given import (
    BASE,
    BEGUN,
    BREAK_LATE,
    CLOSES,
    DIVERT,
    DROP,
    DUE,
    DURATION,
    EARLY,
    EMERGENCY,
    END,
    FREE,
    HOME,
    INTERRUPT,
    LATE,
    LEAVES,
    LIMIT,
    LINKED,
    LINKS,
    MISS,
    OPENS,
    OVERTIME,
    PARTNER,
    PLACE,
    READY,
    RELEASE,
    REMAINING,
    SAFE,
    SLOPE,
    SOON,
    START,
    STRAIGHT,
    TRAVEL,
    WAITING,
    Given,
)

#: Price of a route that leaves its begun work without a reason; more than any plan costs.
BROKEN = 1e18

#: In ``Draft.dirty``: the route breaks a rule as things stand.
BREAKS = 2


@inlined
def visit_price(given: Given, i: int, eta: int, start: int, end: int) -> float:
    """Return what an order costs at these times, without travel and giving."""
    price = given.price
    cost = price[i, BASE] + price[i, WAITING] * start + price[i, SLOPE] * end
    soon = eta - given.order[i, SOON]
    if soon > 0:
        cost += price[i, EARLY] * soon
        late = eta - given.order[i, DUE]
        if late > 0:
            cost += price[i, LATE] * late + price[i, MISS]
    return cost


@compiled
def ready_at(given: Given, draft: Draft, i: int, crew: int) -> int:
    """Return when all that an order waits for elsewhere has ended, ``ENDLESS`` if it never does.

    A partner's arrival and waits count as the order's own.
    """
    ready = given.order[i, READY]
    for k in range(given.first_before[i], given.first_before[i + 1]):
        j = given.before[k]
        if draft.crew[j] == NOBODY:
            return ENDLESS
        ready = max(ready, draft.end[j])
    partner = given.order[i, PARTNER]
    if partner >= 0 and draft.crew[partner] != NOBODY:
        if draft.crew[partner] == crew:
            return ENDLESS
        ready = max(ready, draft.eta[partner], given.order[partner, OPENS])
        ready = max(ready, given.order[partner, READY])
        for k in range(given.first_before[partner], given.first_before[partner + 1]):
            j = given.before[k]
            if draft.crew[j] == NOBODY:
                return ENDLESS
            ready = max(ready, draft.end[j])
    return ready


@compiled
def pushed(given: Given, draft: Draft, i: int, crew: int, eta: int, end: int) -> float:
    """Return roughly what it costs other crews that they wait longer for order i; inf if too long.

    A crew whose later work would be pushed too is priced for its first visit only: the exact
    price comes when the routes are settled.
    """
    cost = 0.0
    for k in range(given.first_behind[i], given.first_behind[i + 1]):
        j = given.behind[k]
        if draft.crew[j] != NOBODY and draft.crew[j] != crew and draft.start[j] < end:
            if end > draft.latest[j]:
                return np.inf
            rate = given.price[j, WAITING] + given.price[j, SLOPE]
            cost += rate * (end - draft.start[j])
    j = given.order[i, PARTNER]
    if j >= 0 and draft.crew[j] != NOBODY and draft.start[j] < eta:
        if eta > draft.latest[j]:
            return np.inf
        cost += (given.price[j, WAITING] + given.price[j, SLOPE]) * (eta - draft.start[j])
    return cost


@compiled
def by_depot(given: Given, here: int, there: int) -> tuple[int, int, int]:
    """Return (drive, loading, depot) of the shortest way by a depot; ``NO_WAY`` if none."""
    best, loading, depot = NO_WAY, 0, -1
    for k in range(len(given.depots)):
        place = given.depots[k, 0]
        first, second = given.travel[here, place], given.travel[place, there]
        if first < NO_WAY and second < NO_WAY and first + second < best:
            best, loading, depot = first + second, given.depots[k, 1], k
    return best, loading, depot


@compiled
def walk(
    given: Given, draft: Draft, c: int, extra: int, at: int, limit: float, write: bool
) -> float:
    """Return the price of crew c's route, inf if it breaks a rule or is dearer than ``limit``.

    With ``extra`` >= 0 that order stands at place ``at`` of the sequence. With ``write`` the times
    are kept in the draft (then without ``extra``).
    """
    crew, order, travel, weight = given.crew, given.order, given.travel, given.weight
    n_parts = given.uses.shape[1]
    size = draft.size[c] + (1 if extra >= 0 else 0)
    free, here = crew[c, FREE], crew[c, START]
    last = crew[c, LIMIT]
    cost, taken, picked = 0.0, 0, False
    stock = draft.stock
    for p in range(n_parts):
        stock[p] = given.stock[c, p]
        if write:
            draft.load[c, p] = 0
    begun = crew[c, BEGUN]
    if begun >= 0 and size == 0:
        if write:
            draft.route[c] = BROKEN
        return BROKEN
    for q in range(size):
        if extra < 0 or q < at:
            i = draft.sequence[c, q]
        elif q == at:
            i = extra
        else:
            i = draft.sequence[c, q - 1]
        going_on, called_off = False, False
        if q == 0 and begun >= 0:
            if i == begun:
                going_on = True
            elif order[i, EMERGENCY] and crew[c, LEAVES]:
                called_off = True
                free += crew[c, SAFE]
                cost += weight[INTERRUPT] if crew[c, REMAINING] >= 0 else weight[DIVERT]
            elif write:
                cost += BROKEN
            else:
                return np.inf
        working = going_on and crew[c, REMAINING] >= 0
        drive, loading, depot = 0, 0, -1
        depart = max(free, order[i, RELEASE], crew[c, FREE])
        there = order[i, PLACE]
        if working:
            depart = 0
        else:
            while (
                not called_off
                and taken < given.breaks.shape[1]
                and depart >= given.breaks[c, taken, 0]
            ):
                begin = max(free, given.breaks[c, taken, 0])
                late = begin - given.breaks[c, taken, 1]
                if late > 0:
                    cost += weight[BREAK_LATE] * late
                free = begin + given.breaks[c, taken, 2]
                depart = max(free, order[i, RELEASE], crew[c, FREE])
                taken += 1
            drive = int(travel[here, there])
        if n_parts and not picked:
            short = False
            for p in range(n_parts):
                if given.uses[i, p] > stock[p]:
                    short = True
            if short and not going_on:
                drive, loading, depot = by_depot(given, here, there)
                picked = True
            else:
                for p in range(n_parts):
                    stock[p] = max(0, stock[p] - given.uses[i, p])
        if drive >= NO_WAY:
            return np.inf
        eta = depart + drive + loading
        start = max(eta, order[i, OPENS])
        if order[i, LINKED] or order[i, READY] > start:
            start = max(start, ready_at(given, draft, i, c))
        duration = order[i, DURATION]
        if working:
            start, duration = 0, crew[c, REMAINING]
        if start > order[i, CLOSES] and not going_on:
            return np.inf
        end = start + duration
        if going_on:
            home = travel[there, crew[c, HOME]] if crew[c, HOME] >= 0 else 0
            last = max(last, end + home)
        if end > last:
            return np.inf
        price = visit_price(given, i, eta, start, end)
        cost += price + weight[TRAVEL] * drive + given.give[i, c]
        if write:
            if order[i, LINKED]:
                _tell(given, draft, i, c, eta, end)
            draft.at[i], draft.crew[i] = q, c
            draft.depart[i], draft.eta[i], draft.start[i], draft.end[i] = depart, eta, start, end
            draft.travel[i], draft.breaks[i], draft.depot[i] = drive, taken, depot
            draft.cost[i] = price
            for p in range(n_parts):
                draft.load[c, p] += given.uses[i, p]
        elif order[i, LINKED]:
            cost += pushed(given, draft, i, c, eta, end)
        if cost > limit:
            return np.inf
        free, here = end, there
    if size and crew[c, HOME] >= 0:
        drive = int(travel[here, crew[c, HOME]])
        cost += weight[TRAVEL] * drive
        free += drive
        if drive >= NO_WAY or free > last:
            return np.inf
    if size and free > crew[c, END]:
        cost += weight[OVERTIME] * (free - crew[c, END])
    if write:
        draft.route[c] = cost
        _look_back(given, draft, c)
    return cost


@compiled
def _tell(given: Given, draft: Draft, i: int, c: int, eta: int, end: int) -> None:
    """Mark the crews that wait for order i where its times are new to them."""
    if draft.end[i] != end or draft.crew[i] != c:
        for k in range(given.first_behind[i], given.first_behind[i + 1]):
            j = given.behind[k]
            if draft.crew[j] != NOBODY and draft.crew[j] != c:
                draft.dirty[draft.crew[j]] = 1
            j = given.order[j, PARTNER]
            if j >= 0 and draft.crew[j] != NOBODY and draft.crew[j] != c:
                draft.dirty[draft.crew[j]] = 1
    j = given.order[i, PARTNER]
    if j >= 0 and draft.crew[j] != NOBODY and (draft.eta[i] != eta or draft.crew[i] != c):
        draft.dirty[draft.crew[j]] = 1


@inlined
def _look_back(given: Given, draft: Draft, c: int) -> None:
    """Set the latest arrivals of a route, from its last visit to its first, and its longest gap."""
    crew, order, travel = given.crew, given.order, given.travel
    until = last = crew[c, LIMIT]
    there = crew[c, HOME]
    gap = 0
    for q in range(draft.size[c] - 1, -1, -1):
        i = draft.sequence[c, q]
        here = order[i, PLACE]
        gap = max(gap, until - draft.end[i])
        if there >= 0:
            last -= travel[here, there]
        until = last = min(last - order[i, DURATION], order[i, CLOSES])
        draft.latest[i] = last
        there = here
    draft.gap[c] = max(gap, until - crew[c, FREE]) if crew[c, STRAIGHT] else ENDLESS


@compiled
def price_of(given: Given, draft: Draft) -> float:
    """Return the draft's price: routes, and what is in none."""
    cost = 0.0
    for c in range(len(given.crew)):
        cost += draft.route[c]
    for i in range(len(given.order)):
        if draft.crew[i] == NOBODY:
            cost += given.price[i, DROP]
    return cost


@compiled
def settle(given: Given, draft: Draft) -> bool:
    """Time every dirty route, and those that wait for it; False if one breaks a rule.

    A route that breaks a rule is timed again when what it waits for has changed: the times before
    may be those of a plan that was taken back. Crews that wait for each other in a circle push
    each other until one breaks its limit.
    """
    n_crews = len(given.crew)
    linked = given.weight[LINKS] > 0
    for c in range(n_crews):
        if draft.dirty[c]:
            draft.dirty[c] = 1
    rounds = 0
    going = True
    while going and rounds <= 4 * n_crews + 50:
        going = False
        for c in range(n_crews):
            if draft.dirty[c] == 1:
                draft.dirty[c] = 0
                going = linked
                if walk(given, draft, c, -1, 0, np.inf, True) == np.inf:
                    draft.dirty[c] = BREAKS
                    if not linked:
                        return False
        rounds += 1
    return not draft.dirty.any()
