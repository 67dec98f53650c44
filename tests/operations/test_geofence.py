"""Arrival over real streets: who drives there and stands has arrived, who only is near has not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

import routing
from domain.places import LonLat
from domain.reports import CrewFix
from domain.streets import FloatArray, StreetNetwork
from domain.travel import RouteLine
from operations.arriving.geofence import LAST_STRETCH_M, NEAR_M, arrival
from routing import StraightLineTimes, StreetTimes

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
TOWNS = ("liechtenstein", "heidelberg")


@cache
def streets(shelf: Path, town: str) -> StreetNetwork:
    """Return a town's streets."""
    return routing.build_streets(shelf / "osm" / f"{town}.osm.pbf")


@cache
def engine(shelf: Path, town: str) -> StreetTimes:
    """Return the engine over them."""
    return StreetTimes(streets(shelf, town))


class Plane:
    """Metres around a place, by a formula of this file's own."""

    def __init__(self, middle: LonLat) -> None:
        self.middle = np.array([middle.lon, middle.lat])
        self.scale = np.array([np.cos(np.radians(middle.lat)), 1.0]) * 111_195.0

    def xy(self, places: Sequence[LonLat]) -> FloatArray:
        """Return (n, 2) metres."""
        degrees = np.array([(one.lon, one.lat) for one in places])
        metres: FloatArray = (degrees - self.middle) * self.scale
        return metres

    def place(self, xy: FloatArray) -> LonLat:
        """Return the place."""
        lon, lat = self.middle + xy / self.scale
        return LonLat(float(lon), float(lat))


class Track:
    """What a phone sends of a drive: along a way, then standing; each fix some metres off.

    A phone that stands is quiet for a minute, one that moves sends each ten seconds.
    """

    def __init__(self, way: RouteLine, noise: float, seed: int, accuracy: float | None) -> None:
        self.plane = Plane(way.path[-1])
        self.line = shapely.LineString(self.plane.xy(way.path))
        self.noise, self.luck = noise, np.random.default_rng(seed)
        self.accuracy, self.ids = accuracy, count()
        self.fixes: list[CrewFix] = []
        self.left: list[float] = []
        self.at = NOON

    def drive(self, mps: float, to: float, start: float = 0.0) -> Track:
        """Go on along the way up to so many metres of it."""
        gone = start
        while gone < to:
            self._send(gone)
            gone, self.at = gone + 10.0 * mps, self.at + timedelta(seconds=10)
        return self

    def stand(self, where: float, minutes: int, every: float = 60.0) -> Track:
        """Stand at so many metres of the way."""
        for _ in range(round(60 * minutes / every)):
            self._send(where)
            self.at += timedelta(seconds=every)
        return self

    def _send(self, gone: float) -> None:
        point = self.line.interpolate(gone)
        xy = np.array([point.x, point.y]) + self.luck.normal(0.0, self.noise, 2)
        place = self.plane.place(xy)
        self.fixes.append(
            CrewFix(f"f{next(self.ids)}", "A", self.at, self.at, place, self.accuracy)
        )
        self.left.append(self.line.length - gone)


def picked(town: StreetNetwork, number: int) -> LonLat:
    """Return a node."""
    return LonLat(*map(float, town.nodes[number % len(town.nodes)]))


def way_between(shelf: Path, town: str, a: int, b: int) -> RouteLine:
    """Return a way of at least 600 m between two nodes."""
    net = streets(shelf, town)
    line = engine(shelf, town).route(picked(net, a), picked(net, b))
    assume(isinstance(line, RouteLine) and line.metres >= 600.0)
    assert isinstance(line, RouteLine)
    return line


some = st.integers(0, 10**6)
many = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


@pytest.mark.parametrize("town", TOWNS)
@many
@example(a=0, b=1067, seed=0, mps=4.0, noise=2.0)  # above a tunnel, in one of the towns
@example(a=170, b=36, seed=1, mps=13.0, noise=3.0)  # on a bridge over a quay
@given(a=some, b=some, seed=some, mps=st.floats(4.0, 14.0), noise=st.floats(0.0, 4.0))
def test_who_drives_there_and_stands_has_arrived(
    shelf: Path, town: str, a: int, b: int, seed: int, mps: float, noise: float
) -> None:
    """With the first fix of the stand or shortly before; not while it drives, not before."""
    way = way_between(shelf, town, a, b)
    track = Track(way, noise, seed, 8.0)
    track.drive(mps, track.line.length)
    moving = len(track.fixes)
    track.stand(track.line.length, 3)
    assert arrival(engine(shelf, town), track.fixes[:moving], way.path[-1]) is None
    found = arrival(engine(shelf, town), track.fixes, way.path[-1])
    assert found is not None
    row = track.fixes.index(found)
    assert track.left[row] <= LAST_STRETCH_M + 5 * noise + 1
    assert moving - 2 <= row <= moving + 1


@pytest.mark.parametrize("town", TOWNS)
@many
@example(a=326, b=0, seed=0, share=0.5, mps=2.5)  # round a hairpin of a mountain road
@given(a=some, b=some, seed=some, share=st.floats(0.3, 0.8), mps=st.floats(2.5, 20.0))
def test_who_drives_past_has_not_arrived(
    shelf: Path, town: str, a: int, b: int, seed: int, share: float, mps: float
) -> None:
    """The work lies on the way, the crew goes on; its last fix is beside the work or far."""
    way = way_between(shelf, town, a, b)
    target = way.path[round(share * (len(way.path) - 1))]
    track = Track(way, 3.0, seed, 8.0).drive(mps, way.metres)
    engine_ = engine(shelf, town)
    plane = Plane(target)
    for last, fix in enumerate(track.fixes):
        if float(np.hypot(*plane.xy([fix.position])[0])) < NEAR_M:
            assert arrival(engine_, track.fixes[: last + 1], target) is None


