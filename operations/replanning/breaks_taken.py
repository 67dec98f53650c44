"""Breaks of a running day: nobody reports them, so one counts as begun when the plan had it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.crews import Crew, Shift
from domain.plans import Plan

#: A break as a route has it: from when to when.
Pause = tuple[datetime, datetime]


def breaks_taken(running: Plan | None, crew: Crew, now: datetime) -> tuple[Pause, ...]:
    """Return the breaks of this shift that the crew has begun by the running plan, in order."""
    routes = running.routes if running else ()
    own = next((route.breaks for route in routes if route.crew == crew.id), ())
    return tuple(one for one in own if crew.shift.start <= one[0] <= now)


def behind_breaks(crew: Crew, taken: tuple[Pause, ...]) -> Crew | None:
    """Return the crew with the breaks it still has, free once the last begun one is over.

    None if its shift ends before.
    """
    start = max([crew.shift.start, *(end for _, end in taken)])
    if start >= crew.shift.end:
        return None
    shift = Shift(start, crew.shift.end)
    return replace(crew, shift=shift, breaks=crew.breaks[len(taken) :])
