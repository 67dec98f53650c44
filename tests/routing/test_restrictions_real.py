"""Real turn restrictions and one-way streets of Heidelberg, read from the file by the test itself.

Nothing here knows how routing/ keeps them: the ways come from pyosmium, and a route is judged by
the places of its path around the junction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pytest
from shapely.geometry import LineString, Point

from domain.places import LonLat
from domain.streets import DrivingRules, StreetNetwork
from domain.travel import RouteLine
from routing import StreetTimes
from tests.routing.checks import ENGINES
from tests.routing.turn_maps import spot_on
from tests.routing.turn_oracle import TurnOracle

pytestmark = pytest.mark.shelf
engines = pytest.mark.parametrize("engine", ENGINES)


@dataclass(frozen=True)
class Restriction:
    """One relation of the file: its id and kind, and the ids of its way, node and way."""

    id: int
    kind: str
    from_way: int
    via: int
    to_way: int


#: Read out of heidelberg.osm.pbf by hand.
TEN = (
    Restriction(57122, "no_straight_on", 28891217, 33811019, 155055411),  # Brückenkopfstraße
    Restriction(57126, "no_left_turn", 28891216, 33811020, 26841510),  # into Ladenburger Straße
    Restriction(414792, "no_left_turn", 50880902, 28985547, 30612386),  # off Bergstraße
    Restriction(446630, "no_right_turn", 253470323, 11247600, 24816052),  # into Iqbal-Ufer
    Restriction(3162570, "no_right_turn", 225787417, 2430794453, 234964398),  # into Haberstraße
    Restriction(446646, "no_u_turn", 199860310, 269200229, 24825805),  # Dossenheimer Landstraße
    Restriction(2238937, "only_left_turn", 166514523, 1779583878, 167014594),  # Uferstraße
    Restriction(446629, "only_right_turn", 24834169, 269603381, 52040563),  # into Iqbal-Ufer
    Restriction(57125, "only_straight_on", 28901238, 317572688, 30809978),  # Neckarstaden
    Restriction(1067013, "only_straight_on", 43126313, 540316033, 67367838),  # Römerstraße
)

#: One-way streets of the same file.
ONE_WAYS = (28891217, 253470323, 24834193, 30809978, 218816885, 93785436)


@dataclass(frozen=True)
class Raw:
    """The file's nodes and ways as they stand in it."""

    places: dict[int, LonLat]
    ways: dict[int, list[int]]
    tags: dict[int, dict[str, str]]
    relations: dict[int, tuple[dict[str, str], list[tuple[str, int, str]]]]


@pytest.fixture(scope="module")
def raw(shelf: Path) -> Raw:
    """Return what the test needs of the file."""
    found = Raw({}, {}, {}, {})
    for thing in osmium.FileProcessor(str(shelf / "osm" / "heidelberg.osm.pbf")):
        if isinstance(thing, osmium.osm.Node):
            found.places[thing.id] = LonLat(thing.location.lon, thing.location.lat)
        elif isinstance(thing, osmium.osm.Way):
            found.ways[thing.id] = [node.ref for node in thing.nodes]
            found.tags[thing.id] = dict(thing.tags)
        elif isinstance(thing, osmium.osm.Relation):
            members = [(m.type, m.ref, m.role) for m in thing.members]
            found.relations[thing.id] = (dict(thing.tags), members)
    return found


@pytest.fixture(scope="module")
def without_bans(heidelberg: StreetNetwork) -> StreetNetwork:
    """Return the same streets with every turn allowed."""
    none = DrivingRules()
    rules = replace(heidelberg.rules, bans=none.bans, ban_start=none.ban_start, order=none.order)
    return replace(heidelberg, rules=rules)


@pytest.fixture(scope="module")
def oracles(
    heidelberg: StreetNetwork, without_bans: StreetNetwork
) -> tuple[TurnOracle, TurnOracle]:
    """Return the oracles with bans and without."""
    return TurnOracle(heidelberg), TurnOracle(without_bans)


@pytest.fixture(scope="module", params=ENGINES)
def times(
    request: pytest.FixtureRequest, heidelberg: StreetNetwork, without_bans: StreetNetwork
) -> tuple[StreetTimes, StreetTimes]:
    """Return each engine with bans and without."""
    name = request.param
    return StreetTimes(heidelberg, engine=name), StreetTimes(without_bans, engine=name)


def junction_edges(ground_of: TurnOracle, raw: Raw, one: Restriction) -> tuple[int, list[int], int]:
    """Return the edge before the junction, the edges after it, and which of those is named."""
    ground, via = ground_of.ground, raw.places[one.via]
    before = raw.places[beside(raw.ways[one.from_way], one.via)]
    after = raw.places[beside(raw.ways[one.to_way], one.via)]
    v = int(np.abs(ground.streets.nodes - (via.lon, via.lat)).max(axis=1).argmin())
    assert tuple(ground.streets.nodes[v]) == near(via)
    (e,) = [e for e in ground_of.entering[v] if vertex(ground.streets, e, -2) == near(before)]
    exits = ground_of.leaving[ground.head[e]]
    (f,) = [f for f in exits if vertex(ground.streets, f, 1) == near(after)]
    return e, exits, f


