"""Whether the callers of two bursts at once, about a kilometre apart, stay two groups."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

import gis
from benchmarks.callers import (
    RATE_LEAST,
    RATE_MOST,
    SAY_DRY,
    SAY_LOW,
    SAY_SEEN,
    SEEN_SHARE,
    Call,
    background,
    calls_about,
)
from benchmarks.cluster_cases import Town

#: How far apart the middles of the two pipes lie, metres in a straight line.
LEAST_M, MOST_M = 800.0, 1_300.0

#: So many have to call about each; looking for such a pair ends after so many draws.
LEAST_CALLS, DRAWS = 3, 400

#: Two bursts have effects of their own if no more than this share of those who called about one
#: could have called about the other.
SHARED = 0.1


@dataclass(frozen=True)
class Pair:
    """How the callers of two bursts were grouped.

    ``apart``: no group holds two callers of each; ``known``: nor would one if each call went to
    the likelier of the two bursts, both being known; ``whole``: the share of the callers that are
    in the main group of their burst; ``own_effects``: hardly anybody is affected by both.
    """

    apart: bool
    known: bool
    whole: float
    own_effects: bool
    seconds: float


def pairs_of(town: Town, pairs: int, rng: np.random.Generator) -> list[Pair]:
    """Return what became of so many pairs, fewer if the town has not so many.

    Both bursts come within the same half hour; a premises that both affect may call about either.
    """
    return [
        _judged(town, *drawn) for _ in range(pairs) if (drawn := draw_pair(town, rng)) is not None
    ]


def draw_pair(
    town: Town, rng: np.random.Generator
) -> tuple[tuple[int, int], tuple[Call, ...]] | None:
    """Return two pipes (rows) and all calls until the last about either, None if none is found."""
    for _ in range(DRAWS):
        one = int(rng.choice(len(town.chance), p=town.chance))
        metres = np.hypot(*(town.middles - town.middles[one]).T)
        there = np.flatnonzero((metres >= LEAST_M) & (metres <= MOST_M))
        if not len(there):
            continue
        chance = town.chance[there] / town.chance[there].sum()
        pair = one, int(rng.choice(there, p=chance))
        about = [calls_about(town.model, row, rng, burst) for burst, row in enumerate(pair)]
        if min(len(calls) for calls in about) >= LEAST_CALLS:
            zones = {town.zones[row] for row in pair}
            homes = np.flatnonzero(np.isin(town.home_zones, list(zones)))
            until = max(calls[-1].minute for calls in about)
            return pair, tuple(sorted([*about[0], *about[1], *background(homes, until, rng)]))
    return None


def _judged(town: Town, pair: tuple[int, int], calls: Sequence[Call]) -> Pair:
    burst_of = {f"T{number}": call.burst for number, call in enumerate(calls, start=1)}
    tickets = town.tickets(calls)
    begun = time.perf_counter()
    found = gis.group_tickets(town.network, tickets)
    seconds = time.perf_counter() - begun
    groups = [[burst_of[ticket.id] for ticket in group] for group in found]
    main = sum(max(group.count(burst) for group in groups) for burst in (0, 1))
    whole = main / sum(call.burst >= 0 for call in calls)
    likelier = [_likelier(town, pair, call) for call in calls]
    best = [
        [call.burst for call, burst in zip(calls, likelier, strict=True) if burst == number]
        for number in (0, 1)
    ]
    own = _own_effects(town, pair, calls)
    return Pair(_apart(groups), _apart(best), whole, own, seconds)


def _apart(groups: Sequence[Sequence[int]]) -> bool:
    return not any(min(group.count(0), group.count(1)) >= 2 for group in groups)


def _likelier(town: Town, pair: tuple[int, int], call: Call) -> int:
    """Return which of two known bursts a call is likelier about, the nearer one if both are."""
    return max(
        (0, 1),
        key=lambda burst: (_chance(town, pair[burst], call), -_metres(town, pair[burst], call)),
    )


def _chance(town: Town, row: int, call: Call) -> float:
    """Return how likely the premises calls with these words about one burst."""
    model, near = town.model, town.model.near[row]
    dry = float(model.dry[row, call.premises]) * SAY_DRY.get(call.symptom, 0.0)
    low = float(model.low[row, call.premises]) * SAY_LOW.get(call.symptom, 0.0)
    # One seer or two, evenly, of those who are near.
    seen = SEEN_SHARE * 1.5 / len(near) if call.premises in near else 0.0
    rate = (RATE_LEAST + RATE_MOST) / 2
    return rate * (dry + low) + seen * SAY_SEEN.get(call.symptom, 0.0)


def _metres(town: Town, row: int, call: Call) -> float:
    return float(np.hypot(*(town.middles[row] - town.homes[call.premises])))


def _own_effects(town: Town, pair: tuple[int, int], calls: Sequence[Call]) -> bool:
    for burst, other in ((0, pair[1]), (1, pair[0])):
        callers = [call.premises for call in calls if call.burst == burst]
        dry, (low, _) = town.model.affected(other)
        if np.isin(callers, np.concatenate([dry, low])).mean() > SHARED:
            return False
    return True
