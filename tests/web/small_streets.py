"""The streets of the small town: the grid of its pipes, driven both ways, named alike."""

from __future__ import annotations

import numpy as np

import routing
from domain.places import LonLat
from domain.streets import DrivingRules, StreetNetwork, StreetReport
from storage import UnitOfWork
from tests.web.small_town import EASTWARD, NORTHWARD, SIDE, SOUTH, STEP, WEST

#: Free flow on every street, metres a second.
SPEED = 10.0

#: Metres of a degree to the north, and to the east in this town.
NORTH_M, EAST_M = 111_195.0, 111_195.0 * float(np.cos(np.radians(SOUTH)))


def crossing(column: float, row: float) -> LonLat:
    """Return the place of a crossing; halves lie between two."""
    return LonLat(round(WEST + STEP * column, 7), round(SOUTH + STEP * row, 7))


def streets() -> StreetNetwork:
    """Return the grid; nodes row by row from the south-west."""
    nodes = [(crossing(c, r).lon, crossing(c, r).lat) for r in range(SIDE) for c in range(SIDE)]
    names = ["", *EASTWARD, *NORTHWARD]
    ways: list[tuple[int, int, float, int]] = []
    for row in range(SIDE):
        for column in range(SIDE):
            here = row * SIDE + column
            if column + 1 < SIDE:
                ways.append((here, here + 1, STEP * EAST_M, 1 + row))
            if row + 1 < SIDE:
                ways.append((here, here + SIDE, STEP * NORTH_M, 1 + SIDE + column))
    both = [
        one for a, b, metres, name in ways for one in ((a, b, metres, name), (b, a, metres, name))
    ]
    tail, head, metres, name = (np.array(cells) for cells in zip(*both, strict=True))
    shape = np.array([nodes[node] for a, b, _, _ in both for node in (a, b)])
    count = len(both)
    return StreetNetwork(
        nodes=np.array(nodes),
        tail=tail.astype(np.int64),
        head=head.astype(np.int64),
        length_m=metres.astype(np.float64),
        seconds=metres / SPEED,
        road_class=np.zeros(count, dtype=np.int64),
        classes=("residential",),
        name=name.astype(np.int64),
        names=tuple(names),
        shape_start=np.arange(0, 2 * count + 1, 2),
        shape=shape,
        areas=(),
        report=StreetReport("small town", len(nodes), count, 0, 0),
        rules=DrivingRules(opposite=np.arange(count) ^ 1, ref=np.zeros(count, dtype=np.int64)),
    )


def load_streets(work: UnitOfWork) -> None:
    """Store them."""
    town = streets()
    work.streets.save(routing.to_bytes(town), town.report)
    work.commit()
