"""The whole instance as one plain OR-Tools routing model, for the ablation.

The model a newcomer would write: nothing of mainbreak in it, except the sequences it may start
from.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from benchmarks.dispatch_instances import Instance
from benchmarks.dispatch_judge import Sequences

with warnings.catch_warnings():
    # SWIG's own types warn while they load; where warnings are errors Python then crashes.
    warnings.simplefilter("ignore", DeprecationWarning)
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2


def solve_plain(
    instance: Instance, seconds: float, _seed: int, *, start: Sequences | None = None
) -> Sequences:
    """Return the sequences of guided local search, from its own first plan or from ``start``."""
    crews, orders = instance.crews, instance.orders
    # A node is a crew's start and end at once, then each order.
    places = np.concatenate([instance.home, instance.place])
    nodes = list(range(crews))
    manager = pywrapcp.RoutingIndexManager(crews + orders, crews, nodes, nodes)
    routing = pywrapcp.RoutingModel(manager)
    drive = instance.travel[np.ix_(places, places)]
    service = np.concatenate([np.zeros(crews, np.int64), instance.service])
    cost = routing.RegisterTransitMatrix(drive.tolist())
    routing.SetArcCostEvaluatorOfAllVehicles(cost)
    passing = routing.RegisterTransitMatrix((drive + service[:, None]).tolist())
    end = int(instance.shift_end.max())
    routing.AddDimension(passing, end, end, False, "time")
    _bound(instance, manager, routing)
    _capacity(instance, routing)
    return _sequences(instance, manager, routing, _search(routing, seconds, instance, start))


def _bound(instance: Instance, manager: Any, routing: Any) -> None:
    """Set windows, shifts, skills and what a drop costs."""
    time = routing.GetDimensionOrDie("time")
    for crew in range(instance.crews):
        for at in (routing.Start(crew), routing.End(crew)):
            time.CumulVar(at).SetRange(
                int(instance.shift_start[crew]), int(instance.shift_end[crew])
            )
    able = {
        bits: [c for c in range(instance.crews) if int(bits) & ~int(instance.holds[c]) == 0]
        for bits in np.unique(instance.asks)
    }
    for order in range(instance.orders):
        at = manager.NodeToIndex(instance.crews + order)
        time.CumulVar(at).SetRange(int(instance.opens[order]), int(instance.closes[order]))
        routing.AddDisjunction([at], int(instance.penalty[order]))
        routing.SetAllowedVehiclesForIndex(able[instance.asks[order]], at)


def _capacity(instance: Instance, routing: Any) -> None:
    if instance.load.any():
        loads = [0] * instance.crews + instance.load.tolist()
        used = routing.RegisterUnaryTransitVector(loads)
        rooms = instance.room.tolist()
        routing.AddDimensionWithVehicleCapacity(used, 0, rooms, True, "load")


def _search(routing: Any, seconds: float, instance: Instance, start: Sequences | None) -> Any:
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    asked.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    asked.time_limit.FromMilliseconds(max(1, round(seconds * 1000)))
    if start is None:
        return routing.SolveWithParameters(asked)
    routing.CloseModelWithParameters(asked)
    nodes = [[instance.crews + order for order in sequence] for sequence in start]
    first = routing.ReadAssignmentFromRoutes(nodes, True)
    return routing.SolveFromAssignmentWithParameters(first, asked)


def _sequences(instance: Instance, manager: Any, routing: Any, found: Any) -> Sequences:
    sequences: list[list[int]] = [[] for _ in range(instance.crews)]
    for crew in range(instance.crews if found else 0):
        at = found.Value(routing.NextVar(routing.Start(crew)))
        while not routing.IsEnd(at):
            sequences[crew].append(manager.IndexToNode(at) - instance.crews)
            at = found.Value(routing.NextVar(at))
    return sequences
