"""What many desks do: the urgent calls first, to whoever is free longest, or to the nearest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.incidents import WorkOrder
from operations.simulating.view import (
    BUSY,
    Answer,
    CrewSeen,
    Doing,
    View,
    is_capable,
)

#: Which of the fitting pairs is taken next: the smallest key wins.
Key = Callable[["Fit"], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Fit:
    """A free crew that could set out for an order now: its drive, and when it would end."""

    number: int
    crew: CrewSeen
    order: WorkOrder
    place_in_queue: int
    drive_s: int
    end: int
    on_site: bool


def first_come(fit: Fit) -> tuple[float, ...]:
    """Return the key of the rule: oldest call of the most urgent, to the crew free longest.

    Who stands on the incident's site goes on with it.
    """
    return (fit.place_in_queue, not fit.on_site, fit.crew.since, fit.number)


def nearest(fit: Fit) -> tuple[float, ...]:
    """Return the key of the rule: of the most urgent calls the one with a crew nearest to it."""
    return (fit.order.priority, fit.drive_s, fit.place_in_queue, fit.number)


@dataclass(frozen=True)
class RuleOfThumb:
    """Sends free crews one by one by a key; calls nobody off."""

    key: Key
    interrupts: bool = False

    def decide(self, view: View) -> Answer:
        """Return whom the rule sends where."""
        go: dict[int, str] = {}
        ends = dict(view.ends)
        fits = all_fits(view, ends)
        while fits:
            best = min(fits, key=self.key)
            go[best.number], ends[best.order.id] = best.order.id, best.end
            fits = [one for one in fits if one.number not in go and one.order is not best.order]
            if _is_waited_for(best.order, view):
                sent = set(go.values())
                fits = [one for one in all_fits(view, ends) if one.number not in go]
                fits = [one for one in fits if one.order.id not in sent]
        return Answer(go)


def all_fits(view: View, ends: dict[str, int]) -> list[Fit]:
    """Return all pairs of a free crew and an open order that would end within the shift.

    ``ends`` is when what is under way, or was just given, is expected to end; an order that waits
    for one that is in neither is not offered yet.
    """
    free = [(c, crew) for c, crew in view.crews.items() if crew.doing is Doing.FREE]
    fits = []
    for queued, order in enumerate(view.open):
        waits = [one for one in order.after if one not in view.done]
        if not free or any(one not in ends for one in waits):
            continue
        ready = max([view.now, *(ends[one] for one in waits)])
        for number, crew in free:
            if not is_capable(crew.crew, order):
                continue
            drive = view.drive(crew, order)
            end = max(view.now + drive, ready) + order.duration_s
            if end <= crew.shift_end:
                here = crew.place == view.places[order.id]
                fits.append(Fit(number, crew, order, queued, drive, end, here))
    return fits


def _is_waited_for(order: WorkOrder, view: View) -> bool:
    return any(order.id in one.after for one in view.open)


def is_busy(crew: CrewSeen) -> bool:
    """Return True if the crew has begun an order."""
    return crew.doing in BUSY
