"""The problem as plain lists: what the engines read in their inner loops, without numpy's toll."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dispatch.prices import Prices, prices_of
from dispatch.problem import NO_CREW, Problem

#: In ``Tables.travel``: there is no way.
NO_WAY = -1


@dataclass(frozen=True)
class Tables:
    """Lists over crews and orders, same numbers and units as in ``Problem``.

    ``travel[a][i]`` is from place a to order i, ``NO_WAY`` where there is none; ``followers[i]``
    are the orders that wait for i; ``crews_for[i]`` the eligible crews that can get there.
    """

    problem: Problem
    prices: Prices
    n_crews: int
    n_orders: int
    travel: list[list[int]]
    shift_start: list[int]
    shift_end: list[int]
    release: list[int]
    due: list[int]
    duration: list[int]
    after: tuple[tuple[int, ...], ...]
    ready: list[int]
    home: tuple[int, ...]

    @classmethod
    def of(cls, problem: Problem) -> Tables:
        """Return the tables of a problem."""
        travel = problem.travel_s.copy()
        travel[~problem.reachable] = NO_WAY
        return cls(
            problem=problem,
            prices=prices_of(problem),
            n_crews=problem.n_crews,
            n_orders=problem.n_orders,
            travel=travel[:, problem.n_crews : problem.n_crews + problem.n_orders].tolist(),
            shift_start=problem.shift_start.tolist(),
            shift_end=problem.shift_end.tolist(),
            release=problem.release.tolist(),
            due=problem.due.tolist(),
            duration=problem.duration.tolist(),
            after=problem.after,
            ready=problem.ready.tolist(),
            home=problem.home,
        )

    @cached_property
    def followers(self) -> list[list[int]]:
        """For each order the orders that wait for it."""
        lists: list[list[int]] = [[] for _ in self.after]
        for i, earlier in enumerate(self.after):
            for j in earlier:
                lists[j].append(i)
        return lists

    @cached_property
    def crews_for(self) -> list[list[int]]:
        """For each order the eligible crews."""
        eligible = self.problem.eligible
        crews = range(self.n_crews)
        return [[c for c in crews if eligible[c, i]] for i in range(self.n_orders)]

    def churn(self, i: int, crew: int) -> float:
        """Return what it costs that this crew does order i, where another one was told to."""
        return 0.0 if self.home[i] in (NO_CREW, crew) else self.prices.churn

    def visit_price(self, i: int, eta: int, start: int) -> float:
        """Return what order i costs, without travel, if reached at eta and begun at start."""
        prices = self.prices
        price = prices.fixed[i] + prices.waiting[i] * (start - self.release[i])
        price += prices.slope[i] * (start + self.duration[i] - prices.since[i])
        late = eta - self.due[i]
        return price + prices.lateness[i] * late + prices.miss[i] if late > 0 else price
