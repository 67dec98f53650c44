"""Where crews stand and work lies: beside the streets that mains run under."""

from __future__ import annotations

import numpy as np

from domain.places import LonLat
from domain.streets import FloatArray, StreetNetwork

#: Streets with mains under them; nobody digs in a motorway. Source: made up.
_CLASSES = {"primary", "secondary", "tertiary", "unclassified", "residential", "living_street"}

#: Metres from the middle of the street, to either side: a house and its garden; a vehicle on the
#: street, as GPS sees it. Source: made up.
_WORK_M, _CREW_M = (5.0, 25.0), (0.0, 5.0)

#: Metres in a degree of latitude. Source: WGS-84's mean meridian, 20,003.93 km from pole to pole.
_DEGREE_M = 111_133.0


class StreetPlaces:
    """Draws places, as likely on one metre of street as on another."""

    def __init__(self, streets: StreetNetwork, seed: int) -> None:
        self._streets = streets
        self._rng = np.random.default_rng(seed)
        kept = np.isin(np.array(streets.classes)[streets.road_class], list(_CLASSES))
        self._edges = np.flatnonzero(kept)
        metres = streets.length_m[self._edges]
        self._chances = metres / metres.sum()

    def crews(self, count: int) -> list[LonLat]:
        """Return so many places of vehicles, WGS-84."""
        return self._draw(count, _CREW_M)

    def work(self, count: int) -> list[LonLat]:
        """Return so many places of work, WGS-84."""
        return self._draw(count, _WORK_M)

    def _draw(self, count: int, beside_m: tuple[float, float]) -> list[LonLat]:
        edges = self._rng.choice(self._edges, size=count, p=self._chances)
        return [self._beside(self._streets.course(int(edge)), beside_m) for edge in edges]

    def _beside(self, course: FloatArray, beside_m: tuple[float, float]) -> LonLat:
        scale = np.array([np.cos(np.radians(course[0, 1])), 1.0]) * _DEGREE_M
        legs = np.diff(course, axis=0) * scale
        metres = np.hypot(*legs.T)
        if metres.sum() == 0.0:
            return LonLat(*map(float, course[0]))
        leg = int(self._rng.choice(len(legs), p=metres / metres.sum()))
        aside = self._rng.uniform(*beside_m) * self._rng.choice([-1.0, 1.0])
        across = np.array([-legs[leg, 1], legs[leg, 0]]) / metres[leg] * aside
        at = course[leg] + (legs[leg] * self._rng.random() + across) / scale
        return LonLat(float(at[0]), float(at[1]))
