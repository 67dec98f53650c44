"""A draft: sequences being built, and where one more order fits at what price."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import inf

from dispatch.schedule import NOT_PLANNED, Times, cost, schedule
from dispatch.tables import NO_WAY, Tables


@dataclass(frozen=True, slots=True)
class Fit:
    """Where an order fits: the crew, the position in its sequence, the price of it all."""

    crew: int
    position: int
    price: float


class Draft:
    """Sequences that keep every rule, with their exact times."""

    def __init__(self, tables: Tables, sequences: list[list[int]], times: Times) -> None:
        self.tables, self.sequences, self.times = tables, sequences, times

    @classmethod
    def empty(cls, tables: Tables) -> Draft:
        """Return the draft in which nothing is planned."""
        times = Times.blank(tables.n_orders)
        times.cost = cost(tables, times)
        return cls(tables, [[] for _ in range(tables.n_crews)], times)

    @property
    def cost(self) -> float:
        """The draft's cost, seconds of travel."""
        return self.times.cost

    def unassigned(self) -> list[int]:
        """Return the orders in no sequence."""
        return [i for i, crew in enumerate(self.times.crew) if crew == NOT_PLANNED]

    def without(self, orders: Collection[int]) -> Draft | None:
        """Return a new draft without these orders, None if the rest then breaks a rule."""
        sequences = [[i for i in sequence if i not in orders] for sequence in self.sequences]
        times = schedule(self.tables, sequences)
        return None if times is None else Draft(self.tables, sequences, times)

    def cheapest_fit(self, order: int, among: Collection[int] | None = None) -> Fit | None:
        """Return the cheapest place of an unassigned order, None if it fits nowhere.

        ``among`` limits the crews looked at.
        """
        if any(self.times.crew[j] == NOT_PLANNED for j in self.tables.after[order]):
            return None
        best: Fit | None = None
        blocked: list[tuple[int, int]] = []
        for crew in self.tables.crews_for[order]:
            if among is not None and crew not in among:
                continue
            first, last = self._span(order, crew)
            for position in range(first, last + 1):
                price = self._price(order, crew, position, best.price if best else inf)
                if price is None:
                    blocked.append((crew, position))
                elif price < (best.price if best else inf):
                    best = Fit(crew, position, price)
        return best or self._fit_by_pushing(order, blocked)

    def insert(self, order: int, fit: Fit) -> None:
        """Put the order where it fits."""
        self.sequences[fit.crew].insert(fit.position, order)
        times = schedule(self.tables, self.sequences)
        if times is None:
            raise RuntimeError("an order was put where it does not fit")
        self.times = times

    def _span(self, order: int, crew: int) -> tuple[int, int]:
        """Return the first and last position that keep the order of work within the sequence."""
        sequence = self.sequences[crew]
        first, last = 0, len(sequence)
        for j in self.tables.after[order]:
            if self.times.crew[j] == crew:
                first = max(first, sequence.index(j) + 1)
        for j in self.tables.followers[order]:
            if self.times.crew[j] == crew:
                last = min(last, sequence.index(j))
        return first, last

    def _price(self, order: int, crew: int, position: int, limit: float) -> float | None:
        """Return what inserting here adds; inf if it breaks this crew's day or passes ``limit``.

        None if it would push an order that another crew waits for beyond that crew's start: then
        only a full schedule can tell.
        """
        tables, times = self.tables, self.times
        sequence = self.sequences[crew]
        before = sequence[position - 1] if position else None
        free = tables.shift_start[crew] if before is None else times.end[before]
        place = crew if before is None else tables.n_crews + before
        price, pushes = tables.churn(order, crew), False
        for i in (order, *sequence[position:]):
            travel = tables.travel[place][i]
            eta = max(free, tables.release[i]) + travel
            start = max([eta, tables.ready[i], *(times.end[j] for j in tables.after[i])])
            free = start + tables.duration[i]
            if travel == NO_WAY or free > tables.shift_end[crew]:
                return inf
            price += tables.prices.travel * travel + tables.visit_price(i, eta, start)
            if i != order:
                price -= self._price_now(i)
                if eta == times.eta[i] and free == times.end[i]:
                    break
            pushes = pushes or self._passes_follower(i, crew, free)
            place = tables.n_crews + i
            if price >= limit and not pushes and i != order:
                return inf
        return None if pushes else price

    def _price_now(self, i: int) -> float:
        times = self.times
        drive = self.tables.prices.travel * times.travel[i]
        return drive + self.tables.visit_price(i, times.eta[i], times.start[i])

    def _passes_follower(self, i: int, crew: int, end: int) -> bool:
        times = self.times
        return any(
            times.crew[j] not in (crew, NOT_PLANNED) and times.start[j] < end
            for j in self.tables.followers[i]
        )

    def _fit_by_pushing(self, order: int, places: list[tuple[int, int]]) -> Fit | None:
        """Return the cheapest of the places by full schedules, None if all break a rule."""
        best: Fit | None = None
        for crew, position in places:
            sequences = [list(sequence) for sequence in self.sequences]
            sequences[crew].insert(position, order)
            times = schedule(self.tables, sequences)
            if times is not None and (best is None or times.cost < best.price):
                best = Fit(crew, position, times.cost)
        return best
