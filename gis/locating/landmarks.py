"""Words of direction behind a named place: how far from it, and to which side, is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Metres around a place that is named alone, and around what each word points to.
#: Source: mainbreak default: a gate lies on the plot's edge, across the road a street's width off.
ALONE_M = 80.0
_WORDS = (
    (re.compile(r"对面|斜对|马路对"), 100.0),
    (re.compile(r"门口|门前|大门|正门|楼下|opposite|in front"), 60.0),
    (re.compile(r"隔壁|旁边?|边上|侧面|next to|beside"), 90.0),
    (re.compile(r"后面|背后|后门|behind"), 100.0),
    (re.compile(r"附近|周边|一带|near"), 200.0),
)
_SIDE = re.compile(r"([东西南北])(?:[边侧面头]|门|口|院)")
_SIDES = {"东": (1.0, 0.0), "西": (-1.0, 0.0), "南": (0.0, -1.0), "北": (0.0, 1.0)}

#: What is said to lie east of a place lies so far from its middle, metres.
#: Source: mainbreak default.
STEP_M = 60.0

#: The word stands so near behind the name, in signs.
REACH = 4


@dataclass(frozen=True, slots=True)
class Direction:
    """Metres east and north of a place, and how far around that spot is meant."""

    east_m: float
    north_m: float
    radius_m: float


def direction_after(text: str, stop: int) -> Direction | None:
    """Return what the words behind a place's name point to, None without such a word."""
    behind = text[stop : stop + REACH + 2]
    side = _SIDE.match(behind.lstrip("的"))
    if side is not None:
        east, north = _SIDES[side[1]]
        return Direction(east * STEP_M, north * STEP_M, ALONE_M)
    for words, radius_m in _WORDS:
        found = words.search(behind)
        if found is not None and found.start() <= 2:
            return Direction(0.0, 0.0, radius_m)
    return None
