"""A local plane in metres around one place, and the polylines drawn on it."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from domain.places import LonLat

XY = tuple[float, float]

#: Decimals kept of a degree: 7 are a centimetre, coarse enough to hide the last bit in which
#: two machines' sines may differ, so that the same seed gives the same bytes everywhere.
DEGREE_DECIMALS = 7


def dice(seed: int, part: str) -> random.Random:
    """Return the random source of one part of one town; parts do not disturb each other."""
    return random.Random(f"mainbreak town {seed} {part}")


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north of an origin in WGS-84 degrees; good to 0.1 % within 30 km."""

    origin: LonLat

    @property
    def scale(self) -> XY:
        """Metres in one degree of longitude and of latitude at the origin.

        Source: series of the WGS-84 meridian and parallel arcs (NGA).
        """
        lat = radians(self.origin.lat)
        east = 111412.84 * cos(lat) - 93.5 * cos(3 * lat)
        north = 111132.954 - 559.822 * cos(2 * lat) + 1.175 * cos(4 * lat)
        return east, north

    def to_place(self, point: XY) -> LonLat:
        """Return the WGS-84 place of a point in metres."""
        east, north = self.scale
        return LonLat(
            round(self.origin.lon + point[0] / east, DEGREE_DECIMALS),
            round(self.origin.lat + point[1] / north, DEGREE_DECIMALS),
        )

    def to_xy(self, lon: float, lat: float) -> XY:
        """Return metres east and north of the origin."""
        east, north = self.scale
        return (lon - self.origin.lon) * east, (lat - self.origin.lat) * north


def distance(a: XY, b: XY) -> float:
    """Return metres between two points."""
    return hypot(b[0] - a[0], b[1] - a[1])


def along(a: XY, b: XY, share: float) -> XY:
    """Return the point at ``share`` of the way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


class Course:
    """A polyline in metres that answers "where am I after d metres?"."""

    def __init__(self, points: Sequence[XY]) -> None:
        self.points = tuple(points)
        self._at = [0.0]
        for a, b in zip(self.points, self.points[1:], strict=False):
            self._at.append(self._at[-1] + distance(a, b))

    @property
    def length(self) -> float:
        """Metres from start to end."""
        return self._at[-1]

    def _leg(self, metres: float) -> int:
        return min(max(bisect_right(self._at, metres) - 1, 0), len(self.points) - 2)

    def at(self, metres: float) -> XY:
        """Return the point ``metres`` from the start, kept within the course."""
        leg = self._leg(metres)
        span = self._at[leg + 1] - self._at[leg]
        share = (metres - self._at[leg]) / span if span > 0 else 0.0
        return along(self.points[leg], self.points[leg + 1], min(max(share, 0.0), 1.0))

    def beside(self, metres: float, left: float) -> XY:
        """Return the point ``left`` metres to the left of the course (negative: right)."""
        leg = self._leg(metres)
        a, b = self.points[leg], self.points[leg + 1]
        span = distance(a, b) or 1.0
        x, y = self.at(metres)
        return x - (b[1] - a[1]) / span * left, y + (b[0] - a[0]) / span * left

    def part(self, start: float, end: float) -> Course:
        """Return the stretch between two distances from the start."""
        inner = [p for p, d in zip(self.points, self._at, strict=True) if start < d < end]
        return Course([self.at(start), *inner, self.at(end)])

    def shifted(self, left: float) -> Course:
        """Return the course moved to the left, its two ends left where they are."""
        middle = [self.beside(d, left) for d in (self.length * 0.15, self.length * 0.85)]
        inner = [self.beside(d, left) for d in self._at if 0.15 < d / (self.length or 1.0) < 0.85]
        return Course([self.points[0], middle[0], *inner, middle[1], self.points[-1]])
