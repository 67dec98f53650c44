"""The town's main streets: a crooked lattice with a ring around it and a river through it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from data.pipes_network.names import main_street_names
from data.pipes_network.streetplan import Block, Line, Plan, Side

#: Crossings-to-crossing streets a premises needs, and the ground a block covers, square metres.
#: Source: chosen so that a pipe serves about four premises and blocks measure about 130 m.
STREETS_PER_PREMISES = 1 / 4.25
BLOCK_M2 = 15_800.0
STREETS_PER_BLOCK = 2.5

#: Main streets lie about so far apart, metres.
LATTICE_M = 540.0

#: From bank road to bank road, metres.
RIVER_ROW_M = 265.0


@dataclass(frozen=True)
class Skeleton:
    """The lattice: node numbers by (column, row), and what the river and the bridges occupy."""

    plan: Plan
    nodes: dict[tuple[int, int], int]
    columns: int
    rows: int
    river_row: int
    bridges: tuple[int, int]
    half_width: float
    half_height: float

    @property
    def main_row(self) -> int:
        """Row of the main street from east to west."""
        return min(self.river_row + 1 + max(1, (self.rows - self.river_row) // 2), self.rows - 1)

    @property
    def centre(self) -> int:
        """Node of the crossing in the middle of the town: the roundabout."""
        return self.nodes[(self.bridges[0], self.main_row)]

    def in_river(self, row: int) -> bool:
        """Return True if the cells above this row of nodes are the river's."""
        return row == self.river_row


def _cuts(random_source: random.Random, count: int, length: float) -> list[float]:
    """Return ``count + 1`` places from 0 to ``length``, unevenly spaced."""
    widths = [random_source.uniform(0.72, 1.3) for _ in range(count)]
    places = [0.0]
    for width in widths:
        places.append(places[-1] + width * length / sum(widths))
    return places


def _levels(random_source: random.Random, height: float) -> tuple[list[float], int]:
    """Return the rows' places from south to north and the row below the river."""
    north = max(2, round(height * 0.76 / LATTICE_M))
    south = max(1, round(height * 0.24 / LATTICE_M))
    below = _cuts(random_source, south, height * south / (north + south))
    above = _cuts(random_source, north, height * north / (north + south))
    bank = below[-1] + RIVER_ROW_M
    return below + [bank + place for place in above], south


