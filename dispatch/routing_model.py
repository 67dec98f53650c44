"""Some crews and their orders as an OR-Tools routing model, started from a draft.

A node for each crew's start and home, each order, and one end for crews without a home; the time
dimension's cumul is when work begins. What the model only approaches is timed and priced exactly
afterwards, and repaired if a rule is broken after all:

* a crew leaves for an order at its release or later, so work cannot begin before release plus
  the drive, and that drive depends on where the crew comes from. The model takes the drive of
  the draft it starts from (exact there). The exact form, a constraint per arc, was measured: the
  search's filters do not see it, one solution in ten seconds.
* a miss is a steeper slope; breaks and depots are left out; work begun stays first; orders that
  wait for, or are together with, orders outside keep the times that those have.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from dispatch.arrays import NEVER, NO_WAY
from dispatch.kernel.draft import Draft, sequences_of
from dispatch.kernel.given import (
    BEGUN,
    CLOSES,
    DROP,
    DUE,
    DURATION,
    END,
    FREE,
    HOME,
    LATE,
    LIMIT,
    LINKED,
    MISS,
    OPENS,
    OVERTIME,
    PLACE,
    READY,
    RELEASE,
    SLOPE,
    START,
    TRAVEL,
    WAITING,
    Given,
)

with warnings.catch_warnings():
    # SWIG's own types warn while they load; where warnings are errors Python then crashes.
    warnings.simplefilter("ignore", DeprecationWarning)
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

#: OR-Tools counts in integers: tenths of a second of travel.
SCALE = 10

#: A missed due time costs as much as this many seconds of steeper lateness, in the model only.
MISS_OVER_S = 1_800

#: The longest time in the model, seconds: a fortnight. Source: mainbreak default.
LONGEST = 1_209_600

#: The largest price in the model.
DEAREST = 1 << 50


class RoutingModel:
    """The routing model of some crews around one draft; ``solutions`` searches from it.

    Parameters
    ----------
    crews
        Whose routes may change; all others stand.
    idle
        Orders nobody has that may be put in.
    """

    def __init__(
        self, given: Given, draft: Draft, crews: Sequence[int], idle: Sequence[int] = ()
    ) -> None:
        self.given, self.draft, self.crews = given, draft, list(crews)
        all_sequences = sequences_of(draft)
        self.sequences = [all_sequences[c] for c in self.crews]
        self.orders = [*(i for one in self.sequences for i in one), *idle]
        self.number = {i: k for k, i in enumerate(self.orders)}
        self.n_crews, self.n_orders = len(self.crews), len(self.orders)
        self.homes = [c for c in self.crews if given.crew[c, HOME] >= 0]
        self.first = self.n_crews + len(self.homes)
        self.end = self.first + self.n_orders
        self.horizon = int(min(LONGEST, max(1, given.crew[self.crews, LIMIT].max())))
        self._make()

    def solutions(self, count: int, seconds: float) -> list[list[list[int]]]:
        """Return the sequences, crew by crew, of up to ``count`` solutions, the cheapest last.

        Stops at the count or after ``seconds``; where the count comes first the same draft gives
        the same solutions on any machine.
        """
        parameters = _parameters(count, seconds)
        self.routing.CloseModelWithParameters(parameters)
        found: list[tuple[int, int, list[list[int]]]] = []

        def keep() -> None:
            objective = int(self.routing.CostVar().Max())
            found.append((-objective, len(found), self._routes()))

        self.routing.AddAtSolutionCallback(keep)
        routes = [[self._index(i) for i in one] for one in self.sequences]
        first = self.routing.ReadAssignmentFromRoutes(routes, True)
        if first is None:
            self.routing.SolveWithParameters(parameters)
        else:
            self.routing.SolveFromAssignmentWithParameters(first, parameters)
        return [routes for _, _, routes in sorted(found)]

    def _make(self) -> None:
        home = {c: self.n_crews + k for k, c in enumerate(self.homes)}
        ends = [home.get(c, self.end) for c in self.crews]
        # A node that is nobody's end would have to be visited.
        self.manager = pywrapcp.RoutingIndexManager(
            self.end + (self.end in ends), self.n_crews, list(range(self.n_crews)), ends
        )
        self.routing = pywrapcp.RoutingModel(self.manager)
        self.ways = self._ways()
        self._price_travel()
        self.time = self._add_time("start")
        self._allow_and_price()
        self._price_lateness()
        self._put_in_order()

    def _order_node(self, order: int) -> int:
        return self.first + self.number[order]

    def _index(self, order: int) -> int:
        return int(self.manager.NodeToIndex(self._order_node(order)))

    def _ways(self) -> Any:
        """Return seconds between nodes: starts, homes, orders, the end of those without a home."""
        crew, order = self.given.crew, self.given.order
        places = np.concatenate(
            [
                crew[self.crews, START],
                crew[self.homes, HOME],
                order[self.orders, PLACE],
                [0],
            ]
        )
        ways = self.given.travel[np.ix_(places, places)].astype(np.int64)
        ways[:, self.end] = 0
        nodes = int(self.manager.GetNumberOfNodes())
        return np.where(ways >= NO_WAY, self.horizon + 1, ways)[:nodes, :nodes]

    def _price_travel(self) -> None:
        """Price driving, and give begun work to its crew first."""
        rate = SCALE * self.given.weight[TRAVEL]
        rows = np.rint(self.ways * rate).astype(np.int64)
        self.routing.SetArcCostEvaluatorOfAllVehicles(
            self.routing.RegisterTransitMatrix(rows.tolist())
        )
        for k, c in enumerate(self.crews):
            begun = int(self.given.crew[c, BEGUN])
            if begun >= 0 and self.sequences[k][:1] == [begun]:
                start = self.routing.NextVar(self.routing.Start(k))
                start.SetValue(self._index(begun))

    def _add_time(self, name: str) -> Any:
        """Add a dimension of time with each crew's shift as its window, and return it."""
        work = np.zeros(len(self.ways), dtype=np.int64)
        work[self.first : self.end] = self.given.order[self.orders, DURATION]
        rows = np.minimum(self.ways + work[:, None], LONGEST).tolist()
        evaluator = self.routing.RegisterTransitMatrix(rows)
        self.routing.AddDimension(evaluator, self.horizon, self.horizon, False, name)
        dimension = self.routing.GetDimensionOrDie(name)
        overtime = round(SCALE * self.given.weight[OVERTIME])
        for k, c in enumerate(self.crews):
            row = self.given.crew[c]
            begin = int(min(max(0, row[FREE]), self.horizon))
            limit = int(min(max(begin, row[LIMIT]), self.horizon))
            dimension.CumulVar(self.routing.Start(k)).SetRange(begin, begin)
            dimension.CumulVar(self.routing.End(k)).SetRange(begin, limit)
            if row[END] < limit:
                dimension.SetCumulVarSoftUpperBound(
                    self.routing.End(k), int(max(begin, row[END])), overtime
                )
        for i in self.orders:
            last = int(min(self.horizon, self.given.order[i, CLOSES]))
            first = self._earliest(i)
            dimension.CumulVar(self._index(i)).SetRange(min(first, max(0, last)), max(0, last))
        return dimension

    def _earliest(self, i: int) -> int:
        """Return the second at which the model lets work begin: release plus a drive, or ``ready``.

        The draft's own drive; none for an order that nobody has. Links keep their times.
        """
        row = self.given.order[i]
        drive = int(self.draft.travel[i]) if self.draft.crew[i] >= 0 else 0
        first = max(0, int(row[RELEASE]) + drive, int(row[READY]), int(row[OPENS]))
        if row[LINKED]:
            before = self._before(i)
            first = max([first, *(int(self.draft.end[j]) for j in before if j not in self.number)])
        return min(first, self.horizon)

    def _before(self, i: int) -> list[int]:
        first, last = self.given.first_before[i], self.given.first_before[i + 1]
        found: list[int] = self.given.before[first:last].tolist()
        return found

    def _allow_and_price(self) -> None:
        """Set who may take each order, the price of every second's delay and of dropping it."""
        price = self.given.price
        give = self.given.give[np.ix_(self.orders, self.crews)]
        for k, i in enumerate(self.orders):
            index, first = self._index(i), self._earliest(i)
            slope = round(SCALE * float(price[i, WAITING] + price[i, SLOPE]))
            if slope:
                self.time.SetCumulVarSoftUpperBound(index, first, slope)
            least = (price[i, WAITING] + price[i, SLOPE]) * first
            penalty = SCALE * float(price[i, DROP] - price[i, 0] - least)
            self.routing.AddDisjunction([index], int(min(DEAREST, max(0.0, penalty))))
            may = np.flatnonzero(np.isfinite(give[k])).tolist()
            if not may:
                self.routing.ActiveVar(index).SetValue(0)
            elif len(may) < self.n_crews:
                self.routing.SetAllowedVehiclesForIndex(may, index)

    def _price_lateness(self) -> None:
        """Price arrivals after the due time, in a second dimension with the same times."""
        price, due = self.given.price, self.given.order[:, DUE]
        late = [i for i in self.orders if due[i] < NEVER and price[i, LATE] + price[i, MISS] > 0]
        if not late:
            return
        arrival = self._add_time("arrival")
        for i in late:
            slope = price[i, LATE] + price[i, MISS] / MISS_OVER_S
            bound = int(min(max(0, due[i]), self.horizon))
            arrival.SetCumulVarSoftUpperBound(self._index(i), bound, round(SCALE * slope))

    def _put_in_order(self) -> None:
        """Demand that work waits for the work before it, and that the work before it is done."""
        solver = self.routing.solver()
        for i in self.orders:
            for j in self._before(i):
                if j in self.number:
                    a, b = self._index(j), self._index(i)
                    self.time.AddNodePrecedence(a, b, int(self.given.order[j, DURATION]))
                    solver.Add(self.routing.ActiveVar(b) <= self.routing.ActiveVar(a))

    def _routes(self) -> list[list[int]]:
        return [self._walk(k) for k in range(self.n_crews)]

    def _walk(self, k: int) -> list[int]:
        """Return the orders of one crew in the solution just found."""
        orders = []
        index = self.routing.NextVar(self.routing.Start(k)).Value()
        while not self.routing.IsEnd(index):
            orders.append(self.orders[self.manager.IndexToNode(index) - self.first])
            index = self.routing.NextVar(index).Value()
        return orders


def _parameters(count: int, seconds: float) -> Any:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    metaheuristics = routing_enums_pb2.LocalSearchMetaheuristic
    parameters.local_search_metaheuristic = metaheuristics.GUIDED_LOCAL_SEARCH
    parameters.solution_limit = count
    parameters.time_limit.FromMilliseconds(max(1, int(1000 * seconds)))
    return parameters
