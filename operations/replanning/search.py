"""How the plans of a running day are searched."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch import Weights, solve
from operations.plan_day import Effort
from operations.replanning.plan_around import Solver

#: How hard the search works on a running day. Source: mainbreak default.
EFFORT = Effort(seconds=2.0)


@dataclass(frozen=True)
class Search:
    """What searches, how hard, and what it minimises.

    ``react`` answers an event first; None where no answer comes before the search's.
    """

    effort: Effort = EFFORT
    solver: Solver = solve
    weights: Weights | None = None
    react: Solver | None = None
