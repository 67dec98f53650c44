"""Where one more order fits into the routes, and what that adds to the price."""

from __future__ import annotations

import numpy as np

from dispatch.arrays import NO_WAY
from dispatch.kernel.compiled import compiled, inlined
from dispatch.kernel.draft import NOBODY, Draft
from dispatch.kernel.given import (
    CLOSES,
    DURATION,
    END,
    FREE,
    HOME,
    LIMIT,
    LINKED,
    OPENS,
    OVERTIME,
    PLACE,
    READY,
    RELEASE,
    SIMPLE,
    START,
    STRAIGHT,
    TIMED,
    TRAVEL,
    TWIN,
    Given,
)
from dispatch.kernel.walking import pushed, ready_at, visit_price, walk

#: From so many orders on only places beside near orders are looked at first.
#: Source: measured; below it the whole scan is as fast.
MANY = 250

#: Random numbers run from 1 below this prime. Source: Park and Miller 1988, with factor 48 271.
PRIME = 2_147_483_647


@inlined
def draw(luck: np.ndarray) -> float:
    """Return the next random number between 0 and 1, both excluded."""
    luck[0] = luck[0] * 48_271 % PRIME
    return luck[0] / PRIME


@compiled
def tail_price(
    given: Given, draft: Draft, c: int, at: int, here: int, free: int, limit: float
) -> float:
    """Return what the visits from place ``at`` on cost more if the crew comes free later; inf.

    ``here`` and ``free`` are where and when the crew sets out for them. Stops where the delay is
    used up. Simple crews only.
    """
    order = given.order
    more = 0.0
    size = draft.size[c]
    for q in range(at, size):
        i = draft.sequence[c, q]
        drive = np.int64(given.travel[here, order[i, PLACE]]) if q == at else draft.travel[i]
        eta = max(free, order[i, RELEASE]) + drive
        if eta > draft.latest[i] or drive >= NO_WAY:
            return np.inf
        if eta == draft.eta[i]:
            return more
        start = max(eta, order[i, OPENS])
        if order[i, LINKED] or order[i, READY] > start:
            start = max(start, ready_at(given, draft, i, c))
        end = start + order[i, DURATION]
        if start > order[i, CLOSES] or end > given.crew[c, LIMIT]:
            return np.inf
        more += visit_price(given, i, eta, start, end) - draft.cost[i]
        if order[i, LINKED]:
            more += pushed(given, draft, i, c, eta, end)
        if end == draft.end[i]:
            return more
        if more >= limit:
            return np.inf
        here, free = order[i, PLACE], end
    if given.crew[c, HOME] >= 0:
        free += given.travel[here, given.crew[c, HOME]]
    before = _back(given, draft, c)
    if free > given.crew[c, LIMIT]:
        return np.inf
    over = max(0, free - given.crew[c, END]) - max(0, before - given.crew[c, END])
    return more + given.weight[OVERTIME] * over


@inlined
def _back(given: Given, draft: Draft, c: int) -> int:
    """Return when the crew's day ends as planned, the way home included."""
    if draft.size[c] == 0:
        return given.crew[c, FREE]
    last = draft.sequence[c, draft.size[c] - 1]
    free = draft.end[last]
    if given.crew[c, HOME] >= 0:
        free += given.travel[given.order[last, PLACE], given.crew[c, HOME]]
    return free


