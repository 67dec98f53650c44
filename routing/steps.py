"""What to tell the driver on the way: a step where there is something to decide, none elsewhere.

Source: the types and modifiers are OSRM's step vocabulary; where a step is said, docs/steps.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

import numpy as np

from domain.places import LonLat
from domain.streets import FloatArray, IntArray, StreetName, StreetNetwork
from domain.travel import Modifier, Step, StepType
from routing.bearings import Bearings
from routing.junctions import Junctions
from routing.manoeuvres import Manoeuvre, Manoeuvres

#: So near to the street a place lies on neither side of it, metres. Source: mainbreak default,
#: half a carriageway.
_ON_STREET_M = 4.0


@dataclass(frozen=True, slots=True)
class Drive:
    """One way over the streets, as an engine found it.

    Attributes
    ----------
    edges
        Indexes of the edges in the order they are driven; empty if no street is.
    begun, left
        How far along the first edge the drive begins and along the last it ends, 0 at the tail.
    metres, seconds
        Of each edge's driven part, the turn into the next edge included.
    start, arrival
        WGS-84 places that were asked for, on the street or beside it.
    access_m, access_s
        Metres and seconds between each of the two and its street.
    """

    edges: Sequence[int]
    begun: float
    left: float
    metres: Sequence[float] | FloatArray
    seconds: Sequence[float] | FloatArray
    start: LonLat
    arrival: LonLat
    access_m: tuple[float, float] = (0.0, 0.0)
    access_s: tuple[float, float] = (0.0, 0.0)


class StepMaker:
    """Makes the steps of drives over one street network; built once, asked for each drive."""

    def __init__(self, streets: StreetNetwork, bearings: Bearings | None = None) -> None:
        self._streets = streets
        self._manoeuvres = Manoeuvres(Junctions(streets, bearings))
        self._names: dict[tuple[int, int], StreetName] = {}

    def steps(self, drive: Drive) -> tuple[Step, ...]:
        """Return the departure, each decision, and the arrival.

        Their metres and seconds add up to the drive's, the access at both ends included.
        """
        edges = np.asarray(drive.edges, dtype=np.int64)
        found = self._manoeuvres.of(edges, np.asarray(drive.metres)) if len(edges) else []
        metres = _parts(drive.metres, drive.access_m, found)
        seconds = _parts(drive.seconds, drive.access_s, found)
        first = self._depart(drive, edges, found)
        told = [first, *(self._turn(edges, one) for one in found)]
        steps = [
            Step(type_, side, at, street, metres[k], seconds[k], exit_)
            for k, (type_, side, at, street, exit_) in enumerate(told)
        ]
        return (*steps, self._arrive(drive, edges))

    def _depart(self, drive: Drive, edges: IntArray, found: Sequence[Manoeuvre]) -> _Told:
        if not len(edges):
            return StepType.DEPART, None, drive.start, StreetName(), None
        side = self._side(int(edges[0]), drive.begun, drive.start, drive.access_m[0])
        until = found[0].after if found else len(edges)
        street = next((n for e in edges[:until] if (n := self._name(int(e))) != _NAMELESS), None)
        return StepType.DEPART, side, drive.start, street or _NAMELESS, None

    def _turn(self, edges: IntArray, one: Manoeuvre) -> _Told:
        lon, lat = self._streets.nodes[self._streets.tail[edges[one.after]]].tolist()
        street = self._name(int(edges[one.street]))
        return one.type, one.modifier, LonLat(lon, lat), street, one.exit

    def _arrive(self, drive: Drive, edges: IntArray) -> Step:
        if not len(edges):
            return Step(StepType.ARRIVE, None, drive.arrival, StreetName(), 0.0, 0.0)
        last = int(edges[-1])
        side = self._side(last, drive.left, drive.arrival, drive.access_m[1])
        return Step(StepType.ARRIVE, side, drive.arrival, self._name(last), 0.0, 0.0)

    def _name(self, edge: int) -> StreetName:
        streets = self._streets
        ref = int(streets.rules.ref[edge]) if len(streets.rules.ref) else 0
        key = (int(streets.name[edge]), ref)
        if key not in self._names:
            self._names[key] = streets.label_of(edge)
        return self._names[key]

    def _side(self, edge: int, share: float, place: LonLat, away_m: float) -> Modifier | None:
        """Return on which side of the edge, as it is driven, a place lies; None on the street."""
        if away_m < _ON_STREET_M:
            return None
        (x0, y0), (x1, y1) = _piece(self._streets.course(edge), share)
        width = cos(radians(place.lat))
        east, north = (place.lon - x0) * width, place.lat - y0
        across = (x1 - x0) * width * north - (y1 - y0) * east
        if across == 0.0:
            return None
        return Modifier.LEFT if across > 0.0 else Modifier.RIGHT


#: All of a step but its metres and seconds.
_Told = tuple[StepType, Modifier | None, LonLat, StreetName, int | None]

_NAMELESS = StreetName()


def _parts(
    driven: Sequence[float] | FloatArray, access: tuple[float, float], found: Sequence[Manoeuvre]
) -> list[float]:
    """Return what lies between the steps, the access at either end in the first and the last."""
    starts = [0, *(one.after for one in found)]
    values = np.asarray(driven, dtype=np.float64)
    parts: list[float] = np.add.reduceat(values, starts).tolist() if len(values) else [0.0]
    parts[0] += access[0]
    parts[-1] += access[1]
    return parts


def _piece(course: FloatArray, share: float) -> tuple[list[float], list[float]]:
    """Return the two places that a point so far along a course lies between."""
    places = course.tolist()
    width = cos(radians(places[0][1]))
    steps = [hypot((x1 - x0) * width, y1 - y0) for (x0, y0), (x1, y1) in pairwise(places)]
    left, row = share * sum(steps), 0
    while row < len(steps) - 1 and left > steps[row]:
        left -= steps[row]
        row += 1
    return places[row], places[row + 1]
