"""Compile what numba compiles before somebody waits for it."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from domain.closures import Closure, ClosureReason, ClosureShape
from domain.places import LonLat
from domain.streets import DrivingRules, StreetNetwork, StreetReport
from routing.times import StreetTimes

#: Degrees between the corners of the block that is driven round.
_SIDE = 0.002


def warm_up() -> None:
    """Compile the engine's loops, or load them where that was done before.

    Drives round one block, whose elimination order is given, and closes a side of it.
    """
    times = StreetTimes(_block(), engine="cch")
    mover, *places = [LonLat(k * _SIDE / 5, 0.0) for k in range(1, 5)]
    times.matrix(places)
    times.matrix([mover], places)
    side = (LonLat(0.0, _SIDE), LonLat(_SIDE, _SIDE))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    kind, why = ClosureShape.STREET, ClosureReason.OTHER
    times.close([Closure("warm-up", kind, side, now, None, why, "", now)])
    within = [LonLat(k * _SIDE / 3, _SIDE) for k in (1, 2)]
    times.matrix([*places, *within])
    times.route(LonLat(0.0, _SIDE / 2), LonLat(_SIDE, _SIDE / 2), steps=True)


def _block() -> StreetNetwork:
    """Return four corners and the streets between them, both ways."""
    nodes = _SIDE * np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
    tail = np.array([0, 1, 2, 3, 1, 2, 3, 0])
    head = np.array([1, 2, 3, 0, 0, 1, 2, 3])
    order = np.arange(8)
    nothing = np.zeros(8, dtype=np.int64)
    return StreetNetwork(
        nodes=nodes,
        tail=tail,
        head=head,
        length_m=np.full(8, 222.0),
        seconds=np.full(8, 30.0),
        road_class=nothing,
        classes=("residential",),
        name=nothing,
        names=("",),
        shape_start=np.arange(0, 17, 2),
        shape=nodes[np.column_stack([tail, head]).ravel()],
        areas=(),
        report=StreetReport("a block", 4, 8, 0, 0),
        rules=DrivingRules(order=order),
    )