@pytest.mark.parametrize("town", TOWNS)
@many
@given(a=some, b=some, seed=some, minutes=st.integers(2, 8))
def test_who_waits_in_a_jam_near_by_has_not_arrived(
    shelf: Path, town: str, a: int, b: int, seed: int, minutes: int
) -> None:
    """Near in a straight line, and more than twice the last stretch away by the street."""
    way = way_between(shelf, town, a, b)
    line, plane = engine(shelf, town), Plane(way.path[-1])
    net = streets(shelf, town)
    near = np.hypot(*((net.nodes - plane.middle) * plane.scale).T)
    beside = [int(one) for one in np.flatnonzero((near > 25.0) & (near < NEAR_M - 20.0))]
    stood = False
    for node in beside[:6]:
        here = picked(net, node)
        ways = (line.route(here, way.path[-1]), line.route(way.path[-1], here))
        if min(one.metres for one in ways if isinstance(one, RouteLine)) < 2 * LAST_STRETCH_M:
            continue
        there = line.route(way.path[0], here)
        if not isinstance(there, RouteLine) or there.metres < 400.0:
            continue
        track = Track(there, 2.0, seed, 6.0)
        track.drive(8.0, track.line.length).stand(track.line.length, minutes, 20.0)
        assert arrival(line, track.fixes, way.path[-1]) is None
        stood = True
    assume(stood)


def crossings(net: StreetNetwork) -> list[tuple[int, int, LonLat]]:
    """Return pairs of edges that cross on two levels: no node joins them."""
    courses = [shapely.LineString(net.course(e)) for e in range(len(net.tail))]
    tree = shapely.STRtree(courses)
    found = []
    for one, other in tree.query(courses, predicate="crosses").T:
        ends = {int(net.tail[one]), int(net.head[one])}
        if one < other and not ends & {int(net.tail[other]), int(net.head[other])}:
            spot = courses[one].intersection(courses[other])
            if spot.geom_type == "Point":
                found.append((int(one), int(other), LonLat(spot.x, spot.y)))
    return found


def test_who_stands_on_the_bridge_above_has_not_arrived(shelf: Path) -> None:
    """Twenty real crossings of a town on two levels: the work below, the jam above it."""
    net, line = streets(shelf, "heidelberg"), engine(shelf, "heidelberg")
    checked = 0
    for above, below, spot in crossings(net):
        below_ends = [picked(net, int(net.tail[below])), picked(net, int(net.head[below]))]
        start, beyond = picked(net, int(net.tail[above])), picked(net, int(net.head[above]))
        plane = Plane(spot)
        reach = [float(np.hypot(*plane.xy([one])[0])) for one in (start, beyond)]
        legs = [line.route(start, end) for end in below_ends]
        if min(one.metres for one in legs if isinstance(one, RouteLine)) < 1500.0:
            continue
        if min(reach) < 60.0:
            continue
        course = shapely.LineString(net.course(above))
        path = tuple(LonLat(*map(float, one)) for one in course.coords)
        over = RouteLine(path, 0.0, 0.0)
        track = Track(over, 1.5, above, 5.0)
        crossing = track.line.project(shapely.Point(*track.plane.xy([spot])[0]))
        track.drive(8.0, crossing).stand(crossing, 6, 20.0)
        on_below = shapely.LineString(net.course(below))
        off = on_below.interpolate(on_below.project(shapely.Point(spot.lon, spot.lat)) + 4e-4)
        target = LonLat(off.x, off.y)
        snapped = line.snap([target])[0].at
        if float(np.hypot(*plane.xy([snapped])[0])) < 15.0:
            continue
        assert arrival(line, track.fixes, target) is None
        checked += 1
        if checked == 20:
            break
    assert checked >= 5


@many
@given(a=some, b=some, seed=some, accuracy=st.floats(101.0, 2000.0))
def test_a_blurred_fix_never_counts(
    shelf: Path, a: int, b: int, seed: int, accuracy: float
) -> None:
    """However many there are, and however near they seem."""
    way = way_between(shelf, "liechtenstein", a, b)
    track = Track(way, 2.0, seed, accuracy)
    track.drive(9.0, track.line.length).stand(track.line.length, 5)
    assert arrival(engine(shelf, "liechtenstein"), track.fixes, way.path[-1]) is None


def test_one_fix_is_none_and_who_went_on_is_not_there(shelf: Path) -> None:
    """A second one confirms; one that left again takes it back."""
    line, net = engine(shelf, "liechtenstein"), streets(shelf, "liechtenstein")
    way = line.route(picked(net, 3), picked(net, 900))
    assert isinstance(way, RouteLine)
    track = Track(way, 1.0, 1, 8.0)
    track.drive(9.0, track.line.length).stand(track.line.length, 1)
    rest = track.fixes[:-1]
    assert arrival(line, rest[-1:], way.path[-1]) is None
    track.stand(track.line.length, 2)
    assert arrival(line, track.fixes, way.path[-1]) is not None
    gone = track.fixes[0]
    left = CrewFix("gone", "A", track.at, track.at, gone.position, 8.0)
    assert arrival(line, [*track.fixes, left], way.path[-1]) is None


def test_without_streets_nobody_is_said_to_have_arrived() -> None:
    """Distance alone says nothing."""
    here = LonLat(9.5, 47.1)
    fixes = [
        CrewFix(str(n), "A", at, at, here, 5.0)
        for n, at in enumerate(NOON + timedelta(minutes=one) for one in range(5))
    ]
    assert arrival(StraightLineTimes(), fixes, here) is None
    assert arrival(StraightLineTimes(), [], here) is None
