"""Move a thing to a state over every state between: reports may skip some, no event may."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from domain.errors import IllegalMove
from domain.incidents import Incident, Outage, WorkOrder
from domain.states import VisitState, moves_from
from domain.tickets import Ticket
from domain.visits import TrackedVisit

S = TypeVar("S", bound=StrEnum)
Moving = TypeVar("Moving", Ticket, Incident, Outage, WorkOrder)
Kept_contra = TypeVar("Kept_contra", contravariant=True)


class Store(Protocol[Kept_contra]):
    """What keeps things and tells the event log of each change."""

    def save(self, values: Iterable[Kept_contra]) -> None:
        """Store the values."""
        ...


def way(before: S, after: S) -> tuple[S, ...]:
    """Return the shortest legal way, the present state left out; empty if it stands there already.

    Raises
    ------
    IllegalMove
        If no way leads there.
    """
    ways: dict[S, tuple[S, ...]] = {before: ()}
    waiting = deque([before])
    while waiting and after not in ways:
        here = waiting.popleft()
        for following in moves_from(here):
            if following not in ways:
                ways[following] = (*ways[here], following)
                waiting.append(following)
    if after not in ways:
        raise IllegalMove(type(before).__name__, before, after, tuple(moves_from(before)))
    return ways[after]


def moved(store: Store[Moving], thing: Moving, state: StrEnum) -> Moving:
    """Store the thing in each state on its way to ``state`` and return it there."""
    steps: tuple[Any, ...] = way(thing.state, state)
    for step in steps:
        thing = replace(thing, state=step)
        store.save([thing])
    return thing


def visit_moved(store: Store[TrackedVisit], visit: TrackedVisit, state: VisitState) -> TrackedVisit:
    """Store the visit in each state on its way to ``state`` and return it there."""
    for step in way(visit.state, state):
        visit = in_state(visit, step)
        store.save([visit])
    return visit


def in_state(visit: TrackedVisit, state: VisitState) -> TrackedVisit:
    """Return the visit in another state."""
    return replace(visit, planned=replace(visit.planned, state=state))
