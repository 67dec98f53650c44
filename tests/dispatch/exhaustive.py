"""Every plan of a tiny day: the best of all, the best of the complete ones, and rule 13.

A plan is complete if no order that it leaves unassigned fits anywhere beside the rest, and no
pair that is together fits with its two orders anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dispatch import Problem
from tests.dispatch.oracle import price
from tests.dispatch.oracle_clock import Day, Impossible, Sequences, timed

Way = tuple[tuple[int, ...], ...]


class Optimum(NamedTuple):
    """The least price of all plans and of the complete ones, and sequences that have them."""

    of_all: float
    all_way: Way
    of_complete: float
    complete_way: Way


def search(problem: Problem) -> Optimum:
    """Return the optimum of a day of at most five orders and three crews, by trying all."""
    day = Day(problem)
    priced = {}
    for way in _ways(day, 0, tuple(() for _ in day.team)):
        try:
            priced[way] = price(day, timed(day, way))["total"]
        except Impossible:
            continue
    cheapest = sorted(priced, key=lambda way: (priced[way], way))
    complete = next(way for way in cheapest if not any(one in priced for one in _fuller(day, way)))
    return Optimum(priced[cheapest[0]], cheapest[0], priced[complete], complete)


def left_over(problem: Problem, sequences: Sequences) -> list[Way]:
    """Return the feasible sequences with one order, or one pair, more."""
    day = Day(problem)
    way = tuple(tuple(sequence) for sequence in sequences)
    return [one for one in _fuller(day, way) if _is_feasible(day, one)]


def _is_feasible(day: Day, way: Way) -> bool:
    try:
        timed(day, way)
    except Impossible:
        return False
    return True


def _ways(day: Day, i: int, way: Way) -> Iterator[Way]:
    """Put in, or leave out, order ``i`` and those after it."""
    if i == len(day.orders):
        yield way
        return
    yield from _ways(day, i + 1, way)
    for more in _with(day, way, i):
        yield from _ways(day, i + 1, more)


def _with(day: Day, way: Way, i: int) -> Iterator[Way]:
    for c, sequence in enumerate(way):
        if day.may[c][i]:
            for k in range(len(sequence) + 1):
                yield (*way[:c], (*sequence[:k], i, *sequence[k:]), *way[c + 1 :])


def _fuller(day: Day, way: Way) -> Iterator[Way]:
    planned = {i for sequence in way for i in sequence}
    for i in set(range(len(day.orders))) - planned:
        partner = day.partner[i]
        for more in _with(day, way, i):
            if partner is None:
                yield more
            elif partner > i and partner not in planned:
                yield from _with(day, more, partner)
