"""What the rules look at: a plan beside its problem, visit by visit, and what a rule is.

Part of the referee: reads domain values of the problem and the plan, no array of the engines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import ceil, isfinite

from dispatch.problem import Problem
from dispatch.running import Begun
from domain.crews import Crew, Depot
from domain.incidents import WorkOrder
from domain.plans import Plan, Route, Visit
from domain.sentences import Sentence
from domain.words import Priority, Skill

Violations = Iterator[str]


#: Seconds of driving from which on there is no way. Source: docs/plan.md, rule 5.
NO_TIME_S = 2**29


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of docs/plan.md, or a part of one: its name, its sentence, and who checks it.

    ``number`` is the rule's in docs/plan.md; ``check`` yields one line for each breach.
    """

    name: str
    number: int
    said: Sentence
    check: Callable[[Case], Violations]


def rule(number: int, zh: str, en: str) -> Callable[[Callable[[Case], Violations]], Rule]:
    """Return a decorator that makes a rule of a check, by the check's name."""
    return lambda check: Rule(check.__name__, number, Sentence(zh, en), check)


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit with all that its rules need to know.

    Attributes
    ----------
    before
        The crew's visit before it, None for the first.
    here, there
        Rows of the travel matrix: where the crew comes from, where the order is.
    free_at
        When the crew is free before its breaks: nobody sets out earlier.
    begun
        Set if this is the order that the crew has begun, made first.
    left
        Set if this is a first visit that leaves begun work for another order.
    lacks
        Parts of which the van has too few pieces.
    """

    visit: Visit
    order: WorkOrder
    crew: Crew
    before: Visit | None
    here: int
    there: int
    free_at: datetime
    begun: Begun | None
    left: Begun | None
    lacks: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a violation calls it."""
        return f"{self.order.id}, crew {self.crew.id}"

    @property
    def goes_on(self) -> bool:
        """True if the crew works there already: no drive, no waiting."""
        return self.begun is not None and self.begun.on_site


