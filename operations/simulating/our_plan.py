"""mainbreak itself: the whole day planned anew at every event, from what is known then.

With the right to interrupt, crews that may be called off are given to the search with what they
have begun; without it they are free when they are expected to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

import dispatch
from dispatch import Engine, Problem, Running, Weights
from dispatch.running import Begun
from domain.crews import Crew, Shift
from domain.incidents import WorkOrder
from domain.travel import TravelMatrix
from operations.simulating.size import instant
from operations.simulating.view import Answer, CrewSeen, Doing, View, is_emergency

#: Without OR-Tools: an answer within some ten milliseconds, thousands of times.
ENGINES = frozenset({Engine.GREEDY, Engine.KERNEL})

#: Rounds of ruin and recreate at each event. Source: twelve development days; 300 lost three times
#: the avoidable minutes, 3,000 took twice as long for the same.
ROUNDS = 1_000

#: A search never takes longer, seconds; the rounds end it long before.
SECONDS = 5.0


@dataclass
class OurPlan:
    """Plans, remembers the plan, plans again."""

    interrupts: bool
    weights: Weights = field(default_factory=Weights)
    rounds: int = ROUNDS
    seed: int = 1
    sequences: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def decide(self, view: View) -> Answer:
        """Return the first visits of the new plan and all that it tells the crews."""
        asked = Asked.of(view, interrupts=self.interrupts)
        problem = asked.problem(self.weights, self._running(asked))
        self.seed += 1
        found = dispatch.search(
            problem, seed=self.seed, seconds=SECONDS, rounds=self.rounds, engines=ENGINES
        )
        routes = {
            number: tuple(problem.work_orders[i].id for i in found.sequences[c])
            for c, number in enumerate(asked.numbers)
        }
        self.sequences = {asked.crews[c].id: routes[n] for c, n in enumerate(asked.numbers)}
        return answer(view, routes, calls_off=self.interrupts)

    def _running(self, asked: Asked) -> Running:
        return Running(
            sequences=self.sequences,
            ends={one: instant(end) for one, end in asked.ends.items()},
            begun=asked.begun,
            # Whom the evening leaves dry is dry until somebody comes in the morning.
            undone_until=instant(asked.view.morning),
        )


@dataclass(frozen=True)
class Asked:
    """What the search is asked: crews with their numbers and places, orders, what is begun."""

    view: View
    numbers: tuple[int, ...]
    crews: tuple[Crew, ...]
    starts: tuple[int, ...]
    orders: tuple[WorkOrder, ...]
    ends: dict[str, int]
    begun: dict[str, Begun]

    @classmethod
    def of(cls, view: View, *, interrupts: bool) -> Asked:
        """Return the question of a view."""
        numbers, crews, starts, begun, orders = [], [], [], {}, list(view.open)
        for number, seen in view.crews.items():
            leaves = interrupts and seen.may_leave and seen.free_at <= seen.shift_end
            free_at = view.now if leaves else seen.free_at
            if free_at >= seen.shift_end:
                continue
            numbers.append(number)
            starts.append(seen.place if leaves else seen.free_place)
            crews.append(_from(seen, free_at, view, starts[-1]))
            if leaves and seen.order is not None:
                orders.append(view.begun[seen.order])
                on_site = seen.doing is Doing.WORKING
                left = seen.free_at - view.now if on_site else 0
                begun[seen.crew.id] = Begun(seen.order, on_site, left)
        theirs = {one.work_order for one in begun.values()}
        ends = {one: end for one, end in view.ends.items() if one not in theirs}
        return cls(view, tuple(numbers), tuple(crews), tuple(starts), tuple(orders), ends, begun)

    def problem(self, weights: Weights, running: Running) -> Problem:
        """Return the problem that dispatch is asked."""
        travel = TravelMatrix(self._seconds(), {}, straight_line=False, method="simulated")
        now = instant(self.view.now)
        return Problem.build(
            self.orders,
            self.crews,
            travel,
            now,
            weights=weights,
            running=running,
        )

    def _seconds(self) -> np.ndarray:
        places = [*self.starts, *(self.view.places[one.id] for one in self.orders)]
        seconds: np.ndarray = self.view.ground.seconds[np.ix_(places, places)]
        return seconds


def _from(seen: CrewSeen, free_at: int, view: View, place: int) -> Crew:
    """Return the crew from when and where it is free."""
    shift = Shift(instant(free_at), seen.crew.shift.end)
    return replace(seen.crew, shift=shift, position=view.ground.places[place])


def answer(view: View, routes: dict[int, tuple[str, ...]], *, calls_off: bool) -> Answer:
    """Return what the routes ask of crews now: free ones set out, others turn to an emergency."""
    told = {
        number: tuple(one for one in route if one != view.crews[number].order)
        for number, route in routes.items()
    }
    urgent = {one.id for one in view.open if is_emergency(one)}
    go: dict[int, str] = {}
    for number, route in routes.items():
        seen = view.crews[number]
        if route and route[0] != seen.order:
            leaves = calls_off and seen.may_leave and route[0] in urgent
            if seen.doing is Doing.FREE or leaves:
                go[number] = route[0]
    return Answer(go, told)
