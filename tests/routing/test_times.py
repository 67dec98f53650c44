"""Travel times and routes against the oracle, and the rules that any of them must keep."""

from __future__ import annotations

import random
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import pytest

from domain.errors import BadFile
from domain.places import LonLat
from domain.streets import StreetNetwork
from domain.travel import RouteLine, Unreachable
from routing import StreetTimes, build_streets
from routing.arrays import to_arrays
from routing.drivable import street_tags
from routing.graph import graph_from_xml, simplified
from routing.snap import Courses
from tests.routing.drawn import DEGREE_M, Way, at, street, write_osm
from tests.routing.oracle import graph_of, haversine_m, random_map, seconds_between

ACCESS_MPS = 10 / 3.6
RESIDENTIAL_MPS = 25 / 3.6


def engine(folder: Path, places: dict[int, LonLat], *ways: Way) -> StreetTimes:
    """Return the engine over a drawn map."""
    return StreetTimes(build_streets(write_osm(folder / "t.osm", places, ways)))


def node_places(streets: StreetNetwork) -> list[LonLat]:
    """Return the places of all nodes."""
    return [LonLat(float(lon), float(lat)) for lon, lat in streets.nodes]


def walked_m(route: RouteLine) -> float:
    """Return the metres along a route's path."""
    return sum(haversine_m(a, b) for a, b in zip(route.path, route.path[1:], strict=False))


@pytest.mark.parametrize("seed", range(30))
def test_random_maps_equal_the_oracle(tmp_path: Path, seed: int) -> None:
    """Between all junctions of a random map the seconds equal networkx on its raw ways."""
    places, ways = random_map(random.Random(seed), ways=4 + seed % 8)
    try:
        streets = build_streets(write_osm(tmp_path / "t.osm", places, ways))
    except BadFile:
        parts = nx.strongly_connected_components(graph_of(places, ways))
        assert all(len(part) == 1 for part in parts)
        return
    here = node_places(streets)
    by_place = {place: node for node, place in places.items()}
    expected = seconds_between(graph_of(places, ways), [by_place[place] for place in here])
    found = StreetTimes(streets).matrix(here)
    assert found.seconds == pytest.approx(np.array(expected), abs=1e-6)
    assert not found.reasons


@pytest.mark.shelf
def test_a_country_equals_the_oracle(liechtenstein: StreetNetwork, shelf: Path) -> None:
    """Forty junctions of Liechtenstein, timed by networkx over every OSM node."""
    file = str(shelf / "osm" / "liechtenstein.osm.pbf")
    places, ways = {}, []
    for thing in osmium.FileProcessor(file, osmium.osm.NODE | osmium.osm.WAY):
        if isinstance(thing, osmium.osm.Node):
            places[thing.id] = LonLat(thing.location.lon, thing.location.lat)
        elif isinstance(thing, osmium.osm.Way) and (tags := street_tags(dict(thing.tags))):
            ways.append(Way([node.ref for node in thing.nodes], tags))
    graph = country_graph(places, ways)
    by_place = {places[node]: node for node in sorted(graph)}
    picked = random.Random(7).sample(node_places(liechtenstein), 40)
    expected = seconds_between(graph, [by_place[place] for place in picked])
    found = StreetTimes(liechtenstein).matrix(picked)
    assert found.seconds == pytest.approx(np.array(expected), abs=1e-6)


def country_graph(places: dict[int, LonLat], ways: list[Way]) -> nx.DiGraph:
    """Return the oracle's graph of real ways, speeds by the documented table."""
    table = {"living_street": 10, "service": 15, "unclassified": 25, "residential": 25}
    table |= {"tertiary": 40, "secondary": 55, "primary": 65, "primary_link": 30}
    for way in ways:
        limit = way.tags.pop("maxspeed")
        speed = 0.8 * float(limit) if limit.isdigit() else table[way.tags["highway"]]
        way.tags["maxspeed"] = str(speed / 0.8)
    return graph_of(places, ways)


LINE = {1: at(0, 0), 2: at(600, 0), 3: at(600, 600), 4: at(0, 600)}
BLOCK = (street(2, 3, 4, 1), street(1, 2, oneway="yes"))


def test_a_one_way_street_is_driven_one_way(tmp_path: Path) -> None:
    """Back along it means round the block."""
    times = engine(tmp_path, LINE, *BLOCK).matrix([at(100, 0), at(500, 0)])
    assert times.metres[0, 1] == pytest.approx(400, rel=1e-3)
    assert times.metres[1, 0] == pytest.approx(100 + 3 * 600 + 100, rel=1e-3)
    assert times.seconds == pytest.approx(times.metres / RESIDENTIAL_MPS, abs=0.01)


