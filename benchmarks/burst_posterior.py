"""The best any method could do under the burst model: its exact posterior over the pipes.

Known to it are the effects of every burst, the chances of calling, the delays, the words and the
calls about other things; unknown are the pipe, when it burst, how many call, and who saw it. The
two numbers are marginalised on a grid, who saw it exactly. It is not told which calls are about
the burst.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.special import ndtr

from benchmarks.burst_model import SEERS, STEPS, Bursts
from benchmarks.callers import (
    BACKGROUND_PER_HOUR,
    BURST_WITHIN_MIN,
    DELAY_MEDIAN_MIN,
    DELAY_SPREAD,
    PATIENCE_MIN,
    RATE_LEAST,
    RATE_MOST,
    SAY_BACKGROUND,
    SAY_DRY,
    SAY_LOW,
    SAY_SEEN,
    SEEN_SHARE,
    Call,
)
from domain.words import Symptom

#: Points of the grid over the chance of calling and over the minute of the burst.
RATES, MINUTES = 7, 15


@dataclass(frozen=True)
class Grid:
    """Chances of calling and minutes of the burst, every pair of them, and what follows."""

    rate: Any
    begun: Any
    called: Any

    @classmethod
    def at(cls, now: float) -> Grid:
        """Return the grid for what is known at this minute; ``called``: the share so far."""
        rates = RATE_LEAST + (RATE_MOST - RATE_LEAST) * (np.arange(RATES) + 0.5) / RATES
        minutes = BURST_WITHIN_MIN * (np.arange(MINUTES) + 0.5) / MINUTES
        rate, begun = (one.ravel() for one in np.meshgrid(rates, minutes))
        return cls(rate, begun, called_by(now - begun))


def called_by(delay: Any) -> Any:
    """Return the share of those who call at all that have called after so many minutes."""
    with np.errstate(divide="ignore"):
        logs = np.log(np.clip(delay, 0.0, PATIENCE_MIN) / DELAY_MEDIAN_MIN)
    return ndtr(logs / DELAY_SPREAD)


def calling_at(delay: Any) -> Any:
    """Return the density of the delay, by the minute."""
    inside = (delay > 0.0) & (delay <= PATIENCE_MIN)
    safe = np.where(inside, delay, 1.0)
    logs = np.log(safe / DELAY_MEDIAN_MIN) / DELAY_SPREAD
    density = np.exp(-(logs**2) / 2) / (safe * DELAY_SPREAD * np.sqrt(2 * np.pi))
    return np.where(inside, density, 0.0)


class Belief:
    """What is believed about one model's pipes, given calls."""

    def __init__(self, model: Bursts) -> None:
        self.model = model
        self._chance = (model.dry + model.low).tocsc()
        self._dry = model.dry.tocsc()

    def posterior(self, calls: Sequence[Call], now: float, rows: Any = None) -> Any:
        """Return the chance of each pipe (of ``rows``, or of all) to be the one, adding up to 1."""
        rows = np.arange(len(self.model.pipes)) if rows is None else rows
        grid = Grid.at(now)
        heard = _Heard.of(calls, grid)
        unheard = np.log1p(-np.outer(np.arange(1, STEPS + 1) / STEPS, grid.rate * grid.called))
        weight = self._levels[rows] @ unheard
        for premises in heard.premises:
            chance, dry = self._effect(premises, rows)
            hit = np.flatnonzero(chance)
            silent, loud = _silent(chance[hit], grid), heard.loud(premises, chance[hit], dry[hit])
            weight[hit] += np.log(silent + grid.rate * loud) - np.log(silent)
        weight += np.log(self._seen(rows, heard, grid))
        top = weight.max()
        likelihood = np.exp(weight - top).sum(axis=1) * self.model.metres[rows]
        return likelihood / likelihood.sum()

    @cached_property
    def _levels(self) -> Any:
        """Return how many premises each pipe affects, by chance: (pipes, STEPS)."""
        chance = (self.model.dry + self.model.low).tocsr()
        counts = np.zeros((len(self.model.pipes), STEPS))
        of = np.repeat(np.arange(len(self.model.pipes)), np.diff(chance.indptr))
        np.add.at(counts, (of, np.round(chance.data * STEPS).astype(int) - 1), 1.0)
        return counts

    @cached_property
    def _near(self) -> tuple[Any, Any, Any, Any]:
        """Return of who may see each pipe: (their rows or -1, their count, chance, dry)."""
        near = np.full((len(self.model.pipes), SEERS), -1)
        for row, ones in enumerate(self.model.near):
            near[row, : len(ones)] = ones
        rows = np.arange(len(near))[:, None]
        chance = (self.model.dry + self.model.low).tocsr()
        at = [np.where(near >= 0, table[rows, np.maximum(near, 0)].toarray(), 0.0)
              for table in (chance, self.model.dry)]  # fmt: skip
        return near, (near >= 0).sum(axis=1), at[0], at[1] > 0

    def _effect(self, premises: int, rows: Any) -> tuple[Any, Any]:
        chance = self._chance[:, [premises]].toarray().ravel()[rows]
        return chance, self._dry[:, [premises]].toarray().ravel()[rows] > 0

    def _seen(self, rows: Any, heard: _Heard, grid: Grid) -> Any:
        """Return how much likelier the calls are because some may have seen the water."""
        near, count, chance, dry = (one[rows] for one in self._near)
        once = np.zeros((len(rows), len(grid.rate)))
        squares = np.zeros_like(once)
        for slot in range(SEERS):
            there = near[:, slot] >= 0
            silent = _silent(chance[:, slot], grid)
            ratio = (1.0 - grid.called) / silent
            for premises in heard.premises:
                hit = np.flatnonzero(near[:, slot] == premises)
                if len(hit):
                    loud = heard.loud(premises, chance[hit, slot], dry[hit, slot])
                    seeing = 1.0 - grid.called + heard.seen[premises]
                    ratio[hit] = seeing / (silent[hit] + grid.rate * loud)
            once += np.where(there[:, None], ratio, 0.0)
            squares += np.where(there[:, None], ratio**2, 0.0)
        n = np.maximum(count, 1)[:, None]
        one = once / n
        two = np.where(n > 1, (once**2 - squares) / np.maximum(n * (n - 1), 1), one)
        mixed = 1.0 - SEEN_SHARE + SEEN_SHARE * (one + two) / 2
        return np.where(count[:, None] > 0, mixed, 1.0)


