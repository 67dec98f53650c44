"""Domain values as rows of the page's tables, which name each other by row.

Times are seconds since midnight of the page's day in its zone; places as ``maps.encode`` writes
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Protocol

from domain.crews import Crew
from domain.durations import DurationEstimate
from domain.incidents import Incident, Outage, WorkOrder
from domain.plans import Route, Unassigned, Visit
from domain.tickets import LocatedTicket, Ticket
from maps.encode import place, sentence

Seconds = Callable[[datetime], int]
Row = dict[str, Any]
Index = Mapping[str, int]


def day_clock(now: datetime, zone: tzinfo) -> Seconds:
    """Return seconds since midnight of the day of ``now``; a day of 25 hours runs to 90 000."""
    start = midnight(now, zone)

    def seconds(instant: datetime) -> int:
        return round(instant.timestamp() - start)

    return seconds


def midnight(now: datetime, zone: tzinfo) -> float:
    """Return midnight of the day of ``now`` in the zone, as epoch seconds."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def indexes(ids: Iterable[str]) -> dict[str, int]:
    """Return the row of each id."""
    return {one: row for row, one in enumerate(ids)}


class Held(Protocol):
    """What a picture holds that rows name each other by."""

    @property
    def tickets(self) -> Sequence[LocatedTicket]:
        """Tickets with a place."""

    @property
    def incidents(self) -> Sequence[Incident]:
        """The incidents."""

    @property
    def outages(self) -> Sequence[Outage]:
        """Their outages."""

    @property
    def work_orders(self) -> Sequence[WorkOrder]:
        """Their work orders."""

    @property
    def crews(self) -> Sequence[Crew]:
        """Those who do the work."""


class DayRows:
    """Makes the rows of one day; what a row names but the day does not hold becomes -1."""

    def __init__(
        self, clock: Seconds, mask: Callable[[str], str], pipes: Index, held: Held
    ) -> None:
        self.clock, self.mask, self._pipes = clock, mask, pipes
        self._tickets = indexes(one.id for one in held.tickets)
        self._outages = {one.incident: row for row, one in enumerate(held.outages)}
        self.incidents = indexes(one.id for one in held.incidents)
        self.orders = indexes(one.id for one in held.work_orders)
        self.crews = indexes(one.id for one in held.crews)

    def ticket(self, one: LocatedTicket) -> Row:
        """Return a located ticket: its words masked, its place and how sure it is."""
        return {
            **self.bare_ticket(one.ticket),
            "symptom": one.symptom.value,
            "p": int(one.priority),
            "xy": place(one.place.position),
            "found": one.place.found_by.value,
            "sure": round(one.place.confidence * 100),
        }

    def bare_ticket(self, one: Ticket) -> Row:
        """Return what every ticket has: when, by which channel, its words masked."""
        return {
            "id": one.id,
            "at": self.clock(one.received_at),
            "channel": one.channel.value,
            "text": self.mask(one.text),
        }

    def incident(self, one: Incident) -> Row:
        """Return an incident with its tickets, its pipe and its outage by row."""
        return {
            "id": one.id,
            "symptom": one.symptom.value,
            "p": int(one.priority),
            "state": one.state.value,
            "at": self.clock(one.opened_at),
            "xy": place(one.location),
            "pipe": self._pipes.get(one.link or "", -1),
            "label": self.mask(one.label),
            "tickets": [self._tickets[id_] for id_ in one.tickets if id_ in self._tickets],
            "outage": self._outages.get(one.id, -1),
        }

    def order(self, one: WorkOrder) -> Row:
        """Return a work order; ``due`` is when a crew must be on site, None if nothing is said."""
        return {
            "id": one.id,
            "incident": self.incidents.get(one.incident, -1),
            "kind": one.kind.value,
            "p": int(one.priority),
            "due": None if one.due_on_site is None else self.clock(one.due_on_site),
            "skills": sorted(skill.value for skill in one.skills),
            "size": one.crew_size,
            "duration": one.duration_s,
            "estimate": self._estimate(one.estimate),
            "window": one.window and [self.clock(instant) for instant in one.window],
            "together": one.together,
        }

    def _estimate(self, one: DurationEstimate | None) -> Row | None:
        """Return how long work takes, and where that comes from."""
        if one is None:
            return None
        learned = None if one.learned_at is None else self.clock(one.learned_at)
        told = {"p50": one.p50_s, "p90": one.p90_s, "source": one.source.value}
        return told | {"jobs": one.jobs, "at": learned}

    def crew(self, one: Crew) -> Row:
        """Return a crew, where it begins its shift and what it can do."""
        return {
            "id": one.id,
            "name": one.name or one.id,
            "skills": sorted(skill.value for skill in one.skills),
            "size": one.size,
            "xy": place(one.position),
            "shift": [self.clock(one.shift.start), self.clock(one.shift.end)],
            "overtime": one.overtime_s,
            "reserve": one.reserve,
        }

    def between(self, route: Route | None) -> Row:
        """Return a crew's planned breaks, and when it is back at its home."""
        if route is None:
            return {"breaks": [], "back": None}
        breaks = [[self.clock(start), self.clock(end)] for start, end in route.breaks]
        return {"breaks": breaks, "back": None if route.back is None else self.clock(route.back)}

    def visit(self, one: Visit, line: list[int]) -> Row:
        """Return a planned visit with the drive to it."""
        return {
            "crew": self.crews.get(one.crew, -1),
            "order": self.orders.get(one.work_order, -1),
            "depart": self.clock(one.depart),
            "eta": self.clock(one.eta),
            "start": self.clock(one.start),
            "end": self.clock(one.end),
            "metres": one.travel_m,
            "reason": sentence(one.reason),
            "pickup": one.pickup_s,
            "depot": one.depot,
            "interrupts": one.interrupts,
            "line": line,
        }

    def left_over(self, all_: Iterable[Unassigned]) -> list[Row]:
        """Return the work nobody could be given, where the day holds it."""
        return [
            {
                "order": self.orders[one.work_order],
                "reason": one.reason.value,
                "detail": sentence(one.detail),
            }
            for one in all_
            if one.work_order in self.orders
        ]
