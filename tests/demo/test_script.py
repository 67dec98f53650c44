"""The script: the bundled day again and again, without a dead hour."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice, pairwise

import pytest

from mainbreak.demo import bundled_town
from mainbreak.demo.script import PERIOD, Script, read_script
from mainbreak.settings import Settings


@pytest.fixture(scope="module")
def script() -> Script:
    """Return the bundled script."""
    return read_script(bundled_town(), Settings())


def test_calls_come_in_order_and_never_end(script: Script) -> None:
    """Three rounds: every id is new, and no time goes back."""
    calls = list(islice(script.calls(), 3 * len(script.tickets)))
    assert len({one.id for one in calls}) == len(calls)
    assert all(a.received_at <= b.received_at for a, b in pairwise(calls))
    assert calls[0].received_at + PERIOD == calls[len(script.tickets)].received_at


def test_a_round_begins_after_the_one_before_has_ended(script: Script) -> None:
    """Otherwise the days would mix."""
    assert script.closes < script.tickets[0].received_at + PERIOD


def test_at_any_time_of_the_next_days_crews_are_on_shift(script: Script) -> None:
    """From the first shift on there is always somebody, and nobody works without a rest."""
    first = min(crew.shift.start for crew in script.crews)
    for minutes in range(0, 3 * 24 * 60, 30):
        now = first + timedelta(minutes=minutes)
        crews = script.crews_at(now)
        assert any(crew.shift.start <= now < crew.shift.end for crew in crews)
        assert all(now < crew.shift.end for crew in crews)
    assert all(crew.shift.end - crew.shift.start < PERIOD for crew in script.crews)
