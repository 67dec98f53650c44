"""How long work takes: an estimate, where it comes from, and the model that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import exp, log
from statistics import NormalDist
from typing import Any

from domain.calibration import TimeBand
from domain.words import WorkOrderKind
from domain.work import LARGE_MAIN_M, MEDIUM_MAIN_M

#: How much longer than the median nine of ten works take at most, before any was finished.
#: Source: mainbreak default, to be replaced by the crews' own works.
PRESET_SPREAD = 1.6

#: So many finished works of one kind and width, or the preset stands. Source: mainbreak default.
LEAST_WORKS = 5

#: Standard deviations from the median to the 90th percentile of a normal distribution.
_Z90 = NormalDist().inv_cdf(0.9)


class DurationSource(StrEnum):
    """Who says how long work takes."""

    PRESET = "preset"
    LEARNED = "learned"


@dataclass(frozen=True, slots=True)
class DurationEstimate:
    """Seconds on site that half of such works keep, and nine of ten.

    ``jobs`` is how many finished works it was learned from, ``learned_at`` when; 0 and None for a
    preset. ``preset_s`` is what the preset table says, so that what was learned can be told apart
    from it and learned again; 0 where nobody kept it.
    """

    p50_s: int
    p90_s: int
    source: DurationSource
    jobs: int = 0
    learned_at: datetime | None = None
    preset_s: int = 0

    @property
    def spread(self) -> float:
        """How many times the median nine of ten take at most."""
        return self.p90_s / self.p50_s

    def latest_s(self, worked_s: float = 0.0) -> float:
        """Return seconds on site that nine of ten keep, of the works not done after ``worked_s``.

        Log-normal through both figures: who is at work for longer than most needs longer still.
        """
        sigma = log(max(self.spread, 1.0)) / _Z90
        least = max(float(self.p90_s), worked_s)
        if worked_s < 1 or sigma == 0:
            return least
        normal = NormalDist()
        left = 1.0 - normal.cdf(log(worked_s / self.p50_s) / sigma)
        # Far out the tail is empty to the computer; then it is as if four deviations were over.
        reached = normal.inv_cdf(1.0 - 0.1 * max(left, 1e-4))
        return max(self.p50_s * exp(sigma * reached), least)


class SizeClass(StrEnum):
    """How wide the pipe is, as ``domain/work.py`` parts them; none where no pipe is near."""

    NONE = "none"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


def size_class(diameter_m: float) -> SizeClass:
    """Return the class of a diameter in metres, 0 for no pipe."""
    if diameter_m <= 0:
        return SizeClass.NONE
    if diameter_m >= LARGE_MAIN_M:
        return SizeClass.LARGE
    return SizeClass.MEDIUM if diameter_m >= MEDIUM_MAIN_M else SizeClass.SMALL


def material_name(said: str) -> str:
    """Return a material as the model knows it: however a file spaces and capitalises it."""
    return " ".join(said.split()).casefold()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of work before it is done.

    Attributes
    ----------
    diameter_m, material
        Of the pipe; 0 and empty where there is none. How deep it lies no network says.
    band
        The part of the day in which it was reported.
    preset_s
        What the preset table says, with the isolation valves to shut.
    """

    kind: WorkOrderKind
    diameter_m: float
    material: str
    band: TimeBand
    preset_s: int


@dataclass(frozen=True, slots=True)
class SizeFit:
    """Finished works of one kind and width: measured over preset (median), and the spread.

    ``spread`` is the 90th percentile of measured over predicted, at least 1.
    """

    works: int
    factor: float
    spread: float


@dataclass(frozen=True, slots=True)
class KindFit:
    """One kind of work; ``materials`` (by ``material_name``) and ``bands`` multiply the factor."""

    sizes: Mapping[SizeClass, SizeFit]
    materials: Mapping[str, float]
    bands: Mapping[TimeBand, float]


@dataclass(frozen=True, slots=True)
class DurationModel:
    """What was learned about how long work takes; an empty one is the preset table."""

    learned_at: datetime | None = None
    kinds: Mapping[WorkOrderKind, KindFit] = field(default_factory=dict)

    def estimate(self, of: Circumstances) -> DurationEstimate:
        """Return how long this work takes, by whole minutes; the preset where too few were done."""
        kind = self.kinds.get(of.kind)
        size = kind.sizes.get(size_class(of.diameter_m)) if kind else None
        if kind is None or size is None or size.works < LEAST_WORKS:
            return _estimate(of, 1.0, PRESET_SPREAD)
        factor = size.factor * kind.materials.get(material_name(of.material), 1.0)
        factor *= kind.bands.get(of.band, 1.0)
        return _estimate(of, factor, size.spread, size.works, self.learned_at)

    def document(self) -> dict[str, Any]:
        """Return the kinds as JSON can hold them."""
        return {
            kind.value: {
                "sizes": {
                    size.value: {"works": one.works, "factor": one.factor, "spread": one.spread}
                    for size, one in fit.sizes.items()
                },
                "materials": dict(fit.materials),
                "bands": {band.value: factor for band, factor in fit.bands.items()},
            }
            for kind, fit in self.kinds.items()
        }

    @classmethod
    def of_document(cls, learned_at: datetime, document: Mapping[str, Any]) -> DurationModel:
        """Return the model that ``document`` was made of."""
        return cls(learned_at, {WorkOrderKind(k): _kind_fit(one) for k, one in document.items()})


def _kind_fit(document: Mapping[str, Any]) -> KindFit:
    return KindFit(
        {SizeClass(size): SizeFit(**one) for size, one in document["sizes"].items()},
        dict(document["materials"]),
        {TimeBand(band): factor for band, factor in document["bands"].items()},
    )


def _estimate(
    of: Circumstances,
    factor: float,
    spread: float,
    jobs: int = 0,
    learned_at: datetime | None = None,
) -> DurationEstimate:
    p50_s = max(1, round(of.preset_s * factor / 60)) * 60
    p90_s = max(p50_s, round(of.preset_s * factor * spread / 60) * 60)
    source = DurationSource.LEARNED if jobs else DurationSource.PRESET
    return DurationEstimate(p50_s, p90_s, source, jobs, learned_at, of.preset_s)