def test_oneway_minus_one_runs_against_the_drawing(tmp_path: Path) -> None:
    """The way is drawn from 2 to 1 and driven from 1 to 2."""
    ways = (BLOCK[0], street(2, 1, oneway="-1"))
    times = engine(tmp_path, LINE, *ways).matrix([at(100, 0), at(500, 0)])
    assert times.metres[0, 1] == pytest.approx(400, rel=1e-3)
    assert times.metres[1, 0] > 1900


def test_two_places_on_one_two_way_street_use_it_directly(tmp_path: Path) -> None:
    """In both directions, and not by way of its ends."""
    times = engine(tmp_path, LINE, BLOCK[0]).matrix([at(600, 100), at(600, 350)])
    assert times.metres == pytest.approx(np.array([[0, 250], [250, 0]]), rel=1e-3)


def test_a_faster_way_round_beats_the_same_street(tmp_path: Path) -> None:
    """Staying on one edge is only one of the ways."""
    places = {1: at(0, 0), 2: at(1000, 0), 3: at(0, -50), 4: at(1000, -50)}
    ways = (street(1, 2, highway="service"), street(1, 3, 4, 2, highway="primary"))
    times = engine(tmp_path, places, *ways).matrix([at(10, 0), at(990, 0)])
    assert times.seconds[0, 1] == pytest.approx(20 / (15 / 3.6) + 1100 / (65 / 3.6), rel=1e-3)
    assert times.metres[0, 1] == pytest.approx(1120, rel=1e-3)


def test_a_place_at_a_junction_is_at_all_its_streets(tmp_path: Path) -> None:
    """Also when the street it was snapped to is one-way and leads the other way."""
    times = engine(tmp_path, LINE, *BLOCK).matrix([LINE[1], LINE[4], LINE[2], LINE[3]])
    assert times.metres[0, 1] == pytest.approx(600, rel=1e-3)
    assert times.metres[3, 2] == pytest.approx(600, rel=1e-3)


def test_a_loop_street_is_driven_both_ways_round(tmp_path: Path) -> None:
    """A cul-de-sac whose street comes back to its own junction."""
    places = {1: at(0, 0), 2: at(300, 0), 3: at(500, 100), 4: at(500, -100)}
    times = engine(tmp_path, places, street(1, 2), street(2, 3, 4, 2)).matrix(
        [places[1], at(500, 90), at(500, -90)]
    )
    assert times.metres[1, 2] == pytest.approx(180, rel=1e-2)
    assert times.metres[0, 1] == pytest.approx(times.metres[0, 2], rel=1e-3)
    assert times.metres[1, 0] == pytest.approx(times.metres[0, 1], rel=1e-6)


def test_a_one_way_loop_is_driven_round(tmp_path: Path) -> None:
    """From its end back to its start over its own junction."""
    places = {1: at(0, 0), 2: at(300, 0), 3: at(500, 100), 4: at(500, -100)}
    loop = street(2, 3, 4, 2, oneway="yes")
    found = engine(tmp_path, places, street(1, 2), loop)
    times = found.matrix([at(500, 50), at(500, -50), places[1]])
    side = (200**2 + 100**2) ** 0.5
    assert times.metres[0, 1] == pytest.approx(100, rel=1e-2)
    assert times.metres[1, 0] == pytest.approx(2 * side + 100, rel=1e-2)


def test_the_stretch_to_the_street_is_driven_slowly(tmp_path: Path) -> None:
    """A place off the street adds its distance at 10 km/h, at both ends."""
    times = engine(tmp_path, LINE, BLOCK[0]).matrix([at(700, 100), at(800, 400)])
    assert times.metres[0, 1] == pytest.approx(100 + 300 + 200, rel=1e-3)
    expected = 300 / ACCESS_MPS + 300 / RESIDENTIAL_MPS
    assert times.seconds[0, 1] == pytest.approx(expected, rel=1e-3)


def test_a_place_far_from_all_streets_has_a_reason(tmp_path: Path) -> None:
    """No time, the reason in both directions, but zero to itself."""
    found = engine(tmp_path, LINE, BLOCK[0])
    places = [LINE[2], at(600, 1700), at(600, 1590)]
    times = found.matrix(places)
    reason = Unreachable.TOO_FAR_FROM_ROAD
    assert times.reasons == {(0, 1): reason, (1, 0): reason, (1, 2): reason, (2, 1): reason}
    assert set(zip(*np.nonzero(np.isinf(times.seconds)), strict=True)) == set(times.reasons)
    assert np.array_equal(np.isinf(times.metres), np.isinf(times.seconds))
    assert times.seconds[1, 1] == 0.0
    assert found.route(places[0], places[1]) is reason
    assert isinstance(found.route(places[0], places[2]), RouteLine)


def test_equal_places_are_zero_apart(tmp_path: Path) -> None:
    """Even off the street, where others pay for the stretch twice."""
    place = at(700, 300)
    times = engine(tmp_path, LINE, BLOCK[0]).matrix([place, LINE[2], place])
    assert times.seconds[0, 2] == times.metres[2, 0] == 0.0
    assert (np.diag(times.seconds) == 0.0).all()


