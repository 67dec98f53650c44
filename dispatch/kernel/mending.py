"""Tear neighbouring strings of visits out of the routes, and put orders back where they cost least.

Source: the strings, their lengths and the blinking: Christiaens and Vanden Berghe, Slack
Induction by String Removals, Transportation Science 54(2), 2020.
"""

from __future__ import annotations

import numpy as np

from dispatch.kernel.compiled import compiled
from dispatch.kernel.draft import NOBODY, Draft
from dispatch.kernel.fitting import (
    MANY,
    best_fit,
    best_in_route,
    draw,
    fit,
    may_be_planned,
    near_fit,
)
from dispatch.kernel.given import BEGUN, DROP, LINKS, PAIRS, PARTNER, Given
from dispatch.kernel.moving import Undo, begin_round, put_in, take_back, take_out
from dispatch.kernel.walking import BROKEN, price_of, settle

#: Orders that leave in one round on average, and the longest string. Source: as above.
MEAN_OUT, LONGEST = 10.0, 10.0

#: Chance that a string leaves some visits in its middle, and that these grow. Source: as above.
SPLIT, GROW = 0.5, 0.01

#: Chance that a place is overlooked. Source: as above.
BLINK = 0.01

#: So many turns by chance are drawn beside one of each rank.
CHANCE = 4

#: Chance that a round begins beside an order that is in no route, if there is one.
#: Source: measured on made days, see docs/dispatch-benchmarks.md.
AT_IDLE = 0.3

#: At most so many orders that were in no route are tried again in one round; of more the nearest.
IDLE_TRIED = 12


@compiled
def tear(given: Given, draft: Draft, undo: Undo, luck: np.ndarray) -> int:
    """Return a random order, and take strings of visits near it out of their routes."""
    planned, routes = 0, 0
    for c in range(len(given.crew)):
        planned += draft.size[c]
        if draft.size[c]:
            routes += 1
    if planned == 0:
        return 0
    longest = min(LONGEST, planned / routes)
    strings = int(1.0 + draw(luck) * (4.0 * MEAN_OUT / (1.0 + longest) - 1.0))
    seed = int(draw(luck) * len(given.order))
    if undo.counts[2] > 0 and draw(luck) < AT_IDLE:
        seed = undo.idle[int(draw(luck) * undo.counts[2])]
    torn = 0
    for k in range(-1, given.near.shape[1]):
        i = seed if k < 0 else given.near[seed, k]
        c = draft.crew[i]
        if c == NOBODY or undo.touched[c]:
            continue
        most = min(longest, float(draft.size[c]))
        length = int(1.0 + draw(luck) * most)
        _tear_string(given, draft, undo, i, min(length, draft.size[c]), luck)
        torn += 1
        if torn >= strings:
            return seed
    return seed


@compiled
def _tear_string(
    given: Given, draft: Draft, undo: Undo, i: int, length: int, luck: np.ndarray
) -> None:
    """Take ``length`` visits around order i out of its route, perhaps around some that stay."""
    c = draft.crew[i]
    size, here = draft.size[c], draft.at[i]
    stay = 0
    if 1 < length < size and draw(luck) < SPLIT:
        stay = 1
        while length + stay < size and draw(luck) > GROW and draw(luck) < SPLIT:
            stay += 1
    whole = length + stay
    first = max(0, here - whole + 1)
    last = min(here, size - whole)
    start = first + int(draw(luck) * (last - first + 1))
    gap = 1 + int(draw(luck) * (length - 1)) if stay else 0
    leaving, count = undo.waiting, 0
    for q in range(start, start + whole):
        if stay and gap <= q - start < gap + stay:
            continue
        leaving[count] = draft.sequence[c, q]
        count += 1
    for k in range(count):
        if draft.crew[leaving[k]] != NOBODY:
            take_out(given, draft, undo, leaving[k])


