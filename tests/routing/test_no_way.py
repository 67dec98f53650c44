"""Places without a drive: a reason, never a number and never an error."""

from __future__ import annotations

import numpy as np
import pytest

from domain.places import LonLat
from domain.travel import Reach, RouteLine, Unreachable
from routing import StreetTimes
from tests.routing.checks import ENGINES, assert_equals_oracle
from tests.routing.drawn import at, street
from tests.routing.turn_maps import network
from tests.routing.turn_oracle import TurnOracle

TOO_FAR, OTHER_PART = Unreachable.TOO_FAR_FROM_ROAD, Unreachable.OTHER_PART
BLOCK = {1: at(0, 0), 2: at(600, 0), 3: at(600, 600), 4: at(0, 600)}
STREETS = network(BLOCK, [street(1, 2, 3, 4, 1), street(1, 3)])
SEA, ON, BESIDE = LonLat(-30.0, 40.0), at(300, 0), at(300, -60)
V, ACCESS = 29 / 3.6, 10 / 3.6


@pytest.fixture(params=ENGINES)
def times(request: pytest.FixtureRequest) -> StreetTimes:
    """Return each engine on the block."""
    return StreetTimes(STREETS, engine=request.param)


def test_in_the_sea(times: StreetTimes) -> None:
    """Both ways, in routes, snapping and reach; zero to itself."""
    found = times.matrix([ON, SEA])
    assert found.reasons == {(0, 1): TOO_FAR, (1, 0): TOO_FAR}
    assert found.seconds[1, 1] == 0
    assert times.route(ON, SEA) is times.route(SEA, ON) is TOO_FAR
    assert times.reachable(SEA, 600) is TOO_FAR
    (snapped,) = times.snap([SEA])
    assert snapped.reason is TOO_FAR
    assert snapped.distance_m > 1_000_000


@pytest.mark.parametrize(
    "far", [LonLat(180, 0), LonLat(-180, -90), LonLat(0, 90), at(0, -1010), at(300, 5000)]
)
def test_outside_the_map(times: StreetTimes, far: LonLat) -> None:
    """At the poles, at the date line, just beyond 1000 m."""
    found = times.matrix([ON, far], [far, ON])
    assert found.reasons == {(0, 0): TOO_FAR, (1, 1): TOO_FAR}
    assert found.seconds[1, 0] == found.seconds[0, 1] == 0
    assert times.snap([far])[0].reason is TOO_FAR


def test_just_within_reach_of_a_street(times: StreetTimes) -> None:
    """Nearly 1000 m off: a number, with the stretch at 10 km/h."""
    near = at(0, -990)
    found = times.matrix([near, ON])
    assert not found.reasons
    assert found.seconds[0, 1] == pytest.approx(990 / ACCESS + 300 / V, rel=2e-3)


def test_two_places_on_one_spot(times: StreetTimes) -> None:
    """Zero apart, and alike to all others."""
    found = times.matrix([BESIDE, BESIDE, at(600, 300)])
    assert found.seconds[0, 1] == found.seconds[1, 0] == 0
    assert found.seconds[0, 2] == found.seconds[1, 2]
    route = times.route(BESIDE, LonLat(BESIDE.lon, BESIDE.lat), steps=True)
    assert isinstance(route, RouteLine)
    assert (route.seconds, route.metres) == (0, 0)


def test_opposite_each_other_over_the_street(times: StreetTimes) -> None:
    """One spot on the street: only the two stretches are driven."""
    across = at(300, 40)
    found = times.matrix([BESIDE, across])
    assert found.seconds[0, 1] == pytest.approx(100 / ACCESS, rel=2e-3)
    assert_equals_oracle(found, TurnOracle(STREETS), [BESIDE, across])


def test_no_places_and_one(times: StreetTimes) -> None:
    """Empty in, empty out; a row or a column may be empty too."""
    assert times.matrix([]).seconds.shape == (0, 0)
    assert times.matrix([], [ON]).seconds.shape == (0, 1)
    assert times.matrix([ON], []).seconds.shape == (1, 0)
    assert times.matrix([ON]).seconds.tolist() == [[0.0]]
    assert times.matrix([SEA]).seconds.tolist() == [[0.0]]
    assert not times.matrix([SEA]).reasons
    assert times.snap([]) == ()


def test_no_time_to_go_anywhere(times: StreetTimes) -> None:
    """A reach of no seconds is empty or the spot itself."""
    reach = times.reachable(ON, 0.0)
    assert isinstance(reach, Reach)
    assert all(np.ptp(stretch, axis=0).max() < 1e-7 for stretch in reach.stretches)


@pytest.mark.parametrize("engine", ENGINES)
def test_without_a_way_the_reason_is_another_part(engine: str) -> None:
    """Streets that were never cut to one part: in but not out, and an island."""
    places = BLOCK | {5: at(0, 3000), 6: at(100, 3000), 7: at(900, 0)}
    ways = [street(1, 2, 3, 4, 1), street(5, 6), street(2, 7, oneway="yes")]
    streets = network(places, ways)
    here = [BLOCK[2], at(800, 0), at(50, 3000), SEA]
    times = StreetTimes(streets, engine=engine)
    found = times.matrix(here)
    assert_equals_oracle(found, TurnOracle(streets), here)
    assert np.isfinite(found.seconds[0, 1])
    assert found.reasons[1, 0] is found.reasons[0, 2] is found.reasons[2, 1] is OTHER_PART
    assert times.route(here[1], here[0]) is OTHER_PART
    assert found.reasons[0, 3] is found.reasons[3, 2] is TOO_FAR
