"""The ground of a simulation: places, the drives between them, and what lies on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np

from domain.places import LonLat
from domain.streets import FloatArray, StreetNetwork
from domain.travel import RouteLine, TravelTimes
from operations.travel import travel_over

#: Places of a simulation: work, crews' bases, and where a crew may be met on its way.
#: Source: mainbreak default; about one on each 0.4 km2.
PLACES = 1000

#: Streets farther from the middle of their network than this are left out: a depot's district.
#: Source: shared study, a town of 20 x 20 km.
REACH_M = 12_000.0

#: Without streets: a square of so many metres. Source: shared study.
SIDE_M = 20_000.0

#: Its middle; no street is looked up there.
MIDDLE = LonLat(114.3, 30.6)

#: Streets with houses and mains. Source: mainbreak default.
CLASSES = ("primary", "secondary", "tertiary", "unclassified", "residential", "living_street")

#: Metres in a degree of latitude. Source: WGS-84's mean meridian.
DEGREE_M = 111_133.0


@dataclass(frozen=True)
class Ground:
    """Places and drives.

    Attributes
    ----------
    places
        The n places, WGS-84.
    seconds
        (n, n) driving seconds, whole, zero on the diagonal; all can be reached.
    mean_s
        The mean of ``seconds`` between two different places.
    """

    places: tuple[LonLat, ...]
    seconds: FloatArray = field(repr=False)
    mean_s: float
    travel: TravelTimes = field(repr=False)
    _metres: dict[tuple[int, int], float] = field(default_factory=dict, repr=False)

    def metres(self, a: int, b: int) -> float:
        """Return the metres driven from place a to place b."""
        if (a, b) not in self._metres:
            way = self.travel.route(self.places[a], self.places[b])
            self._metres[a, b] = way.metres if isinstance(way, RouteLine) else 0.0
        return self._metres[a, b]

    def on_the_way(self, a: int, b: int, share: float) -> int:
        """Return the place that best fits a share (0..1) of the drive from a to b."""
        if share <= 0.0 or a == b:
            return a
        if share >= 1.0:
            return b
        whole = self.seconds[a, b]
        off = np.abs(self.seconds[a] - share * whole)
        off += np.abs(self.seconds[:, b] - (1.0 - share) * whole)
        return int(np.argmin(off))


def make_ground(streets: StreetNetwork | None, seed: int, places: int = PLACES) -> Ground:
    """Return a ground on these streets, or on a plane where there are none; by seed."""
    travel = travel_over(streets)
    spots = _on_plane(seed, places) if streets is None else _on_streets(streets, seed, places)
    seconds = travel.matrix(spots).seconds
    kept = _connected(seconds)
    seconds = np.ceil(seconds[np.ix_(kept, kept)])
    n = len(kept)
    mean = float(seconds.sum() / max(1, n * (n - 1)))
    return Ground(tuple(spots[i] for i in kept), seconds, mean, travel)


def _connected(seconds: FloatArray) -> list[int]:
    """Return the places that reach, and are reached by, the best connected one."""
    finite = np.isfinite(seconds)
    best = int(np.argmax(finite.sum(axis=0) + finite.sum(axis=1)))
    return [int(i) for i in np.flatnonzero(finite[best] & finite[:, best])]


def _on_plane(seed: int, places: int) -> list[LonLat]:
    random = Random(f"plane {seed}")
    wide = SIDE_M / (DEGREE_M * np.cos(np.radians(MIDDLE.lat)))
    high = SIDE_M / DEGREE_M
    return [
        LonLat(
            MIDDLE.lon + float(wide) * (random.random() - 0.5),
            MIDDLE.lat + high * (random.random() - 0.5),
        )
        for _ in range(places)
    ]


def _on_streets(streets: StreetNetwork, seed: int, places: int) -> list[LonLat]:
    """Return places on streets, as likely on one metre as on another."""
    rng = np.random.default_rng(seed)
    kept = np.isin(np.array(streets.classes)[streets.road_class], CLASSES)
    heads = streets.nodes[streets.head]
    middle = np.median(streets.nodes, axis=0)
    scale = np.array([np.cos(np.radians(middle[1])), 1.0]) * DEGREE_M
    kept &= np.hypot(*((heads - middle) * scale).T) <= REACH_M
    edges = np.flatnonzero(kept) if kept.any() else np.arange(len(streets.tail))
    chances = streets.length_m[edges] / streets.length_m[edges].sum()
    return [
        _on_course(streets.course(int(edge)), rng.random())
        for edge in rng.choice(edges, size=places, p=chances)
    ]


def _on_course(course: Sequence[Sequence[float]] | FloatArray, share: float) -> LonLat:
    line = np.asarray(course, dtype=np.float64)
    legs = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(legs)])
    at = share * along[-1]
    return LonLat(*(float(np.interp(at, along, line[:, axis])) for axis in (0, 1)))
