"""Weights of the tests' own: those that prices worked out by hand need to stay as they are."""

from __future__ import annotations

from dispatch import Weights
from domain.words import Priority


def _each(*figures: float) -> dict[Priority, float]:
    return dict(zip(Priority, figures, strict=True))


PLAIN = Weights(
    customer=0.5,
    churn=600.0,
    lateness=_each(5.0, 1.0, 0.3, 0.1),
    miss=_each(12_000, 9_000, 1_200, 300),
    slack=_each(1.0, 0.2, 0.06, 0.0),
    slack_s=_each(600, 3_600, 3_600, 0),
)
