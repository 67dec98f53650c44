"""An invented town's streets, park and river as OpenStreetMap XML."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import cos, hypot, pi, radians, sin, sqrt

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from data.pipes_network.names import lane_names, main_street_names, side_street_names
from data.pipes_network.osm_xml import osm_text
from data.pipes_network.plane import XY, Plane, dice
from data.pipes_network.scenery import scenery
from data.pipes_network.skeleton import Skeleton, cells, lattice, merged
from data.pipes_network.streetplan import Block, Cutter, Line, Plan
from domain.places import LonLat

#: Farmland between two rivers; no town stands here.
ORIGIN = LonLat(113.95, 30.30)


def made_streets(seed: int, premises: int) -> str:
    """Return the streets of an invented town for so many premises, as OSM XML (WGS-84).

    The same seed and size give the same text, byte for byte. Streets have names, classes,
    one-ways and speed limits; parks and water are closed ways; all crossings are shared nodes.
    """
    source = dice(seed, "streets")
    skeleton = lattice(source, premises)
    old = _old_quarter(skeleton)
    blocks = list(_cut_town(source, skeleton, old))
    _spurs(skeleton)
    _one_ways(source, skeleton.plan)
    bend = Bend(skeleton.half_width, skeleton.half_height, source.uniform(0.0, 2 * pi))
    view = scenery(skeleton, blocks, bend)
    return osm_text(skeleton, view, bend, Plane(ORIGIN))


@dataclass(frozen=True)
class Bend:
    """How the flat plan becomes a town: corners rounded, streets bent, all turned a little."""

    half_width: float
    half_height: float
    phase: float

    def __call__(self, point: XY) -> XY:
        """Return metres east and north of the town's centre for a point of the plan."""
        x, y = self._rounded(point)
        x, y = (
            x + 105 * sin(y / 430 + self.phase) + 16 * sin(y / 131 + 2 * self.phase),
            y + 120 * sin(x / 520 + self.phase * 1.7) + 15 * sin(x / 117),
        )
        turn = radians(13.0)
        return x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)

    def _rounded(self, point: XY) -> XY:
        u, v = point[0] / self.half_width, point[1] / self.half_height
        shrink_x = 1 - 0.62 * (1 - sqrt(max(1 - v * v / 2, 0.3)))
        shrink_y = 1 - 0.62 * (1 - sqrt(max(1 - u * u / 2, 0.3)))
        return point[0] * shrink_x, point[1] * shrink_y


def _old_quarter(skeleton: Skeleton) -> set[tuple[int, int]]:
    """Return the cells of the old quarter: on the north bank, beside the first bridge."""
    row = skeleton.river_row + 1
    return {(skeleton.bridges[0] - 1, row), (skeleton.bridges[0], row)}


def _cut_town(
    source: random.Random, skeleton: Skeleton, old: set[tuple[int, int]]
) -> Iterator[Block]:
    plan = skeleton.plan
    whole = _some_merged(source, skeleton, old)
    old_names, names = lane_names(source), _side_names(source, plan)
    for is_old, block in whole:
        size = 6_400.0 if is_old else 0.0
        cutter = Cutter(
            plan,
            source,
            target=lambda at, size=size: size or _target(skeleton, at),  # type: ignore[misc]
            crooked=lambda at, is_old=is_old: 2.4 if is_old else 1.0,  # type: ignore[misc]
            dress=Dress(source, plan, old_names if is_old else names, is_old),
        )
        yield from cutter.cut_up(block)


def _target(skeleton: Skeleton, at: XY) -> float:
    """Return the wanted block size at a place: small in the middle, large at the edge."""
    out = hypot(at[0] / skeleton.half_width, at[1] / skeleton.half_height)
    return 13_000.0 + 11_000.0 * min(out, 1.2) ** 2


