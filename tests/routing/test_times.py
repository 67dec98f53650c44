"""Travel times and routes on maps that were built from a file, by hand and by the oracle."""

from __future__ import annotations

import logging
import random
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from domain.calibration import BandFit, Calibration, TimeBand
from domain.places import LonLat
from domain.streets import StreetNetwork
from domain.travel import RouteLine
from routing import StreetTimes, build_streets
from tests.routing.checks import (
    ENGINES,
    ROUNDING_S,
    assert_equals_oracle,
    assert_reach_matches,
    assert_routes_match,
)
from tests.routing.drawn import Way, at, street, write_osm
from tests.routing.oracle import random_map
from tests.routing.turn_maps import network, random_places
from tests.routing.turn_oracle import TurnOracle

ACCESS_MPS = 10 / 3.6
RESIDENTIAL_MPS = 29 / 3.6
engines = pytest.mark.parametrize("engine", ENGINES)


def built(folder: Path, places: dict[int, LonLat], *ways: Way) -> StreetNetwork:
    """Return the streets of a drawn map, built from its file."""
    return build_streets(write_osm(folder / "t.osm", places, ways))


def seconds(streets: StreetNetwork, engine: str, *places: LonLat) -> np.ndarray:
    """Return the matrix of places, judged by the oracle, with its routes."""
    times = StreetTimes(streets, engine=engine)
    found = times.matrix(places)
    assert_equals_oracle(found, TurnOracle(streets), places)
    assert_routes_match(times, TurnOracle(streets), places)
    return found.seconds


@pytest.mark.parametrize("seed", range(12))
def test_a_built_map_equals_its_raw_ways(tmp_path: Path, seed: int) -> None:
    """Joining streets between junctions changes no time: the oracle drives every way as drawn.

    A ring through all junctions keeps every street, so that both know the same ones.
    """
    places, ways = random_map(random.Random(seed), ways=3 + seed % 8)
    ways.append(street(*places, 1))
    streets = built(tmp_path, places, *ways)
    here = [LonLat(float(lon), float(lat)) for lon, lat in streets.nodes]
    expected, _ = TurnOracle(network(places, ways)).matrix(here)
    found = StreetTimes(streets).matrix(here)
    # Where a way ends in the middle of a street the oracle rounds twice.
    assert found.seconds == pytest.approx(np.array(expected), abs=0.01)
    assert not found.reasons


#: A block with a dead end off its far side: without one nobody could turn round, and a build
#: would keep only one direction of the ring.
LINE = {1: at(0, 0), 2: at(600, 0), 3: at(600, 600), 4: at(0, 600)}
LINE |= {5: at(300, 600), 6: at(300, 900)}
BLOCK = (street(2, 3, 5, 4, 1), street(1, 2, oneway="yes"), street(5, 6))


@engines
def test_a_one_way_street_is_driven_one_way(tmp_path: Path, engine: str) -> None:
    """Back along it means round the block; at its corners only two streets meet."""
    found = seconds(built(tmp_path, LINE, *BLOCK), engine, at(100, 0), at(500, 0))
    assert found[0, 1] * RESIDENTIAL_MPS == pytest.approx(400, rel=1e-3)
    assert found[1, 0] * RESIDENTIAL_MPS == pytest.approx(100 + 3 * 600 + 100, rel=1e-3)


@engines
def test_oneway_minus_one_runs_against_the_drawing(tmp_path: Path, engine: str) -> None:
    """The way is drawn from 2 to 1 and driven from 1 to 2."""
    streets = built(tmp_path, LINE, BLOCK[0], BLOCK[2], street(2, 1, oneway="-1"))
    found = seconds(streets, engine, at(100, 0), at(500, 0))
    assert found[0, 1] * RESIDENTIAL_MPS == pytest.approx(400, rel=1e-3)
    assert found[1, 0] * RESIDENTIAL_MPS > 1900


@engines
def test_two_places_on_one_two_way_street_use_it_directly(tmp_path: Path, engine: str) -> None:
    """In both directions, and not by way of its ends."""
    found = seconds(built(tmp_path, LINE, BLOCK[0]), engine, at(600, 100), at(600, 350))
    expected = np.array([[0, 250], [250, 0]])
    assert found * RESIDENTIAL_MPS == pytest.approx(expected, rel=1e-3)


@engines
def test_a_faster_way_round_beats_the_same_street(tmp_path: Path, engine: str) -> None:
    """Staying on one edge is only one of the ways."""
    places = {1: at(0, 0), 2: at(1000, 0), 3: at(0, -50), 4: at(1000, -50)}
    places |= {5: at(500, -50), 6: at(500, -300)}
    lane, road = street(1, 2, highway="service"), street(1, 3, 5, 4, 2, highway="primary")
    spots = at(2000 / 3, 0), at(990, 0), at(10, 0)
    found = seconds(built(tmp_path, places, lane, road, street(5, 6)), engine, *spots)
    slow, fast = 19 / 3.6, 70 / 3.6
    assert found[2, 1] == pytest.approx(20 / slow + 1100 / fast, rel=1e-3)
    assert found[0, 1] == pytest.approx((990 - 2000 / 3) / slow, rel=1e-3)


@engines
def test_a_place_at_a_junction_is_at_all_its_streets(tmp_path: Path, engine: str) -> None:
    """Also when the street it was snapped to is one-way and leads the other way."""
    corners = {**LINE, 7: at(-300, 0)}
    places = [corners[k] for k in (1, 4, 2, 3)]
    found = seconds(built(tmp_path, corners, *BLOCK, street(1, 7)), engine, *places)
    assert found[0, 1] * RESIDENTIAL_MPS == pytest.approx(600, rel=1e-3)
    assert found[3, 2] * RESIDENTIAL_MPS == pytest.approx(600, rel=1e-3)


