"""Weights of the tests' own: prices worked out by hand need every one to stay as it is."""

from __future__ import annotations

from dispatch import Weights
from domain.words import Priority


def _each(*figures: float) -> dict[Priority, float]:
    return dict(zip(Priority, figures, strict=True))


PLAIN = Weights(
    travel=1.0,
    customer=0.5,
    burst=5.0,
    leak=0.5,
    lateness=_each(5.0, 1.0, 0.3, 0.1),
    miss=_each(12_000, 9_000, 1_200, 300),
    waiting=_each(2.0, 0.4, 0.1, 0.03),
    slack=_each(1.0, 0.2, 0.06, 0.0),
    slack_s=_each(600, 3_600, 3_600, 0),
    overtime=3.0,
    break_late=1.0,
    territory=300.0,
    reserve=1_800.0,
    interrupt=1_800.0,
    divert=600.0,
    churn=600.0,
    unassigned=_each(160_000, 80_000, 40_000, 20_000),
)
