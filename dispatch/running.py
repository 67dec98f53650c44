"""What a day that is already running asks of a new plan; empty for a day not yet begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Running:
    """The plan that crews know, and what lies outside the problem.

    Attributes
    ----------
    sequences
        By crew id the work orders it was told to do and has not begun, in order. Another crew
        costs ``Weights.churn``; ids that the problem lacks mean nothing.
    ends
        By id of a work order that is under way, and so not in the problem: when it is expected to
        end (aware). Work ``after`` it begins no earlier.
    barred
        Pairs of crew id and work order id: this crew may not do this order.
    """

    sequences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ends: Mapping[str, datetime] = field(default_factory=dict)
    barred: frozenset[tuple[str, str]] = frozenset()
