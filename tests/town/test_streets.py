"""The made streets: one piece, drivable, named, crooked, the same every time."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from data.pipes_network import made_streets
from domain.streets import AreaKind, StreetNetwork
from tests.town.osm_streets import as_streets, parse, stretches


@pytest.fixture(scope="module")
def text() -> str:
    """Return the streets of the bundled day's size."""
    return made_streets(1, 6000)


def test_same_seed_same_bytes_other_seed_other_town() -> None:
    """The seed alone decides the text."""
    assert made_streets(7, 900) == made_streets(7, 900)
    assert made_streets(7, 900) != made_streets(8, 900)


@pytest.mark.parametrize(("seed", "premises"), [(1, 6000), (2, 6000), (3, 1500), (5, 50)])
def test_everyone_can_drive_everywhere(seed: int, premises: int) -> None:
    """One-ways and dead ends leave the drive network strongly connected."""
    streets = as_streets(made_streets(seed, premises))
    graph = nx.DiGraph(zip(streets.tail.tolist(), streets.head.tolist(), strict=True))
    assert nx.is_strongly_connected(graph)
    assert graph.number_of_nodes() == len(streets.nodes)


def test_enough_streets_for_the_premises(text: str) -> None:
    """There is about one street between crossings for every four or five premises."""
    _, ways, _ = parse(text)
    assert 1200 < len(stretches(ways)) < 1700


def test_classes_one_ways_bridges_and_a_roundabout(text: str) -> None:
    """The town has all a dispatcher knows from a real one."""
    _, ways, areas = parse(text)
    tags = [{t.get("k"): t.get("v") for t in way.iter("tag")} for way in ways]
    classes = {tag["highway"] for tag in tags}
    assert classes == {"primary", "secondary", "tertiary", "residential", "living_street"}
    assert sum(tag.get("bridge") == "yes" for tag in tags) == 2
    assert sum(tag.get("junction") == "roundabout" for tag in tags) == 1
    assert 30 < sum(tag.get("oneway") == "yes" for tag in tags) < len(tags) / 3
    assert all(tag["name"] for tag in tags)
    assert len({tag["name"] for tag in tags}) > 150
    assert any("maxspeed" in tag for tag in tags)
    assert len(areas) >= 5


def test_areas_are_closed_rings_with_a_river_and_parks(town_streets: StreetNetwork) -> None:
    """Parks and water are closed ways."""
    kinds = [area.kind for area in town_streets.areas]
    assert kinds.count(AreaKind.WATER) >= 2
    assert kinds.count(AreaKind.PARK) >= 3
    for area in town_streets.areas:
        assert (area.ring[0] == area.ring[-1]).all()


def test_town_is_no_grid(town_streets: StreetNetwork) -> None:
    """Streets run in many directions: no tenth of a right angle holds a third of them."""
    run = town_streets.nodes[town_streets.head] - town_streets.nodes[town_streets.tail]
    heading = np.degrees(np.arctan2(run[:, 1], run[:, 0] * 0.863)) % 90
    share, _ = np.histogram(heading, bins=10, range=(0, 90))
    assert share.max() < len(heading) / 3


def test_streets_cross_only_at_shared_nodes(text: str) -> None:
    """Hardly any two streets cross without meeting."""
    import shapely

    places, ways, _ = parse(text)
    lines = [shapely.LineString([places[ref] for ref in refs]) for refs, _ in stretches(ways)]
    one, other = shapely.STRtree(lines).query(lines, predicate="crosses")
    assert len(one[one < other]) <= len(lines) * 0.01
