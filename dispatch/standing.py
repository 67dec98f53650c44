"""A draft as it stands, for those who tell about it: times as plain lists, what-if prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np

from dispatch.kernel.draft import Draft, Sequences, empty_draft, load, sequences_of
from dispatch.kernel.given import Given, Ints
from dispatch.kernel.moving import Undo, undo_for
from dispatch.kernel.running import functions
from dispatch.problem import Problem


@dataclass(frozen=True)
class Standing:
    """A problem and a settled draft of it; all lists are over orders, seconds since ``now``.

    Attributes
    ----------
    sequences
        Order numbers by crew.
    crew
        -1 where nobody is given the order; then its times mean nothing.
    """

    problem: Problem
    given: Given
    draft: Draft

    @cached_property
    def sequences(self) -> list[list[int]]:
        """Order numbers by crew."""
        return sequences_of(self.draft)

    @cached_property
    def crew(self) -> list[int]:
        """Each order's crew, -1 for nobody."""
        return _list(self.draft.crew)

    @cached_property
    def at(self) -> list[int]:
        """Each order's place in its crew's sequence."""
        return _list(self.draft.at)

    @cached_property
    def depart(self) -> list[int]:
        """When the crew sets out."""
        return _list(self.draft.depart)

    @cached_property
    def eta(self) -> list[int]:
        """When it arrives."""
        return _list(self.draft.eta)

    @cached_property
    def start(self) -> list[int]:
        """When work begins."""
        return _list(self.draft.start)

    @cached_property
    def end(self) -> list[int]:
        """When work ends."""
        return _list(self.draft.end)

    @cached_property
    def travel(self) -> list[int]:
        """Seconds driven, by the depot too."""
        return _list(self.draft.travel)

    @cached_property
    def unassigned(self) -> list[int]:
        """The orders nobody is given."""
        return [i for i, crew in enumerate(self.crew) if crew < 0]

    @cached_property
    def undo(self) -> Undo:
        """Room for trying things out."""
        return undo_for(self.draft)

    def instant(self, second: int) -> datetime:
        """Return the instant so many seconds after ``now``."""
        return self.problem.now + timedelta(seconds=second)

    def interrupted(self, i: int) -> int:
        """Return the begun order that the visit for order i interrupts, -1 if none."""
        begun = int(self.problem.begun[self.crew[i]])
        return begun if self.at[i] == 0 and begun not in (-1, i) else -1

    def breaks(self, crew: int) -> list[tuple[int, int]]:
        """Return begin and end of each break that the crew has between its visits."""
        found: list[tuple[int, int]] = []
        free = int(self.problem.shift_start[crew])
        for i in self.sequences[crew]:
            if self.interrupted(i) >= 0 and self.problem.remaining[crew] >= 0:
                order = self.problem.work_orders[self.interrupted(i)]
                free += order.make_safe_s
            for k in range(len(found), int(self.draft.breaks[i])):
                earliest, _, length = self.problem.breaks[crew, k].tolist()
                begin = max(free, earliest)
                free = begin + length
                found.append((begin, free))
            free = self.end[i]
        return found

    def back(self, crew: int) -> datetime | None:
        """Return when the crew is at its home, None where the way home is not planned."""
        home, sequence = int(self.problem.home_place[crew]), self.sequences[crew]
        if home < 0:
            return None
        last = sequence[-1]
        way = int(self.problem.travel_s[self.problem.n_crews + last, home])
        return self.instant(self.end[last] + way)

    def drive(self, crew: int, behind: int, order: int) -> int:
        """Return the seconds from an order (-1: the crew's start) to another; -1 if no way."""
        problem = self.problem
        place = crew if behind < 0 else problem.n_crews + behind
        there = problem.n_crews + order
        return int(problem.travel_s[place, there]) if problem.reachable[place, there] else -1

    @cached_property
    def price(self) -> float:
        """What the draft costs by the engines' count, seconds of travel."""
        return float(functions().price_of(self.given, self.draft))

    def price_with(self, sequences: Sequences) -> float | None:
        """Return what other whole sequences would cost, None if they break a rule."""
        trial = empty_draft(self.given)
        load(trial, sequences)
        if not functions().settle(self.given, trial):
            return None
        return float(functions().price_of(self.given, trial))

    def prices_elsewhere(self, i: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return for each crew: at which place it could take order i, at what price more, its eta.

        The price is inf, and the place -1, where it could not. Exact but for what other crews
        would wait longer, which is priced for their first visit only. The draft is left as it was.
        """
        crews = self.problem.n_crews
        at = np.full(crews, -1, dtype=np.int64)
        price, eta = np.full(crews, np.inf), np.full(crews, -1, dtype=np.int64)
        functions().try_elsewhere(self.given, self.draft, self.undo, i, at, price, eta)
        return at, price, eta


def _list(values: Ints) -> list[int]:
    found: list[int] = values.tolist()
    return found
