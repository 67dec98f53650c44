"""What the compiled search is given: the arrays of a problem, few and dense."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dispatch.arrays import NEVER, NO_CREW, NO_ORDER, NO_PLACE, NO_WAY
from dispatch.prices import prices_of
from dispatch.problem import Problem
from domain.places import LonLat

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Columns of ``Given.crew``.
START, HOME, FREE, END, LIMIT, BEGUN, REMAINING, SAFE, LEAVES, SIMPLE, STRAIGHT, TWIN = range(12)

#: Columns of ``Given.order``.
PLACE, DURATION, RELEASE, OPENS, CLOSES, DUE, SOON, READY, PARTNER, EMERGENCY, LINKED = range(11)

#: Columns of ``Given.price``.
BASE, WAITING, SLOPE, EARLY, LATE, MISS, DROP = range(7)

#: Entries of ``Given.weight``.
TRAVEL, OVERTIME, BREAK_LATE, INTERRUPT, DIVERT, TIMED, LINKS, PAIRS = range(8)

#: Added to the price of dropping what a dispatcher has pinned: nothing else is worth that.
NEVER_DROPPED = 1e9

#: So many orders near each other order are known. Source: 20 to 60 did alike on 1,000 orders.
NEAR = 40

#: Two orders are as far apart as their drive plus this share of the time between their windows.
WINDOW_SHARE = 0.2

#: Orders that can never be in one route are as much farther apart as this, seconds: behind all
#: that can, and the nearest of them first.
NEVER_TOGETHER = 1_000_000.0


class Given(NamedTuple):
    """The problem as arrays; times in whole seconds since ``now``, prices in seconds of travel.

    Attributes
    ----------
    travel
        (places, places) int32 driving seconds, ``NO_WAY`` where there is no way. Crews that start
        at one place share it.
    toward
        The same by destination: ``toward[there, here]``. All drives to one place lie together, and
        the cache of the processor holds them.
    crew, order, price, weight
        (c, 12), (n, 11), (n, 7), (8,): the columns named in this module.
    give
        (n, c) price of giving an order to a crew, inf where it may not have it.
    breaks
        (c, k, 3) earliest, latest, duration.
    uses, stock
        (n, p) and (c, p) pieces of parts.
    depots
        (d, 2) place, seconds of loading.
    first_before, before, first_behind, behind
        The orders that each waits for, directly or not, and those behind it: of order i they are
        ``before[first_before[i]:first_before[i + 1]]``.
    near
        (n, k) the orders nearest to each, nearest first; before all others those that can be in
        one route with it.
    rank
        (r, n) places of the orders in several turns; row 0 is by urgency.
    """

    travel: npt.NDArray[np.int32]
    toward: npt.NDArray[np.int32]
    crew: Ints
    order: Ints
    price: Floats
    weight: Floats
    give: Floats
    breaks: Ints
    uses: Ints
    stock: Ints
    depots: Ints
    first_before: Ints
    before: Ints
    first_behind: Ints
    behind: Ints
    near: npt.NDArray[np.int32]
    rank: Ints


def given_of(problem: Problem) -> Given:
    """Return the arrays of a problem."""
    number, kept = _places(problem)
    travel = np.where(problem.reachable, problem.travel_s, NO_WAY)
    travel = np.ascontiguousarray(travel[np.ix_(kept, kept)].astype(np.int32))
    price = _prices(problem)
    crew = _crews(problem, number)
    order = _orders(problem, number)
    before = _closed(problem.after)
    behind = _behind(before)
    return Given(
        travel=travel,
        toward=np.ascontiguousarray(travel.T),
        crew=crew,
        order=order,
        price=price,
        weight=_weights(problem, price),
        give=np.ascontiguousarray(np.where(problem.eligible, problem.once, np.inf).T),
        breaks=problem.breaks,
        uses=problem.parts,
        stock=problem.stock,
        depots=np.stack([number[problem.depot_place], problem.load_s], axis=1),
        **_flat("before", before),
        **_flat("behind", behind),
        near=_near(travel, order, problem.eligible),
        rank=_ranks(problem, travel, order, price, crew[:, START]),
    )


def _places(problem: Problem) -> tuple[Ints, Ints]:
    """Return each place's number among those that differ, and one place of each number.

    Crews of one yard start and end at one place: a smaller matrix stays in the cache.
    """
    homes = [crew.home for crew in problem.crews if crew.home is not None]
    shared: list[LonLat | None] = [crew.position for crew in problem.crews]
    shared += [*([None] * problem.n_orders), *homes, *([None] * len(problem.depots))]
    numbers: dict[LonLat, int] = {}
    kept: list[int] = []
    places = np.empty(len(problem.travel_s), dtype=np.int64)
    for place, name in enumerate(shared):
        known = None if name is None else numbers.get(name)
        if known is None or not _same(problem, place, kept[known]):
            known = len(kept)
            kept.append(place)
            if name is not None:
                numbers.setdefault(name, known)
        places[place] = known
    return places, np.array(kept, dtype=np.int64)


def _same(problem: Problem, a: int, b: int) -> bool:
    """Return True if all drives from and to two places are the same."""
    ways, open_ = problem.travel_s, problem.reachable
    return bool(
        (ways[a] == ways[b]).all()
        and (ways[:, a] == ways[:, b]).all()
        and (open_[a] == open_[b]).all()
        and (open_[:, a] == open_[:, b]).all()
    )


def _crews(problem: Problem, number: Ints) -> Ints:
    rows = np.zeros((problem.n_crews, 12), dtype=np.int64)
    home = problem.home_place
    rows[:, START] = number[: problem.n_crews]
    rows[:, HOME] = np.where(home >= 0, number[home], NO_PLACE) if len(number) else NO_PLACE
    rows[:, FREE], rows[:, END], rows[:, LIMIT] = (
        problem.shift_start,
        problem.shift_end,
        problem.limit,
    )
    rows[:, BEGUN], rows[:, REMAINING] = problem.begun, problem.remaining
    for c in np.flatnonzero(problem.begun != NO_ORDER):
        order = problem.work_orders[problem.begun[c]]
        rows[c, SAFE] = order.make_safe_s if problem.remaining[c] >= 0 else 0
        rows[c, LEAVES] = order.interruptible or problem.remaining[c] < 0
    picks_up = bool(problem.parts.shape[1] and len(problem.depots))
    has_break = problem.breaks.shape[1] > 0
    free_of_breaks = (problem.breaks[:, 0, 0] == NEVER) if has_break else True
    rows[:, STRAIGHT] = (problem.begun == NO_ORDER) & (not picks_up)
    rows[:, SIMPLE] = rows[:, STRAIGHT] & free_of_breaks
    rows[:, TWIN] = _twins(problem, rows)
    return rows


def _twins(problem: Problem, rows: Ints) -> list[int]:
    """Return for each crew the last one before it that is alike in all, -1 where none is."""
    may = np.where(problem.eligible, problem.once, -1.0)
    seen: dict[bytes, int] = {}
    twins = []
    for c in range(problem.n_crews):
        own = rows[c].tobytes() + problem.breaks[c].tobytes() + problem.stock[c].tobytes()
        key = own + may[c].tobytes()
        twins.append(seen.get(key, NO_CREW))
        seen[key] = c
    return twins


def _orders(problem: Problem, number: Ints) -> Ints:
    n, c = problem.n_orders, problem.n_crews
    rows = np.zeros((n, 11), dtype=np.int64)
    slack = [problem.weights.slack_s[order.priority] for order in problem.work_orders]
    rows[:, PLACE] = number[c : c + n]
    rows[:, DURATION], rows[:, RELEASE] = problem.duration, problem.release
    rows[:, OPENS], rows[:, CLOSES] = problem.opens, problem.closes
    rows[:, DUE], rows[:, READY] = problem.due, problem.ready
    rows[:, SOON] = problem.due - np.array(slack, dtype=np.int64)
    rows[:, PARTNER] = problem.partner
    rows[:, EMERGENCY] = problem.emergency
    waits = np.array([bool(one) for one in problem.after], dtype=np.bool_)
    waited = np.array([bool(one) for one in _behind(problem.after)], dtype=np.bool_)
    rows[:, LINKED] = waits | waited | (problem.partner != NO_ORDER)
    return rows


def _prices(problem: Problem) -> Floats:
    """Return the price columns: a straight line in each time, see ``dispatch.prices``."""
    prices = prices_of(problem)
    rows = np.zeros((problem.n_orders, 7))
    rows[:, WAITING], rows[:, SLOPE] = prices.waiting, prices.slope
    rows[:, EARLY], rows[:, LATE], rows[:, MISS] = prices.slack, prices.lateness, prices.miss
    rows[:, BASE] = prices.fixed
    rows[:, BASE] -= rows[:, WAITING] * problem.release
    rows[:, BASE] -= rows[:, SLOPE] * np.array(prices.since, dtype=np.int64)
    pinned = [order.id in problem.running.pinned for order in problem.work_orders]
    rows[:, DROP] = prices.dropped + NEVER_DROPPED * np.array(pinned, dtype=np.bool_)
    return rows


def _weights(problem: Problem, price: Floats) -> Floats:
    weights = problem.weights
    row = np.zeros(8)
    row[TRAVEL], row[OVERTIME], row[BREAK_LATE] = (
        weights.travel,
        weights.overtime,
        weights.break_late,
    )
    row[INTERRUPT], row[DIVERT] = weights.interrupt, weights.divert
    in_time = bool((price[:, WAITING : MISS + 1] > 0).any())
    row[TIMED] = in_time or bool((problem.limit > problem.shift_end).any())
    row[PAIRS] = bool((problem.partner != NO_ORDER).any())
    row[LINKS] = any(problem.after) or row[PAIRS] > 0
    return row


def _behind(after: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    lists: list[list[int]] = [[] for _ in after]
    for i, earlier in enumerate(after):
        for j in earlier:
            lists[j].append(i)
    return tuple(tuple(one) for one in lists)


def _closed(after: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Return for each order all that it waits for, directly or not."""
    if not any(after):
        return after
    found = [set(one) for one in after]
    growing = True
    while growing:
        longer = [one.union(*(found[j] for j in one)) for one in found]
        growing = longer != found
        found = longer
    return tuple(tuple(sorted(one)) for one in found)


