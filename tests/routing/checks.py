"""What must hold of any engine's answers beside any closures: the oracle, and one with another."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import numpy as np
import pytest
from shapely.geometry import LineString, MultiLineString

from domain.places import LonLat
from domain.travel import Reach, RouteLine, TravelMatrix, Unreachable
from routing import StreetTimes
from tests.routing.turn_maps import Walked, spot_on
from tests.routing.turn_oracle import TurnOracle
from tests.routing.turn_places import walked_m

ENGINES = ("scipy", "cch")

#: Seconds of rounding: the issue's "within rounding".
ROUNDING_S = 0.005


def assert_equals_oracle(
    found: TravelMatrix,
    oracle: TurnOracle,
    origins: Sequence[LonLat],
    destinations: Sequence[LonLat] | None = None,
) -> None:
    """Assert that a matrix has the oracle's seconds and its reasons, no more and no fewer."""
    seconds, reasons = oracle.matrix(origins, destinations)
    assert found.seconds == pytest.approx(np.array(seconds), abs=ROUNDING_S)
    assert found.reasons == reasons
    empty = {(int(i), int(j)) for i, j in np.argwhere(np.isinf(found.seconds))}
    assert empty == set(found.reasons)


def assert_routes_match(engine: StreetTimes, oracle: TurnOracle, places: Sequence[LonLat]) -> None:
    """Assert that each route is an allowed drive of its cell's seconds along its own path."""
    times = engine.matrix(places)
    for i, a in enumerate(places):
        for j, b in enumerate(places):
            route = engine.route(a, b)
            if isinstance(route, Unreachable):
                assert times.reasons[i, j] is route
                continue
            assert route.metric == times.metric
            assert route.seconds == times.seconds[i, j]
            assert_is_a_drive(route, oracle, a, b)


def assert_is_a_drive(route: RouteLine, oracle: TurnOracle, a: LonLat, b: LonLat) -> None:
    """Assert that a route's path is driven by the rules in its seconds, and measures its metres."""
    assert (route.path[0], route.path[-1]) == (a, b)
    if a == b:
        assert (route.seconds, route.metres) == (0, 0)
        return
    # At a node up to a metre at each end may be drawn or not.
    assert walked_m(route.path) == pytest.approx(route.metres, rel=1e-4, abs=2.2)
    drives = list(Walked(oracle, route).drives())
    assert drives, f"no allowed drive takes the path {route.path}"
    seconds, edges = min((abs(s - route.seconds), edges) for edges, s in drives)
    assert seconds < ROUNDING_S, f"the path over {edges} takes other seconds by {seconds}"
    assert re.fullmatch("[ce]*o*e*", _states(oracle, edges)), f"{edges} pass closed streets"


def _states(oracle: TurnOracle, edges: Sequence[int]) -> str:
    """Return a letter for each edge: open, closed with entry, closed."""
    rules = oracle.rules
    return "".join("e" if e in rules.enters else "c" if e in rules.closed else "o" for e in edges)


def assert_reach_matches(
    engine: StreetTimes, oracle: TurnOracle, origin: LonLat, limit: float
) -> None:
    """Assert that a spot on an open street lies in the reach if, and only if, the limit allows."""
    reach = engine.reachable(origin, limit)
    assert isinstance(reach, Reach)
    project = oracle.ground.project
    lines = [LineString([project(*spot) for spot in one]) for one in reach.stretches]
    drawn = MultiLineString([line for line in lines if line.length > 0])
    streets = oracle.ground.streets
    picked = random.Random(1).sample(range(len(streets.tail)), min(len(streets.tail), 40))
    spots = [spot_on(streets, e, share) for e in picked for share in (0.2, 0.5, 0.8)]
    puts = [put for put in map(oracle.put, spots) if put.clear]
    puts = [put for put in puts if not put.shares.keys() & oracle.rules.closed]
    for put, seconds in zip(puts, oracle.row(oracle.put(origin), puts), strict=True):
        away = oracle.ground.point(put.place).distance(drawn) if not drawn.is_empty else np.inf
        if seconds < limit - 0.1:
            assert away < 0.5, f"{put.place} is {seconds} s away and not within {limit} s"
        elif seconds > limit + 0.5:
            assert away > 0.015, f"{put.place} is {seconds} s away but within {limit} s"
