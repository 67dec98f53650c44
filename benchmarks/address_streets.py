"""The roads of a made metropolis: their courses in metres, the lots and numbers along them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import ceil, cos, radians
from random import Random

import numpy as np
import numpy.typing as npt

from benchmarks import address_names as names
from domain.places import LonLat

FloatArray = npt.NDArray[np.float64]

#: South-west corner of the town; districts are squares in this many columns and rows.
CORNER = LonLat(113.4, 29.9)
DISTRICT_M, COLUMNS, ROWS = 6_000.0, 5, 2

#: Metres in a degree of latitude and of longitude at the town. Source: the series for the WGS-84
#: ellipsoid, NGA "Length of a degree of latitude and longitude".
_PHI = radians(CORNER.lat + 0.054)
LAT_M = 111_132.92 - 559.82 * cos(2 * _PHI) + 1.175 * cos(4 * _PHI)
LON_M = 111_412.84 * cos(_PHI) - 93.5 * cos(3 * _PHI)

#: Share of the roads, metres between bends, widths of a lot (least, most). Source: made up.
AVENUES, STREETS = 0.03, 0.45
BEND_M = {"avenue": 400.0, "street": 200.0, "lane": 80.0}
LOT_M = {"avenue": (15.0, 60.0), "street": (10.0, 40.0), "lane": (6.0, 20.0)}
SWAY_M = {"avenue": 40.0, "street": 20.0, "lane": 6.0}

#: Lots whose number leaves some out, and roads named as one of another district is.
SKIPS, NAMESAKE = 0.03, {"avenue": 0.0, "street": 0.02, "lane": 0.08}

#: Metres from the middle of the road to a gate.
GATE_M = 14.0


def on_earth(xy: FloatArray) -> LonLat:
    """Return the WGS-84 place of metres east and north of the town's corner."""
    x, y = float(xy[0]), float(xy[1])
    return LonLat(round(CORNER.lon + x / LON_M, 7), round(CORNER.lat + y / LAT_M, 7))