def _flat(name: str, lists: tuple[tuple[int, ...], ...]) -> dict[str, Any]:
    first = np.cumsum([0, *(len(one) for one in lists)]).astype(np.int64)
    return {
        f"first_{name}": first,
        name: np.array([i for one in lists for i in one], dtype=np.int64),
    }


def _near(
    travel: npt.NDArray[np.int32], order: Ints, eligible: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int32]:
    """Return for each order the orders nearest to it in drive and time.

    Those come last that no crew may have too, or that neither fit before it nor behind it.
    """
    n = len(order)
    if n < 2:
        return np.zeros((n, 0), dtype=np.int32)
    ways = travel[np.ix_(order[:, PLACE], order[:, PLACE])].astype(np.float32)
    apart = ways + ways.T
    since = np.maximum(np.maximum(order[:, OPENS], order[:, RELEASE]), 0)
    until = np.minimum(order[:, CLOSES], NO_WAY)
    gap = np.maximum(since[:, None] - until, since - until[:, None])
    apart += WINDOW_SHARE * np.maximum(gap, 0)
    may = eligible.astype(np.float32)
    first = (since + order[:, DURATION])[:, None] + ways <= until
    apart[(may.T @ may == 0) | ~(first | first.T)] += NEVER_TOGETHER
    np.fill_diagonal(apart, np.inf)
    k = min(NEAR, n - 1)
    some = np.argpartition(apart, k - 1, axis=1)[:, :k]
    turn = np.argsort(np.take_along_axis(apart, some, axis=1), axis=1, kind="stable")
    return np.ascontiguousarray(np.take_along_axis(some, turn, axis=1).astype(np.int32))


