"""How long work takes, learned from made works: the truth is known here, to the learner it is not.

The works are drawn in minutes from gamma distributions: no logarithm, no median, no preset.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from dispatch.durations import FinishedWork, LeftOut, learn
from domain.calibration import TimeBand
from domain.durations import (
    LEAST_WORKS,
    PRESET_SPREAD,
    Circumstances,
    DurationModel,
    DurationSource,
    SizeClass,
    size_class,
)
from domain.words import WorkOrderKind

NOW = datetime(2026, 11, 23, tzinfo=UTC)
REPAIR, ISOLATE, METER = WorkOrderKind.REPAIR, WorkOrderKind.ISOLATE, WorkOrderKind.METER

#: Mean minutes of a repair by diameter, and what multiplies them.
MINUTES = {0.1: 110.0, 0.15: 130.0, 0.3: 260.0, 0.5: 330.0}
MATERIALS = {"PE": 0.75, "球墨铸铁": 1.0, "灰口铸铁": 1.35}
NIGHT = 1.3

#: What the preset table says of the same, minutes.
PRESETS = {0.1: 120, 0.15: 120, 0.3: 180, 0.5: 300}


def repairs(seed: int, count: int, shape: float = 7.0) -> list[FinishedWork]:
    """Return repairs as a town may have them; old iron is common where pipes are narrow."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        width = list(MINUTES)[rng.integers(4)]
        odds = [0.3, 0.3, 0.4] if width < 0.2 else [0.1, 0.7, 0.2]
        material = list(MATERIALS)[rng.choice(3, p=odds)]
        band = TimeBand.NIGHT if rng.random() < 0.25 else TimeBand.DAY
        mean = MINUTES[width] * MATERIALS[material] * (NIGHT if band is TimeBand.NIGHT else 1.0)
        of = Circumstances(REPAIR, width, material, band, 60 * PRESETS[width])
        made.append(FinishedWork(of, 60 * mean * rng.gamma(shape, 1 / shape)))
    return made


def kept(model: DurationModel, works: list[FinishedWork]) -> tuple[float, float]:
    """Return the shares of works done within p50 and within p90."""
    told = [(one.seconds, model.estimate(one.of)) for one in works]
    within = np.array([(took <= one.p50_s, took <= one.p90_s) for took, one in told])
    half, nine = within.mean(axis=0).tolist()
    return half, nine


@pytest.mark.parametrize("seed", range(3))
def test_half_keep_p50_and_nine_of_ten_p90(seed: int) -> None:
    """On works it has not seen, of each width too."""
    model = learn(repairs(seed, 1500), NOW).model
    unseen = repairs(100 + seed, 3000)
    half, nine = kept(model, unseen)
    assert half == pytest.approx(0.5, abs=0.04)
    assert nine == pytest.approx(0.9, abs=0.025)
    for size in SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE:
        of_size = [one for one in unseen if size_class(one.of.diameter_m) is size]
        half, nine = kept(model, of_size)
        assert half == pytest.approx(0.5, abs=0.08)
        assert nine == pytest.approx(0.9, abs=0.05)


def test_few_works_promise_little_too_often_rather_than_too_much() -> None:
    """From 40 works of each kind on p90 is kept by nine of ten on the average of many towns."""
    shares = []
    for seed in range(12):
        model = learn(repairs(seed, 40), NOW).model
        shares.append(kept(model, repairs(500 + seed, 400))[1])
    assert 0.86 <= float(np.mean(shares)) <= 0.96


def test_what_multiplies_the_time_is_found_again() -> None:
    """Width, material and night, each beside the others though iron lies in narrow pipes."""
    fit = learn(repairs(5, 6000), NOW).model.kinds[REPAIR]
    materials = fit.materials
    assert materials["pe"] / materials["球墨铸铁"] == pytest.approx(0.75, rel=0.06)
    assert materials["灰口铸铁"] / materials["球墨铸铁"] == pytest.approx(1.35, rel=0.06)
    assert fit.bands[TimeBand.NIGHT] / fit.bands[TimeBand.DAY] == pytest.approx(NIGHT, rel=0.06)
    wide = fit.sizes[SizeClass.MEDIUM].factor / fit.sizes[SizeClass.LARGE].factor
    assert wide == pytest.approx((260 / 180) / (330 / 300), rel=0.06)


