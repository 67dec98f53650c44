"""The plan as an OR-Tools routing model, started from a draft, stopped by count or by clock.

A node for each crew's start, each order, and one end without a way home; the time dimension's
cumul is when work begins. Two things the model only approaches, so each solution it finds is
timed and priced exactly afterwards, and repaired if a shift is too short after all:

* a crew leaves for an order at its release or later, so work cannot begin before release plus
  the drive, and that drive depends on where the crew comes from. The model takes the drive of
  the draft it starts from (exact there). The exact form, a constraint per arc, was measured: the
  search's filters do not see it, one solution in ten seconds.
* a miss is a steeper slope; orders that wait for others have no lateness in the model.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from dispatch.draft import Draft
from dispatch.problem import NEVER
from dispatch.schedule import NOT_PLANNED
from dispatch.tables import NO_WAY, Tables

with warnings.catch_warnings():
    # SWIG's own types warn while they load; where warnings are errors Python then crashes.
    warnings.simplefilter("ignore", DeprecationWarning)
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

#: OR-Tools counts in integers: tenths of a second of travel.
SCALE = 10

#: A missed due time costs as much as this many seconds of steeper lateness, in the model only.
MISS_OVER_S = 1800


class RoutingModel:
    """The routing model around one draft; ``solutions`` searches from it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.tables: Tables = draft.tables
        self.crews, self.orders = self.tables.n_crews, self.tables.n_orders
        self.end = self.crews + self.orders
        self.earliest = [self._earliest(order) for order in range(self.orders)]
        self.manager = pywrapcp.RoutingIndexManager(
            self.end + 1, self.crews, list(range(self.crews)), [self.end] * self.crews
        )
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._price_travel()
        self.time = self._add_time("start")
        self._allow_and_price_orders()
        self._price_lateness()
        self._put_work_in_order()

    def solutions(self, count: int, seconds: float) -> list[list[list[int]]]:
        """Return the sequences of up to ``count`` accepted solutions, the cheapest last.

        The first is the draft itself. Stops at the count or after ``seconds``; where the count
        comes first the same draft gives the same solutions on any machine.
        """
        parameters = _parameters(count, seconds)
        self.routing.CloseModelWithParameters(parameters)
        found: list[tuple[int, int, list[list[int]]]] = []

        def keep() -> None:
            objective = int(self.routing.CostVar().Max())
            found.append((-objective, len(found), self._sequences()))

        self.routing.AddAtSolutionCallback(keep)
        routes = [[self.crews + i for i in sequence] for sequence in self.draft.sequences]
        first = self.routing.ReadAssignmentFromRoutes(routes, True)
        if first is not None:
            self.routing.SolveFromAssignmentWithParameters(first, parameters)
        return [sequences for _, _, sequences in sorted(found)]

    def _index(self, order: int) -> int:
        return int(self.manager.NodeToIndex(self.crews + order))

    def _earliest(self, order: int) -> int:
        """Return the second at which the model lets work begin: release plus a drive, or ``ready``.

        The draft's own drive; for an unassigned order the lower quartile of all drives to it.
        """
        tables = self.tables
        drive = self.draft.times.travel[order]
        if drive == NOT_PLANNED:
            ways = sorted(row[order] for row in tables.travel if row[order] != NO_WAY)
            drive = ways[len(ways) // 4]
        first = max(0, tables.release[order] + drive, tables.ready[order])
        return min(first, tables.problem.horizon)

    def _matrix(self, *, with_work: bool) -> list[list[int]]:
        """Return seconds between nodes; longer than the horizon where there is no way."""
        never = self.tables.problem.horizon + 1
        rows = []
        for place in range(self.end + 1):
            work = 0
            if with_work and self.crews <= place < self.end:
                work = self.tables.duration[place - self.crews]
            travel = self.tables.travel[place] if place < self.end else [NO_WAY] * self.orders
            ways = [never if way == NO_WAY else way + work for way in travel]
            rows.append([never] * self.crews + ways + [work])
        return rows

    def _price_travel(self) -> None:
        factor = round(SCALE * self.tables.prices.travel)
        rows = [[cell * factor for cell in row] for row in self._matrix(with_work=False)]
        evaluator = self.routing.RegisterTransitMatrix(rows)
        self.routing.SetArcCostEvaluatorOfAllVehicles(evaluator)

    def _add_time(self, name: str) -> Any:
        """Add a dimension of time with each crew's shift as its window, and return it."""
        horizon = self.tables.problem.horizon
        evaluator = self.routing.RegisterTransitMatrix(self._matrix(with_work=True))
        self.routing.AddDimension(evaluator, horizon, horizon, False, name)
        dimension = self.routing.GetDimensionOrDie(name)
        for crew in range(self.crews):
            begin = min(self.tables.shift_start[crew], horizon)
            end = max(begin, self.tables.shift_end[crew])
            dimension.CumulVar(self.routing.Start(crew)).SetRange(begin, begin)
            dimension.CumulVar(self.routing.End(crew)).SetRange(begin, end)
        for order in range(self.orders):
            dimension.CumulVar(self._index(order)).SetMin(self.earliest[order])
        return dimension

    def _allow_and_price_orders(self) -> None:
        """Set who may take each order, the price of every second's delay and of dropping it."""
        prices = self.tables.prices
        for order, earliest in enumerate(self.earliest):
            index = self._index(order)
            slope = prices.waiting[order] + prices.slope[order]
            self.time.SetCumulVarSoftUpperBound(index, earliest, round(SCALE * slope))
            least = self.tables.visit_price(order, earliest, earliest)
            penalty = max(0, round(SCALE * (prices.dropped[order] - least)))
            self.routing.AddDisjunction([index], penalty)
            if self.tables.crews_for[order]:
                self.routing.SetAllowedVehiclesForIndex(self.tables.crews_for[order], index)
            else:
                self.routing.ActiveVar(index).SetValue(0)

    def _price_lateness(self) -> None:
        """Price arrivals after the due time, in a second dimension with the same times."""
        prices, arrival = self.tables.prices, self._add_time("arrival")
        for order, due in enumerate(self.tables.due):
            if due != NEVER and not self.tables.after[order]:
                slope = prices.lateness[order] + prices.miss[order] / MISS_OVER_S
                arrival.SetCumulVarSoftUpperBound(
                    self._index(order), max(0, due), round(SCALE * slope)
                )

    def _put_work_in_order(self) -> None:
        """Demand that work waits for the work before it, and that the work before it is done."""
        solver = self.routing.solver()
        for order, earlier in enumerate(self.tables.after):
            for first in earlier:
                a, b = self._index(first), self._index(order)
                self.time.AddNodePrecedence(a, b, self.tables.duration[first])
                solver.Add(self.routing.ActiveVar(b) <= self.routing.ActiveVar(a))

    def _sequences(self) -> list[list[int]]:
        return [list(self._walk(crew)) for crew in range(self.crews)]

    def _walk(self, crew: int) -> Sequence[int]:
        """Return the orders of one crew in the solution just found."""
        orders = []
        index = self.routing.NextVar(self.routing.Start(crew)).Value()
        while not self.routing.IsEnd(index):
            orders.append(self.manager.IndexToNode(index) - self.crews)
            index = self.routing.NextVar(index).Value()
        return orders


def _parameters(count: int, seconds: float) -> Any:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    metaheuristics = routing_enums_pb2.LocalSearchMetaheuristic
    parameters.local_search_metaheuristic = metaheuristics.GUIDED_LOCAL_SEARCH
    parameters.solution_limit = count
    parameters.time_limit.FromMilliseconds(max(1, int(1000 * seconds)))
    return parameters
