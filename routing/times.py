"""Travel times and routes over the streets: one engine, one version of the streets at a time."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import Literal

import numpy as np
import numpy.typing as npt

from domain.calibration import Calibration
from domain.closures import Closure
from domain.places import LonLat
from domain.streets import FloatArray, IntArray, StreetNetwork
from domain.travel import (
    Capabilities,
    Closing,
    Course,
    Reach,
    RoadPlace,
    RouteLine,
    TravelMatrix,
    Unreachable,
)
from routing.between import Destinations, Found, drive_between, edge_times
from routing.closing import EdgeFinder, check_shape
from routing.conditions import Conditions
from routing.edges import Edges
from routing.hierarchy import FAR
from routing.opposites import NONE
from routing.ordering import can_order, elimination_order
from routing.place_book import Noted, PlaceBook
from routing.reaching import stretches_within
from routing.roads import Roads
from routing.snap import FARTHEST_M, Courses, Snapped
from routing.steps import Drive, StepMaker
from routing.time_table import TimeTable

#: Between a place and its street: a slow drive over a yard. Source: mainbreak default.
ACCESS_MPS = 10.0 / 3.6

#: Routes kept: phones and consoles ask for the same ones every few seconds.
_ROUTES = 2048

Engine = Literal["cch", "scipy"]

_ENGINES = {"cch": "contraction hierarchy", "scipy": "Dijkstra"}

_log = logging.getLogger(__name__)


class StreetTimes:
    """Travel times and routes between any places near the streets, by docs/driving.md.

    ``engine`` is ``cch`` (the default where the streets carry an elimination order, or one can be
    made) or ``scipy``, slower on the same arrays. Both give the same answers to the millisecond.
    Any number of threads may ask while another closes streets: each answer is of one version.
    """

    def __init__(
        self,
        streets: StreetNetwork,
        *,
        engine: Engine | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        roads = Roads.of(streets)
        order = _order(streets, roads, engine)
        self._engine: Engine = "cch" if len(order) else "scipy"
        _log.info("travel times over %d streets by %s", len(streets.tail), _ENGINES[self._engine])
        self._streets, self._courses = streets, Courses(streets, roads.opposite)
        self._finder, self._steps = EdgeFinder(self._courses), StepMaker(streets, roads.bearings)
        self._calibration = calibration
        self._updating = threading.Lock()
        self._touched: dict[tuple[object, ...], IntArray] = {}
        self._usual = Conditions.usual(roads, order)
        self._table = TimeTable(self._usual, PlaceBook(self._courses))
        self._routes: OrderedDict[tuple[object, ...], RouteLine | Unreachable] = OrderedDict()
        self._remembering = threading.Lock()

    @property
    def capabilities(self) -> Capabilities:
        """All of it."""
        return Capabilities(self._engine, True, True, True, True)

    @property
    def metric(self) -> int:
        """How often the closures changed."""
        return self._table.now.version

    def apart(self) -> StreetTimes:
        """Return an engine that drives as this one does now; what one closes the other drives on.

        It shares the streets with this one, so that it costs next to nothing.
        """
        other = copy(self)
        other._updating, other._remembering = threading.Lock(), threading.Lock()
        other._routes, other._touched = OrderedDict(), dict(self._touched)
        other._table = TimeTable(self._table.now, PlaceBook(self._courses))
        return other

    def calibrate(self, calibration: Calibration | None) -> None:
        """Scale the seconds by what was fitted to the crews' own drives from now on."""
        self._calibration = calibration

    def matrix(
        self,
        origins: Sequence[LonLat],
        destinations: Sequence[LonLat] | None = None,
        *,
        at: datetime | None = None,
    ) -> TravelMatrix:
        """Return the seconds of the fastest way from each origin to each destination.

        They include the straight stretch between a place and its street at either end. Equal
        places are zero apart.
        """
        table, targets = self._asked(), origins if destinations is None else destinations
        here, there = table.book.note(origins), table.book.note(targets)
        ms = table.times(here.spots, there.spots)
        seconds = ms.astype(np.float64) * (self._factor(at) / 1000.0)
        seconds += (here.away_m[:, None] + there.away_m[None, :]) / ACCESS_MPS
        seconds[ms >= FAR] = np.inf
        seconds[_equal(here.lonlat, there.lonlat)] = 0.0
        reasons = self._reasons(table, seconds, here, there)
        return TravelMatrix(seconds, reasons, False, self._method(), table.now.version)

    def route(
        self, a: LonLat, b: LonLat, *, at: datetime | None = None, steps: bool = False
    ) -> RouteLine | Unreachable:
        """Return the fastest way from ``a`` to ``b`` with the seconds of the matrix, or why none.

        The path starts at ``a`` and ends at ``b``, off the street if they are.
        """
        table, factor = self._asked(), self._factor(at)
        key = (table.now.version, a.lon, a.lat, b.lon, b.lat, factor, steps)
        with self._remembering:
            known = self._routes.get(key)
        if known is not None:
            return known
        found = self._route(table, (a, b), factor, steps=steps)
        with self._remembering:
            self._routes[key] = found
            if len(self._routes) > _ROUTES:
                self._routes.popitem(last=False)
        return found

    def snap(self, places: Sequence[LonLat]) -> tuple[RoadPlace, ...]:
        """Return where each place meets its nearest street."""
        found = self._courses.snap(places)
        rows = zip(
            places, found.at.tolist(), found.distance_m.tolist(), found.edge[:, 0], strict=True
        )
        return tuple(
            RoadPlace(place, place, metres, self._streets.label_of(0), _FAR_OFF)
            if edge == NONE
            else RoadPlace(place, LonLat(*at), metres, self._streets.label_of(int(edge)))
            for place, at, metres, edge in rows
        )

    def reachable(
        self, origin: LonLat, seconds: float, *, at: datetime | None = None
    ) -> Reach | Unreachable:
        """Return the stretches of street that can be reached within so many seconds."""
        now, here = self._table.now, self._courses.snap([origin])
        if here.too_far[0]:
            return Unreachable.TOO_FAR_FROM_ROAD
        left_s = seconds - float(here.distance_m[0]) / ACCESS_MPS
        if left_s < 0.0:
            return Reach((), now.version)
        limit_ms = 1000.0 * left_s / self._factor(at)
        return Reach(stretches_within(now, self._courses, here, limit_ms), now.version)

    def close(self, closures: Sequence[Closure]) -> Closing:
        """Drive by exactly these closures from the next answer on; readers never wait.

        Raises
        ------
        BadInput
            If the drawing of one makes no sense; nothing changes then.
        """
        for one in closures:
            check_shape(one)
        with self._updating:
            touched = [(one, self._edges_of(one)) for one in closures]
            now = self._table.now
            edges = Edges.under(now.roads, touched)
            if not edges.same_as(now.edges):
                self._table = self._table.after(now.changed_to(edges))
            streets = {one.id: len(found) for one, found in touched}
            return Closing(self._table.now.version, streets)

    def _edges_of(self, closure: Closure) -> IntArray:
        """Return the edges it touches; those of a drawing met before are kept."""
        key = (closure.shape, closure.places)
        if key not in self._touched:
            if len(self._touched) > _ROUTES:
                self._touched.clear()
            self._touched[key] = self._finder.touched(closure)
        return self._touched[key]

    def _asked(self) -> TimeTable:
        """Return the table of now; one whose book is full is begun anew."""
        table = self._table
        if table.book.full:
            with self._updating:
                table = TimeTable(self._table.now, PlaceBook(self._courses))
                self._table = table
        return table

    def _route(
        self, table: TimeTable, ends: tuple[LonLat, LonLat], factor: float, *, steps: bool
    ) -> RouteLine | Unreachable:
        now, (a, b) = table.now, ends
        if a == b:
            return RouteLine((a, b), 0.0, 0.0, metric=now.version)
        noted = table.book.note([a, b])
        here, there = table.book.at(noted.spots[:1]), table.book.at(noted.spots[1:])
        if here.too_far[0] or there.too_far[0]:
            return Unreachable.TOO_FAR_FROM_ROAD
        found = drive_between(now, here, there)
        if found is None:
            return Unreachable(self._why(now, here, there)[0, 0])
        metres, ms = edge_times(now, found)
        away = noted.away_m
        drive = Drive(
            edges=found.edges,
            begun=found.begin,
            left=found.end,
            metres=metres,
            seconds=(ms * (factor / 1000.0)).astype(np.float64),
            start=a,
            arrival=b,
            access_m=(float(away[0]), float(away[1])),
            access_s=(float(away[0] / ACCESS_MPS), float(away[1] / ACCESS_MPS)),
        )
        return RouteLine(
            path=self._path(found, here, a, b),
            metres=float(metres.sum() + away.sum()),
            seconds=found.ms * (factor / 1000.0) + float((away[0] + away[1]) / ACCESS_MPS),
            steps=self._steps.steps(drive) if steps else (),
            metric=now.version,
        )

    def _path(self, found: Found, here: Snapped, a: LonLat, b: LonLat) -> Course:
        """Return the course from ``a`` over the streets to ``b``; at least the junction between."""
        course = self._streets.nodes[here.node]
        if found.edges:
            course = self._courses.path(found.edges, found.begin, found.end)
        return Course(np.vstack([(a.lon, a.lat), course, (b.lon, b.lat)]))

    def _factor(self, at: datetime | None) -> float:
        if at is None or self._calibration is None:
            return 1.0
        return self._calibration.at(at).factor

    def _reasons(
        self, table: TimeTable, seconds: FloatArray, here: Noted, there: Noted
    ) -> dict[tuple[int, int], Unreachable]:
        """Return why each infinite cell is infinite, row by row."""
        cells = np.argwhere(np.isinf(seconds))
        if not len(cells):
            return {}
        rows, i = np.unique(cells[:, 0], return_inverse=True)
        columns, j = np.unique(cells[:, 1], return_inverse=True)
        spots = here.spots[rows], there.spots[columns]
        why = self._why(table.now, table.book.at(spots[0]), table.book.at(spots[1]))
        return {
            (row, column): why[a, b]
            for (row, column), a, b in zip(cells.tolist(), i.tolist(), j.tolist(), strict=True)
        }

    def _why(self, now: Conditions, here: Snapped, there: Snapped) -> npt.NDArray[np.object_]:
        """Return (p, q) why there is no drive, for pairs without one."""
        why = np.empty((len(here.node), len(there.node)), dtype=object)
        why[:] = Unreachable.OTHER_PART  # np.full would make a plain str of it
        if now.edges.closed.any():
            why[Destinations(self._usual, there).times_from(here) < FAR] = Unreachable.CLOSED
        why[here.too_far, :] = why[:, there.too_far] = Unreachable.TOO_FAR_FROM_ROAD
        return why

    def _method(self) -> str:
        return (
            f"Fastest paths over the imported streets ({_ENGINES[self._engine]}, exact), by road "
            "class and limit, with turn restrictions, turn and signal delays and the closures in "
            f"force; {ACCESS_MPS * 3.6:.0f} km/h in a straight line between a place and its "
            f"street, at most {FARTHEST_M:.0f} m."
        )


_FAR_OFF = Unreachable.TOO_FAR_FROM_ROAD


def _order(streets: StreetNetwork, roads: Roads, engine: Engine | None) -> IntArray:
    """Return the elimination order to search by, empty where SciPy is to search."""
    if engine not in {None, *_ENGINES}:
        raise ValueError(f"no engine {engine!r}: {', '.join(_ENGINES)}")
    order = streets.rules.order
    if engine == "scipy":
        return order[:0]
    if len(order) == len(roads.turns.edge):
        return order
    if can_order():
        return elimination_order(streets)
    _log.warning("no contraction hierarchy: its library has no wheel here; SciPy finds the times")
    return order[:0]


def _equal(here: FloatArray, there: FloatArray) -> npt.NDArray[np.bool_]:
    """Return (p, q) True where both places are the same."""
    equal: npt.NDArray[np.bool_] = here[:, 0, None] == there[None, :, 0]
    equal &= here[:, 1, None] == there[None, :, 1]
    return equal