def lattice(random_source: random.Random, premises: int) -> Skeleton:
    """Return main streets for so many premises, with classes, names and bridges."""
    blocks = premises * STREETS_PER_PREMISES / STREETS_PER_BLOCK
    ground = max(blocks * BLOCK_M2, 420_000.0)
    width, height = sqrt(ground * 1.2), sqrt(ground / 1.2)
    columns = max(2, round(width / LATTICE_M))
    xs = _cuts(random_source, columns, width)
    ys, river = _levels(random_source, height)
    plan = Plan()
    nodes = dict(_lattice_nodes(random_source, plan, xs, ys, river))
    first = max(1, columns // 2 - (1 if columns > 4 else 0))
    bridges = (first, min(first + max(1, columns // 3), columns))
    skeleton = Skeleton(plan, nodes, columns, len(ys) - 1, river, bridges, width / 2, ys[-1] / 2)
    _draw_lattice(skeleton)
    return skeleton


def _lattice_nodes(
    random_source: random.Random, plan: Plan, xs: list[float], ys: list[float], river: int
) -> Iterator[tuple[tuple[int, int], int]]:
    for row, y in enumerate(ys):
        for column, x in enumerate(xs):
            dx, dy = random_source.gauss(0.0, 45.0), random_source.gauss(0.0, 40.0)
            if column in {0, len(xs) - 1}:
                dx = 0.0
            if row in {0, len(ys) - 1, river, river + 1}:
                dy = 0.0
            point = (x - xs[-1] / 2 + _kept(dx), y - ys[-1] / 2 + _kept(dy))
            yield (column, row), plan.node(point)


def _kept(jitter: float) -> float:
    return min(max(jitter, -95.0), 95.0)


def _draw_lattice(skeleton: Skeleton) -> None:
    stems = main_street_names()
    level = {row: next(stems) for row in _inner_rows(skeleton)}
    upright = {column: next(stems) for column in _by_importance(skeleton)}
    for row in range(skeleton.rows + 1):
        for column in range(skeleton.columns):
            _level_line(skeleton, column, row, level.get(row, ""))
    for column in range(skeleton.columns + 1):
        for row in range(skeleton.rows):
            if not skeleton.in_river(row) or column in skeleton.bridges:
                _upright_line(skeleton, column, row, upright.get(column, ""))


def _inner_rows(skeleton: Skeleton) -> list[int]:
    """Return the rows that are neither ring nor bank, the main one first."""
    rows = [
        row
        for row in range(1, skeleton.rows)
        if row not in {skeleton.river_row, skeleton.river_row + 1}
    ]
    return sorted(rows, key=lambda row: (abs(row - skeleton.main_row), row))


def _by_importance(skeleton: Skeleton) -> list[int]:
    inner = [c for c in range(1, skeleton.columns) if c not in skeleton.bridges]
    return [c for c in skeleton.bridges if 0 < c < skeleton.columns] + inner


def _level_line(skeleton: Skeleton, column: int, row: int, stem: str) -> None:
    nodes, river = skeleton.nodes, skeleton.river_row
    line = skeleton.plan.draw(nodes[(column, row)], nodes[(column + 1, row)], "secondary")
    side = "西" if column < skeleton.bridges[0] else "东"
    fixed = {0: "南环路", skeleton.rows: "北环路", river: "滨河南路", river + 1: "滨河北路"}
    line.name = fixed.get(row, f"{stem}{side}路")
    if row in {0, skeleton.rows, skeleton.main_row}:
        line.road_class = "primary"


def _upright_line(skeleton: Skeleton, column: int, row: int, stem: str) -> None:
    nodes = skeleton.nodes
    line = skeleton.plan.draw(nodes[(column, row)], nodes[(column, row + 1)], "secondary")
    side = "南" if row < skeleton.main_row else "北"
    fixed = {0: "西环路", skeleton.columns: "东环路"}
    line.name = fixed.get(column, f"{stem}{side}路")
    line.bridge = skeleton.in_river(row)
    if column in {0, skeleton.columns, skeleton.bridges[0]}:
        line.road_class = "primary"


def cells(skeleton: Skeleton) -> Iterator[tuple[tuple[int, int], Block]]:
    """Yield the lattice's cells, counter-clockwise from the south side; none in the river."""
    lines = _lines_by_ends(skeleton.plan)
    for row in range(skeleton.rows):
        for column in range(skeleton.columns):
            if not skeleton.in_river(row):
                ring = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
                yield (column, row), _block(skeleton, ring, lines)


def _lines_by_ends(plan: Plan) -> dict[tuple[int, int], Line]:
    return {(line.nodes[0.0], line.nodes[1.0]): line for line in plan.lines}


def _block(
    skeleton: Skeleton, ring: list[tuple[int, int]], lines: dict[tuple[int, int], Line]
) -> Block:
    numbers = [skeleton.nodes[corner] for corner in ring]
    sides = []
    for a, b in zip(numbers, numbers[1:] + numbers[:1], strict=True):
        ahead = (a, b) in lines
        line = lines[(a, b)] if ahead else lines[(b, a)]
        sides.append(Side(line, 0.0, 1.0) if ahead else Side(line, 1.0, 0.0))
    return tuple(sides)


def merged(one: Block, other: Block, plan: Plan) -> Block | None:
    """Return two blocks as one, without the line between them; None if they share no whole side."""
    for i, side in enumerate(one):
        for j, back in enumerate(other):
            if side.line is back.line and len(side.line.nodes) == 2:
                plan.lines.remove(side.line)
                for node in side.line.nodes.values():
                    plan.ends_at[node].remove(side.line)
                return (*one[:i], *other[j + 1 :], *other[:j], *one[i + 1 :])
    return None
