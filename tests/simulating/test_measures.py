"""What is measured, judged by the oracle; pooling, and going on where a run was stopped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import BadFile, BadInput
from operations.simulating.compare import Contest, Result, run_contest
from operations.simulating.field import Field
from operations.simulating.log import What
from operations.simulating.made import TRADES, make_days, work_scale
from operations.simulating.measures import MEASURES, measure
from operations.simulating.page import page
from operations.simulating.policies import NAMES, policy, said
from operations.simulating.size import HOUR, SHIFT_H, Size
from operations.simulating.summary import means, ratio
from operations.simulating.words import SAID
from tests.simulating import oracle
from tests.simulating.small import SMALL, calling_off, ground, logged, small_days


@pytest.mark.parametrize("load", [0.8, 1.4])
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_customer_minutes_and_lateness_are_those_of_the_oracle(seed: int, load: float) -> None:
    """Over days that leave work undone, too."""
    days = small_days(seed, replace(SMALL, load=load))
    log = logged(days, calling_off)
    figures = measure(days, log)
    lost = oracle.water(days, log)
    total = sum(one["customer_minutes"] for one in figures)
    bursts = sum(minutes for incident, minutes in lost.items() if "-B" in incident)
    assert total == pytest.approx(sum(lost.values()))
    assert sum(one["burst_minutes"] for one in figures) == pytest.approx(bursts)
    assert sum(one["small_minutes"] for one in figures) == pytest.approx(total - bursts)
    assert sum(one["late_minutes"] for one in figures) == pytest.approx(oracle.late(days, log))
    assert sum(one["long_minutes"] for one in figures) <= total


def test_waiting_is_from_the_call_until_work_begins() -> None:
    """Of each small outage, its premises times that; what is left waits until the morning."""
    days = small_days(12)
    log = logged(days, calling_off)
    began = {entry.order: entry.at for entry in log if entry.what is What.BEGAN}
    waited = sum(
        one.dry_before * (began.get(one.order.id, days.horizon) - one.called) / 60
        for one in days.work
        if "-B" not in one.order.id
    )
    assert sum(one["small_waiting"] for one in measure(days, log)) == pytest.approx(waited)


def test_the_floor_is_what_nobody_can_avoid() -> None:
    """A burst seen to ten minutes after its call, and mended at once, has nothing avoidable."""
    days = small_days(11)
    log = logged(days, calling_off)
    figures = measure(days, log)
    floor = 0.0
    called = {entry.order for entry in log if entry.what is What.CALLED}
    for one in days.work:
        if one.order.id.endswith("-2"):
            shut = next(two for two in days.work if two.order.id == one.order.after[0])
            seconds = 600 + shut.true_s
            if shut.second and shut.second.order.id in called:
                seconds += shut.second.true_s
            floor += one.dry_before * seconds / 60 + one.dry_after * one.true_s / 60
    lost = sum(one["burst_minutes"] for one in figures)
    assert sum(one["avoidable"] for one in figures) == pytest.approx(lost - floor)


def test_days_have_the_load_they_say() -> None:
    """Estimated work and average drives, over many days, as a share of the crews' hours."""
    size = Size(crews=40, tickets=300, bursts=4.0, load=0.8, days=10)
    days = make_days(1, size, ground())
    work = sum(one.order.duration_s for one in days.work)
    hours = size.days * size.crews * (SHIFT_H * HOUR - 1800)
    assert (work + len(days.work) * ground().mean_s) / hours == pytest.approx(0.8, rel=0.05)
    assert sum(one.share for one in TRADES) == pytest.approx(1.0)
    assert work_scale(size, ground()) > 0.1


def made_up(policy: str, figures: dict[int, float]) -> list[Result]:
    """Return one day a seed with this figure for every measure."""
    return [
        Result(seed, 0, policy, dict.fromkeys(MEASURES, value)) for seed, value in figures.items()
    ]


