"""From when until when a closure holds, and how slow it makes: what makes sense."""

from __future__ import annotations

from datetime import datetime

from domain.closures import Closure
from domain.errors import BadInput

#: Share of the usual speed above which a closure says nothing. Source: mainbreak default.
FASTEST = 0.95

#: Share below which it closes: a street of an hour would take four days. Source: mainbreak default.
SLOWEST = 0.01


def check_terms(one: Closure, now: datetime) -> None:
    """Pass if the closure can still hold at some time, and closes or slows.

    Raises
    ------
    BadInput
        Naming the field.
    """
    if one.until is not None and one.until <= one.since:
        raise BadInput("until: it ends before it begins. Give a later end, or none.")
    if one.until is not None and one.until <= now:
        raise BadInput("until: this time has passed. Give a later end, or none.")
    if one.factor != 0.0 and not SLOWEST <= one.factor <= FASTEST:
        raise BadInput(
            f"factor: {one.factor:g} neither closes nor slows. Give 0 to close, or the share of "
            f"the usual speed from {SLOWEST:g} to {FASTEST:g}."
        )
