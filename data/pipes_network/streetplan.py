"""Lines that share nodes, and the blocks between them, cut in two until they are small enough.

All on a flat plan in metres, before the town is bent into shape: a block's sides are stretches of
lines, so a cut meets its neighbours at shared nodes without any geometric search.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import atan2, cos, hypot, pi, sin

from data.pipes_network.plane import XY, along, distance

#: A new street meets an existing crossing rather than ending this close beside it, metres.
SNAP_M = 42.0


@dataclass(eq=False)
class Line:
    """A street on the plan: from ``a`` to ``b``, bulging to its left, with nodes by share."""

    a: XY
    b: XY
    road_class: str
    name: str = ""
    bulge: float = 0.0
    nodes: dict[float, int] = field(default_factory=dict)
    bridge: bool = False
    one_way: bool = False

    def at(self, share: float) -> XY:
        """Return the plan point at a share of the line."""
        x, y = along(self.a, self.b, share)
        span = distance(self.a, self.b) or 1.0
        lift = self.bulge * 4 * share * (1 - share) / span
        return x - (self.b[1] - self.a[1]) * lift, y + (self.b[0] - self.a[0]) * lift

    @property
    def nodes_in_order(self) -> list[int]:
        """Nodes from ``a`` to ``b``."""
        return [self.nodes[share] for share in sorted(self.nodes)]

    @property
    def length(self) -> float:
        """Metres from end to end, straight."""
        return distance(self.a, self.b)

    @property
    def heading(self) -> float:
        """Direction in radians, without sense: 0 to pi."""
        return atan2(self.b[1] - self.a[1], self.b[0] - self.a[0]) % pi


@dataclass(frozen=True)
class Side:
    """The stretch of a line from share ``start`` to share ``end`` (which may be smaller)."""

    line: Line
    start: float
    end: float

    def at(self, share: float) -> XY:
        """Return the plan point at a share of this side."""
        return self.line.at(self.start + (self.end - self.start) * share)


Block = tuple[Side, ...]


@dataclass
class Plan:
    """All lines and nodes so far; nodes are numbered from 0."""

    points: list[XY] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    ends_at: dict[int, list[Line]] = field(default_factory=dict)

    def node(self, point: XY) -> int:
        """Add a node and return its number."""
        self.points.append(point)
        return len(self.points) - 1

    def draw(self, start: int, end: int, road_class: str, *, bulge: float = 0.0) -> Line:
        """Add a line between two nodes."""
        line = Line(self.points[start], self.points[end], road_class, bulge=bulge)
        line.nodes = {0.0: start, 1.0: end}
        self.lines.append(line)
        for node in (start, end):
            self.ends_at.setdefault(node, []).append(line)
        return line

    def node_on(self, side: Side, share: float) -> tuple[int, float]:
        """Return a node on the side near the share and its share of the line; add one if need be.

        A node already there within ``SNAP_M`` is taken, so that streets cross instead of jogging.
        """
        line, wanted = side.line, side.start + (side.end - side.start) * share
        low, high = sorted((side.start, side.end))
        inner = [s for s in line.nodes if low < s < high]
        near = min(inner, key=lambda s: (abs(s - wanted), s), default=None)
        if near is not None and abs(near - wanted) * line.length < SNAP_M:
            return line.nodes[near], near
        line.nodes[wanted] = self.node(line.at(wanted))
        return line.nodes[wanted], wanted


def corners(block: Block) -> list[XY]:
    """Return the block's corners in order."""
    return [side.at(0.0) for side in block]


def area_and_centre(points: list[XY]) -> tuple[float, XY]:
    """Return the polygon's area in square metres and its centre of gravity."""
    total = x = y = 0.0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        cross = ax * by - bx * ay
        total, x, y = total + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if abs(total) < 1e-6:
        return 0.0, points[0]
    return abs(total) / 2, (x / (3 * total), y / (3 * total))


def _long_axis(points: list[XY], centre: XY) -> float:
    """Return the direction in which the polygon is longest, radians."""
    xx = yy = xy = 0.0
    for a, b in zip(points, points[1:] + points[:1], strict=True):
        weight = distance(a, b)
        for share in (0.25, 0.75):
            px, py = along(a, b, share)
            dx, dy = px - centre[0], py - centre[1]
            xx, yy, xy = xx + dx * dx * weight, yy + dy * dy * weight, xy + dx * dy * weight
    return 0.5 * atan2(2 * xy, xx - yy)