def test_a_ratio_is_pooled_and_paired() -> None:
    """Noise that both share does not widen the interval."""
    theirs = made_up("fifo", {1: 10.0, 2: 1000.0, 3: 100.0})
    ours = made_up("mainbreak", {1: 5.0, 2: 500.0, 3: 50.0})
    found = ratio([*ours, *theirs], "km", "mainbreak", "fifo")
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.5, 0.5))
    wide = ratio(
        [*made_up("mainbreak", {1: 10.0, 2: 100.0, 3: 50.0}), *theirs], "km", "mainbreak", "fifo"
    )
    assert wide.low is not None
    assert wide.high is not None
    assert wide.value == pytest.approx(160 / 1110)
    assert wide.low < 160 / 1110 < wide.high
    assert ratio(made_up("mainbreak", {1: 1.0}), "km", "mainbreak", "fifo").value is None
    assert means(ours)["mainbreak"]["km"] == pytest.approx(185.0)


def test_a_stopped_run_goes_on(tmp_path: Path) -> None:
    """Kept runs are not run again, a cut-off line is no run, other sizes have their own."""
    keep = tmp_path / "days.jsonl"
    contest = Contest(replace(SMALL, tickets=5), (1, 2), ("fifo", "nearest+"))
    first = run_contest(contest, keep=keep)
    assert len(first) == 2 * 2 * 2
    lines = keep.read_text(encoding="utf-8").splitlines()
    marked = json.loads(lines[0])
    marked["figures"]["km"] = -1.0
    keep.write_text("\n".join([json.dumps(marked), *lines[1:-1], lines[-1][:20]]), encoding="utf-8")
    told: list[str] = []
    again = run_contest(contest, keep=keep, progress=lambda _, what: told.append(what))
    assert [(one.seed, one.policy, one.day) for one in again] == [
        (one.seed, one.policy, one.day) for one in first
    ]
    assert sum(one.figures["km"] == -1.0 for one in again) == 1
    assert len(told) == 1
    other = run_contest(replace(contest, size=replace(contest.size, load=0.5)), keep=keep)
    assert other != first


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """With its row."""
    keep = tmp_path / "days.jsonl"
    keep.write_text("not json\n{}\n", encoding="utf-8")
    with pytest.raises(BadFile, match="row 1"):
        run_contest(Contest(SMALL, (1,), ("fifo",)), keep=keep)


def test_workers_change_nothing() -> None:
    """Two processes give what one gives."""
    contest = Contest(replace(SMALL, tickets=4, days=1), (1, 2), ("fifo",))
    assert run_contest(contest, workers=2) == run_contest(contest)


def test_every_measure_and_policy_has_a_name_in_both_languages() -> None:
    """And the page shows them all."""
    assert set(SAID) == set(MEASURES)
    results = made_up("fifo", {1: 10.0}) + made_up("mainbreak+", {1: 5.0})
    for language in ("zh-CN", "en"):
        text = page(means(results), language, ["a note"])
        assert all(SAID[one].in_language(language) in text for one in MEASURES)
        assert said("mainbreak+").in_language(language) in text
        assert "a note" in text
    assert len({said(name).zh for name in NAMES}) == len(NAMES)


def test_an_unknown_policy_is_named() -> None:
    """With those there are."""
    with pytest.raises(BadInput, match="fifo, nearest, vroom, mainbreak"):
        policy("fastest")


def test_a_crew_waits_on_site_no_longer_than_its_shift() -> None:
    """It gives up what nobody isolates, and goes home."""
    days = small_days(1, Size(crews=10, tickets=0, bursts=3.0, days=1))
    never = replace(
        days,
        work=tuple(
            replace(one, true_s=20 * HOUR) if one.order.id.endswith("-1") else one
            for one in days.work
        ),
    )
    field = Field(never, ground(), calling_off())
    log = field.run()
    assert not [one for one in field.state.crews if one.doing not in {"off"}]
    assert [one for one in log if one.what is What.ENDED]
