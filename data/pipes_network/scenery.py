"""The river, the parks and the lake: rings in metres, already bent with the town."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from data.pipes_network.names import RIVER, main_street_names
from data.pipes_network.plane import XY, along
from data.pipes_network.skeleton import RIVER_ROW_M, Skeleton
from data.pipes_network.streetplan import Block, area_and_centre, corners

Bender = Callable[[XY], XY]


@dataclass(frozen=True)
class Scene:
    """One closed way: its OSM key and value, its name and its ring, first point not repeated."""

    key: str
    value: str
    name: str
    ring: tuple[XY, ...]


def scenery(skeleton: Skeleton, blocks: Iterable[Block], bend: Bender) -> list[Scene]:
    """Return the river, the parks beside it, the people's park with its lake, and gardens."""
    flat = [*_river(skeleton), *_bank_parks(skeleton), *_block_parks(skeleton, list(blocks))]
    return [Scene(one.key, one.value, one.name, tuple(bend(p) for p in one.ring)) for one in flat]


def _river_axis(skeleton: Skeleton) -> float:
    bank = skeleton.plan.points[skeleton.nodes[(0, skeleton.river_row)]][1]
    return bank + RIVER_ROW_M * 0.42


def _river(skeleton: Skeleton) -> Iterator[Scene]:
    axis, reach = _river_axis(skeleton), skeleton.half_width * 1.3
    xs = [-reach + 2 * reach * i / 60 for i in range(61)]
    north = [(x, axis + 62 + 11 * sin(x / 170)) for x in xs]
    south = [(x, axis - 62 + 13 * sin(x / 230 + 1)) for x in reversed(xs)]
    yield Scene("natural", "water", RIVER, tuple(north + south))


def _bank_parks(skeleton: Skeleton) -> Iterator[Scene]:
    """Yield the strips between the river and the north bank road, apart at the bridges."""
    low = _river_axis(skeleton) + 84
    bank = skeleton.river_row + 1
    gaps = [skeleton.plan.points[skeleton.nodes[(c, bank)]] for c in range(skeleton.columns + 1)]
    west, east = skeleton.bridges[0], skeleton.bridges[1]
    for name, first, last in (("滨江公园", west, east), ("望江园", 0, west)):
        if last > first:
            start, end = gaps[first][0] + 25, gaps[last][0] - 25
            xs = [start + (end - start) * i / 12 for i in range(13)]
            top = [(x, gaps[first][1] - 16) for x in reversed(xs)]
            yield Scene("leisure", "park", name, tuple([(x, low) for x in xs] + top))


def _block_parks(skeleton: Skeleton, blocks: list[Block]) -> Iterator[Scene]:
    """Yield one large park north-west of the middle with a lake, and a few gardens."""
    middle = skeleton.plan.points[skeleton.centre]
    aim = (middle[0] - skeleton.half_width * 0.4, middle[1] + skeleton.half_height * 0.2)
    by_size = sorted(blocks, key=lambda b: -area_and_centre(corners(b))[0])
    big = by_size[: max(1, len(blocks) // 6)]
    main = min(big, key=lambda b: _away(b, aim))
    yield Scene("leisure", "park", "人民公园", _ring(main, 0.86))
    centre = area_and_centre(corners(main))[1]
    lake = [(centre[0] + 30 * cos(i * pi / 8), centre[1] + 19 * sin(i * pi / 8)) for i in range(16)]
    yield Scene("natural", "water", "镜湖", tuple(lake))
    gardens = [b for b in by_size if b is not main][7::29][: len(blocks) // 90 + 1]
    for stem, block in zip(main_street_names(), gardens, strict=False):
        yield Scene("leisure", "park", stem + "游园", _ring(block, 0.8))


def _away(block: Block, aim: XY) -> float:
    x, y = area_and_centre(corners(block))[1]
    return hypot(x - aim[0], y - aim[1])


def _ring(block: Block, share: float) -> tuple[XY, ...]:
    """Return the block's outline drawn in towards its centre."""
    centre = area_and_centre(corners(block))[1]
    outline = [side.at(step / 4) for side in block for step in range(4)]
    return tuple(along(centre, point, share) for point in outline)