@compiled
def mend(given: Given, draft: Draft, undo: Undo, luck: np.ndarray, bar: float, seed: int) -> bool:
    """Put what was taken out, and idle orders near ``seed``, back where they cost least.

    False if a rule broke, or as soon as the price cannot end below ``bar``, which most rounds come
    to: nearly every price of putting in is above zero. The turn is one of the ranks, or by chance,
    drawn anew each round. Among many orders an idle one is looked for near its neighbours only: it
    found no place anywhere before.
    """
    n_out, many = undo.counts[1], len(given.order) >= MANY
    waiting, later = undo.waiting, undo.keys
    for k in range(n_out):
        waiting[k] = undo.out[k]
    count = n_out + _add_idle(given, draft, undo, seed)
    _in_turn(given, undo, count, luck)
    sure = price_of(given, draft)
    if sure >= BROKEN:  # begun work was torn out: without it nothing is sure
        sure, bar = 0.0, np.inf
    for k in range(n_out):
        sure -= given.price[undo.out[k], DROP]
    _note_hope(given, undo, count)
    for k in range(count):
        i = waiting[k]
        drop = given.price[i, DROP]
        idle = not undo.was_in[i]
        limit = bar - sure + later[k] + (drop if idle else 0.0)
        if limit <= 0.0:
            if idle:
                continue
            return False
        if idle and many:
            crew, at, cost = near_fit(given, draft, i, limit, BLINK, luck)
        else:
            crew, at, cost = fit(given, draft, i, limit, BLINK, luck)
        if crew >= 0:
            if not put_in(given, draft, undo, i, crew, at):
                return False
            sure += cost - (drop if idle else 0.0)
        elif not idle:
            sure += drop
    return drop_halves(given, draft, undo)


@compiled
def _add_idle(given: Given, draft: Draft, undo: Undo, seed: int) -> int:
    """Return how many idle orders now wait behind those torn out: all if few, else near ones."""
    n_out, n_idle = undo.counts[1], undo.counts[2]
    count = 0
    if n_idle <= IDLE_TRIED:
        for k in range(n_idle):
            undo.waiting[n_out + k] = undo.idle[k]
        return n_idle
    for k in range(-1, given.near.shape[1]):
        i = seed if k < 0 else given.near[seed, k]
        if draft.crew[i] == NOBODY and not undo.was_in[i]:
            undo.waiting[n_out + count] = i
            count += 1
            if count == IDLE_TRIED:
                break
    return count


@compiled
def _note_hope(given: Given, undo: Undo, count: int) -> None:
    """Set for each order that waits the dearest drop among the idle ones behind it.

    What was lost may be made good by one of them.
    """
    hope = 0.0
    for k in range(count - 1, -1, -1):
        undo.keys[k] = hope
        if not undo.was_in[undo.waiting[k]]:
            hope = max(hope, given.price[undo.waiting[k], DROP])


@compiled
def _in_turn(given: Given, undo: Undo, count: int, luck: np.ndarray) -> None:
    """Sort the orders that wait by a random one of the ranks, or shuffle them.

    Either way each stands behind those it waits for.
    """
    n_ranks, waiting, keys = len(given.rank), undo.waiting, undo.keys
    turn = int(draw(luck) * (n_ranks + CHANCE))
    for k in range(count):
        keys[k] = given.rank[turn, waiting[k]] if turn < n_ranks else draw(luck)
    for k in range(1, count):
        key, i = keys[k], waiting[k]
        q = k - 1
        while q >= 0 and keys[q] > key:
            keys[q + 1], waiting[q + 1] = keys[q], waiting[q]
            q -= 1
        keys[q + 1], waiting[q + 1] = key, i
    if turn >= n_ranks and given.weight[LINKS] > 0:
        _first_things_first(given, waiting, count)


