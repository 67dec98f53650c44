"""Customer-minutes: how long how many premises went without water, valve by valve.

Source: water utilities' measure of interruption, the sum over premises of minutes without supply.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from domain.incidents import SupplyStep


def minutes_of_steps(steps: Sequence[SupplyStep]) -> tuple[float, ...]:
    """Return what each step ended: the premises out before it times the minutes since the last.

    Steps are by instant; before the first nobody is out.
    """
    ended = [_lost(before, now.at) for before, now in pairwise(steps)]
    return (0.0, *ended) if steps else ()


def minutes_until(steps: Sequence[SupplyStep], until: datetime) -> float:
    """Return all customer-minutes from the first step to an instant; later steps do not count."""
    done = [one for one in steps if one.at <= until]
    return sum(minutes_of_steps(done)) + (_lost(done[-1], until) if done else 0.0)


def _lost(step: SupplyStep, until: datetime) -> float:
    return step.out * (until - step.at).total_seconds() / 60
