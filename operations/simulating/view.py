"""What a dispatcher sees at an instant, and may answer; never how long work really takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.words import Priority
from operations.simulating.ground import Ground
from operations.simulating.size import seconds_of


class Doing(StrEnum):
    """What a crew does."""

    OFF = "off"
    FREE = "free"
    RESTING = "resting"
    DRIVING = "driving"
    WAITING = "waiting"
    WORKING = "working"
    LEAVING = "leaving"


#: A crew that has begun an order and not ended it.
BUSY = frozenset({Doing.DRIVING, Doing.WAITING, Doing.WORKING, Doing.LEAVING})


@dataclass(frozen=True, slots=True)
class CrewSeen:
    """A crew on this day's list, its shift not over.

    Attributes
    ----------
    crew
        With today's shift, and its break if that is still to come.
    doing
        As the crew last reported.
    place
        Where it is; on its way by its position.
    since
        Second since when it has been doing so.
    order
        What it drives to, waits at or works on.
    free_at, free_place
        When and where it will be free by the estimates, if it stays at that.
    may_leave
        True if an emergency may take it away now: it drives or waits, or works on what may be left
        half done; and what it does is no emergency itself.
    """

    crew: Crew
    doing: Doing
    place: int
    since: int
    order: str | None
    free_at: int
    free_place: int
    may_leave: bool

    @property
    def shift_end(self) -> int:
        """Second of the shift's end."""
        return seconds_of(self.crew.shift.end)


@dataclass(frozen=True)
class View:
    """All that is known at second ``now``.

    Attributes
    ----------
    crews
        By number.
    open
        Orders called in that nobody has begun, most urgent and then oldest first.
    begun
        Orders under way.
    ends
        When those are expected to end.
    done
        Ids of orders that have ended.
    places
        Where each order is.
    morning
        When the next day's first crews begin: undone work waits until then.
    """

    now: int
    morning: int
    crews: Mapping[int, CrewSeen]
    open: tuple[WorkOrder, ...]
    begun: Mapping[str, WorkOrder]
    ends: Mapping[str, int]
    done: frozenset[str]
    places: Mapping[str, int]
    ground: Ground = field(repr=False)

    def drive(self, crew: CrewSeen, order: WorkOrder) -> int:
        """Return the seconds from where a crew is to an order."""
        return int(self.ground.seconds[crew.place, self.places[order.id]])


@dataclass(frozen=True)
class Answer:
    """What crews are to do now, and what they are told of later.

    Attributes
    ----------
    go
        By crew number the order to set out for: of a free crew an open one; of another crew, that
        may leave, an emergency that turns it round or calls it off.
    told
        By crew number all orders it is told, in turn; where a dispatcher plans ahead.
    """

    go: Mapping[int, str] = field(default_factory=dict)
    told: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


class Policy(Protocol):
    """A way to dispatch, asked whenever its answer can matter."""

    @property
    def interrupts(self) -> bool:
        """True if it may call crews off lesser work for an emergency."""

    def decide(self, view: View) -> Answer:
        """Return what crews are to do."""


def is_capable(crew: Crew, order: WorkOrder) -> bool:
    """Return True if the crew has the skills and the people."""
    return order.skills <= crew.skills and crew.size >= order.crew_size


def is_emergency(order: WorkOrder) -> bool:
    """Return True for what other work may be left for."""
    return order.priority is Priority.P1


def queue_key(order: WorkOrder) -> tuple[int, int, str]:
    """Return by what orders queue: the urgent first, then the oldest."""
    return (order.priority, seconds_of(order.released_at), order.id)