def beside(way: list[int], via: int) -> int:
    """Return the node next to the one at which a way ends."""
    return way[-2] if way[-1] == via else way[1]


def vertex(streets: StreetNetwork, e: int, k: int) -> tuple[float, float]:
    """Return a place of an edge's course."""
    lon, lat = streets.course(e)[k]
    return float(lon), float(lat)


def near(place: LonLat) -> object:
    """Return a place to be compared with as OSM's seven digits."""
    return pytest.approx((place.lon, place.lat), abs=1e-7)


def forbidden_exits(oracle: TurnOracle, raw: Raw, one: Restriction) -> tuple[int, list[int]]:
    """Return the edge before the junction and those that must not follow it."""
    e, exits, f = junction_edges(oracle, raw, one)
    if one.kind.startswith("no_"):
        return e, [f]
    return e, [x for x in exits if x not in (f, oracle.ground.opposite[e])]


def takes(oracle: TurnOracle, route: RouteLine, e: int, f: int) -> bool:
    """Whether a path comes along the end of one edge and goes on along the start of another."""
    ground = oracle.ground
    last = LineString(ground.courses[e].coords[-2:])
    first = LineString(ground.courses[f].coords[:2])
    spots = [ground.point(place) for place in route.path]
    spots = [spots[0], *(b for a, b in pairwise(spots) if a.distance(b) > 0.01)]
    via = Point(last.coords[-1])
    return any(
        b.distance(via) < 0.5 and along(last, a, b) and along(first, b, c)
        for a, b, c in zip(spots, spots[1:], spots[2:], strict=False)
    )


def along(line: LineString, a: Point, b: Point) -> bool:
    """Whether a step from one place to the next runs along a line in its direction."""
    on_it = line.distance(a) < 0.5 and line.distance(b) < 0.5
    return on_it and line.project(b) > line.project(a)


@pytest.mark.parametrize("one", TEN, ids=lambda one: f"{one.id}-{one.kind}")
def test_a_restriction_is_what_the_list_says(raw: Raw, one: Restriction) -> None:
    """The relation stands in the file with this kind and these members."""
    tags, members = raw.relations[one.id]
    assert tags["restriction"] == one.kind
    assert set(members) == {
        ("w", one.from_way, "from"),
        ("n", one.via, "via"),
        ("w", one.to_way, "to"),
    }


@pytest.mark.parametrize("one", TEN, ids=lambda one: f"{one.id}-{one.kind}")
def test_a_restriction_is_obeyed(
    times: tuple[StreetTimes, StreetTimes],
    oracles: tuple[TurnOracle, TurnOracle],
    raw: Raw,
    one: Restriction,
) -> None:
    """From just before the junction to just after it: another way with the bans only."""
    with_bans, without = times
    streets = oracles[0].ground.streets
    e, forbidden = forbidden_exits(oracles[0], raw, one)
    assert forbidden
    start = spot_on(streets, e, 1 - 6 / float(streets.length_m[e]))
    for f in forbidden:
        end = spot_on(streets, f, min(0.5, 6 / float(streets.length_m[f])))
        obeys, breaks = with_bans.route(start, end), without.route(start, end)
        assert isinstance(obeys, RouteLine)
        assert isinstance(breaks, RouteLine)
        assert takes(oracles[1], breaks, e, f)
        assert not takes(oracles[0], obeys, e, f)
        assert breaks.metres < 30 < obeys.metres
        assert obeys.seconds > breaks.seconds


@pytest.mark.parametrize("way", ONE_WAYS)
def test_a_one_way_street_is_not_driven_backwards(
    times: tuple[StreetTimes, StreetTimes],
    oracles: tuple[TurnOracle, TurnOracle],
    raw: Raw,
    way: int,
) -> None:
    """From near its end to near its start: round, and nowhere against its direction."""
    assert raw.tags[way]["oneway"] == "yes"
    ground = oracles[0].ground
    course = LineString(
        [ground.project(raw.places[n].lon, raw.places[n].lat) for n in raw.ways[way]]
    )
    early, late = (
        ground.lonlat(course.interpolate(share, normalized=True)) for share in (0.4, 0.6)
    )
    there, back = times[0].route(early, late), times[0].route(late, early)
    assert isinstance(there, RouteLine)
    assert isinstance(back, RouteLine)
    assert there.metres == pytest.approx(0.2 * course.length, rel=0.01, abs=2.2)
    assert back.metres > there.metres + 50
    for route in (there, back):
        steps = pairwise(map(ground.point, route.path))
        assert not any(backwards(course, a, b) for a, b in steps)


def backwards(course: LineString, a: Point, b: Point) -> bool:
    """Whether a step lies on a course and goes against it."""
    middle = Point((a.x + b.x) / 2, (a.y + b.y) / 2)
    on_it = all(course.distance(spot) < 0.3 for spot in (a, b, middle))
    return on_it and course.project(b) < course.project(a) - 0.1