def test_no_places_give_an_empty_matrix(tmp_path: Path) -> None:
    """Not an error."""
    times = engine(tmp_path, LINE, BLOCK[0]).matrix([])
    assert times.seconds.shape == (0, 0)
    assert "10 km/h" in times.method
    assert not times.straight_line


def scattered(streets: StreetNetwork, count: int, seed: int) -> list[LonLat]:
    """Return places near streets, some of them exactly at nodes."""
    rng = np.random.default_rng(seed)
    near = streets.nodes[rng.integers(0, len(streets.nodes), count)]
    near = near + rng.normal(0, 0.001, near.shape) * (rng.random((count, 1)) < 0.8)
    return [LonLat(float(lon), float(lat)) for lon, lat in near]


@pytest.mark.parametrize("seed", range(8))
def test_routes_equal_the_matrix_and_follow_the_streets(tmp_path: Path, seed: int) -> None:
    """On random maps with one-ways: same figures, and a path as long as it says."""
    places, ways = random_map(random.Random(seed + 100))
    streets = build_streets(write_osm(tmp_path / "t.osm", places, [*ways, street(1, 2, 3, 4)]))
    check_routes(StreetTimes(streets), scattered(streets, 12, seed))


@pytest.mark.shelf
def test_routes_across_a_country_equal_the_matrix(
    liechtenstein: StreetNetwork, liechtenstein_times: StreetTimes
) -> None:
    """Twenty places, all pairs; more places in the matrix change nothing."""
    check_routes(liechtenstein_times, scattered(liechtenstein, 20, 3))


def check_routes(found: StreetTimes, places: list[LonLat]) -> None:
    """Assert that every route has its cell's figures, its ends, and its length."""
    times = found.matrix(places)
    for i, a in enumerate(places):
        for j, b in enumerate(places):
            route = found.route(a, b)
            if isinstance(route, Unreachable):
                assert times.reasons[i, j] is route
                continue
            assert (route.seconds, route.metres) == (times.seconds[i, j], times.metres[i, j])
            assert (route.path[0], route.path[-1]) == (a, b)
            assert walked_m(route) == pytest.approx(route.metres, rel=1e-4, abs=0.05)


@pytest.mark.shelf
def test_no_detour_is_shorter(
    liechtenstein: StreetNetwork, liechtenstein_times: StreetTimes
) -> None:
    """The triangle inequality holds among 60 places on and off the streets."""
    seconds = liechtenstein_times.matrix(scattered(liechtenstein, 60, 11)).seconds
    assert np.isfinite(seconds).mean() > 0.9
    for k in range(len(seconds)):
        assert (seconds <= seconds[:, [k]] + seconds[[k], :] + 1e-6).all()


@pytest.mark.shelf
def test_snapping_takes_the_nearest_street(liechtenstein: StreetNetwork) -> None:
    """Looking at every street, one by one, finds none nearer."""
    places = scattered(liechtenstein, 8, 5)
    snapped = Courses(liechtenstein).snap(places)
    for k, here in enumerate(places):
        flat = (liechtenstein.shape - (here.lon, here.lat)) * DEGREE_M
        flat[:, 0] *= np.cos(np.radians(here.lat))
        courses = np.split(flat, liechtenstein.shape_start[1:-1])
        nearest = min(point_to_course_m(course) for course in courses)
        assert snapped.distance_m[k] == pytest.approx(nearest, rel=1e-3, abs=1e-3)


def test_without_a_way_the_reason_is_another_part(tmp_path: Path) -> None:
    """Streets that were never cut to one part: in but not out, and an island."""
    places = LINE | {5: at(0, 2000), 6: at(100, 2000), 7: at(900, 0)}
    ways = [BLOCK[0], street(5, 6), street(2, 7, oneway="yes")]
    osm = write_osm(tmp_path / "t.osm", places, ways)
    found = StreetTimes(to_arrays(simplified(graph_from_xml(osm)), "t.osm"))
    here = [LINE[2], at(800, 0), at(50, 2000)]
    times = found.matrix(here)
    assert np.isfinite(times.seconds[0, 1])
    assert times.reasons == dict.fromkeys(
        [(0, 2), (1, 0), (1, 2), (2, 0), (2, 1)], Unreachable.OTHER_PART
    )
    assert found.route(here[1], here[0]) is Unreachable.OTHER_PART


def point_to_course_m(course: np.ndarray) -> float:
    """Return the distance of the origin from a course of plane metres."""
    a, d = course[:-1], np.diff(course, axis=0)
    long = np.maximum((d * d).sum(axis=1), 1e-12)
    share = np.clip(-(a * d).sum(axis=1) / long, 0, 1)[:, None]
    return float(np.hypot(*(a + share * d).T).min())