LOOP = {1: at(0, 0), 2: at(300, 0), 3: at(500, 100), 4: at(500, -100)}


@engines
def test_a_loop_street_is_driven_both_ways_round(tmp_path: Path, engine: str) -> None:
    """A cul-de-sac whose street comes back to its own junction."""
    streets = built(tmp_path, LOOP, street(1, 2), street(2, 3, 4, 2))
    found = seconds(streets, engine, LOOP[1], at(500, 90), at(500, -90))
    assert found[1, 2] * RESIDENTIAL_MPS == pytest.approx(180, rel=1e-2)
    assert found[0, 1] == pytest.approx(found[1, 0], abs=1.0)


@engines
def test_a_one_way_loop_is_driven_round(tmp_path: Path, engine: str) -> None:
    """From its end back to its start over its own junction."""
    streets = built(tmp_path, LOOP, street(1, 2), street(2, 3, 4, 2, oneway="yes"))
    found = seconds(streets, engine, at(500, 50), at(500, -50), LOOP[1])
    side = (200**2 + 100**2) ** 0.5
    assert found[0, 1] * RESIDENTIAL_MPS == pytest.approx(100, rel=1e-2)
    assert found[1, 0] > (2 * side + 100) / RESIDENTIAL_MPS


@engines
def test_the_stretch_to_the_street_is_driven_slowly(tmp_path: Path, engine: str) -> None:
    """A place off the street adds its distance at 10 km/h, at both ends."""
    found = seconds(built(tmp_path, LINE, BLOCK[0]), engine, at(700, 100), at(800, 400))
    expected = 300 / ACCESS_MPS + 300 / RESIDENTIAL_MPS
    assert found[0, 1] == pytest.approx(expected, rel=1e-3)


@engines
def test_snapping_tells_the_street_and_its_name(tmp_path: Path, engine: str) -> None:
    """The nearest point, metres, and what people call it."""
    streets = built(tmp_path, LINE, BLOCK[0], BLOCK[2], street(1, 2, name="河街"))
    near, far = StreetTimes(streets, engine=engine).snap([at(300, 40), at(650, 300)])
    assert near.street.local == "河街"
    assert near.distance_m == pytest.approx(40, rel=1e-3)
    assert (near.at.lon, near.at.lat) == pytest.approx(tuple_of(at(300, 0)), abs=1e-7)
    assert far.street.local == ""
    assert (far.at.lon, far.at.lat) == pytest.approx(tuple_of(at(600, 300)), abs=1e-7)


def tuple_of(place: LonLat) -> tuple[float, float]:
    """Return lon, lat."""
    return place.lon, place.lat


@engines
def test_the_time_of_day_scales_the_seconds(tmp_path: Path, engine: str) -> None:
    """By the band of the utility's zone; nothing is scaled without an instant."""
    bands = {TimeBand.MORNING: BandFit(1.5, 1.2, 40), TimeBand.NIGHT: BandFit(0.9, 1.1, 30)}
    streets = built(tmp_path, LINE, *BLOCK)
    plain = StreetTimes(streets, engine=engine)
    times = StreetTimes(streets, engine=engine, calibration=Calibration(UTC, bands))
    places = [at(100, 0), at(500, 0), at(600, 300), at(300, 700)]
    free = plain.matrix(places).seconds
    assert np.array_equal(times.matrix(places).seconds, free)
    for hour, factor in ((8, 1.5), (2, 0.9), (12, 1.0)):
        monday = datetime(2026, 6, 1, hour, tzinfo=UTC)
        found = times.matrix(places, at=monday).seconds
        assert found == pytest.approx(free * factor, abs=ROUNDING_S)
        route = times.route(places[0], places[2], at=monday)
        assert isinstance(route, RouteLine)
        assert route.seconds == found[0, 2]
        assert plain.matrix(places, at=monday).seconds == pytest.approx(free, abs=1e-9)


def test_an_engine_is_chosen_and_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The hierarchy; where its library is missing SciPy, which the log tells."""
    streets = network(LINE, BLOCK)
    assert StreetTimes(streets).capabilities.engine == "cch"
    assert not caplog.records
    monkeypatch.setattr("routing.times.can_order", lambda: False)
    with caplog.at_level(logging.WARNING, logger="routing"):
        times = StreetTimes(streets)
    assert times.capabilities.engine == "scipy"
    assert "SciPy" in caplog.text
    assert "Dijkstra" in times.matrix([]).method


@engines
def test_both_engines_can_do_everything(engine: str) -> None:
    """And say which of them answers, and how the last stretch is reckoned."""
    times = StreetTimes(network(LINE, BLOCK), engine=engine)
    can = times.capabilities
    assert can.engine == engine
    assert can.streets
    assert can.turn_restrictions
    assert can.closures
    assert can.steps
    empty = times.matrix([])
    assert "10 km/h" in empty.method
    assert not empty.straight_line


@pytest.mark.shelf
@engines
def test_routes_and_reach_across_a_country(liechtenstein: StreetNetwork, engine: str) -> None:
    """All pairs of a few places of a real network: allowed drives of the matrix's seconds."""
    oracle = TurnOracle(liechtenstein)
    places = random_places(oracle, random.Random(3), 9)
    times = StreetTimes(liechtenstein, engine=engine)
    assert_routes_match(times, oracle, places)
    assert_reach_matches(times, oracle, places[0], 600)
