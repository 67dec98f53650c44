"""PyVRP on an instance: a vehicle type for each crew, a profile for each set of skills.

Its wheel is in the peers' environment (``make bench-peers``). It has no skills: an order that a
crew cannot do is far away in that crew's profile, so far that dropping it is cheaper.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.dispatch_instances import Instance
from benchmarks.dispatch_judge import Sequences

try:
    import pyvrp
    from pyvrp.stop import MaxRuntime
except ImportError:
    pyvrp = None

#: Seconds of a forbidden drive: above every penalty and every shift, so that it is too dear and too
#: late, yet small, since PyVRP's search scales with it. Too dear alone, PyVRP leaves some in.
FORBIDDEN = 100_000


def solve_pyvrp(instance: Instance, seconds: float, seed: int, *, required: bool) -> Sequences:
    """Return PyVRP's sequences; orders are all ``required``, or dropped at their penalty."""
    found = pyvrp.solve(
        _data(instance, required=required), MaxRuntime(seconds), seed=seed, collect_stats=False
    )
    sequences: list[list[int]] = [[] for _ in range(instance.crews)]
    for route in found.best.routes():
        sequences[route.vehicle_type()] = [one.idx for one in route if one.is_client()]
    return sequences


def _data(instance: Instance, *, required: bool) -> Any:
    held, profile = np.unique(instance.holds, return_inverse=True)
    drives = [_drives(instance, int(np.argmax(instance.holds == bits))) for bits in held]
    return pyvrp.ProblemData(
        [pyvrp.Location(float(x), float(y)) for x, y in instance.spots],
        [_client(instance, order, required) for order in range(instance.orders)],
        [pyvrp.Depot(int(home)) for home in instance.home],
        [_vehicle(instance, crew, int(profile[crew])) for crew in range(instance.crews)],
        drives,
        drives,
    )


def _drives(instance: Instance, crew: int) -> Any:
    """Return what drives take a crew of these skills: to what it cannot do, too much."""
    drives = instance.travel.copy()
    drives[:, instance.place[~instance.can(crew)]] = FORBIDDEN
    np.fill_diagonal(drives, 0)
    return drives


def _vehicle(instance: Instance, crew: int, profile: int) -> Any:
    return pyvrp.VehicleType(
        capacity=[int(instance.room[crew])],
        start_depot=crew,
        end_depot=crew,
        tw_early=int(instance.shift_start[crew]),
        tw_late=int(instance.shift_end[crew]),
        profile=profile,
    )


def _client(instance: Instance, order: int, required: bool) -> Any:
    return pyvrp.Client(
        int(instance.place[order]),
        delivery=[int(instance.load[order])],
        service_duration=int(instance.service[order]),
        tw_early=int(instance.opens[order]),
        tw_late=int(instance.closes[order]),
        prize=0 if required else int(instance.penalty[order]),
        required=required,
    )
