"""The order in which a contraction hierarchy takes the turn states: by nested dissection."""

from __future__ import annotations

import numpy as np

from domain.streets import IntArray, StreetNetwork
from routing.turns import turn_graph

try:
    import routingkit_cch
except ImportError:  # it has no wheel for every machine
    _CAN_ORDER = False
else:
    _CAN_ORDER = True


def can_order() -> bool:
    """Return True if the library that finds small cuts is there."""
    return _CAN_ORDER


def elimination_order(streets: StreetNetwork) -> IntArray:
    """Return the states of the streets' turn graph, the first to be eliminated first.

    Empty if ``can_order`` says no: then times are found without a hierarchy. Takes seconds for a
    city, which is why it is kept with the streets. Which turns cost what does not matter.
    """
    if not can_order():
        return np.zeros(0, dtype=np.int64)
    graph = turn_graph(streets)
    middle = (streets.shape_start[:-1] + streets.shape_start[1:]) // 2
    lon, lat = streets.shape[middle[graph.edge]].T
    order = routingkit_cch.compute_order_inertial(
        len(graph.edge), graph.tail.tolist(), graph.head.tolist(), lat.tolist(), lon.tolist()
    )
    return np.array(order, dtype=np.int64)