@inlined
def price_at(
    given: Given, draft: Draft, i: int, c: int, at: int, added: float, limit: float
) -> float:
    """Return what order i costs at this place; inf if it breaks a rule, or reaches ``limit``.

    ``added`` is the price of the longer drive and of giving.
    """
    order, crew = given.order, given.crew
    if not crew[c, SIMPLE]:
        # Pushing others is in the trial's price and not in the route's: compare with a walk that
        # pushes nobody, which is what stands.
        cost = walk(given, draft, c, i, at, limit + draft.route[c], False)
        return cost - draft.route[c]
    for p in range(given.uses.shape[1]):
        if draft.load[c, p] + given.uses[i, p] > given.stock[c, p]:
            return np.inf
    if at > 0:
        before = draft.sequence[c, at - 1]
        free, here = draft.end[before], order[before, PLACE]
    else:
        free, here = crew[c, FREE], crew[c, START]
    there = order[i, PLACE]
    eta = max(free, order[i, RELEASE]) + np.int64(given.toward[there, here])
    start = max(eta, order[i, OPENS])
    if order[i, LINKED] or order[i, READY] > start:
        start = max(start, ready_at(given, draft, i, c))
    end = start + order[i, DURATION]
    if start > order[i, CLOSES] or end > crew[c, LIMIT]:
        return np.inf
    cost = added
    if given.weight[TIMED] > 0:
        cost += visit_price(given, i, eta, start, end)
        if order[i, LINKED]:
            cost += pushed(given, draft, i, c, eta, end)
        if cost >= limit:
            return np.inf
        return cost + tail_price(given, draft, c, at, there, end, limit - cost)
    if at < draft.size[c]:
        behind = draft.sequence[c, at]
        eta = max(end, order[behind, RELEASE]) + given.travel[there, order[behind, PLACE]]
        if eta > draft.latest[behind]:
            return np.inf
    elif crew[c, HOME] >= 0 and end + given.travel[there, crew[c, HOME]] > crew[c, LIMIT]:
        return np.inf
    return cost


@inlined
def span(given: Given, draft: Draft, i: int, c: int) -> tuple[int, int]:
    """Return the first and last place in crew c's sequence that keep the order of work."""
    first, last = 0, draft.size[c]
    for k in range(given.first_before[i], given.first_before[i + 1]):
        j = given.before[k]
        if draft.crew[j] == c:
            first = max(first, draft.at[j] + 1)
    for k in range(given.first_behind[i], given.first_behind[i + 1]):
        j = given.behind[k]
        if draft.crew[j] == c:
            last = min(last, draft.at[j])
    return first, last


@inlined
def may_be_planned(given: Given, draft: Draft, i: int) -> bool:
    """Return True if all the orders before it are in some sequence."""
    for k in range(given.first_before[i], given.first_before[i + 1]):
        if draft.crew[given.before[k]] == NOBODY:
            return False
    return True


@inlined
def _onward(given: Given, draft: Draft, c: int, at: int, here: int, there: int, onward: int) -> int:
    """Return by how many seconds the drive on from ``there`` is longer than that from ``here``.

    Where the route drives straight its own drive is at hand: the matrix is far from the processor.
    """
    if onward < 0:
        return 0
    longer = int(given.travel[there, onward])
    if draft.size[c] == 0:  # who has nothing to do is not driven home
        return longer
    if at < draft.size[c] and given.crew[c, STRAIGHT]:
        return longer - int(draft.travel[draft.sequence[c, at]])
    return longer - int(given.travel[here, onward])


@inlined
def gap_at(given: Given, draft: Draft, c: int, at: int) -> tuple[int, int]:
    """Return from when until when there is time at a place of a straight route, drives apart.

    Asked before the drives: those lie far apart in memory.
    """
    size, sequence = draft.size[c], draft.sequence
    since = draft.end[sequence[c, at - 1]] if at > 0 else given.crew[c, FREE]
    until = draft.latest[sequence[c, at]] if at < size else given.crew[c, LIMIT]
    return since, until


@inlined
def best_in_route(
    given: Given, draft: Draft, i: int, c: int, limit: float, blink: float, luck: np.ndarray
) -> tuple[int, float]:
    """Return (place, price) of the cheapest place in one route; (-1, inf) if none is so cheap."""
    order, sequence = given.order, draft.sequence
    give = given.give[i, c]
    best, found = limit, -1
    size, home, there = draft.size[c], given.crew[c, HOME], order[i, PLACE]
    first, last = 0, size
    if order[i, LINKED]:
        first, last = span(given, draft, i, c)
    straight, rate = given.crew[c, STRAIGHT], given.weight[TRAVEL]
    opens, closes = max(order[i, OPENS], order[i, RELEASE]), order[i, CLOSES]
    lasts = order[i, DURATION]
    for at in range(first, last + 1):
        if straight:
            since, until = gap_at(given, draft, c, at)
            if since > closes:
                break
            if max(since, opens) + lasts > until:
                continue
        here = given.crew[c, START] if at == 0 else order[sequence[c, at - 1], PLACE]
        onward = order[sequence[c, at], PLACE] if at < size else home
        way = np.int64(given.toward[there, here])
        added = rate * (way + _onward(given, draft, c, at, here, there, onward)) + give
        worth = (way < NO_WAY and added < best) or not straight  # by a depot there may be a way
        if worth and (blink == 0.0 or draw(luck) > blink):
            cost = price_at(given, draft, i, c, at, added, best)
            if cost < best:
                best, found = cost, at
    if found < 0:
        return -1, np.inf
    return found, best


