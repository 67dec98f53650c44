"""Joining callers, two clusters at a time, as long as one burst explains both better than two.

Source: Heller and Ghahramani 2005, Bayesian hierarchical clustering, with the evidence of calls.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gis.clustering.flow import Reals, Reals32
from gis.clustering.weighing import RATES
from gis.isolation.compiled import compiled
from gis.isolation.graph import Ints

#: Log likelihood below which a burst does not explain a caller.
NEVER = -12.0

#: The table of silence: so many numbers of affected homes, each this many times the one before.
SIZES, STEP = 160, 1.08


class Evidence(NamedTuple):
    """Callers and what may have happened.

    Attributes
    ----------
    log
        (c, h) how likely each caller is to say so if called at all, in each case h.
    felt
        (c,) 1 for who is affected, 0 for who saw water only.
    alone
        (c,) log of calls an hour like this without a common cause.
    prior, affected
        (h,) log of bursts an hour, and how many homes lack water.
    begin, end
        (c,) minutes of the first and last call of each.
    """

    log: Reals32
    felt: Ints
    alone: Reals
    prior: Reals
    affected: Reals
    begin: Reals
    end: Reals


def merged(evidence: Evidence, minutes: float) -> list[list[int]]:
    """Return the clusters of callers, as rows; none spans more than so many minutes."""
    callers = len(evidence.felt)
    size = np.log(np.maximum(evidence.affected, 0.1) / 0.1) / np.log(STEP)
    column = np.minimum(size.astype(np.int32), SIZES - 1).astype(np.int32)
    weight = evidence.prior - np.log(len(RATES))
    label = _joined(evidence, weight, column, _silence(callers), minutes)
    return [np.flatnonzero(label == one).tolist() for one in np.unique(label)]


def _silence(callers: int) -> Reals:
    """Return (k, size): log of the sum over call rates, of k callers out of so many affected."""
    homes = 0.1 * STEP ** np.arange(SIZES)
    counts = np.arange(callers + 1)[:, None, None]
    terms = counts * np.log(RATES) - RATES * homes[None, :, None]
    top = terms.max(axis=2, keepdims=True)
    total: Reals = np.log(np.exp(terms - top).sum(axis=2)) + top[:, :, 0]
    return total


@compiled
def _score(log: Reals32, other: Reals32, weight: Reals, column: Ints, silence: Reals) -> float:
    """Return the log likelihood that one burst made the calls of two clusters."""
    top, total = -1e30, 0.0
    for h in range(len(log)):
        if log[h] <= -1e8 or other[h] <= -1e8:
            continue
        value = log[h] + other[h] + weight[h] + silence[column[h]]
        if value > top:
            total = total * np.exp(top - value) + 1.0
            top = value
        elif value > top - 30.0:
            total += np.exp(value - top)
    return top + np.log(total) if total > 0.0 else -1e30


@compiled
def _joined(
    evidence: Evidence, weight: Reals, column: Ints, silence: Reals, minutes: float
) -> Ints:
    """Return the cluster of each caller: the smallest row in it."""
    callers, cases = evidence.log.shape
    log = np.where(evidence.log < NEVER, np.float32(-1e9), evidence.log)
    nothing = np.zeros(cases, np.float32)
    count = evidence.felt.copy()
    begin, end = evidence.begin.copy(), evidence.end.copy()
    label = np.arange(callers).astype(np.int32)
    score = np.empty(callers)
    for i in range(callers):
        one = _score(log[i], nothing, weight, column, silence[count[i]])
        top = max(one, evidence.alone[i])
        score[i] = top + np.log(np.exp(one - top) + np.exp(evidence.alone[i] - top))
    gain = np.full((callers, callers), -1e30)
    fresh = np.ones(callers, np.bool_)
    alive = np.ones(callers, np.bool_)
    while True:
        for i in range(callers):
            for j in range(i + 1, callers):
                if not (alive[i] and alive[j] and (fresh[i] or fresh[j])):
                    continue
                gain[i, j] = -1e30
                if max(end[i], end[j]) - min(begin[i], begin[j]) <= minutes:
                    both = silence[count[i] + count[j]]
                    gain[i, j] = _score(log[i], log[j], weight, column, both) - score[i] - score[j]
        fresh[:] = False
        best, a, b = 0.0, -1, -1
        for i in range(callers):
            for j in range(i + 1, callers):
                if alive[i] and alive[j] and gain[i, j] > best:
                    best, a, b = gain[i, j], i, j
        if a < 0:
            return label
        score[a] += score[b] + best
        log[a] += log[b]
        count[a] += count[b]
        begin[a], end[a] = min(begin[a], begin[b]), max(end[a], end[b])
        alive[b], fresh[a] = False, True
        for i in range(callers):
            if label[i] == b:
                label[i] = a
