"""From what speaks for each of several readings to the chance that each is meant."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

#: The nats are too sure of themselves, for slips come together; this many count as one.
#: Source: set so that the chances of ``benchmarks.locate`` are about true.
TEMPERATURE = 1.6


def chances(scores: Sequence[float], unknown: float) -> list[float]:
    """Return the chance of each score, in nats, against each other and what is not known here."""
    top = max((*scores, unknown))
    weights = [exp((score - top) / TEMPERATURE) for score in scores]
    total = sum(weights) + exp((unknown - top) / TEMPERATURE)
    return [weight / total for weight in weights]
