"""Fit how much longer than at free flow drives take, from drives that crews made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from domain.calibration import SPREAD, BandFit, TimeBand
from domain.streets import FloatArray

#: A band is pulled towards free flow and the usual spread as if so many drives had said those.
#: Source: mainbreak default; the form n / (n + k) is credibility theory's (Buehlmann 1967).
PRIOR_DRIVES = 10

#: A shorter drive is mostly its two ends. Source: mainbreak default.
LEAST_S, LEAST_M = 180.0, 500.0

#: Metres driven over metres of the fastest way, and the reverse: beyond this it was another way.
#: Source: mainbreak default.
OTHER_WAY = 1.5

#: Measured over free-flow seconds: beyond these something else happened than traffic.
#: Source: mainbreak default.
LEAST_RATIO, MOST_RATIO = 0.4, 5.0

#: Parts that the error of a fit is judged by: each by the fit of the others.
#: Source: mainbreak default.
FOLDS = 5


class LeftOut(StrEnum):
    """Why a drive says nothing about traffic."""

    SHORT = "short"
    NO_WAY = "no_way"
    OTHER_WAY = "other_way"
    TOO_FAST = "too_fast"
    TOO_SLOW = "too_slow"


@dataclass(frozen=True, slots=True)
class ObservedDrive:
    """One drive as it was, beside the fastest way at free flow between the same two places.

    ``seconds`` and ``metres`` as measured, ``free_s`` and ``free_m`` as the engine has them; None
    where it knows no way.
    """

    band: TimeBand
    seconds: float
    metres: float
    free_s: float | None
    free_m: float | None


@dataclass(frozen=True, slots=True)
class BandReport:
    """One band: its fit, and by how much predictions miss its drives.

    ``before`` and ``after`` are the median of abs(predicted / measured - 1): before with the
    calibration that stood, after each drive with a fit that has not seen it.
    """

    fit: BandFit
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """What drives say, by band, and how many were left out for which reason."""

    bands: Mapping[TimeBand, BandReport]
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)

    @property
    def fits(self) -> dict[TimeBand, BandFit]:
        """The fits alone, as they are stored."""
        return {band: one.fit for band, one in self.bands.items()}


def fit_bands(
    drives: Sequence[ObservedDrive], before: Mapping[TimeBand, BandFit] | None = None
) -> Fitted:
    """Return a fit for each band that has usable drives; ``before`` is what stood until now."""
    standing = before or {}
    judged = [(one, why_left_out(one)) for one in drives]
    left_out = Counter(why for _, why in judged if why is not None)
    kept = [one for one, why in judged if why is None]
    bands = {}
    for band in TimeBand:
        ratios = _ratios([one for one in kept if one.band is band])
        if len(ratios):
            old = standing.get(band, BandFit()).factor
            bands[band] = BandReport(fit_ratios(ratios), _miss(ratios, old), _own_miss(ratios))
    return Fitted(bands, dict(left_out))


def why_left_out(one: ObservedDrive) -> LeftOut | None:
    """Return why a drive is of no use, None if it is."""
    if one.seconds < LEAST_S or one.metres < LEAST_M:
        return LeftOut.SHORT
    if not one.free_s or not one.free_m:
        return LeftOut.NO_WAY
    if not 1.0 / OTHER_WAY <= one.metres / one.free_m <= OTHER_WAY:
        return LeftOut.OTHER_WAY
    ratio = one.seconds / one.free_s
    if ratio < LEAST_RATIO:
        return LeftOut.TOO_FAST
    return LeftOut.TOO_SLOW if ratio > MOST_RATIO else None


def fit_ratios(ratios: FloatArray) -> BandFit:
    """Return the fit of (n,) ratios of measured to free-flow seconds, all positive.

    On logarithms, with w = n / (n + k): the factor is the median to the power w; the spread is the
    90th percentile over the factor to the power w, the usual spread having the rest. Medians and
    percentiles do not care how far out the last drives lie.
    """
    count = len(ratios)
    weight = count / (count + PRIOR_DRIVES)
    logs = np.log(ratios)
    factor = weight * float(np.median(logs))
    wide = max(0.0, float(np.quantile(logs, 0.9)) - factor)
    spread = weight * wide + (1.0 - weight) * float(np.log(SPREAD))
    return BandFit(float(np.exp(factor)), float(np.exp(spread)), count)


def _ratios(drives: Sequence[ObservedDrive]) -> FloatArray:
    return np.array([one.seconds / one.free_s for one in drives if one.free_s], dtype=np.float64)


def _miss(ratios: FloatArray, factor: float) -> float:
    """Return the median share by which this factor misses."""
    return float(np.median(np.abs(factor / ratios - 1.0)))


def _own_miss(ratios: FloatArray) -> float:
    """Return the median share by which fits miss the drives that they were not made from."""
    part = np.arange(len(ratios)) % FOLDS
    factors = np.ones(len(ratios))
    for fold in range(FOLDS):
        others = ratios[part != fold]
        if len(others):
            factors[part == fold] = fit_ratios(others).factor
    return float(np.median(np.abs(factors / ratios - 1.0)))
