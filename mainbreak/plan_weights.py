"""From the settings to what a plan minimises."""

from __future__ import annotations

from typing import Any

from dispatch import Weights
from domain.words import Priority
from mainbreak.settings import Settings


def weights_of(settings: Settings) -> Weights:
    """Return the weights of an installation: what it sets, else the defaults of dispatch."""
    given: dict[str, Any] = settings.weights.model_dump(exclude_none=True)
    for name, value in given.items():
        if isinstance(value, tuple):
            given[name] = dict(zip(Priority, value, strict=True))
    return Weights(**given)
