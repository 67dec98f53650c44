"""Many days in few figures: means a day, and ratios to another policy with their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from operations.simulating.compare import Result
from operations.simulating.measures import MEASURES

#: Resamples of a bootstrap, and its seed. Source: usual practice.
RESAMPLES, SEED = 2000, 1

#: Two of the interval's edges, percent.
EDGES = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Pooled over all days, and between which 95 % of the bootstrap's resamples lie.

    None where the other policy has nothing to divide by.
    """

    value: float | None
    low: float | None
    high: float | None


def means(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Return by policy the mean of each measure a day."""
    by_policy: dict[str, list[Result]] = {}
    for one in results:
        by_policy.setdefault(one.policy, []).append(one)
    return {
        name: {
            measure: sum(one.figures[measure] for one in theirs) / len(theirs)
            for measure in MEASURES
        }
        for name, theirs in by_policy.items()
    }


def ratio(results: Sequence[Result], measure: str, ours: str, theirs: str) -> Ratio:
    """Return a policy's figure over another's on the same days.

    The days of a seed hang together, work being carried over: the bootstrap draws whole seeds.
    """
    above, below = _sums(results, measure, ours), _sums(results, measure, theirs)
    seeds = sorted(above.keys() & below.keys())
    pairs = np.array([(above[one], below[one]) for one in seeds])
    if not seeds or pairs[:, 1].sum() == 0.0:
        return Ratio(None, None, None)
    drawn = np.random.default_rng(SEED).integers(len(seeds), size=(RESAMPLES, len(seeds)))
    sums = pairs[drawn].sum(axis=1)
    sums = sums[sums[:, 1] != 0.0]
    low, high = np.percentile(sums[:, 0] / sums[:, 1], EDGES)
    value = float(pairs[:, 0].sum() / pairs[:, 1].sum())
    return Ratio(value, float(low), float(high))


def _sums(results: Sequence[Result], measure: str, policy: str) -> dict[int, float]:
    sums: dict[int, float] = {}
    for one in results:
        if one.policy == policy:
            sums[one.seed] = sums.get(one.seed, 0.0) + one.figures[measure]
    return sums