@compiled
def _first_things_first(given: Given, waiting: np.ndarray, count: int) -> None:
    """Move every order behind those of the list that it waits for."""
    for _ in range(count):
        moved = False
        for k in range(count):
            i = waiting[k]
            for b in range(given.first_before[i], given.first_before[i + 1]):
                for q in range(k + 1, count):
                    if waiting[q] == given.before[b]:
                        waiting[q], waiting[k] = waiting[k], waiting[q]
                        moved = True
        if not moved:
            return


@compiled
def drop_halves(given: Given, draft: Draft, undo: Undo) -> bool:
    """Take out orders whose partner found no place; False if the rest then breaks a rule."""
    for i in range(len(given.order) if given.weight[PAIRS] else 0):
        partner = given.order[i, PARTNER]
        if partner >= 0 and draft.crew[i] != NOBODY and draft.crew[partner] == NOBODY:
            take_out(given, draft, undo, i)
    return settle(given, draft)


@compiled
def build(given: Given, draft: Draft, undo: Undo, luck: np.ndarray) -> None:
    """Complete a draft: put in whatever fits, urgent orders first, until nothing does.

    More than one round only matters where a detour is faster than the straight way, or where a
    place broke a rule elsewhere.
    """
    n = len(given.order)
    for i in range(n):
        undo.idle[given.rank[0, i]] = i
    settle(given, draft)
    _go_on(given, draft, undo)
    going = True
    while going:
        going = False
        for k in range(n):
            i = undo.idle[k]
            if draft.crew[i] != NOBODY:
                continue
            begin_round(undo)
            if given.order[i, PARTNER] >= 0:
                fits = _put_pair(given, draft, undo, i, given.order[i, PARTNER], luck)
            else:
                fits = _put_single(given, draft, undo, i, luck)
            going = going or fits
    begin_round(undo)


@compiled
def _put_single(given: Given, draft: Draft, undo: Undo, i: int, luck: np.ndarray) -> bool:
    """Put an order in where it costs least; if that breaks a rule elsewhere, with any crew."""
    crew, at, _ = fit(given, draft, i, np.inf, 0.0, luck)
    if crew < 0:
        return False
    if put_in(given, draft, undo, i, crew, at):
        return True
    take_back(given, draft, undo)
    for c in range(len(given.crew)):
        if given.give[i, c] < np.inf:
            at, _ = best_in_route(given, draft, i, c, np.inf, 0.0, luck)
            if at >= 0:
                if put_in(given, draft, undo, i, c, at):
                    return True
                take_back(given, draft, undo)
    return False


@compiled
def _go_on(given: Given, draft: Draft, undo: Undo) -> None:
    """Give begun work to the crews that have begun it."""
    for c in range(len(given.crew)):
        begun = given.crew[c, BEGUN]
        if begun >= 0 and draft.crew[begun] == NOBODY and draft.size[c] == 0:
            begin_round(undo)
            if not put_in(given, draft, undo, begun, c, 0):
                take_back(given, draft, undo)


@compiled
def _put_pair(
    given: Given, draft: Draft, undo: Undo, i: int, partner: int, luck: np.ndarray
) -> bool:
    """Put in two orders that begin together where both cost least; False if they fit nowhere.

    The first is tried with every crew, the second then where it costs least.
    """
    best, first, place, second, other = np.inf, -1, -1, -1, -1
    if draft.crew[partner] != NOBODY or not may_be_planned(given, draft, i):
        return False
    for c in range(len(given.crew)):
        if given.give[i, c] == np.inf:
            continue
        at, cost = best_in_route(given, draft, i, c, np.inf, 0.0, luck)
        if at >= 0 and put_in(given, draft, undo, i, c, at):
            crew, behind, more = best_fit(given, draft, partner, np.inf, 0.0, luck)
            if crew >= 0 and cost + more < best:
                fits = put_in(given, draft, undo, partner, crew, behind)
                if fits:
                    best, first, place, second, other = cost + more, c, at, crew, behind
        take_back(given, draft, undo)
    if first < 0:
        return False
    put_in(given, draft, undo, i, first, place)
    return put_in(given, draft, undo, partner, second, other)
