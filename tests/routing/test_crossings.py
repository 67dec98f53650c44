"""A street from one crossing to the next, and where two names meet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import networkx as nx
import pytest

from domain.closures import Closure, ClosureReason, ClosureShape
from domain.errors import BadInput
from domain.places import LonLat
from domain.streets import StreetNetwork
from routing import (
    build_streets,
    crossings_of,
    edges_touched,
    far_end,
    street_between,
    stretch_at,
)
from tests.routing.drawn import at, street, write_osm

#: A cross at 2, an end at 5; at 3 only the name changes, at 4 only the class.
PLACES = {
    1: at(0, 0), 2: at(200, 0), 3: at(400, 0), 4: at(500, 50), 5: at(700, 50),
    6: at(200, 300), 7: at(200, -300),
}  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> StreetNetwork:
    """Return the drawn town's streets."""
    file: Path = tmp_path_factory.mktemp("town") / "town.osm"
    ways = [
        street(1, 2, name="East Road"),
        street(2, 3, name="East Road"),
        street(3, 4, name="East Alley"),
        street(4, 5, name="East Alley", highway="tertiary"),
        street(6, 2, 7, name="Cross Street"),
    ]
    return build_streets(write_osm(file, PLACES, ways))


@pytest.mark.parametrize("east", [250, 390, 450, 600])
def test_names_and_classes_are_passed_crossings_are_not(town: StreetNetwork, east: float) -> None:
    """Wherever one points between the cross and the end, it is that whole street."""
    course = stretch_at(town, at(east, 30 if east > 410 else 5))
    ends = {(round(one.lon, 6), round(one.lat, 6)) for one in (course[0], course[-1])}
    assert ends == {(round(PLACES[n].lon, 6), round(PLACES[n].lat, 6)) for n in (2, 5)}
    assert len(course) == 4


def test_the_way_into_the_cross_ends_there(town: StreetNetwork) -> None:
    """Four streets meet at the cross."""
    assert len(stretch_at(town, at(100, 3))) == 2
    assert len(stretch_at(town, at(203, 100))) == 2


def test_an_end_is_the_crossing_there_or_the_one_beyond(town: StreetNetwork) -> None:
    """Between two places on one street, all of it that they lie on is meant."""
    near, beyond = far_end(town, at(210, 3), at(600, 50)), far_end(town, at(600, 50), at(210, 3))
    assert (near.lon, near.lat) == pytest.approx((PLACES[2].lon, PLACES[2].lat))
    assert (beyond.lon, beyond.lat) == pytest.approx((PLACES[5].lon, PLACES[5].lat))


@pytest.mark.parametrize("lat", [90.0, -90.0])
@pytest.mark.parametrize("lon", [-180.0, 0.0, 180.0])
def test_at_a_pole_nobody_means_a_street(town: StreetNetwork, lon: float, lat: float) -> None:
    """A plane has no metres there, the ground has."""
    with pytest.raises(BadInput, match="no street within 200 m"):
        stretch_at(town, LonLat(lon, lat))


def test_a_named_street_is_meant_though_another_is_shorter(tmp_path: Path) -> None:
    """Old and New Road leave one crossing and meet again at the next; the old one winds."""
    places = {1: at(0, 0), 2: at(200, 150), 3: at(400, 0), 4: at(0, -200), 5: at(400, -200)}
    ways = [
        street(1, 2, 3, name="Old Road"),
        street(1, 3, name="New Road"),
        street(4, 1, name="West Street"),
        street(5, 3, name="East Street"),
    ]
    town = build_streets(write_osm(tmp_path / "fork.osm", places, ways))
    west, east = (crossings_of(town, "Old Road", one) for one in ("West Street", "East Street"))
    assert len(street_between(town, west, east)) == 2
    for name, count in (("old road", 3), ("New Road", 2)):
        assert len(street_between(town, west, east, name)) == count
    with pytest.raises(BadInput, match="no one street"):
        street_between(town, west, east, "West Street")


def test_a_street_is_no_crossing_of_its_own(town: StreetNetwork) -> None:
    """Else any of its ends would be."""
    with pytest.raises(BadInput, match="does not cross itself"):
        crossings_of(town, "East Road", "east road ")


def test_far_from_every_street_nobody_means_one(town: StreetNetwork) -> None:
    """One clear line."""
    with pytest.raises(BadInput, match="no street within 200 m"):
        stretch_at(town, at(450, 600))


def test_in_a_whole_country_a_stretch_is_a_street_between_two_crossings(
    liechtenstein: StreetNetwork,
) -> None:
    """By networkx: no crossing on the way, one at each end; and closing it closes the edge."""
    streets = liechtenstein
    ends = zip(streets.tail.tolist(), streets.head.tolist(), strict=True)
    metres = streets.length_m.round(1).tolist()
    both = {(min(pair), max(pair), length) for pair, length in zip(ends, metres, strict=True)}
    graph = nx.MultiGraph([(a, b) for a, b, _ in both])
    node_at = {(round(x, 7), round(y, 7)): n for n, (x, y) in enumerate(streets.nodes.tolist())}
    wrong = []
    for edge in range(0, len(streets.tail), 31):
        course = streets.course(edge)
        middle = LonLat(*((course[0] + course[1]) / 2).tolist())
        found = stretch_at(streets, middle)
        passed = [node_at.get((round(one.lon, 7), round(one.lat, 7))) for one in found]
        on_the_way = [graph.degree(node) for node in passed[1:-1] if node is not None]
        at_ends = [graph.degree(passed[0]), graph.degree(passed[-1])]
        is_ring = passed[0] == passed[-1]
        if set(on_the_way) - {2} or (2 in at_ends and not is_ring):
            wrong.append((edge, on_the_way, at_ends))
        if edge not in edges_touched(streets, closing(found)).tolist():
            wrong.append((edge, "not touched"))
    assert wrong == []


