"""VROOM, planning anew at every event, with the best formulation of the day that it takes.

It minimises driving within hard windows. So a deadline is a window; work that VROOM then leaves
out, the overdue above all, is asked again with its window open. Premises count in the priorities,
a repair may begin when its isolation is expected to end. Missing unless pyvroom is installed.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from domain.incidents import WorkOrder
from domain.words import Priority, Skill
from operations.simulating.our_plan import answer
from operations.simulating.size import DAY, seconds_of
from operations.simulating.view import Answer, CrewSeen, View

#: VROOM's effort, 0 to 5. Source: measured here, more gained nothing on days of this size.
EXPLORATION = 1

#: VROOM's priorities, 0 to 100: of the class, and at the most so many more for premises.
#: Source: mainbreak default, as wide as the scale allows.
BASE = {Priority.P1: 90, Priority.P2: 55, Priority.P3: 25, Priority.P4: 5}
FOR_PREMISES = 10

#: A window first closes so long before the deadline, since work takes longer than thought, and
#: drives too, seconds. Source: shared study (for P2, whose hour is all it has, 20 not 60 min).
SLACK_S = {Priority.P1: 600, Priority.P2: 1_200, Priority.P3: 3_600, Priority.P4: 3_600}

#: What is overdue, or has no deadline, has a window that closes so long after it can begin,
#: seconds; where VROOM finds nobody so many times that, and then none. Without it, or with wider
#: ones, VROOM leaves overdue work to whenever it lies on the way. Source: measured here.
GRACE_S = {Priority.P1: 600, Priority.P2: 900, Priority.P3: 2_700, Priority.P4: 7_200}
WIDER = (1, 2, 4)
ROUNDS = len(WIDER) + 1

#: When an isolation that nobody has begun is expected to begin, seconds. Source: mainbreak default.
UNBEGUN_S = 900

#: A crew whose first work waits for its window sets out when it need not wait longer than this.
#: Source: mainbreak default.
HOLD_S = 600

#: VROOM's names of skills: each skill, and "at least so many people".
_SKILLS = {skill: number for number, skill in enumerate(Skill)}
_PEOPLE = 100


def is_there() -> bool:
    """Return True if pyvroom is installed."""
    return find_spec("vroom") is not None


@dataclass(frozen=True)
class VroomPlan:
    """Plans anew each time; VROOM keeps nothing."""

    interrupts: bool = False

    def decide(self, view: View) -> Answer:
        """Return the first visits of VROOM's routes that are due, and all that they tell."""
        crews = {c: one for c, one in view.crews.items() if one.free_at < one.shift_end}
        if not crews:
            return Answer()
        asked = _Question(view, crews)
        widened = [0] * len(view.open)
        for _ in range(ROUNDS):
            routes, starts = asked.solved(widened)
            left = set(range(len(view.open))).difference(*routes.values())
            if not left:
                break
            widened = [most + (i in left) for i, most in enumerate(widened)]
        named = {c: tuple(view.open[i].id for i in route) for c, route in routes.items()}
        whole = answer(view, named, calls_off=False)
        due = {c: one for c, one in whole.go.items() if starts.get(c, 0) <= view.now + HOLD_S}
        return Answer(due, whole.told)


class _Question:
    """One view in VROOM's terms."""

    def __init__(self, view: View, crews: dict[int, CrewSeen]) -> None:
        self.vroom: Any = import_module("vroom")
        self.view, self.crews = view, crews
        self.numbers = list(crews)
        self.ready = {i: _ready(view, one) for i, one in enumerate(view.open)}
        places = [one.free_place for one in crews.values()]
        places += [view.places[one.id] for one in view.open]
        self.seconds = view.ground.seconds[np.ix_(places, places)].astype(np.uint32)

    def solved(self, widened: list[int]) -> tuple[dict[int, list[int]], dict[int, int]]:
        """Return per crew its orders in turn, and when it sets out.

        ``widened`` says for each order how often its window was too narrow.
        """
        asked = self.vroom.Input()
        asked.set_durations_matrix(profile="car", matrix_input=self.seconds)
        asked.add_vehicle([self._vehicle(row, c) for row, c in enumerate(self.numbers)])
        asked.add_job([self._job(i, most) for i, most in enumerate(widened)])
        found = asked.solve(exploration_level=EXPLORATION, nb_threads=1)
        return self._read(found.routes)

    def _read(self, steps: Any) -> tuple[dict[int, list[int]], dict[int, int]]:
        routes: dict[int, list[int]] = {number: [] for number in self.numbers}
        starts: dict[int, int] = {}
        if "id" not in steps:  # no crew has anything to do
            return routes, starts
        columns = (steps["vehicle_id"], steps["type"], steps["arrival"], steps["id"])
        for row, kind, arrival, job in zip(*(one.tolist() for one in columns), strict=True):
            number = self.numbers[row]
            if kind == "start":
                starts[number] = int(arrival)
            elif kind == "job":
                routes[number].append(int(job))
        return routes, starts

    def _vehicle(self, row: int, number: int) -> Any:
        seen = self.crews[number]
        crew = seen.crew
        rests = []
        for k, rest in enumerate(crew.breaks):
            first = max(seconds_of(rest.earliest), seen.free_at)
            last = max(seconds_of(rest.latest), seen.free_at)
            window = self.vroom.TimeWindow(
                first, min(last, max(first, seen.shift_end - rest.duration_s))
            )
            if first + rest.duration_s <= seen.shift_end:
                rests.append(self.vroom.Break(k, [window], rest.duration_s))
        return self.vroom.Vehicle(
            row,
            start=row,
            skills={_SKILLS[one] for one in crew.skills}
            | {_PEOPLE + n for n in range(crew.size + 1)},
            time_window=self.vroom.TimeWindow(seen.free_at, seen.shift_end),
            breaks=rests,
        )

    def _job(self, i: int, widened: int) -> Any:
        order, opens = self.view.open[i], self.ready[i]
        closes = self.view.now + DAY
        if widened < len(WIDER):
            slack = SLACK_S[order.priority] if widened == 0 else 0
            due = seconds_of(order.due_on_site) - slack if order.due_on_site is not None else 0
            soon = opens + GRACE_S[order.priority] * WIDER[widened]
            closes = due if due >= opens and widened <= 1 else max(due, soon)
        return self.vroom.Job(
            i,
            location=len(self.numbers) + i,
            default_service=order.duration_s,
            skills={_SKILLS[one] for one in order.skills} | {_PEOPLE + order.crew_size},
            priority=_priority(order),
            time_windows=[self.vroom.TimeWindow(opens, closes)],
        )


def _ready(view: View, order: WorkOrder) -> int:
    """Return when the order may begin; a guess where nobody has begun what it waits for."""
    begins = view.now
    for one in order.after:
        if one in view.done:
            continue
        guess = next((o.duration_s for o in view.open if o.id == one), 0)
        begins = max(begins, view.ends.get(one, view.now + UNBEGUN_S + guess))
    return begins


def _priority(order: WorkOrder) -> int:
    premises = max(order.premises_dry_before, order.premises_dry_after)
    whole = 1000 if order.priority is Priority.P1 else 20
    return BASE[order.priority] + min(FOR_PREMISES, FOR_PREMISES * premises // whole)