@dataclass(frozen=True)
class Street:
    """One road: ``xy`` its bends in metres, ``at`` the metres along it of each bend.

    Lots are in the order of the metres along the road (``lots``), both sides mixed; odd numbers
    stand on the left.
    """

    name: str
    xy: FloatArray
    at: FloatArray
    lots: FloatArray
    numbers: npt.NDArray[np.int64]

    @property
    def length_m(self) -> float:
        """Metres from end to end."""
        return float(self.at[-1])

    def piece(self, lot: int) -> int:
        """Return which stretch between two bends a lot lies on."""
        row = int(np.searchsorted(self.at, self.lots[lot], side="right")) - 1
        return min(max(row, 0), len(self.at) - 2)

    def gate(self, lot: int) -> FloatArray:
        """Return where a lot's gate is."""
        return self._beside(lot, GATE_M, 0.0)

    def behind(self, lot: int, building: str, unit: str) -> FloatArray:
        """Return where a unit of a building behind the gate is; the gate if there is none."""
        if not building:
            return self.gate(lot)
        number = int(building) - 1 if building.isdigit() else ord(building) - ord("A")
        row, column = divmod(number, 4)
        inside = 8.0 * (int(unit) - 1) if unit else 0.0
        return self._beside(lot, GATE_M + 20.0 + 25.0 * row, 35.0 * (column - 1.5) + inside)

    def district(self, lot: int) -> str:
        """Return the district a lot's gate stands in."""
        x, y = self.gate(lot)
        column = min(max(int(x // DISTRICT_M), 0), COLUMNS - 1)
        row = min(max(int(y // DISTRICT_M), 0), ROWS - 1)
        return names.DISTRICTS[row * COLUMNS + column]

    def _beside(self, lot: int, away_m: float, along_m: float) -> FloatArray:
        row = self.piece(lot)
        ahead = (self.xy[row + 1] - self.xy[row]) / (self.at[row + 1] - self.at[row])
        left = np.array([-ahead[1], ahead[0]])
        side = 1.0 if self.numbers[lot] % 2 else -1.0
        on_road = self.xy[row] + ahead * (self.lots[lot] - self.at[row])
        beside: FloatArray = on_road + left * side * away_m + ahead * along_m
        return beside


def streets_of(rng: Random, count: int) -> tuple[Street, ...]:
    """Return so many roads: avenues, then streets, then lanes that begin at a street."""
    avenues = max(4, round(count * AVENUES))
    streets = round(count * STREETS)
    made: list[Street] = []
    for kind, many in (
        ("avenue", avenues),
        ("street", streets),
        ("lane", count - avenues - streets),
    ):
        for name in _names(rng, kind, many, {one.name for one in made}):
            xy = _course(rng, kind, made[avenues:] if kind == "lane" else [])
            made.append(_street(rng, kind, name, xy))
    return tuple(made)


def _names(rng: Random, kind: str, count: int, taken: set[str]) -> list[str]:
    """Return names, each new but for the namesakes."""
    found: list[str] = []
    source = (one for one in names.road_names(rng, kind) if one not in taken)
    for name in islice(source, count * 20):
        if len(found) == count:
            break
        if found and rng.random() < NAMESAKE[kind]:
            found.append(rng.choice(found))
        elif name not in taken:
            taken.add(name)
            found.append(name)
    return found[:count]


def _course(rng: Random, kind: str, parents: list[Street]) -> FloatArray:
    wide, high = DISTRICT_M * COLUMNS, DISTRICT_M * ROWS
    if kind == "lane":
        return _lane(rng, rng.choice([one for one in parents if one.length_m > 600]))
    eastward = rng.random() < (0.3 if kind == "avenue" else 0.5)
    if kind == "avenue":
        along, across = (wide, high) if eastward else (high, wide)
        length = along * rng.uniform(0.4, 1.0)
        begin, beside = rng.uniform(0, along - length), rng.uniform(0, across)
    else:
        column, row = rng.randrange(COLUMNS), rng.randrange(ROWS)
        corner = (column, row) if eastward else (row, column)
        length = rng.uniform(900, 4_500)
        begin = corner[0] * DISTRICT_M + rng.uniform(0, DISTRICT_M - length)
        beside = corner[1] * DISTRICT_M + rng.uniform(0, DISTRICT_M)
    steps = ceil(length / BEND_M[kind])
    main = begin + np.linspace(0, length, steps + 1)
    sway = np.cumsum([rng.gauss(0, SWAY_M[kind]) for _ in main])
    sway += beside - sway.mean()
    return np.column_stack([main, sway] if eastward else [sway, main])


def _lane(rng: Random, parent: Street) -> FloatArray:
    """Return a course that leaves its parent at a right angle, from 3 m across its middle."""
    row = rng.randrange(len(parent.xy) - 1)
    ahead = (parent.xy[row + 1] - parent.xy[row]) / (parent.at[row + 1] - parent.at[row])
    way = np.array([-ahead[1], ahead[0]]) * rng.choice((1.0, -1.0))
    foot = parent.xy[row] + ahead * rng.uniform(0.2, 0.8) * (parent.at[row + 1] - parent.at[row])
    length = rng.uniform(150, 700)
    steps = ceil(length / BEND_M["lane"])
    out = np.linspace(-3.0, length, steps + 1)
    sway = np.array([0.0, *np.cumsum([rng.gauss(0, SWAY_M["lane"]) for _ in range(steps)])])
    course: FloatArray = foot + np.outer(out, way) + np.outer(sway, ahead)
    return course


def _street(rng: Random, kind: str, name: str, xy: FloatArray) -> Street:
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    lots: list[tuple[float, int]] = []
    for first in (1, 2):
        metres, number = 0.0, first
        while (width := rng.uniform(*LOT_M[kind])) + metres < at[-1]:
            lots.append((metres + width / 2, number))
            metres += width
            number += 2 * (rng.randint(2, 8) if rng.random() < SKIPS else 1)
    lots.sort()
    return Street(
        name, xy, at, np.array([one for one, _ in lots]), np.array([one for _, one in lots])
    )