@inlined
def _is_like_another(given: Given, draft: Draft, c: int) -> bool:
    """Return True for a crew without visits where a like one before it has none either."""
    twin = given.crew[c, TWIN]
    return draft.size[c] == 0 and twin >= 0 and draft.size[twin] == 0


@compiled
def best_fit(
    given: Given, draft: Draft, i: int, limit: float, blink: float, luck: np.ndarray
) -> tuple[int, int, float]:
    """Return (crew, place, price) of the cheapest place anywhere; (-1, -1, inf) if it fits nowhere.

    Only places cheaper than ``limit`` count. With ``blink`` a place is overlooked with that chance.
    """
    best, crew, place = limit, -1, -1
    if not may_be_planned(given, draft, i):
        return crew, place, best
    for c in range(len(given.crew)):
        if given.give[i, c] >= best or draft.gap[c] < given.order[i, DURATION]:
            continue
        if not _is_like_another(given, draft, c):
            at, cost = best_in_route(given, draft, i, c, best, blink, luck)
            if at >= 0:
                best, crew, place = cost, c, at
    return crew, place, best


@compiled
def near_fit(
    given: Given, draft: Draft, i: int, limit: float, blink: float, luck: np.ndarray
) -> tuple[int, int, float]:
    """Return as ``best_fit``, having looked beside near orders and at empty routes only."""
    best, crew, place = limit, -1, -1
    if not may_be_planned(given, draft, i):
        return crew, place, best
    order, near = given.order, given.near
    there, rate = order[i, PLACE], given.weight[TRAVEL]
    opens, closes = max(order[i, OPENS], order[i, RELEASE]), order[i, CLOSES]
    lasts = order[i, DURATION]
    for k in range(near.shape[1]):
        j = near[i, k]
        c = draft.crew[j]
        if c == NOBODY or given.give[i, c] >= best:
            continue
        size, home = draft.size[c], given.crew[c, HOME]
        first, last = 0, size
        if order[i, LINKED]:
            first, last = span(given, draft, i, c)
        for side in range(2):
            at = draft.at[j] + side
            if at < first or at > last:
                continue
            if given.crew[c, STRAIGHT]:
                since, until = gap_at(given, draft, c, at)
                if since > closes or max(since, opens) + lasts > until:
                    continue
            here = given.crew[c, START] if at == 0 else order[draft.sequence[c, at - 1], PLACE]
            onward = order[draft.sequence[c, at], PLACE] if at < size else home
            way = np.int64(given.toward[there, here])
            longer = way + _onward(given, draft, c, at, here, there, onward)
            added = rate * longer + given.give[i, c]
            if given.crew[c, STRAIGHT] and (way >= NO_WAY or added >= best):
                continue
            if blink > 0.0 and draw(luck) <= blink:
                continue
            cost = price_at(given, draft, i, c, at, added, best)
            if cost < best:
                best, crew, place = cost, c, at
    for c in range(len(given.crew)):
        if draft.size[c] == 0 and given.give[i, c] < best and not _is_like_another(given, draft, c):
            at, cost = best_in_route(given, draft, i, c, best, blink, luck)
            if at >= 0:
                best, crew, place = cost, c, at
    return crew, place, best


@compiled
def fit(
    given: Given, draft: Draft, i: int, limit: float, blink: float, luck: np.ndarray
) -> tuple[int, int, float]:
    """Return as ``best_fit``; among many orders looks near first."""
    if len(given.order) >= MANY:
        crew, place, cost = near_fit(given, draft, i, limit, blink, luck)
        if crew >= 0:
            return crew, place, cost
    return best_fit(given, draft, i, limit, blink, luck)
