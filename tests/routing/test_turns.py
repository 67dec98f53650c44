"""Turns, bans, signals and U-turns on maps small enough to reckon by hand, and one-way streets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf

import numpy as np
import pytest

from domain.places import LonLat
from domain.streets import StreetNetwork
from domain.travel import RouteLine
from routing import StreetTimes
from tests.routing.drawn import at, street
from tests.routing.turn_maps import edge_between, network, with_bans
from tests.routing.turn_oracle import TurnOracle

#: Metres per second of a residential street.
V = 29 / 3.6
#: What a crossing costs, reckoned by hand from rule 4: sharp right at 90 degrees, sharp left,
#: straight on.
RIGHT, LEFT, STRAIGHT = 2.105, 5.395, 0.007

CENTRE, WEST, NORTH, EAST, SOUTH = at(0, 0), at(-600, 0), at(0, 600), at(600, 0), at(0, -600)
PLACES = {0: CENTRE, 1: WEST, 2: NORTH, 3: EAST, 4: SOUTH}
CROSS = (street(1, 0), street(2, 0), street(3, 0), street(4, 0))

Reckoner = Callable[[StreetNetwork, Sequence[LonLat]], np.ndarray]


@pytest.fixture(params=["oracle", "scipy", "cch"])
def reckon(request: pytest.FixtureRequest) -> Reckoner:
    """Return each reckoner in turn, so that the oracle itself is judged too."""
    return reckoner(request.param)


def reckoner(name: str, *, left: bool = False) -> Reckoner:
    """Return what gives the matrix of places on a network."""

    def seconds(streets: StreetNetwork, places: Sequence[LonLat]) -> np.ndarray:
        if name == "oracle":
            return np.array(TurnOracle(streets, drives_on_left=left).matrix(places)[0])
        rules = replace(streets.rules, left=left)
        driven = replace(streets, rules=rules)
        return StreetTimes(driven, engine=name).matrix(places).seconds

    return seconds


def close_to(seconds: float) -> object:
    """Return the number within the rounding of the drawn places."""
    return pytest.approx(seconds, abs=0.05)


def test_a_crossing_costs_by_the_angle(reckon: Reckoner) -> None:
    """From the west: straight on nothing, right a little, left the most."""
    found = reckon(network(PLACES, CROSS), [at(-300, 0), at(300, 0), at(0, -300), at(0, 300)])
    assert found[0, 1] == close_to(600 / V + STRAIGHT)
    assert found[0, 2] == close_to(600 / V + RIGHT)
    assert found[0, 3] == close_to(600 / V + LEFT)


@pytest.mark.parametrize("name", ["oracle", "scipy", "cch"])
def test_on_the_left_left_and_right_change_places(name: str) -> None:
    """Where traffic drives on the left the right turn crosses it."""
    reckon = reckoner(name, left=True)
    found = reckon(network(PLACES, CROSS), [at(-300, 0), at(0, -300), at(0, 300)])
    assert found[0, 1] == close_to(600 / V + LEFT)
    assert found[0, 2] == close_to(600 / V + RIGHT)


def test_a_bend_costs_nothing(reckon: Reckoner) -> None:
    """Where only two streets meet nobody gives way, though the street turns."""
    ways = (street(1, 0), street(2, 0))
    found = reckon(network(PLACES, ways), [at(-300, 0), at(0, 300)])
    assert found[0, 1] == close_to(600 / V)


def test_signals_cost_two_seconds(reckon: Reckoner) -> None:
    """At a crossing on top of the turn, and at a bend alone."""
    places = [at(-300, 0), at(0, -300)]
    assert reckon(network(PLACES, CROSS, [0]), places)[0, 1] == close_to(600 / V + RIGHT + 2)
    bend = network(PLACES, (street(1, 0), street(4, 0)), [0])
    assert reckon(bend, places)[0, 1] == close_to(600 / V + 2)


def test_two_one_way_streets_and_a_two_way_are_three(reckon: Reckoner) -> None:
    """A one-way street counts as a street of the crossing, though it cannot be taken."""
    ways = (street(1, 0), street(0, 2), street(3, 0, oneway="yes"))
    found = reckon(network(PLACES, ways), [at(-300, 0), at(0, 300)])
    assert found[0, 1] == close_to(600 / V + LEFT)


def test_a_banned_turn_sends_round_by_the_dead_end(reckon: Reckoner) -> None:
    """Straight on to the end of the east arm, 20 s to turn there, back, and right."""
    streets = network(PLACES, CROSS)
    from_west, to_north = edge_between(streets, WEST, CENTRE), edge_between(streets, CENTRE, NORTH)
    banned = with_bans(streets, [[from_west, to_north]])
    found = reckon(banned, [at(-300, 0), at(0, 300), at(0, -300)])
    by_east = 600 / V + STRAIGHT + 1200 / V + 20 + RIGHT
    by_south = 600 / V + RIGHT + 1200 / V + 20 + STRAIGHT
    assert found[0, 1] == close_to(min(by_east, by_south))
    assert found[1, 0] == close_to(600 / V + RIGHT)
    assert found[0, 2] == close_to(600 / V + RIGHT)


def test_a_ban_over_a_street_between_stops_only_that_drive(reckon: Reckoner) -> None:
    """West, centre, east, and up: banned as three edges; from the south it stays allowed."""
    up = at(600, 600)
    places = {**PLACES, 5: up}
    streets = network(places, (*CROSS, street(3, 5)))
    hops = [(WEST, CENTRE), (CENTRE, EAST), (EAST, up)]
    banned = with_bans(streets, [[edge_between(streets, *hop) for hop in hops]])
    spots = [at(-300, 0), at(600, 300), at(0, -300), at(300, 0)]
    free, found = reckon(streets, spots), reckon(banned, spots)
    assert free[0, 1] == close_to(1200 / V + STRAIGHT)
    by_south = 1200 / V + RIGHT + 1200 / V + 20 + RIGHT
    by_north = 1200 / V + LEFT + 1200 / V + 20 + LEFT
    assert found[0, 1] == close_to(min(by_south, by_north))
    assert found[0, 3] == free[0, 3]
    assert found[2, 1] == free[2, 1] == close_to(1200 / V + RIGHT)
    assert found[3, 1] == free[3, 1] == close_to(600 / V)


def test_nobody_turns_round_in_the_crossing(reckon: Reckoner) -> None:
    """Back along the one-way pair means to a dead end, though the crossing is nearer."""
    places = {0: CENTRE, 1: WEST, 2: NORTH, 3: EAST}
    ways = (street(1, 0, oneway="yes"), street(0, 2), street(0, 3), street(2, 1, oneway="yes"))
    streets = network(places, ways)
    south_bound, to_east = edge_between(streets, NORTH, CENTRE), edge_between(streets, CENTRE, EAST)
    banned = with_bans(streets, [[south_bound, to_east]])
    spots = [at(0, 300), at(300, 0)]
    # North is no dead end: one may leave it to the west. So round by the west.
    round_by_west = 300 / V + 0.8486 * 1000 / V + 600 / V + STRAIGHT + 300 / V
    assert reckon(banned, spots)[0, 1] == pytest.approx(round_by_west, abs=0.3)


def test_a_place_at_a_crossing_sets_out_without_a_turn(reckon: Reckoner) -> None:
    """Into each arm alike, and from each arm to it; the signals are behind it."""
    arms = [at(-300, 0), at(0, 300), at(300, 0), at(0, -300)]
    found = reckon(network(PLACES, CROSS, [0]), [CENTRE, *arms, at(0.8, 0), at(0, -0.8)])
    assert found[0, 1:5] == close_to(300 / V)
    assert found[1:5, 0] == close_to(300 / V)
    assert found[5, 1:5] == close_to(300 / V)
    assert [found[0, 5], found[5, 6]] == pytest.approx([0, 0], abs=1e-6)


def test_just_beyond_the_metre_the_turn_counts(reckon: Reckoner) -> None:
    """Two metres into the arm one must turn at the crossing, or be ahead of it."""
    found = reckon(network(PLACES, CROSS), [at(-2, 0), at(0, 300), at(-300, 0)])
    assert found[0, 1] == close_to(302 / V + LEFT)
    assert found[0, 2] == close_to(298 / V)


def test_a_street_that_comes_back_counts_twice(reckon: Reckoner) -> None:
    """One arm and a loop are three ends: half right into the loop has a price, and out of it."""
    places = {0: CENTRE, 1: WEST, 2: at(300, 300), 3: at(300, -300)}
    found = reckon(network(places, (street(1, 0), street(0, 2, 3, 0))), [at(-300, 0), at(300, 0)])
    side = 300 * 2**0.5
    assert found[0, 1] == close_to((300 + side + 300) / V + 0.140)
    assert found[1, 0] == close_to((300 + side + 300) / V + 0.140)


def test_a_one_way_street_is_never_driven_back(reckon: Reckoner) -> None:
    """Round the block instead; no way at all where there is no block."""
    places = {1: at(0, 0), 2: at(600, 0), 3: at(600, 600), 4: at(0, 600), 5: at(-600, 0)}
    ways = (street(2, 3, 4, 1), street(1, 2, oneway="yes"), street(5, 1, oneway="yes"))
    found = reckon(network(places, ways), [at(100, 0), at(500, 0), at(-300, 0)])
    assert found[0, 1] == close_to(400 / V)
    # The corner at 1 has three streets: round the block, left into the one-way street.
    assert found[1, 0] == close_to(2000 / V + LEFT)
    assert found[2, 1] == close_to(800 / V + STRAIGHT)
    assert found[1, 2] == found[0, 2] == inf


@pytest.mark.parametrize("name", ["scipy", "cch"])
def test_a_route_shows_the_way_round(name: str) -> None:
    """The path of a drive round a ban passes the dead end where it turns."""
    streets = network(PLACES, CROSS)
    from_west, to_north = edge_between(streets, WEST, CENTRE), edge_between(streets, CENTRE, NORTH)
    engine = StreetTimes(with_bans(streets, [[from_west, to_north]]), engine=name)
    route = engine.route(at(-300, 0), at(0, 300))
    assert isinstance(route, RouteLine)
    assert route.metres == pytest.approx(600 + 1200, rel=1e-3)
    ends = [(EAST.lon, EAST.lat), (SOUTH.lon, SOUTH.lat)]
    assert any((p.lon, p.lat) == pytest.approx(end) for p in route.path for end in ends)
