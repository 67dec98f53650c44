"""Customer-minutes against sums done by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.customer_minutes import minutes_of_steps, minutes_until
from domain.incidents import SupplyStep
from domain.network import Position

TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)


def step(minute: float, out: int, position: Position = Position.CLOSED) -> SupplyStep:
    """Return a step so many minutes after ten."""
    return SupplyStep(TEN + timedelta(minutes=minute), "V", position, out)


#: 0 out for 5 min, 40 for 20 min, 538 for 90 min, 126 for 15 min, then none.
STEPS = (
    step(0, 0),
    step(5, 40),
    step(25, 538),
    step(115, 126, Position.OPEN),
    step(130, 0, Position.OPEN),
)


def test_each_step_ends_what_the_one_before_began() -> None:
    """5 x 0, 20 x 40, 90 x 538, 15 x 126."""
    assert minutes_of_steps(STEPS) == (0, 0, 800, 48_420, 1_890)
    assert minutes_of_steps(()) == ()


@pytest.mark.parametrize(
    ("minute", "lost"),
    [(-1, 0), (5, 0), (15, 400), (25, 800), (85, 800 + 60 * 538), (130, 51_110), (999, 51_110)],
)
def test_the_sum_until_an_instant(minute: float, lost: float) -> None:
    """What is out now goes on to count; later steps do not."""
    assert minutes_until(STEPS, TEN + timedelta(minutes=minute)) == pytest.approx(lost)


def test_nothing_turned_is_nothing_lost() -> None:
    """Without a step nobody is out by a valve."""
    assert minutes_until((), TEN) == 0
