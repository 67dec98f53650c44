"""Instants as people say them."""

from __future__ import annotations

from datetime import datetime, tzinfo

from domain.sentences import Sentence


def told_time(at: datetime, now: datetime, zone: tzinfo) -> Sentence:
    """Return an instant as people say it: the time today, with its date on other days.

    >>> from datetime import UTC
    >>> told_time(datetime(2026, 3, 9, 7, 30, tzinfo=UTC), datetime(2026, 3, 8, tzinfo=UTC), UTC)
    Sentence(zh='3月9日07:30', en='9 Mar 07:30')
    """
    local = at.astimezone(zone)
    clock = f"{local:%H:%M}"
    if local.date() == now.astimezone(zone).date():
        return Sentence(clock, clock)
    return Sentence(f"{local.month}月{local.day}日{clock}", f"{local.day} {local:%b} {clock}")
