"""Learn how long work takes from works that were finished, pulled towards the preset table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np

from dispatch.arrays import BoolArray, FloatArray, IntArray
from domain.calibration import TimeBand
from domain.durations import (
    PRESET_SPREAD,
    Circumstances,
    DurationModel,
    KindFit,
    SizeClass,
    SizeFit,
    material_name,
    size_class,
)
from domain.words import WorkOrderKind

#: An effect is pulled towards none, the median of a kind towards the preset, as if so many works
#: had said that. Source: mainbreak default; n / (n + k) is credibility theory's (Buehlmann 1967).
PRIOR_WORKS = 10

#: The same for the spread: a 90th percentile needs more works than a median.
#: Source: mainbreak default.
PRIOR_FOR_SPREAD = 20

#: Seconds on site; less is a crew that pressed both buttons at the end. Source: mainbreak default.
LEAST_S = 120.0

#: Measured over preset; beyond these a report is missing or late. Source: mainbreak default.
LEAST_RATIO, MOST_RATIO = 0.1, 8.0

#: Times that base and effects are fitted in turns; after a dozen nothing moves by a thousandth.
#: Source: mainbreak measurement on made works.
ROUNDS = 20

#: Parts that works are judged by: each by the fit of the others. Source: mainbreak default.
FOLDS = 5


class LeftOut(StrEnum):
    """Why a finished work says nothing about how long such work takes."""

    NO_ARRIVAL = "no_arrival"
    NOT_RESUMED = "not_resumed"
    SECOND_VISIT = "second_visit"
    HELPED = "helped"
    PIPE_GONE = "pipe_gone"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class FinishedWork:
    """What was known of work before, and the seconds on site it then took, without pauses."""

    of: Circumstances
    seconds: float


@dataclass(frozen=True, slots=True)
class SizeReport:
    """Works of one kind and width: their fit, and by how much estimates miss them.

    ``before`` and ``after`` are the median of abs(estimated / measured - 1): before by the model
    that stood, after each work by a fit that has not seen it.
    """

    fit: SizeFit
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Learned:
    """A model, from how many works, how good it is, and what was left out for which reason."""

    model: DurationModel
    works: int
    reports: Mapping[tuple[WorkOrderKind, SizeClass], SizeReport] = field(default_factory=dict)
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)


def learn(
    works: Sequence[FinishedWork], learned_at: datetime, before: DurationModel | None = None
) -> Learned:
    """Return what finished works say; ``before`` is the model that stood until now."""
    standing = before or DurationModel()
    judged = [(one, why_left_out(one)) for one in works]
    left_out = Counter(why for _, why in judged if why is not None)
    kept = [one for one, why in judged if why is None]
    kinds: dict[WorkOrderKind, KindFit] = {}
    reports: dict[tuple[WorkOrderKind, SizeClass], SizeReport] = {}
    for kind in WorkOrderKind:
        mine = [one for one in kept if one.of.kind is kind]
        if mine:
            kinds[kind], of_sizes = _learn_kind(mine, standing)
            reports |= {(kind, size): one for size, one in of_sizes.items()}
    return Learned(DurationModel(learned_at, kinds), len(kept), reports, dict(left_out))


def why_left_out(one: FinishedWork) -> LeftOut | None:
    """Return why the seconds of a work are none it can have taken, None if they may be."""
    ratio = one.seconds / one.of.preset_s
    if one.seconds < LEAST_S or ratio < LEAST_RATIO:
        return LeftOut.TOO_SHORT
    return LeftOut.TOO_LONG if ratio > MOST_RATIO else None


def _learn_kind(
    works: Sequence[FinishedWork], standing: DurationModel
) -> tuple[KindFit, dict[SizeClass, SizeReport]]:
    """Return the fit of works of one kind, and how good it is by width."""
    sample = _Sample.of(works)
    effects = sample.fit(np.ones(len(works), dtype=np.bool_))
    held = _held_out(sample)
    wide = _spread(held, float(np.log(PRESET_SPREAD)))
    base, sizes, materials, bands = effects
    seconds = np.array([one.seconds for one in works])
    told = np.array([standing.estimate(one.of).p50_s for one in works], dtype=np.float64)
    reports = {}
    for level, size in enumerate(sample.sizes):
        mine = sample.codes[0] == level
        factor, spread = np.exp([base + sizes[level], _spread(held[mine], wide)]).tolist()
        fit = SizeFit(int(mine.sum()), factor, spread)
        miss = float(np.median(np.abs(told[mine] / seconds[mine] - 1.0)))
        own = float(np.median(np.abs(np.exp(-held[mine]) - 1.0)))
        reports[size] = SizeReport(fit, miss, own)
    fits = {size: one.fit for size, one in reports.items()}
    by_material = dict(zip(sample.materials, np.exp(materials).tolist(), strict=True))
    by_band = dict(zip(sample.bands, np.exp(bands).tolist(), strict=True))
    return KindFit(fits, by_material, by_band), reports


#: Base, then the effects of width, material and part of the day; all on the logarithm.
_Effects = tuple[float, FloatArray, FloatArray, FloatArray]


@dataclass(frozen=True)
class _Sample:
    """Works of one kind: ``logs`` (n,) of measured over preset, ``codes`` three (n,) levels each.

    The names of the levels stand in ``sizes``, ``materials`` and ``bands``.
    """

    logs: FloatArray
    codes: tuple[IntArray, IntArray, IntArray]
    sizes: list[SizeClass]
    materials: list[str]
    bands: list[TimeBand]

    @classmethod
    def of(cls, works: Sequence[FinishedWork]) -> _Sample:
        logs = np.log([one.seconds / one.of.preset_s for one in works])
        sizes = [size_class(one.of.diameter_m) for one in works]
        materials = [material_name(one.of.material) for one in works]
        bands = [one.of.band for one in works]
        names = (sorted(set(sizes)), sorted(set(materials)), sorted(set(bands)))
        codes = (_codes(sizes, names[0]), _codes(materials, names[1]), _codes(bands, names[2]))
        return cls(logs, codes, *names)

    def fit(self, used: BoolArray) -> _Effects:
        """Return base and effects of the works in use, by medians in turns.

        Each is pulled towards none by its number of works. The effects of one kind of level have
        the mean 0 over the works, so that what all works share is the base.
        """
        logs = self.logs[used]
        codes = [one[used] for one in self.codes]
        levels = (len(self.sizes), len(self.materials), len(self.bands))
        counts = [np.bincount(one, minlength=n) for one, n in zip(codes, levels, strict=True)]
        effects = [np.zeros(n) for n in levels]
        base = 0.0
        for _ in range(ROUNDS):
            parts = [effect[code] for effect, code in zip(effects, codes, strict=True)]
            base = _pulled(logs - sum(parts))
            for i, code in enumerate(codes):
                others = base + sum(part for j, part in enumerate(parts) if j != i)
                effects[i] = _centred(logs - others, code, counts[i])
                parts[i] = effects[i][code]
        return base, effects[0], effects[1], effects[2]

    def predicted(self, effects: _Effects) -> FloatArray:
        """Return (n,) logarithms of measured over preset as the effects have them."""
        base, *rest = effects
        parts = [effect[code] for effect, code in zip(rest, self.codes, strict=True)]
        return np.asarray(base + parts[0] + parts[1] + parts[2], dtype=np.float64)


def _codes(said: Sequence[str], names: Sequence[str]) -> IntArray:
    """Return the number of each word among the names."""
    return np.array([names.index(one) for one in said], dtype=np.int64)


def _pulled(values: FloatArray) -> float:
    """Return the median, pulled towards 0 by how few values there are."""
    count = len(values)
    return float(np.median(values)) * count / (count + PRIOR_WORKS) if count else 0.0


def _centred(values: FloatArray, code: IntArray, counts: IntArray) -> FloatArray:
    """Return the pulled median of each level, less their mean over the values; 0 where unseen."""
    found = np.array([_pulled(values[code == level]) for level in range(len(counts))])
    return np.where(counts > 0, found - counts @ found / max(1, counts.sum()), 0.0)


def _held_out(sample: _Sample) -> FloatArray:
    """Return (n,) logarithms of measured over predicted, each by a fit that has not seen it."""
    part = np.arange(len(sample.logs)) % FOLDS
    held = np.empty(len(sample.logs))
    for fold in range(FOLDS):
        out = part == fold
        if out.any():
            held[out] = sample.logs[out] - sample.predicted(sample.fit(~out))[out]
    return held


def _spread(held: FloatArray, usual: float) -> float:
    """Return the logarithm of the spread: the 90th percentile, pulled towards what is usual.

    Of n values the quantile is the (n + 1) * 0.9th, so that the next work keeps it nine times in
    ten, not only those that were seen.
    """
    count = len(held)
    weight = count / (count + PRIOR_FOR_SPREAD)
    wide = max(0.0, float(np.quantile(held, 0.9, method="weibull"))) if count else 0.0
    return weight * wide + (1.0 - weight) * usual