@dataclass(frozen=True)
class Case:
    """A plan beside its problem, with look-ups by id."""

    problem: Problem
    plan: Plan

    @cached_property
    def orders(self) -> dict[str, WorkOrder]:
        """The work orders by id."""
        return {order.id: order for order in self.problem.work_orders}

    @cached_property
    def crews(self) -> dict[str, Crew]:
        """The crews by id."""
        return {crew.id: crew for crew in self.problem.crews}

    @cached_property
    def depots(self) -> dict[str, Depot]:
        """The depots by id."""
        return {depot.id: depot for depot in self.problem.depots}

    @cached_property
    def visits(self) -> list[Visit]:
        """All visits, route by route."""
        return [visit for route in self.plan.routes for visit in route.visits]

    @cached_property
    def visit_of(self) -> dict[str, Visit]:
        """The visits by work order."""
        return {visit.work_order: visit for visit in self.visits}

    @cached_property
    def unassigned(self) -> set[str]:
        """The orders of the day that are in no visit."""
        return self.orders.keys() - self.visit_of.keys()

    @cached_property
    def route_of(self) -> dict[str, Route]:
        """The routes by crew."""
        return {route.crew: route for route in self.plan.routes}

    @cached_property
    def place(self) -> dict[tuple[str, str], int]:
        """Row of the travel matrix by (kind of place, id of its crew, order or depot)."""
        homes = [crew for crew in self.problem.crews if crew.home is not None]
        names = [("start", crew.id) for crew in self.problem.crews]
        names += [("order", order.id) for order in self.problem.work_orders]
        names += [("home", crew.id) for crew in homes]
        names += [("depot", depot.id) for depot in self.problem.depots]
        return {name: row for row, name in enumerate(names)}

    def way(self, here: int, there: int) -> int | None:
        """Return whole seconds of driving between two rows, None where there is no way."""
        seconds = float(self.problem.travel.seconds[here, there])
        return ceil(seconds) if isfinite(seconds) and 0 <= seconds < NO_TIME_S else None

    def way_by(self, depot: str, here: int, there: int) -> int | None:
        """Return the seconds by a depot, each of the two drives rounded up; "" for none."""
        if not depot:
            return self.way(here, there)
        between = self.place["depot", depot]
        first, second = self.way(here, between), self.way(between, there)
        return None if first is None or second is None else first + second

    def best_depot(self, here: int, there: int) -> tuple[str, int] | None:
        """Return the depot with the shortest way in all and its seconds, the first of equals."""
        ways = [(self.way_by(one, here, there), one) for one in self.depots]
        found = [(seconds, one) for seconds, one in ways if seconds is not None]
        best = min(found, key=lambda each: each[0], default=None)
        return None if best is None else (best[1], best[0])

    def way_home(self, crew: Crew, order: str) -> int | None:
        """Return the seconds home from an order, 0 without a home, None where there is no way."""
        if crew.home is None:
            return 0
        return self.way(self.place["order", order], self.place["home", crew.id])

    @cached_property
    def begun(self) -> dict[str, Begun]:
        """By crew the begun order that counts.

        The crew may do it and has a way to it and home, and it waits for no other work. Of several
        crews the first on the list counts.
        """
        given = self.problem.running.begun
        named = [(crew, given[crew]) for crew in self.crews if crew in given]
        first = {begun.work_order: crew for crew, begun in reversed(named)}
        return {
            crew: begun
            for crew, begun in named
            if begun.work_order in self.orders
            and first[begun.work_order] == crew
            and self._counts(self.crews[crew], self.orders[begun.work_order])
        }

    def _counts(self, crew: Crew, order: WorkOrder) -> bool:
        waits = {*order.after, order.together} & self.orders.keys()
        waits |= set(order.after) & self.problem.running.ends.keys()
        there = self.way(self.place["start", crew.id], self.place["order", order.id])
        ways = there is not None and self.way_home(crew, order.id) is not None
        return ways and not waits and self._may(crew, order)

    def _may(self, crew: Crew, order: WorkOrder) -> bool:
        return not (
            missing_skills(crew, order)
            or low_levels(crew, order)
            or crew.size < order.crew_size
            or self.is_barred(crew, order)
            or self.pinned_to(order) not in ("", crew.id)
        )

    def is_barred(self, crew: Crew, order: WorkOrder) -> bool:
        """Return True if the crew may not do the order; pinning overrides that."""
        running = self.problem.running
        return (crew.id, order.id) in running.barred and order.id not in running.pinned

    def pinned_to(self, order: WorkOrder) -> str:
        """Return the id of the one crew that may do the order, empty where any may."""
        return self.problem.running.pinned.get(order.id, "")

    @cached_property
    def stops(self) -> dict[str, list[Stop]]:
        """The visits of each crew that has a route, in order."""
        return {route.crew: list(self._stops(route)) for route in self.plan.routes}

    @cached_property
    def every_stop(self) -> list[Stop]:
        """The visits of all crews."""
        return [stop for stops in self.stops.values() for stop in stops]

    def _stops(self, route: Route) -> Iterator[Stop]:
        crew = self.crews[route.crew]
        begun = self.begun.get(crew.id)
        here, before = self.place["start", crew.id], None
        van = Van(crew)
        for visit in route.visits:
            order, there = self.orders[visit.work_order], self.place["order", visit.work_order]
            first = begun if before is None else None
            stays = first if first is not None and first.work_order == order.id else None
            left = None if stays else first
            yield Stop(
                visit=visit,
                order=order,
                crew=crew,
                before=before,
                here=here,
                there=there,
                free_at=before.end if before else self._free_first(crew, left),
                begun=stays,
                left=left,
                lacks=van.use(order, at_hand=stays is not None, loads=bool(visit.depot)),
            )
            here, before = there, visit

    def _free_first(self, crew: Crew, left: Begun | None) -> datetime:
        free = max(self.problem.now, whole(crew.shift.start))
        if left is not None and left.on_site:
            free += timedelta(seconds=self.orders[left.work_order].make_safe_s)
        return free


class Van:
    """What is left in a crew's van along its route."""

    def __init__(self, crew: Crew) -> None:
        self._left: Counter[str] = Counter()
        for part, pieces in crew.stock:
            self._left[part] += pieces
        self._has_enough = False

    def use(self, order: WorkOrder, *, at_hand: bool, loads: bool) -> tuple[str, ...]:
        """Return the parts that the van lacks for an order, and use up what it needs.

        Where the parts are ``at_hand`` none is lacking. Who ``loads`` at a depot, or ought to,
        has enough from then on.
        """
        needs: Counter[str] = Counter()
        for part, pieces in order.parts:
            needs[part] += pieces
        lacks = tuple(sorted(part for part, pieces in needs.items() if self._left[part] < pieces))
        if at_hand or self._has_enough:
            lacks = ()
        self._has_enough = self._has_enough or bool(lacks) or loads
        self._left -= needs  # what falls below nothing drops out
        return lacks


def missing_skills(crew: Crew, order: WorkOrder) -> list[Skill]:
    """Return the skills that the crew does not hold."""
    return sorted(order.skills - crew.skills)


def low_levels(crew: Crew, order: WorkOrder) -> list[tuple[Skill, int]]:
    """Return the skills, with the level asked, that the crew does not hold at that level."""
    return [(skill, level) for skill, level in order.levels if crew.level(skill) < level]


def is_emergency(order: WorkOrder) -> bool:
    """Return True for a P1 order: what begun work may be left for."""
    return order.priority is Priority.P1


def whole(instant: datetime) -> datetime:
    """Return the instant, rounded up to a whole second."""
    if instant.microsecond == 0:
        return instant
    return instant.replace(microsecond=0) + timedelta(seconds=1)


def seconds(since: datetime, until: datetime) -> str:
    """Return the seconds between two instants, as a violation writes them."""
    return f"{(until - since).total_seconds():g} s"
