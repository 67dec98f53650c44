"""An arrival time: its range, what widens it, how it is said."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, time, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import domain.eta
import domain.told_time
from domain.eta import (
    MOST_SILENCE,
    Eta,
    EtaSource,
    Guess,
    foreseen_eta,
    live_eta,
    planned_eta,
    said,
    said_range,
)

TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")

seconds = st.floats(0, 7200)
spreads = st.floats(1.0, 3.0)
ages = st.integers(0, 3600)


def at(minutes: float) -> datetime:
    """Return the instant so many minutes after ten."""
    return TEN + timedelta(minutes=minutes)


def test_the_examples_in_the_docstrings_hold() -> None:
    """Doctests are no part of the suite by themselves."""
    for module in (domain.eta, domain.told_time):
        assert doctest.testmod(module).failed == 0


@given(seconds, spreads, ages)
def test_a_live_range_is_in_order_and_never_past(left: float, spread: float, age: int) -> None:
    """Nine in ten are there after the way left at its spread, had the crew stood until now."""
    seen = TEN - timedelta(seconds=age)
    eta = live_eta(seen, TEN, left, spread)
    assert TEN <= eta.p50 <= eta.p90
    assert eta.p90 == max(eta.p50, TEN + timedelta(seconds=spread * left))
    assert (eta.as_of, eta.source) == (seen, EtaSource.LIVE)


@given(seconds, spreads, ages, ages)
def test_age_only_widens(left: float, spread: float, one: int, other: int) -> None:
    """Of two fixes as far away the older one has the wider range."""
    younger, older = sorted((one, other))
    wide, narrow = (
        live_eta(TEN - timedelta(seconds=age), TEN, left, spread) for age in (older, younger)
    )
    assert wide.p90 - wide.p50 >= narrow.p90 - narrow.p50


def test_a_silent_phone_adds_its_silence_to_the_plan() -> None:
    """At most half an hour; a planned arrival that has passed is not told again."""
    eta = foreseen_eta(Guess(at(-20)).after(1800, 1.5), at(-14), TEN)
    assert (eta.p50, eta.p90) == (at(10), at(25 + 14))
    late = foreseen_eta(Guess(at(-120)).after(1800, 1.5), at(-100), TEN)
    assert (late.p50, late.p90) == (TEN, TEN + MOST_SILENCE)


def test_one_drive_ends_by_its_spread() -> None:
    """The chain of one link is the definition."""
    guess = Guess(TEN).after(600, 1.35)
    assert guess.at == at(10)
    assert abs((guess.p90 - at(13.5)).total_seconds()) < 1e-3


@given(st.lists(st.tuples(seconds, spreads), min_size=1, max_size=6))
def test_variances_add_along_a_chain(parts: list[tuple[float, float]]) -> None:
    """The range grows, and less than the ranges of its parts together."""
    guess = Guess(TEN)
    for length, spread in parts:
        before, guess = guess, guess.after(length, spread)
        assert guess.p90 - guess.at >= before.p90 - before.at
    alone = [(spread - 1.0) * length for length, spread in parts]
    reach = (guess.p90 - guess.at).total_seconds()
    assert reach == pytest.approx(sqrt(sum(one**2 for one in alone)), abs=1e-3)


def test_an_eta_goes_on_as_a_guess() -> None:
    """What comes behind a drive under way begins as unsure as that is."""
    eta = Eta(at(10), at(18), TEN, EtaSource.LIVE)
    guess = Guess.of(eta)
    assert abs((guess.p90 - eta.p90).total_seconds()) < 1e-3
    assert guess.not_before(at(5)) == guess
    assert guess.not_before(at(12)) == Guess(at(12), guess.variance)


def test_times_without_a_zone_or_in_the_wrong_order_are_refused() -> None:
    """Nobody can read such an ETA."""
    with pytest.raises(ValueError, match="zone"):
        Eta(TEN.replace(tzinfo=None), at(1), TEN, EtaSource.LIVE)
    with pytest.raises(ValueError, match="nine in ten"):
        Eta(at(2), at(1), TEN, EtaSource.LIVE)


@given(st.integers(-600, 7200), st.integers(0, 3600))
def test_what_is_said_is_never_past_and_never_too_early(to_p50: int, wider: int) -> None:
    """Said times are whole fives; the latest one is not before the 90th percentile."""
    p50 = TEN + timedelta(seconds=to_p50)
    p90 = p50 + timedelta(seconds=wider)
    words = said_range(Eta(p50, p90, TEN, EtaSource.LIVE), TEN, UTC).en
    clocks = [word.strip(",") for word in words.split() if ":" in word]
    told = [datetime.combine(TEN, time.fromisoformat(one), UTC) for one in clocks]
    assert told == sorted(set(told))
    assert all(one >= TEN and one.minute % 5 == 0 for one in told)
    assert max(p90, TEN) <= told[-1] < max(p90, TEN) + timedelta(minutes=10)


def test_what_an_agent_says() -> None:
    """In both languages, with source and age."""
    eta = Eta(at(41), at(52), at(0), EtaSource.LIVE)
    assert said(eta, at(0), SHANGHAI).zh == "预计 18:40 到达，最晚 18:55；刚刚更新"
    assert said(eta, at(1.5), SHANGHAI).en == (
        "expected at 18:40, by 18:55 at the latest; updated 1 minute ago"
    )
    planned = planned_eta(Guess(at(38)), at(-130))
    assert said(planned, TEN, SHANGHAI).zh == "预计 18:40 前到达；尚未出发，2 小时前更新"
    assert (
        said(planned, TEN, SHANGHAI).en
        == "expected by 18:40; not under way yet, updated 2 hours ago"
    )
    silent = Eta(at(41), at(52), at(-14), EtaSource.OLD_FIX)
    assert said(silent, TEN, SHANGHAI).zh == (
        "预计 18:40 到达，最晚 18:55；按计划，已有 14 分钟收不到车辆位置"
    )
    barred = foreseen_eta(Guess(at(41)), at(0), TEN, EtaSource.NO_WAY)
    assert said(barred, TEN, SHANGHAI).zh == (
        "预计 18:40 到达，最晚 18:45；按计划，现位置暂时没有可走的路"
    )
    tomorrow = Eta(at(17 * 60), at(17 * 60 + 20), TEN, EtaSource.PLANNED)
    assert said_range(tomorrow, TEN, SHANGHAI).zh == "预计 11月24日11:00 到达，最晚 11月24日11:20"
