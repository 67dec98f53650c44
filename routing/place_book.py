"""Places met before, each put on its street once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.places import LonLat
from domain.streets import FloatArray, IntArray
from routing.snap import Courses, Snapped

#: Places kept; a larger book is begun anew. Source: mainbreak default, some megabytes.
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Noted:
    """Places as they were asked for: the number of the spot each meets the streets at.

    Two places at one spot of a street share its number; ``away_m`` (n,) is how far each is from
    it, ``lonlat`` (n, 2) where each is, WGS-84.
    """

    spots: IntArray
    away_m: FloatArray
    lonlat: FloatArray


class PlaceBook:
    """Numbers the spots where places meet the streets."""

    def __init__(self, courses: Courses) -> None:
        self._courses = courses
        self._lock = threading.Lock()
        self._noted: dict[tuple[float, float], tuple[int, float]] = {}
        self._spots: dict[tuple[int, int, float], int] = {}
        self._last: tuple[tuple[LonLat, ...], Noted] | None = None
        self._snapped = courses.snap([])  # with room for more than the spots there are

    @property
    def full(self) -> bool:
        """True once it keeps more than ``MOST`` places."""
        return len(self._noted) > MOST

    def note(self, places: Sequence[LonLat]) -> Noted:
        """Return the places' spots; those never met before are put on their streets first.

        Destinations are often those of the question before: several places are kept as a whole.
        """
        asked, last = tuple(places), self._last
        if last is not None and last[0] == asked:
            return last[1]
        noted = self._noted_one_by_one(asked)
        if len(asked) > 1:
            self._last = (asked, noted)
        return noted

    def _noted_one_by_one(self, places: Sequence[LonLat]) -> Noted:
        keys = [(one.lon, one.lat) for one in places]
        with self._lock:
            new = list({key for key in keys if key not in self._noted})
            if new:
                self._add(new)
            found = [self._noted[key] for key in keys]
        spots = np.array([one[0] for one in found], dtype=np.int64)
        away_m = np.array([one[1] for one in found], dtype=np.float64)
        return Noted(spots, away_m, np.array(keys, dtype=np.float64).reshape(-1, 2))

    def at(self, spots: IntArray) -> Snapped:
        """Return where the spots are on the streets; ``distance_m`` is of one of their places."""
        return self._snapped.chosen(spots)

    def _add(self, keys: list[tuple[float, float]]) -> None:
        found = self._courses.snap([LonLat(lon, lat) for lon, lat in keys])
        fresh: list[int] = []
        cells = zip(found.node.tolist(), found.edge[:, 0].tolist(), strict=True)
        for row, (key, (node, edge)) in enumerate(zip(keys, cells, strict=True)):
            fraction = float(found.fraction[row, 0]) if node < 0 else 0.0
            spot = (node, edge if node < 0 or edge < 0 else 0, fraction)
            if spot not in self._spots:
                self._spots[spot] = len(self._spots)
                fresh.append(row)
            self._noted[key] = (self._spots[spot], float(found.distance_m[row]))
        used = len(self._spots) - len(fresh)
        if len(self._spots) > len(self._snapped.node):
            self._snapped = self._snapped.with_room(2 * len(self._spots) + 256)
        self._snapped.write(used, found.chosen(np.array(fresh, dtype=np.int64)))
