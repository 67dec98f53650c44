"""The fit of drives to the traffic of the hour: recovered, careful with few, deaf to outliers."""

from __future__ import annotations

from math import exp, log
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calibration import SPREAD, BandFit, TimeBand
from domain.streets import FloatArray
from routing.calibrating import (
    PRIOR_DRIVES,
    LeftOut,
    ObservedDrive,
    fit_bands,
    fit_ratios,
    why_left_out,
)


def noisy(factor: float, wide: float, count: int, seed: int) -> FloatArray:
    """Return ratios of drives: log-normal around the factor."""
    draws = np.random.default_rng(seed).normal(log(factor), wide, count)
    return np.exp(draws)


def drive(ratio: float, band: TimeBand = TimeBand.DAY, **more: float | None) -> ObservedDrive:
    """Return a drive of ten minutes at free flow that took so many times as long."""
    fields: dict[str, float | None] = {"metres": 5000.0, "free_s": 600.0, "free_m": 5000.0}
    return ObservedDrive(band, seconds=600.0 * ratio, **{**fields, **more})  # type: ignore[arg-type]


@given(st.floats(0.7, 2.5), st.floats(0.02, 0.4), st.integers(300, 600), st.integers(0, 10**6))
def test_many_drives_recover_the_factor(factor: float, wide: float, count: int, seed: int) -> None:
    """Within what so many noisy drives can say, and what ten drives of caution take off."""
    fit = fit_ratios(noisy(factor, wide, count, seed))
    error = 4.0 * 1.2533 * wide / count**0.5 + abs(log(factor)) * PRIOR_DRIVES / count
    assert abs(log(fit.factor / factor)) <= error
    assert fit.drives == count


@given(st.integers(1, 4), st.floats(0.5, 4.0))
def test_a_few_drives_move_little(count: int, ratio: float) -> None:
    """Four drives in a jam are no rush hour yet: less than a third of the way."""
    fit = fit_ratios(np.full(count, ratio))
    assert abs(log(fit.factor)) <= abs(log(ratio)) * count / (count + PRIOR_DRIVES) + 1e-12
    assert fit.spread >= 1.0


@given(st.lists(st.floats(0.4, 5.0), min_size=1, max_size=40))
def test_the_formula_is_the_documented_one(ratios: list[float]) -> None:
    """Reckoned again with the standard library."""
    fit = fit_ratios(np.array(ratios))
    weight = len(ratios) / (len(ratios) + 10)
    factor = exp(weight * median(log(one) for one in ratios))
    assert fit.factor == pytest.approx(factor)
    rank = 0.9 * (len(ratios) - 1)
    low, rest = int(rank), rank - int(rank)
    logs = sorted(log(one) for one in ratios)
    ninetieth = logs[low] + rest * (logs[min(low + 1, len(logs) - 1)] - logs[low])
    wide = max(0.0, ninetieth - log(factor))
    assert fit.spread == pytest.approx(exp(weight * wide + (1 - weight) * log(SPREAD)))


def test_nine_in_ten_of_drives_not_seen_are_there_in_time() -> None:
    """Of a thousand held-out drives each, fitted on four hundred: on average, whoever drove."""
    covered = []
    for seed in range(20):
        fit = fit_ratios(noisy(1.4, 0.25, 400, seed))
        later = noisy(1.4, 0.25, 1000, seed + 1000)
        covered.append(float(np.mean(later <= fit.factor * fit.spread)))
    assert float(np.mean(covered)) == pytest.approx(0.9, abs=0.015)
    assert min(covered) > 0.8


def test_what_says_nothing_of_traffic_is_left_out_and_counted() -> None:
    """Each with its reason; the fit is that of the others."""
    odd = {
        LeftOut.SHORT: [drive(0.2), drive(1.0, metres=400.0)],
        LeftOut.NO_WAY: [drive(1.0, free_s=None, free_m=None), drive(1.0, free_s=0.0)],
        LeftOut.OTHER_WAY: [drive(1.0, metres=7600.0), drive(1.0, metres=3300.0)],
        LeftOut.TOO_FAST: [drive(0.39)],
        LeftOut.TOO_SLOW: [drive(5.1)],
    }
    for why, drives in odd.items():
        assert {why_left_out(one) for one in drives} == {why}
    good = [drive(one) for one in (1.1, 1.2, 1.3, 1.25)]
    fitted = fit_bands([*good, *(one for drives in odd.values() for one in drives)])
    assert fitted.left_out == {why: len(drives) for why, drives in odd.items()}
    assert fitted.fits == fit_bands(good).fits
    assert set(fitted.fits) == {TimeBand.DAY}


def test_bands_are_fitted_apart_and_judged_by_drives_they_have_not_seen() -> None:
    """The error falls where there is traffic, and is what it was where there is none."""
    drives = [drive(float(one), TimeBand.MORNING) for one in noisy(1.8, 0.1, 100, 1)]
    drives += [drive(float(one), TimeBand.NIGHT) for one in noisy(1.0, 0.1, 100, 2)]
    bands = fit_bands(drives).bands
    morning, night = bands[TimeBand.MORNING], bands[TimeBand.NIGHT]
    assert morning.before == pytest.approx(1.0 - 1.0 / 1.8, abs=0.03)
    assert morning.after < 0.12
    assert abs(night.after - night.before) < 0.02
    again = fit_bands(drives, {TimeBand.MORNING: BandFit(1.8, 1.2, 50)}).bands[TimeBand.MORNING]
    assert again.before < 0.1


def test_no_drives_fit_nothing() -> None:
    """And that is no error."""
    assert fit_bands([]).bands == {}
