"""What a day that is already running asks of a new plan; empty for a day not yet begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Begun:
    """Work that a crew has begun and an emergency may take it away from.

    The crew's first visit is this order, or a P1 order: then it leaves the begun one half done,
    what was done is lost, and anybody may do it all over again.

    Attributes
    ----------
    work_order
        Id; among the problem's orders.
    on_site
        True if it works there, False if it drives there.
    remaining_s
        Seconds of work left if it stays; on site only.
    """

    work_order: str
    on_site: bool
    remaining_s: int = 0


@dataclass(frozen=True)
class Running:
    """The plan that crews know, and what lies outside the problem.

    Attributes
    ----------
    sequences
        By crew id the work orders it was told to do, in order. Another crew costs
        ``Weights.churn``; ids that the problem lacks mean nothing.
    ends
        By id of a work order that is under way, and so not in the problem: when it is expected to
        end (aware). Work ``after`` it begins no earlier.
    barred
        Pairs of crew id and work order id: this crew may not do this order.
    pinned
        By work order id the one crew that may do it, whatever ``barred`` says. If that crew is not
        in the problem or not capable the order is unassigned.
    begun
        By crew id what it has begun and may be taken away from.
    undone_until
        When somebody can come to what is left undone: the next day's first shift. Undone work
        costs until then, or until the last shift's end where this is None or earlier.
    """

    sequences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ends: Mapping[str, datetime] = field(default_factory=dict)
    barred: frozenset[tuple[str, str]] = frozenset()
    pinned: Mapping[str, str] = field(default_factory=dict)
    begun: Mapping[str, Begun] = field(default_factory=dict)
    undone_until: datetime | None = None