def _hit(block: Block, centre: XY, heading: float) -> tuple[int, float] | None:
    """Return the first side met from the centre in a direction, and the share of it."""
    best: tuple[float, int, float] | None = None
    dx, dy = cos(heading), sin(heading)
    for index, side in enumerate(block):
        a, b = side.at(0.0), side.at(1.0)
        ex, ey = b[0] - a[0], b[1] - a[1]
        cross = dx * ey - dy * ex
        if abs(cross) < 1e-9:
            continue
        wx, wy = a[0] - centre[0], a[1] - centre[1]
        reach, share = (wx * ey - wy * ex) / cross, (wx * dy - wy * dx) / cross
        if reach > 0 and 0 <= share <= 1 and (best is None or reach < best[0]):
            best = (reach, index, share)
    return None if best is None else (best[1], best[2])


def _clear_of_corners(side: Side, share: float) -> float:
    """Return the share moved so that it leaves room for a plot at either corner."""
    margin = min(0.5, 36.0 / (hypot(*_span(side)) or 1.0))
    return min(max(share, margin), 1 - margin)


def _span(side: Side) -> XY:
    a, b = side.at(0.0), side.at(1.0)
    return b[0] - a[0], b[1] - a[1]


@dataclass(frozen=True)
class Cutter:
    """How blocks are cut: how small (square metres at a place) and how crooked."""

    plan: Plan
    random: random.Random
    target: Callable[[XY], float]
    crooked: Callable[[XY], float]
    dress: Callable[[Line, int], None]

    def cut_up(self, block: Block, depth: int = 0) -> Iterator[Block]:
        """Yield the small blocks that a block falls into; streets are drawn on the way."""
        area, centre = area_and_centre(corners(block))
        if area < self.target(centre) * self.random.uniform(1.0, 1.9):
            if area > self.target(centre) * 1.1 and self.random.random() < 0.2:
                self._dead_end(block, centre)
            yield block
            return
        halves = self._halve(block, centre, depth)
        if halves is None:
            yield block
            return
        for half in halves:
            yield from self.cut_up(half, depth + 1)

    def _aim(self, block: Block, centre: XY) -> tuple[float, XY]:
        turn = self.random.gauss(0.0, 0.09 * self.crooked(centre))
        heading = _long_axis(corners(block), centre) + pi / 2 + turn
        away = [self.random.gauss(0.0, 9.0) for _ in range(2)]
        return heading, (centre[0] + away[0], centre[1] + away[1])

    def _halve(self, block: Block, centre: XY, depth: int) -> tuple[Block, Block] | None:
        heading, through = self._aim(block, centre)
        first, second = _hit(block, through, heading), _hit(block, through, heading + pi)
        if first is None or second is None or first[0] == second[0]:
            return None
        if first[0] > second[0]:
            first, second = second, first
        i, j = first[0], second[0]
        start, share_i = self.plan.node_on(block[i], _clear_of_corners(block[i], first[1]))
        end, share_j = self.plan.node_on(block[j], _clear_of_corners(block[j], second[1]))
        line = self.plan.draw(start, end, "residential")
        line.bulge = self.random.gauss(0.0, 0.025 * self.crooked(centre)) * line.length
        self.dress(line, depth)
        return self._two(block, (i, share_i), (j, share_j), line)

    def _two(
        self, block: Block, at_i: tuple[int, float], at_j: tuple[int, float], line: Line
    ) -> tuple[Block, Block]:
        (i, share_i), (j, share_j) = at_i, at_j
        a, b = block[i], block[j]
        inner = (
            Side(a.line, share_i, a.end), *block[i + 1 : j], Side(b.line, b.start, share_j),
            Side(line, 1.0, 0.0),
        )  # fmt: skip
        outer = (
            *block[:i], Side(a.line, a.start, share_i), Side(line, 0.0, 1.0),
            Side(b.line, share_j, b.end), *block[j + 1 :],
        )  # fmt: skip
        return inner, outer

    def _dead_end(self, block: Block, centre: XY) -> None:
        longest = max(block, key=lambda side: hypot(*_span(side)))
        start, _ = self.plan.node_on(longest, self.random.uniform(0.35, 0.65))
        reach = self.random.uniform(0.75, 1.15)
        end = self.plan.node(along(self.plan.points[start], centre, reach))
        self.dress(self.plan.draw(start, end, "residential"), 9)