def test_too_few_works_leave_the_preset() -> None:
    """One work less than enough; also a width that nobody has worked at yet."""
    narrow = [one for one in repairs(1, 400) if one.of.diameter_m < 0.2]
    few = learn(narrow[: LEAST_WORKS - 1], NOW).model.estimate(narrow[0].of)
    assert (few.p50_s, few.p90_s) == (7200, round(7200 * PRESET_SPREAD))
    assert (few.source, few.jobs, few.learned_at) == (DurationSource.PRESET, 0, None)
    much = learn(narrow, NOW).model
    wide = replace(narrow[0].of, diameter_m=0.5, preset_s=18000)
    assert much.estimate(wide).source is DurationSource.PRESET
    assert much.estimate(replace(wide, kind=METER)).p50_s == 18000
    known = much.estimate(narrow[0].of)
    assert (known.source, known.jobs) == (DurationSource.LEARNED, len(narrow))
    assert (known.learned_at, known.preset_s) == (NOW, 7200)


def test_a_few_works_move_the_estimate_a_little() -> None:
    """Five that took twice as long: a third of the way, on the logarithm; a thousand: all of it."""
    of = Circumstances(METER, 0.0, "", TimeBand.DAY, 2400)
    five, many = ([FinishedWork(of, 4800.0)] * n for n in (5, 1000))
    assert learn(five, NOW).model.estimate(of).p50_s == round(2400 * 2 ** (5 / 15) / 60) * 60
    assert learn(many, NOW).model.estimate(of).p50_s == 4800 - 60 * (2400 * (2 - 2**0.99) > 30)


def test_kinds_do_not_speak_for_each_other() -> None:
    """Slow repairs make no isolation slow."""
    quick = [replace(one, of=replace(one.of, kind=ISOLATE, preset_s=1800), seconds=1500.0)
             for one in repairs(2, 60)]  # fmt: skip
    model = learn([*repairs(1, 200), *quick], NOW).model
    assert model.estimate(quick[0].of).p50_s < 1800
    assert learn(quick, NOW).model.kinds[ISOLATE] == model.kinds[ISOLATE]


def test_impossible_times_are_left_out_with_their_reason() -> None:
    """Both buttons at once, a report forgotten over the night; they change nothing."""
    good = repairs(3, 100)
    bad = [replace(good[0], seconds=s) for s in (0.0, -60.0, 119.0, 700.0, 7 * 86400.0, math.inf)]
    learned = learn([*bad[:3], *good, *bad[3:]], NOW)
    assert Counter(learned.left_out) == {LeftOut.TOO_SHORT: 4, LeftOut.TOO_LONG: 2}
    assert (learned.works, learned.model) == (100, learn(good, NOW).model)


def test_outliers_within_reason_hardly_move_it() -> None:
    """One in twenty takes seven times the preset: medians do not care."""
    good = repairs(4, 1000)
    odd = [
        replace(one, seconds=7.0 * one.of.preset_s) if i % 20 == 0 else one
        for i, one in enumerate(good)
    ]
    calm, shaken = (learn(some, NOW).model.estimate(good[1].of) for some in (good, odd))
    assert shaken.p50_s == pytest.approx(calm.p50_s, rel=0.06)


def test_no_works_are_no_model() -> None:
    """Everything is a preset then."""
    learned = learn([], NOW)
    assert (learned.works, learned.reports, dict(learned.model.kinds)) == (0, {}, {})


def test_it_says_by_how_much_it_is_better() -> None:
    """The preset misses by what the made works differ; what was learned misses by chance alone."""
    works = [replace(one, seconds=2.5 * one.seconds) for one in repairs(6, 800)]
    learned = learn(works, NOW)
    for report in learned.reports.values():
        assert report.after < 0.5 * report.before
    again = learn(works, NOW, learned.model)
    for key, report in again.reports.items():
        assert report.before == pytest.approx(learned.reports[key].after, rel=0.15)


def test_a_model_survives_json() -> None:
    """And makes the same estimates then; materials go by name however they are written."""
    model = learn(repairs(7, 300), NOW).model
    again = DurationModel.of_document(NOW, json.loads(json.dumps(model.document())))
    assert again == model
    of = Circumstances(REPAIR, 0.1, " Pe ", TimeBand.DAY, 7200)
    assert again.estimate(of) == model.estimate(replace(of, material="PE"))
    assert again.estimate(of) != model.estimate(replace(of, material="灰口铸铁"))


def test_the_order_of_works_does_not_matter_much() -> None:
    """Not at all for the medians; folds part otherwise, so spreads may move a little."""
    works = repairs(8, 500)
    one, other = learn(works, NOW).model, learn(works[::-1], NOW).model
    for size, fit in one.kinds[REPAIR].sizes.items():
        assert other.kinds[REPAIR].sizes[size].factor == pytest.approx(fit.factor)
        assert other.kinds[REPAIR].sizes[size].spread == pytest.approx(fit.spread, rel=0.1)
