"""When a crew arrives: a likely instant, one that holds nine times in ten, and how old that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from math import sqrt

from domain.sentences import Sentence
from domain.told_time import told_time

#: Standard deviations from the median to the 90th percentile.
#: Source: the normal distribution, its quantile of 0.9.
Z90 = 1.2816

#: What a silent phone may add to an arrival at the most. Source: mainbreak default.
MOST_SILENCE = timedelta(minutes=30)

#: Times are said to so many minutes: nobody can promise the minute. Source: mainbreak default.
SAID_TO = timedelta(minutes=5)

_MINUTE = timedelta(minutes=1)


class EtaSource(StrEnum):
    """What an arrival time rests on."""

    LIVE = "live"  # the way left from where the crew's phone is
    PLANNED = "planned"  # the plan: the crew is not under way to it yet
    OLD_FIX = "old_fix"  # the plan: under way, but its phone is silent
    NO_WAY = "no_way"  # the plan: under way, but no street leads from where it is to its work


@dataclass(frozen=True, slots=True)
class Eta:
    """When a crew arrives; never when supply is back.

    Attributes
    ----------
    p50
        As likely earlier as later.
    p90
        Nine times in ten it is there by then; never before ``p50``.
    as_of
        When what it rests on was so: of a crew under way the last fix, else the last fix or the
        plan, whichever is newer.
    """

    p50: datetime
    p90: datetime
    as_of: datetime
    source: EtaSource

    def __post_init__(self) -> None:
        if any(one.tzinfo is None for one in (self.p50, self.p90, self.as_of)):
            raise ValueError("an ETA needs times with a zone")
        if self.p90 < self.p50:
            raise ValueError("nine in ten are not there before every other one is")


@dataclass(frozen=True, slots=True)
class Guess:
    """An instant and how unsure it is, as the variance in seconds squared.

    What comes one after the other is taken for independent, so variances add.
    """

    at: datetime
    variance: float = 0.0

    @property
    def p90(self) -> datetime:
        """The instant that holds nine times in ten."""
        return self.at + timedelta(seconds=Z90 * sqrt(self.variance))

    def after(self, seconds: float, spread: float) -> Guess:
        """Return when something ends that begins then.

        It takes ``seconds`` in the median, and nine times in ten at most ``spread`` times that:
        one drive that begins for sure ends by its begin + spread x seconds.
        """
        deviation = (max(1.0, spread) - 1.0) * seconds / Z90
        return Guess(self.at + timedelta(seconds=seconds), self.variance + deviation**2)

    def not_before(self, instant: datetime) -> Guess:
        """Return the guess, moved to the instant if it is earlier, as unsure as it was."""
        return self if self.at >= instant else Guess(instant, self.variance)

    @classmethod
    def of(cls, eta: Eta) -> Guess:
        """Return an ETA as a guess to go on from."""
        return cls(eta.p50, ((eta.p90 - eta.p50).total_seconds() / Z90) ** 2)


def live_eta(seen_at: datetime, now: datetime, seconds: float, spread: float) -> Eta:
    """Return the ETA of a crew that was ``seconds`` of driving away when it was seen.

    The median drove on since; nine in ten are there if it stood since then and sets out only now:
    so the age of the fix counts in full.
    """
    p50 = max(now, seen_at + timedelta(seconds=seconds))
    p90 = max(p50, now + timedelta(seconds=max(1.0, spread) * seconds))
    return Eta(p50, p90, seen_at, EtaSource.LIVE)


def foreseen_eta(
    planned: Guess, seen_at: datetime, now: datetime, source: EtaSource = EtaSource.OLD_FIX
) -> Eta:
    """Return the ETA of a crew under way of which only the plan is known, and when it was seen.

    As planned, and not in the past; nine in ten are there so much later as the last fix is old,
    ``MOST_SILENCE`` at the most.
    """
    p50 = max(now, planned.at)
    p90 = max(p50, planned.p90) + min(max(now - seen_at, timedelta()), MOST_SILENCE)
    return Eta(p50, p90, seen_at, source)


def planned_eta(guess: Guess, made_at: datetime) -> Eta:
    """Return the ETA of a visit that its crew has not set out to, by a plan made then."""
    return Eta(guess.at, guess.p90, made_at, EtaSource.PLANNED)


def said(eta: Eta, now: datetime, zone: tzinfo) -> Sentence:
    """Return the ETA as an agent says it, with what it rests on and its age; no full stop.

    >>> from datetime import UTC
    >>> at = [datetime(2026, 3, 9, 10, minute, tzinfo=UTC) for minute in (30, 27, 41, 52)]
    >>> said(Eta(at[2], at[3], at[1], EtaSource.LIVE), at[0], UTC).zh
    '预计 10:40 到达，最晚 10:55；3 分钟前更新'
    >>> said(Eta(at[2], at[3], at[1], EtaSource.LIVE), at[0], UTC).en
    'expected at 10:40, by 10:55 at the latest; updated 3 minutes ago'
    """
    arrives, rests = said_range(eta, now, zone), _rests_on(eta, now)
    return Sentence(f"{arrives.zh}；{rests.zh}", f"{arrives.en}; {rests.en}")


def said_range(eta: Eta, now: datetime, zone: tzinfo) -> Sentence:
    """Return the two instants in words: to five minutes, the later one rounded up.

    They are never in the past; where both are the same only that one is said, as the latest.
    """
    likely, latest = _nearest(eta.p50), _up(eta.p90)
    if likely < now:
        likely = _up(now)
    latest = max(latest, likely)
    by = told_time(latest, now, zone)
    if likely == latest:
        return Sentence(f"预计 {by.zh} 前到达", f"expected by {by.en}")
    at = told_time(likely, now, zone)
    return Sentence(
        f"预计 {at.zh} 到达，最晚 {by.zh}", f"expected at {at.en}, by {by.en} at the latest"
    )


def _rests_on(eta: Eta, now: datetime) -> Sentence:
    age = _age(now - eta.as_of)
    if eta.source is EtaSource.OLD_FIX:
        silent = age or Sentence(" 1 分钟", "1 minute")
        return Sentence(
            f"按计划，已有{silent.zh}收不到车辆位置",
            f"by the plan, as the crew's position has been unknown for {silent.en}",
        )
    if eta.source is EtaSource.NO_WAY:
        return Sentence(
            "按计划，现位置暂时没有可走的路",
            "by the plan, as no way is known from where the crew is",
        )
    updated = Sentence("刚刚更新", "updated just now")
    if age is not None:
        updated = Sentence(f"{age.zh.strip()}前更新", f"updated {age.en} ago")
    if eta.source is EtaSource.PLANNED:
        return Sentence(f"尚未出发，{updated.zh}", f"not under way yet, {updated.en}")
    return updated


def _age(age: timedelta) -> Sentence | None:
    """Return an age in whole minutes, with a blank before a figure in Chinese; None below one."""
    minutes = age // _MINUTE
    if minutes < 1:
        return None
    if minutes < 60:
        return Sentence(f" {minutes} 分钟", f"{minutes} minute{'s' if minutes > 1 else ''}")
    hours = minutes // 60
    return Sentence(f" {hours} 小时", f"{hours} hour{'s' if hours > 1 else ''}")


def _nearest(instant: datetime) -> datetime:
    """Return the instant to the nearest ``SAID_TO``."""
    return _up(instant - SAID_TO / 2)


def _up(instant: datetime) -> datetime:
    """Return the instant, or the next whole ``SAID_TO`` of the day."""
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - (midnight - instant) // SAID_TO * SAID_TO
