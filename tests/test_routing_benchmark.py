"""The travel-time benchmark counts what it says, and judges nothing without its peers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from shapely import Point, box

from benchmarks import routing as benchmark
from benchmarks.lines import show
from benchmarks.peer_cache import prepared
from benchmarks.routing_agreement import OSRM, OURS, VALHALLA, agreement, likeness
from benchmarks.routing_cases import small_closures, turn_graph
from benchmarks.street_places import StreetPlaces
from domain.streets import FloatArray, StreetNetwork, StreetReport

SIDE, STEP = 12, 0.001


def _grid() -> StreetNetwork:
    """Return streets along a square grid, both ways, one leg each; the first is a motorway."""
    nodes = np.array([[8.0 + STEP * x, 49.0 + STEP * y] for x in range(SIDE) for y in range(SIDE)])
    pairs = [(a, a + SIDE) for a in range(SIDE * (SIDE - 1))]
    pairs += [(a, a + 1) for a in range(SIDE * SIDE) if (a + 1) % SIDE]
    tail, head = np.array(pairs + [(b, a) for a, b in pairs]).T
    count = len(tail)
    road_class = np.ones(count, dtype=np.int64)
    road_class[[0, len(pairs)]] = 0
    return StreetNetwork(
        nodes=nodes,
        tail=tail,
        head=head,
        length_m=np.full(count, 100.0),
        seconds=np.full(count, 10.0),
        road_class=road_class,
        classes=("motorway", "residential"),
        name=np.zeros(count, dtype=np.int64),
        names=("",),
        shape_start=np.arange(0, 2 * count + 1, 2),
        shape=nodes[np.column_stack([tail, head]).ravel()],
        areas=(),
        report=StreetReport("grid", len(nodes), count, 0, 0),
    )


def test_equal_tables_are_wholly_alike() -> None:
    """Seconds that differ by a factor correlate fully and have that factor as their ratio."""
    table = np.array([[60.0, 120.0, 300.0], [200.0, 90.0, 80.0]])
    found = likeness([table], [table * 2])
    assert found.correlation == pytest.approx(1.0)
    assert found.rank_correlation == pytest.approx(1.0)
    assert (found.same_nearest, found.ratio_p50, found.pairs) == (1.0, 0.5, 6)


def test_another_nearest_crew_is_counted_place_by_place() -> None:
    """One place of eight has another nearest crew."""
    one = np.array([[10.0, 11.0, 12.0, 13.0], [20.0, 21.0, 22.0, 23.0]])
    other = np.array([[10.0, 30.0, 12.0, 13.0], [20.0, 21.0, 22.0, 23.0]])
    assert likeness([one, one], [one, other]).same_nearest == pytest.approx(7 / 8)


def test_ours_is_judged_by_how_far_the_peers_are_apart() -> None:
    """The nearer engine has a ratio below 1; a pair one knows no way for is left out of all."""
    rng = np.random.default_rng(3)
    truth = rng.uniform(100.0, 2000.0, (5, 40))

    def off(by: float) -> FloatArray:
        return truth * np.exp(rng.normal(0.0, by, truth.shape))

    tables = {OURS: [off(0.02)], OSRM: [off(0.1)], VALHALLA: [off(0.3)]}
    tables[VALHALLA][0][2, 3] = np.nan
    lines = {(line["case"], line["metric"]): line for line in agreement(tables)}
    near = lines[f"{OURS} beside {OSRM}", "log correlation"]
    assert near["ratio"] < 1.0
    assert near["pairs"] == 199
    assert "ratio" not in lines[f"{OSRM} beside {VALHALLA}", "log correlation"]


def test_a_closure_touches_about_twenty_edges() -> None:
    """A square holds the ends of some edges and of not many more than 20."""
    streets = _grid()
    courses = streets.shape.reshape(-1, 2, 2)
    for closure in small_closures(streets, 20, seed=5):
        places = [(place.lon, place.lat) for place in closure.places]
        (west, south), (east, north) = np.min(places, axis=0), np.max(places, axis=0)
        inside = box(west, south, east, north)
        corners = [any(inside.covers(Point(end)) for end in course) for course in courses]
        assert 2 <= sum(corners) <= 24


def test_places_lie_beside_streets_with_mains() -> None:
    """Work lies at most 25 m from a street, and one seed always draws the same."""
    streets = _grid()
    scale = np.array([np.cos(np.radians(49.0)), 1.0]) * 111_133.0
    drawn = StreetPlaces(streets, 1).work(200)
    away = []
    for place in drawn:
        east, north = (np.array([place.lon, place.lat]) - [8.0, 49.0]) * scale
        spacing = STEP * scale
        away.append(
            min(abs(x - spacing[k] * round(x / spacing[k])) for k, x in enumerate((east, north)))
        )
    assert max(away) <= 25.5
    assert StreetPlaces(streets, 1).work(200) == drawn


def test_networkx_may_make_every_turn() -> None:
    """The graph that networkx searches has every pair of edges that meet."""
    streets = _grid()
    turns = turn_graph(streets)
    leaving = np.bincount(streets.tail)
    assert turns.number_of_edges() == int(leaving[streets.head].sum())


def test_what_a_peer_left_half_made_is_made_anew(tmp_path: Path) -> None:
    """Files of a failed preparation are never used; those of a finished one are kept."""
    folder = tmp_path / "peer"

    def fails(into: Path) -> None:
        (into / "half").touch()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        prepared(folder, fails)
    assert not folder.exists()
    assert prepared(folder, lambda into: (into / "whole").touch()) == folder
    assert [file.name for file in folder.iterdir()] == ["whole"]
    prepared(folder, fails)


def test_without_the_file_nothing_is_judged(capsys: pytest.CaptureFixture[str]) -> None:
    """One line says where to get the file."""
    show("routing", benchmark.nothing())
    line = json.loads(capsys.readouterr().out)
    assert line["holds"] is None
    assert "--data" in line["missing"]
