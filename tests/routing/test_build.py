"""Which streets are kept, how fast they are, and what the report says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmnx
import pytest

from domain.streets import AreaKind, StreetNetwork
from routing import build_streets
from tests.conftest import ROOT
from tests.routing.drawn import Way, at, street, write_osm

SQUARE = {1: at(0, 0), 2: at(500, 0), 3: at(500, 500), 4: at(0, 500), 9: at(-100, 0)}
#: Round the square, and in by a lane from the west, at whose end one can turn.
ROUND = (9, 1, 2, 3, 4, 1)
RING = street(*ROUND)


def edges_of(streets: StreetNetwork) -> set[tuple[str, str]]:
    """Return (class, name) of every edge."""
    edges = range(len(streets.tail))
    return {(streets.classes[streets.road_class[e]], streets.name_of(e)) for e in edges}


def built(folder: Path, places: dict, *ways: Way, extra: str = "") -> StreetNetwork:
    """Return the streets of a drawn map."""
    return build_streets(write_osm(folder / "town.osm", places, ways, extra))


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "track"},
        {"highway": "pedestrian", "area": "yes"},
        {"access": "private"},
        {"access": "no"},
        {"access": "yes", "motor_vehicle": "no"},
        {"highway": "service", "service": "driveway"},
        {"oneway": "reversible"},
        {"area": "yes"},
    ],
)
def test_ways_no_crew_may_drive_are_left_out(tmp_path: Path, tags: dict[str, str]) -> None:
    """A closed, private or walking way is not a street, and is not counted as dropped."""
    shut = Way((1, 3), {"highway": "residential", "name": "shut", **tags})
    streets = built(tmp_path, SQUARE, RING, shut)
    assert edges_of(streets) == {("residential", "")}
    assert (streets.report.dropped_nodes, streets.report.dropped_edges) == (0, 0)


def test_a_private_way_open_to_motor_vehicles_is_kept(tmp_path: Path) -> None:
    """The more particular access tag wins."""
    lane = street(1, 3, access="private", motor_vehicle="yes", name="lane")
    assert ("residential", "lane") in edges_of(built(tmp_path, SQUARE, RING, lane))


@pytest.mark.parametrize(
    ("tags", "name"),
    [
        ({"name": "人民路", "name:en": "Renmin Road"}, "人民路"),
        ({"name:zh": "人民路", "name:en": "Renmin Road"}, "人民路"),
        ({"name:en": "Renmin Road"}, "Renmin Road"),
        ({}, ""),
    ],
)
def test_the_local_name_comes_first(tmp_path: Path, tags: dict[str, str], name: str) -> None:
    """Name, then name:zh, then name:en, then nothing."""
    streets = built(tmp_path, SQUARE, street(*ROUND, **tags))
    assert edges_of(streets) == {("residential", name)}
    assert streets.names[0] == ""


@pytest.mark.parametrize(
    ("tags", "kph"),
    [
        ({}, 29.0),
        ({"highway": "primary"}, 70.0),
        ({"maxspeed": "45"}, 40.0),
        ({"maxspeed": "30 mph"}, 8 / 9 * 30 * 1.609344),
        ({"maxspeed": "none"}, 29.0),
        ({"maxspeed": "50;27"}, 24.0),
        ({"maxspeed": "walk"}, 29.0),
        ({"maxspeed": "0"}, 29.0),
    ],
)
def test_seconds_follow_the_limit_or_the_class(
    tmp_path: Path, tags: dict[str, str], kph: float
) -> None:
    """Seconds are metres by eight ninths of the limit, else by the class table."""
    streets = built(tmp_path, SQUARE, street(*ROUND, **tags))
    assert streets.seconds == pytest.approx(streets.length_m / (kph / 3.6))


def test_lengths_are_metres_on_the_ground(tmp_path: Path) -> None:
    """A square of 500 m sides and a lane of 100 m, there and back."""
    streets = built(tmp_path, SQUARE, RING)
    assert streets.length_m.sum() == pytest.approx(2 * 2100, rel=1e-3)


def test_geometry_is_kept_between_junctions(tmp_path: Path) -> None:
    """A bend is no node, but it is in the course; courses start at tails and end at heads."""
    places = {1: at(0, 0), 2: at(100, 80), 3: at(200, 0), 4: at(300, 0)}
    streets = built(tmp_path, places, street(1, 2, 3, 4))
    assert len(streets.nodes) == 2
    assert [len(streets.course(e)) for e in range(len(streets.tail))] == [4, 4]
    for edge in range(len(streets.tail)):
        course = streets.course(edge)
        assert (course[0] == streets.nodes[streets.tail[edge]]).all()
        assert (course[-1] == streets.nodes[streets.head[edge]]).all()


def test_a_change_of_class_name_or_speed_is_a_node(tmp_path: Path) -> None:
    """Each edge has one class, one name and one speed."""
    places = {k: at(100 * k, 0) for k in range(1, 6)}
    ways = [street(1, 2), street(2, 3, name="B"), street(3, 4, maxspeed="50")]
    streets = built(tmp_path, places, *ways, Way((4, 5), {"highway": "primary"}))
    assert len(streets.nodes) == 5


def test_the_largest_strong_part_is_kept_and_the_rest_counted(tmp_path: Path) -> None:
    """An island and a one-way trap are dropped and counted as nodes and directed edges."""
    places = SQUARE | {5: at(900, 0), 6: at(900, 300), 7: at(5000, 0), 8: at(5100, 0)}
    trap = [street(2, 5, oneway="yes"), street(5, 6)]
    streets = built(tmp_path, places, RING, *trap, street(7, 8))
    report = streets.report
    assert (report.nodes, report.edges) == (len(streets.nodes), len(streets.tail))
    assert (report.dropped_nodes, report.dropped_edges) == (4, 1 + 2 + 2)
    assert report.source == "town.osm"


def test_of_a_street_drawn_twice_the_faster_copy_is_kept(tmp_path: Path) -> None:
    """Two ways over the same nodes are one street."""
    streets = built(tmp_path, SQUARE, RING, street(*ROUND, maxspeed="90"))
    assert streets.seconds == pytest.approx(streets.length_m / (80 / 3.6))


def test_parallel_streets_on_other_courses_are_all_kept(tmp_path: Path) -> None:
    """Premises lie along each of them."""
    places = {1: at(0, 0), 2: at(400, 0), 3: at(200, 150), 4: at(200, -150)}
    ways = [street(1, 3, 2), street(1, 4, 2), street(1, 2)]
    assert len(built(tmp_path, places, *ways).tail) == 6


@pytest.mark.parametrize("junction", ["roundabout", "circular"])
def test_roundabouts_are_one_way(tmp_path: Path, junction: str) -> None:
    """A roundabout is driven in the direction it is drawn."""
    streets = built(tmp_path, SQUARE | {5: at(900, 0)}, ring_round(junction), street(2, 5))
    times = streets.length_m.sum()
    assert times == pytest.approx(2000 + 2 * 400, rel=1e-3)


def ring_round(junction: str) -> Way:
    """Return the square as a roundabout."""
    return street(1, 2, 3, 4, 1, junction=junction)


def test_a_way_cut_at_the_rim_of_an_extract_is_kept_in_pieces(tmp_path: Path) -> None:
    """Nodes that the file lacks split a way instead of failing the build."""
    places = SQUARE | {5: at(0, 800), 6: at(0, 900)}
    streets = built(tmp_path, places, RING, street(4, 5, 6, 99), street(99, 98, 1))
    assert streets.report.dropped_nodes == 0
    assert streets.nodes[:, 1].max() == pytest.approx(places[6].lat)


AREA_MAP = """
<way id="90"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="14"/><nd ref="11"/>
<tag k="leisure" v="park"/><tag k="name" v="人民公园"/></way>
<way id="91"><nd ref="21"/><nd ref="22"/><nd ref="23"/></way>
<way id="92"><nd ref="23"/><nd ref="24"/><nd ref="21"/></way>
<way id="93"><nd ref="31"/><nd ref="32"/><nd ref="33"/><nd ref="31"/>
<tag k="leisure" v="park"/></way>
<relation id="95"><member type="way" ref="91" role="outer"/>
<member type="way" ref="92" role="outer"/><tag k="type" v="multipolygon"/>
<tag k="natural" v="water"/></relation>
"""


def test_parks_and_water_become_areas(tmp_path: Path) -> None:
    """Closed ways and multipolygons, largest first; what is under 1000 m2 is dropped."""
    places = SQUARE | {11: at(50, 50), 12: at(150, 50), 13: at(150, 150), 14: at(50, 150)}
    places |= {21: at(200, 200), 22: at(400, 200), 23: at(400, 400), 24: at(200, 400)}
    places |= {31: at(20, 20), 32: at(40, 20), 33: at(40, 40)}
    streets = built(tmp_path, places, RING, extra=AREA_MAP)
    assert [(a.kind, a.name) for a in streets.areas] == [
        (AreaKind.WATER, ""),
        (AreaKind.PARK, "人民公园"),
    ]
    for area in streets.areas:
        assert (area.ring[0] == area.ring[-1]).all()
    assert streets.areas[1].ring.min(axis=0) == pytest.approx([places[11].lon, places[11].lat])


def test_graphml_gives_the_same_streets_simplified_or_not(tmp_path: Path) -> None:
    """What osmnx saved can be imported, with names, one-ways and geometry."""
    places = SQUARE | {5: at(250, 40), 6: at(900, 0)}
    ways = [street(1, 5, 2, name="A"), street(2, 3, 4, 1, oneway="yes"), street(2, 6)]
    osm = write_osm(tmp_path / "town.osm", places, ways)
    whole = build_streets(osm)
    for simplify in (False, True):
        graph = osmnx.graph_from_xml(osm, simplify=simplify)
        osmnx.save_graphml(graph, tmp_path / "town.graphml")
        streets = build_streets(tmp_path / "town.graphml")
        assert streets.length_m.sum() == pytest.approx(whole.length_m.sum())
        assert streets.seconds.sum() == pytest.approx(whole.seconds.sum())
        assert "A" in streets.names
        assert streets.report.source == "town.graphml"


def test_osmnx_settings_are_left_as_they_were(tmp_path: Path) -> None:
    """The module-wide settings of osmnx do not change through a build."""
    before = list(osmnx.settings.useful_tags_way), osmnx.settings.all_oneway
    built(tmp_path, SQUARE, RING)
    assert (osmnx.settings.useful_tags_way, osmnx.settings.all_oneway) == before


def test_progress_runs_from_nothing_to_all(tmp_path: Path) -> None:
    """Fractions never fall, start at 0 and end at 1, each with words."""
    told: list[tuple[float, str]] = []
    osm = write_osm(tmp_path / "town.osm", SQUARE, [RING])
    build_streets(osm, progress=lambda done, doing: told.append((done, doing)))
    fractions = [done for done, _ in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert all(doing for _, doing in told)


@pytest.mark.shelf
def test_a_country_builds(liechtenstein: StreetNetwork) -> None:
    """Liechtenstein has its streets, its areas, and all of it strongly connected."""
    report = liechtenstein.report
    assert report.nodes > 2000
    assert 0 < report.dropped_nodes < 100
    assert {"primary", "residential"} <= set(liechtenstein.classes)
    assert {area.kind for area in liechtenstein.areas} == set(AreaKind)
    assert len(liechtenstein.areas) <= 400
    assert np.isfinite(liechtenstein.seconds).all()
    assert "Landstrasse" in liechtenstein.names


@pytest.mark.shelf
def test_openstreetmap_is_named_and_a_made_town_is_not(shelf: Path) -> None:
    """The licence asks for the name wherever the streets are drawn."""
    real = build_streets(shelf / "osm" / "liechtenstein.osm.pbf")
    assert real.report.attribution == "© OpenStreetMap contributors"
    made = build_streets(ROOT / "data" / "pipes_network" / "town" / "streets.osm")
    assert made.report.attribution == ""
