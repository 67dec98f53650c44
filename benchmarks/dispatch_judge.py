"""What a set of sequences costs, and whether it keeps the rules: one judge for every solver.

Shares no code with any of them. A crew leaves home when its shift starts, waits where it is early,
and must be home by the shift's end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.dispatch_instances import Instance

#: The orders of each crew, in order.
Sequences = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Verdict:
    """Cost = drives + penalties of the dropped; ``broken`` says which rules, empty if none."""

    cost: float
    driven: float
    dropped: int
    broken: tuple[str, ...]


def judge(instance: Instance, sequences: Sequences) -> Verdict:
    """Return the verdict; orders in no sequence are dropped."""
    broken = list(_named(instance, sequences))
    for crew, sequence in enumerate(sequences):
        broken += [f"crew {crew}: {why}" for why in _broken(instance, crew, sequence)]
    done = {order for sequence in sequences for order in sequence}
    left = [order for order in range(instance.orders) if order not in done]
    driven = sum(_driven(instance, crew, sequence) for crew, sequence in enumerate(sequences))
    penalties = float(sum(instance.penalty[order] for order in left))
    return Verdict(driven + penalties, driven, len(left), tuple(broken))


def kept(instance: Instance, sequences: Sequences) -> list[list[int]]:
    """Return the sequences without visits that break a rule, so that the rest counts.

    Some solvers answer with soft skills or windows. What they cannot keep is dropped, the cheapest
    visit that helps, rather than all of their answer refused.
    """
    return [_kept(instance, crew, sequence) for crew, sequence in enumerate(sequences)]


def _kept(instance: Instance, crew: int, sequence: Sequence[int]) -> list[int]:
    good: list[int] = []
    for order in sequence:
        tried = [*good, order]
        if _broken(instance, crew, tried):
            cheapest = sorted(tried, key=lambda one: (int(instance.penalty[one]), one != order))
            fewer = ([one for one in tried if one != left] for left in cheapest)
            tried = next((rest for rest in fewer if not _broken(instance, crew, rest)), good)
        good = tried
    return good


def _named(instance: Instance, sequences: Sequences) -> list[str]:
    """Demand a sequence for each crew, and no order twice."""
    named = [order for sequence in sequences for order in sequence]
    wrong = [] if len(sequences) == instance.crews else [f"{len(sequences)} sequences"]
    wrong += [] if len(set(named)) == len(named) else ["an order comes twice"]
    known = all(0 <= order < instance.orders for order in named)
    return wrong if known else [*wrong, "an order is unknown"]


def _broken(instance: Instance, crew: int, sequence: Sequence[int]) -> list[str]:
    """Return what is wrong with one crew's day."""
    wrong = []
    here, now = int(instance.home[crew]), int(instance.shift_start[crew])
    for order in sequence:
        there = int(instance.place[order])
        start = max(now + int(instance.travel[here, there]), int(instance.opens[order]))
        if int(instance.asks[order]) & ~int(instance.holds[crew]):
            wrong.append(f"lacks a skill of {order}")
        if start > instance.closes[order]:
            wrong.append(f"{order} begins {start - int(instance.closes[order])} s late")
        here, now = there, start + int(instance.service[order])
    if sequence and now + instance.travel[here, instance.home[crew]] > instance.shift_end[crew]:
        wrong.append("home after the shift")
    if sum(int(instance.load[order]) for order in sequence) > instance.room[crew]:
        wrong.append("carries too much")
    return wrong


def _driven(instance: Instance, crew: int, sequence: Sequence[int]) -> float:
    cost = instance.travel if instance.true_cost is None else instance.true_cost
    home = int(instance.home[crew])
    stops = [home, *(int(instance.place[order]) for order in sequence), home]
    return sum(float(cost[a, b]) for a, b in pairwise(stops) if sequence)