def closing(places: tuple[LonLat, ...]) -> Closure:
    """Return a closure of a street."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return Closure("K", ClosureShape.STREET, places, now, None, ClosureReason.WORKS, "ann", now)


def test_two_names_meet_at_one_place(town: StreetNetwork) -> None:
    """In any case of letters; those that do not meet say so."""
    (found,) = crossings_of(town, "east road", "CROSS street ")
    assert (found.lon, found.lat) == pytest.approx((PLACES[2].lon, PLACES[2].lat))
    with pytest.raises(BadInput, match="do not meet"):
        crossings_of(town, "East Alley", "Cross Street")
    with pytest.raises(BadInput, match="no street is called"):
        crossings_of(town, "East Road", "")


def test_two_streets_meet_at_a_roundabout(tmp_path: Path) -> None:
    """They share no node: the first one's end on the ring is where they meet, in either order."""
    places = {1: at(-300, 0), 2: at(-20, 0), 3: at(0, 20), 4: at(20, 0), 5: at(0, -20),
              6: at(0, 300), 7: at(300, 0)}  # fmt: skip
    ring = street(2, 5, 4, 3, 2, name="", junction="roundabout")
    roads = [street(1, 2, name="West"), street(3, 6, name="North"), street(4, 7, name="East")]
    far = [street(1, 6, name="Far")]
    town = build_streets(write_osm(tmp_path / "t.osm", places, [ring, *roads, *far]))
    (found,) = crossings_of(town, "West", "North")
    assert found.lon == pytest.approx(places[2].lon, abs=1e-6)
    (found,) = crossings_of(town, "North", "West")
    assert found.lat == pytest.approx(places[3].lat, abs=1e-6)
    with pytest.raises(BadInput, match="do not meet"):
        crossings_of(town, "East", "Far")


def metres_east(course: tuple[LonLat, ...]) -> set[float]:
    """Return how far east of the origin its ends lie, in whole tens of metres."""
    unit = at(1, 0).lon - at(0, 0).lon
    return {round((one.lon - at(0, 0).lon) / unit, -1) for one in (course[0], course[-1])}


def test_a_name_that_occurs_twice_is_closed_where_both_crossings_are(tmp_path: Path) -> None:
    """First meets both streets called P, Last only the eastern one, whichever was drawn first."""
    places = {
        1: at(0, 0), 2: at(200, 0), 3: at(2000, 0), 4: at(2200, 0), 5: at(2500, 0),
        6: at(200, 300), 7: at(2200, 300), 8: at(2500, 300), 9: at(2600, 0),
    }  # fmt: skip
    ways = [
        street(1, 2, name="P"),
        street(3, 4, 5, 9, name="P"),
        street(2, 6, 7, 4, name="First"),
        street(5, 8, name="Last"),
    ]
    for k, drawn in enumerate((ways, ways[::-1])):
        town = build_streets(write_osm(tmp_path / f"{k}.osm", places, drawn))
        firsts, lasts = crossings_of(town, "P", "First"), crossings_of(town, "P", "Last")
        assert (len(firsts), len(lasts)) == (2, 1)
        for one, other in ((firsts, lasts), (lasts, firsts)):
            assert metres_east(street_between(town, one, other, "P")) == {2200.0, 2500.0}


def test_a_street_on_both_sides_of_a_roundabout_is_closed_on_either(tmp_path: Path) -> None:
    """North ends at the ring, whose name is another: from there west, or east."""
    places = {1: at(-400, 0), 2: at(-20, 0), 3: at(0, 20), 4: at(20, 0), 5: at(0, -20),
              6: at(0, 300), 7: at(400, 0), 8: at(-400, 300), 9: at(400, 300)}  # fmt: skip
    ways = [
        street(2, 5, 4, 3, 2, name="", junction="roundabout"),
        street(1, 2, name="Main"),
        street(4, 7, name="Main"),
        street(3, 6, name="North"),
        street(1, 8, name="West"),
        street(7, 9, name="East"),
    ]
    town = build_streets(write_osm(tmp_path / "ring.osm", places, ways))
    ring = crossings_of(town, "Main", "North")
    for other, expected in (("West", {-400.0, -20.0}), ("East", {20.0, 400.0})):
        course = street_between(town, ring, crossings_of(town, "Main", other), "Main")
        assert metres_east(course) == expected


def test_where_two_streets_meet_on_a_ring_no_other_place_of_it_is_their_crossing(
    tmp_path: Path,
) -> None:
    """The ring is called Main too, and North meets it in one node."""
    places = {1: at(-400, 0), 2: at(-20, 0), 3: at(0, 20), 4: at(20, 0), 5: at(0, -20),
              6: at(0, 300), 7: at(400, 0)}  # fmt: skip
    ways = [
        street(2, 5, 4, 3, 2, name="Main", junction="roundabout"),
        street(1, 2, name="Main"),
        street(4, 7, name="Main"),
        street(3, 6, name="North"),
    ]
    town = build_streets(write_osm(tmp_path / "ring.osm", places, ways))
    (found,) = crossings_of(town, "Main", "North")
    assert (found.lon, found.lat) == pytest.approx((places[3].lon, places[3].lat))