def _silent(chance: Any, grid: Grid) -> Any:
    """Return the chance that an affected premises has not called about the burst."""
    return 1.0 - np.outer(chance, grid.rate * grid.called)


@dataclass(frozen=True)
class _Heard:
    """Each caller's calls: densities over that of calls about other things, on the grid."""

    dry: dict[int, Any]
    low: dict[int, Any]
    seen: dict[int, Any]

    @classmethod
    def of(cls, calls: Sequence[Call], grid: Grid) -> _Heard:
        dry, low, seen = (defaultdict[int, Any](float) for _ in range(3))
        for call in calls:
            when = calling_at(call.minute - grid.begun)
            for table, words in ((dry, SAY_DRY), (low, SAY_LOW), (seen, SAY_SEEN)):
                table[call.premises] += when * _odds(words, call.symptom)
        return cls(dry, low, seen)

    @property
    def premises(self) -> tuple[int, ...]:
        return tuple(self.dry)

    def loud(self, premises: int, chance: Any, dry: Any) -> Any:
        """Return (pipes, grid): how this premises calls if the rate were 1."""
        return chance[:, None] * np.where(dry[:, None], self.dry[premises], self.low[premises])


def _odds(words: dict[Symptom, float], symptom: Symptom) -> float:
    """Return how often these words are said, over how often a call about other things has them."""
    other = SAY_BACKGROUND[symptom] * BACKGROUND_PER_HOUR / 60.0
    return words.get(symptom, 0.0) / other
