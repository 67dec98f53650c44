"""Whether the callers of two bursts at once, about a kilometre apart, stay two groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import gis
from benchmarks.callers import Call, background, calls_about
from benchmarks.cluster_cases import Town

#: How far apart the middles of the two pipes lie, metres in a straight line.
LEAST_M, MOST_M = 800.0, 1_300.0

#: So many have to call about each; looking for such a pair ends after so many draws.
LEAST_CALLS, DRAWS = 3, 400


def apart(town: Town, pairs: int, rng: np.random.Generator) -> list[tuple[bool, float]]:
    """Return of each pair (stayed apart, share of callers in their burst's main group).

    Apart: no group holds two callers of each. Both bursts come within the same half hour; a
    premises that both affect may call about either. Fewer pairs if the town has no such.
    """
    found = []
    for _ in range(pairs):
        calls = draw_pair(town, rng)
        if calls is not None:
            found.append(_judged(town, calls))
    return found


def draw_pair(town: Town, rng: np.random.Generator) -> tuple[Call, ...] | None:
    """Return the calls about both bursts and other things, first one first; None if no such."""
    for _ in range(DRAWS):
        one = int(rng.choice(len(town.chance), p=town.chance))
        metres = np.hypot(*(town.middles - town.middles[one]).T)
        there = np.flatnonzero((metres >= LEAST_M) & (metres <= MOST_M))
        if not len(there):
            continue
        chance = town.chance[there] / town.chance[there].sum()
        pair = [one, int(rng.choice(there, p=chance))]
        about = [calls_about(town.model, row, rng, burst) for burst, row in enumerate(pair)]
        if min(len(calls) for calls in about) >= LEAST_CALLS:
            zones = {town.zones[row] for row in pair}
            homes = np.flatnonzero(np.isin(town.home_zones, list(zones)))
            until = max(calls[-1].minute for calls in about)
            return tuple(sorted([*about[0], *about[1], *background(homes, until, rng)]))
    return None


def _judged(town: Town, calls: Sequence[Call]) -> tuple[bool, float]:
    burst_of = {f"T{number}": call.burst for number, call in enumerate(calls, start=1)}
    groups = [
        [burst_of[ticket.id] for ticket in group]
        for group in gis.group_tickets(town.network, town.tickets(calls))
    ]
    mixed = any(min(group.count(0), group.count(1)) >= 2 for group in groups)
    main = sum(max(group.count(burst) for group in groups) for burst in (0, 1))
    return not mixed, main / sum(call.burst >= 0 for call in calls)