def _ranks(
    problem: Problem, travel: npt.NDArray[np.int32], order: Ints, price: Floats, starts: Ints
) -> Ints:
    """Return the turns in which orders are put back: by urgency, drive, window, price.

    Begun work comes first, and every order after those it waits for.
    """
    n = problem.n_orders
    later = np.ones(n, dtype=np.bool_)
    later[problem.begun[problem.begun != NO_ORDER]] = False
    urgency = np.array([one.priority for one in problem.work_orders], dtype=np.int64)
    far = travel[np.ix_(starts, order[:, PLACE])].min(axis=0, initial=NO_WAY)
    rate = price[:, WAITING] + price[:, SLOPE] + price[:, LATE]
    keys = (
        (order[:, RELEASE], urgency),
        (far,),
        (-far,),
        (np.minimum(order[:, CLOSES], NO_WAY) - order[:, OPENS],),
        (np.minimum(order[:, CLOSES], order[:, DUE]),),
        (order[:, OPENS],),
        (-price[:, DROP],),
        (-rate / np.maximum(1, order[:, DURATION]),),
    )
    rows = np.zeros((len(keys), n), dtype=np.int64)
    for row, key in zip(rows, keys, strict=True):
        turn = np.lexsort((*key, later)).tolist()
        row[_first_things_first(turn, problem.after)] = np.arange(n)
    return rows


def _first_things_first(turn: list[int], after: tuple[tuple[int, ...], ...]) -> list[int]:
    """Return the turn with every order moved behind those it waits for; circles stay somewhere."""
    if not any(after):
        return turn
    seen: set[int] = set()
    found: list[int] = []
    for first in turn:
        stack = [first]
        while stack:
            i = stack[-1]
            waits = [j for j in after[i] if j not in seen]
            if i in seen or not waits:
                stack.pop()
                if i not in found[-1:] and i not in seen:
                    found.append(i)
                seen.add(i)
            elif len(stack) > len(after):
                seen.update(waits)  # a circle: nobody can ever begin
                found += [j for j in waits if j not in found]
            else:
                stack += waits
    return found