def _some_merged(
    source: random.Random, skeleton: Skeleton, old: set[tuple[int, int]]
) -> list[tuple[bool, Block]]:
    """Return the cells, about one in seven joined with its eastern neighbour."""
    todo = dict(cells(skeleton))
    result: list[tuple[bool, Block]] = []
    while todo:
        (column, row), block = next(iter(todo.items()))
        del todo[(column, row)]
        east = (column + 1, row)
        plain = not {(column, row), east} & old and column + 1 not in skeleton.bridges
        if plain and east in todo and source.random() < 0.22:
            both = merged(block, todo[east], skeleton.plan)
            if both is not None:
                del todo[east]
                block = both
        result.append(((column, row) in old, block))
    return result


def _side_names(source: random.Random, plan: Plan) -> Iterator[str]:
    taken = {line.name for line in plan.lines}
    yield from (stem + "街" for stem in islice(main_street_names(), 32))
    yield from side_street_names(source, taken)


@dataclass(frozen=True)
class Dress:
    """Gives a new street its class and its name, a neighbour's name if it carries straight on."""

    random: random.Random
    plan: Plan
    names: Iterator[str]
    old: bool

    def __call__(self, line: Line, depth: int) -> None:
        """Dress the line; ``depth`` counts the cuts that led to it."""
        line.road_class = self._class(line, depth)
        carried = self._carried_on(line)
        line.name = carried.name if carried else next(self.names)
        if carried and carried.road_class == "tertiary":
            line.road_class = "tertiary"

    def _class(self, line: Line, depth: int) -> str:
        if self.old:
            return "living_street" if depth >= 2 else "residential"
        return "tertiary" if depth == 0 and line.length > 240 else "residential"

    def _carried_on(self, line: Line) -> Line | None:
        for node in (line.nodes[0.0], line.nodes[1.0]):
            for other in self.plan.ends_at[node]:
                turn = abs(other.heading - line.heading)
                same = min(turn, pi - turn) < 0.4 and other.road_class in {
                    "residential", "tertiary", "living_street",
                }  # fmt: skip
                if other is not line and same:
                    return other
        return None


def _spurs(skeleton: Skeleton) -> None:
    """Draw the roads that leave the town, one from each side."""
    names = iter(("澜北公路", "澜东公路", "澜西公路", "澜南公路"))
    ends = [
        ((skeleton.bridges[0], skeleton.rows), (0.1, 1.0)),
        ((skeleton.columns, skeleton.main_row), (1.0, 0.05)),
        ((0, skeleton.main_row), (-1.0, -0.1)),
        ((skeleton.bridges[0], 0), (-0.1, -1.0)),
    ]
    for corner, (dx, dy) in ends:
        start = skeleton.nodes[corner]
        x, y = skeleton.plan.points[start]
        end = skeleton.plan.node((x + dx * 420, y + dy * 420))
        skeleton.plan.draw(start, end, "primary", bulge=30.0).name = next(names)


def _one_ways(source: random.Random, plan: Plan) -> None:
    """Make some streets one-way, as far as everybody can still drive everywhere."""
    shares = {"living_street": 0.5, "residential": 0.1, "tertiary": 0.06}
    for line in plan.lines:
        line.one_way = source.random() < shares.get(line.road_class, 0.0)
    while trapped := _trapped(plan):
        for line in plan.lines:
            if not trapped.isdisjoint(line.nodes.values()):
                line.one_way = False


def _trapped(plan: Plan) -> set[int]:
    """Return the nodes outside the largest strongly connected part."""
    tails, heads = [], []
    for line in plan.lines:
        nodes = line.nodes_in_order
        tails += nodes[:-1] + ([] if line.one_way else nodes[1:])
        heads += nodes[1:] + ([] if line.one_way else nodes[:-1])
    size = len(plan.points)
    graph = csr_array((np.ones(len(tails)), (tails, heads)), shape=(size, size))
    _, part = connected_components(graph, directed=True, connection="strong")
    used = np.unique(np.array(tails + heads))
    largest = np.bincount(part[used]).argmax()
    return {int(node) for node in used if part[node] != largest}
