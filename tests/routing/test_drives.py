"""Properties of drives on random small maps with one-ways, signals and bans of several edges."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.places import LonLat
from domain.travel import Unreachable
from routing import StreetTimes
from tests.routing.checks import (
    ENGINES,
    assert_equals_oracle,
    assert_reach_matches,
    assert_routes_match,
)
from tests.routing.turn_maps import moved, random_network, random_places, spot_on, with_bans
from tests.routing.turn_oracle import TurnOracle

SEEDS = st.integers(0, 2**32 - 1)
engines = pytest.mark.parametrize("engine", ENGINES)
few = settings(max_examples=25, deadline=None)


class Drawn:
    """A random map, its oracle, and places on it."""

    def __init__(self, seed: int, count: int = 9) -> None:
        self.rng = random.Random(seed)
        self.streets = random_network(self.rng)
        self.oracle = TurnOracle(self.streets)
        self.places = random_places(self.oracle, self.rng, count)

    def times(self, engine: str) -> StreetTimes:
        """Return an engine on the map."""
        return StreetTimes(self.streets, engine=engine)


@engines
@few
@given(SEEDS)
def test_the_matrix_equals_the_oracle(engine: str, seed: int) -> None:
    """Seconds and reasons, with a place too far from all streets and one place twice."""
    drawn = Drawn(seed)
    far = moved(drawn.places[0], 0, 9000)
    places = [*drawn.places, far, drawn.places[1]]
    assert_equals_oracle(drawn.times(engine).matrix(places), drawn.oracle, places)


@engines
@few
@given(SEEDS)
def test_a_route_is_an_allowed_drive_of_its_seconds(engine: str, seed: int) -> None:
    """Its path obeys bans and one-ways, takes its seconds and measures its metres."""
    drawn = Drawn(seed, 6)
    assert_routes_match(drawn.times(engine), drawn.oracle, drawn.places)


@few
@given(SEEDS)
def test_both_engines_answer_alike(seed: int) -> None:
    """To the last digit, and with the same metres of route."""
    drawn = Drawn(seed)
    one, other = (drawn.times(engine) for engine in ENGINES)
    a, b = one.matrix(drawn.places), other.matrix(drawn.places)
    assert np.array_equal(a.seconds, b.seconds)
    assert a.reasons == b.reasons
    ends = drawn.places[0], drawn.places[1]
    x, y = one.route(*ends), other.route(*ends)
    assert isinstance(x, Unreachable) == isinstance(y, Unreachable)
    assert x is y if isinstance(x, Unreachable) else x.seconds == y.seconds


@engines
@few
@given(SEEDS)
def test_order_and_company_change_nothing(engine: str, seed: int) -> None:
    """A cell depends on its two places alone, also after other questions."""
    drawn = Drawn(seed)
    times, places = drawn.times(engine), drawn.places
    whole = times.matrix(places).seconds
    order = drawn.rng.sample(range(len(places)), len(places))
    mixed = times.matrix([places[k] for k in order]).seconds
    assert np.array_equal(mixed, whole[np.ix_(order, order)])
    some, others = order[:4], order[3:7]
    part = times.matrix([places[k] for k in some], [places[k] for k in others])
    assert np.array_equal(part.seconds, whole[np.ix_(some, others)])
    i, j = order[0], order[1]
    alone = drawn.times(engine).matrix([places[i]], [places[j]])
    assert alone.seconds[0, 0] == whole[i, j]


@engines
@few
@given(SEEDS)
def test_no_detour_by_a_one_way_street_is_shorter(engine: str, seed: int) -> None:
    """Who passes a place on a one-way street could have driven on: the triangle must close.

    Elsewhere it need not: at a stop on a two-way street one may set out either way, which is a
    turn that nobody passing may make. Bans of three edges may span the stop, so only pairs.
    """
    rng = random.Random(seed)
    streets = random_network(rng)
    start = streets.rules.ban_start
    bans = [streets.rules.bans[a:b].tolist() for a, b in pairwise(start)]
    streets = with_bans(streets, [ban for ban in bans if len(ban) == 2])
    oracle = TurnOracle(streets)
    places = random_places(oracle, rng, 8)
    one_way = np.flatnonzero(streets.rules.opposite < 0)[:4]
    stops = [spot_on(streets, int(e), rng.uniform(0.2, 0.8)) for e in one_way]
    stops = [stop for stop in stops if oracle.put(stop).clear and oracle.put(stop).node is None]
    seconds = StreetTimes(streets, engine=engine).matrix([*places, *stops]).seconds
    for k in range(len(places), len(seconds)):
        detour = seconds[:, [k]] + seconds[[k], :]
        # Each of the two parts is rounded to whole milliseconds.
        assert (seconds <= detour + 0.0021).all()


@engines
@settings(max_examples=15, deadline=None)
@given(SEEDS, st.floats(5, 400))
def test_the_reach_agrees_with_the_seconds(engine: str, seed: int, limit: float) -> None:
    """Within means within, beyond means beyond."""
    drawn = Drawn(seed, 1)
    assert_reach_matches(drawn.times(engine), drawn.oracle, drawn.places[0], limit)


@engines
def test_a_place_on_a_map_is_snapped_as_the_oracle_does(engine: str) -> None:
    """The point on the street and the metres to it."""
    drawn = Drawn(12, 40)
    for place, found in zip(drawn.places, drawn.times(engine).snap(drawn.places), strict=True):
        put = drawn.oracle.put(place)
        assert found.place == place
        assert found.reason is None
        assert found.distance_m == pytest.approx(put.metres, abs=0.01)
        at = drawn.oracle.ground.point(found.at)
        assert at.distance(drawn.oracle.ground.point(place)) == pytest.approx(
            put.metres, rel=1e-3, abs=0.01
        )
        assert isinstance(found.at, LonLat)
