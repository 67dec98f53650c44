"""Names, numbers, signals, roundabouts, ferries and private roads, as the build keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import osmnx
import pytest

from domain.places import LonLat
from domain.streets import StreetName, StreetNetwork
from routing import build_streets
from routing.speeds import duration_s
from tests.routing.drawn import Way, at, street, write_osm

LINE = {k: at(400 * k, 0) for k in range(1, 6)}


def built(
    folder: Path, places: dict[int, LonLat], ways: Sequence[Way], extra: str = "", **what: bool
) -> StreetNetwork:
    """Return the streets of a drawn map."""
    return build_streets(write_osm(folder / "t.osm", places, ways, extra), **what)


def edge(streets: StreetNetwork, a: LonLat, b: LonLat) -> int:
    """Return the edge from one place to another."""
    ends = [
        (tuple(streets.nodes[u]), tuple(streets.nodes[v]))
        for u, v in zip(streets.tail, streets.head, strict=True)
    ]
    return ends.index(((a.lon, a.lat), (b.lon, b.lat)))


NAMED = [
    ({"name": "Rua Nova", "name:zh": "新街", "name:en": "New Street"}, "Rua Nova", "新街"),
    ({"name": "人民路", "name:zh-Hans": "人民路", "name:zh": "人民路(繁)"}, "人民路", "人民路"),
    ({"name:zh": "新街", "name:en": "New Street"}, "新街", "新街"),
    ({"name:en": "New Street"}, "New Street", ""),
]


@pytest.mark.parametrize(("tags", "local", "chinese"), NAMED)
def test_a_street_has_all_its_names_and_its_number(
    tmp_path: Path, tags: dict[str, str], local: str, chinese: str
) -> None:
    """As those who live there say, in Chinese, in English, and by number."""
    streets = built(tmp_path, LINE, [street(1, 2, ref="G65", **tags), street(2, 3)])
    english = tags.get("name:en", "")
    assert streets.label_of(edge(streets, LINE[1], LINE[2])) == StreetName(
        local, chinese, english, "G65"
    )
    assert streets.label_of(edge(streets, LINE[2], LINE[3])) == StreetName()


def test_the_translation_that_most_ways_of_a_name_bear_holds(tmp_path: Path) -> None:
    """One way with a slip does not rename the street."""
    names = ["New Street", "New Street", "Nwe Street", ""]
    ways = [
        street(
            k, k + 1, name="新街", maxspeed=str(30 + 10 * k), **({"name:en": one} if one else {})
        )
        for k, one in enumerate(names, start=1)
    ]
    streets = built(tmp_path, LINE, ways)
    labels = {streets.label_of(e).en for e in range(len(streets.tail))}
    assert labels == {"New Street"}


def test_without_translations_there_is_no_table(tmp_path: Path) -> None:
    """An empty tuple says that nothing is known."""
    assert built(tmp_path, LINE, [street(1, 2, name="新街")]).translations == ()


def test_both_directions_bear_one_number_where_it_changes(tmp_path: Path) -> None:
    """A number is no reason to part a street; an empty one gives way."""
    streets = built(tmp_path, LINE, [street(1, 2), street(2, 3, ref="G7"), street(3, 4)])
    assert [streets.label_of(e).ref for e in range(len(streets.tail))] == ["G7", "G7"]


def lit(node: int, place: LonLat, **tags: str) -> str:
    """Return the XML of a node with traffic signals."""
    said = {"highway": "traffic_signals", **tags}
    inner = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in said.items())
    return f'<node id="{node}" lon="{place.lon!r}" lat="{place.lat!r}">{inner}</node>'


def plain_seconds(streets: StreetNetwork, e: int) -> float:
    """Return the seconds of an edge at a residential street's speed."""
    return float(streets.length_m[e]) / (29 / 3.6)


SIDE = LonLat(*(at(800, 300).lon, at(800, 300).lat))


def test_signals_at_a_junction_are_kept_and_cost_no_edge(tmp_path: Path) -> None:
    """What they cost depends on the drive: docs/driving.md."""
    places = {k: p for k, p in LINE.items() if k != 2} | {9: SIDE}
    streets = built(tmp_path, places, [street(1, 2, 3), street(2, 9)], lit(2, LINE[2]))
    assert streets.nodes[streets.rules.signals].tolist() == [[LINE[2].lon, LINE[2].lat]]
    for e in range(len(streets.tail)):
        assert streets.seconds[e] == pytest.approx(plain_seconds(streets, e))


@pytest.mark.parametrize(
    ("direction", "there", "back"),
    [(None, 2, 2), ("both", 2, 2), ("forward", 2, 0), ("backward", 0, 2)],
)
@pytest.mark.parametrize("drawn", [(1, 2, 3), (3, 2, 1)])
def test_signals_between_junctions_cost_two_seconds(
    tmp_path: Path, drawn: tuple[int, ...], direction: str | None, there: int, back: int
) -> None:
    """In the direction they stand for, which goes by how the way is drawn."""
    places = {k: LINE[k] for k in (1, 3)}
    tags = {"traffic_signals:direction": direction} if direction else {}
    streets = built(tmp_path, places, [street(*drawn)], lit(2, LINE[2], **tags))
    assert len(streets.rules.signals) == 0
    first, last = LINE[drawn[0]], LINE[drawn[-1]]
    for a, b, wait in ((first, last, there), (last, first, back)):
        e = edge(streets, a, b)
        assert streets.seconds[e] == pytest.approx(plain_seconds(streets, e) + wait)


def test_signals_against_a_one_way_street_drawn_backwards(tmp_path: Path) -> None:
    """Forward is as the way is drawn, here against the traffic: nobody waits."""
    places = {k: LINE[k] for k in (1, 3)} | {5: at(800, 500)}
    for direction, wait in (("forward", 0), ("backward", 2)):
        signal = lit(2, LINE[2], **{"traffic_signals:direction": direction})
        ways = [street(3, 2, 1, oneway="-1"), street(1, 5), street(3, 5)]
        streets = built(tmp_path, places, ways, signal)
        e = edge(streets, LINE[1], LINE[3])
        assert streets.seconds[e] == pytest.approx(plain_seconds(streets, e) + wait)


def test_signals_for_one_direction_at_a_junction_hold_up_that_street_only(tmp_path: Path) -> None:
    """The node itself has none then."""
    places = {k: p for k, p in LINE.items() if k != 2} | {9: SIDE}
    signal = lit(2, LINE[2], **{"traffic_signals:direction": "forward"})
    streets = built(tmp_path, places, [street(1, 2, 3), street(9, 2, oneway="yes")], signal)
    assert len(streets.rules.signals) == 0
    e = edge(streets, LINE[1], LINE[2])
    assert streets.seconds[e] == pytest.approx(plain_seconds(streets, e) + 2)


def test_roundabouts_are_marked(tmp_path: Path) -> None:
    """Every edge round one, and no other."""
    ring = {6: at(0, 0), 7: at(30, 0), 8: at(15, 30)}
    places = ring | {1: at(-300, 0), 2: at(300, 0)}
    ways = [street(6, 7, 8, 6, junction="roundabout"), street(1, 6), street(7, 2)]
    streets = built(tmp_path, places, ways)
    round_ = streets.rules.roundabouts.tolist()
    assert [streets.rules.opposite[e] for e in round_] == [-1, -1]
    assert len(streets.tail) == len(round_) + 4


BANKS = [street(1, 2), street(3, 4)]


def test_ferries_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    """And counted: the far bank is then not to be reached."""
    ferry = Way((2, 3), {"route": "ferry", "name": "Fähre"})
    streets = built(tmp_path, LINE, [*BANKS, street(4, 5), ferry])
    assert streets.report.ferries_left_out == 1
    assert (streets.report.dropped_nodes, len(streets.rules.ferries)) == (2, 0)
    streets = built(tmp_path, LINE, [*BANKS, street(4, 5), ferry], ferries=True)
    assert (streets.report.ferries_left_out, streets.report.dropped_nodes) == (0, 0)
    assert {streets.name_of(e) for e in streets.rules.ferries} == {"Fähre"}
    assert {streets.classes[streets.road_class[e]] for e in streets.rules.ferries} == {"ferry"}


@pytest.mark.parametrize(
    ("tags", "seconds"),
    [
        ({"duration": "00:20"}, 1200.0),
        ({"duration": "1:05:30"}, 3930.0),
        ({"duration": "5"}, 300.0),
        ({"duration": "PT10M"}, 600.0),
        ({"duration": "soon"}, None),
        ({}, None),
    ],
)
def test_a_crossing_takes_its_duration_or_goes_slowly(
    tmp_path: Path, tags: dict[str, str], seconds: float | None
) -> None:
    """The duration is the whole way's, over all its pieces; without one 5 km/h."""
    ferry = Way((2, 3, 4), {"route": "ferry", **tags})
    streets = built(tmp_path, LINE, [street(1, 2), ferry, street(4, 5)], ferries=True)
    e = edge(streets, LINE[2], LINE[4])
    expected = seconds or float(streets.length_m[e]) / (5 / 3.6)
    assert streets.seconds[e] == pytest.approx(expected)


@pytest.mark.parametrize("access", [{"motor_vehicle": "no"}, {"access": "no"}, {"vehicle": "no"}])
def test_a_ferry_for_walkers_is_none(tmp_path: Path, access: dict[str, str]) -> None:
    """It is not counted as left out either: no switch brings a car aboard."""
    ferry = Way((2, 3), {"route": "ferry", **access})
    streets = built(tmp_path, LINE, [*BANKS, street(4, 5), ferry], ferries=True)
    assert (len(streets.rules.ferries), streets.report.ferries_left_out) == (0, 0)


def test_private_roads_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    """And counted; what is closed for good stays out."""
    ways = [street(1, 2), street(2, 3, access="private"), street(3, 4, motor_vehicle="no")]
    streets = built(tmp_path, LINE, ways)
    assert (len(streets.nodes), streets.report.private_left_out) == (2, 1)
    streets = built(tmp_path, LINE, ways, private=True)
    assert (len(streets.nodes), streets.report.private_left_out) == (3, 0)
    assert set(streets.rules.private) == {
        edge(streets, LINE[2], LINE[3]),
        edge(streets, LINE[3], LINE[2]),
    }


def test_the_same_holds_for_a_graph(tmp_path: Path) -> None:
    """GraphML with ferries, private roads, signals and a roundabout."""
    ring = [street(6, 7, 8, 6, junction="roundabout", oneway="yes"), street(4, 6)]
    places = LINE | {6: at(1700, 0), 7: at(1730, 0), 8: at(1715, 30)}
    ways = [street(1, 2, access="private"), street(2, 3, ref="G7"), street(3, 4, name="A"), *ring]
    osm = write_osm(tmp_path / "t.osm", places, ways)
    before = list(osmnx.settings.useful_tags_way)
    graph = osmnx.graph_from_xml(osm, simplify=False)
    assert before == osmnx.settings.useful_tags_way
    graph.nodes[3]["highway"] = "traffic_signals"
    osmnx.save_graphml(graph, tmp_path / "t.graphml")
    streets = build_streets(tmp_path / "t.graphml")
    assert streets.report.private_left_out == 2
    assert streets.nodes[streets.rules.signals].tolist() == [[LINE[3].lon, LINE[3].lat]]
    assert len(streets.rules.roundabouts) == 1
    assert "G7" in streets.rules.refs
    with_private = build_streets(tmp_path / "t.graphml", private=True)
    assert len(with_private.rules.private) == 2


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(("00:05", 300), ("2:00", 7200), ("90", 5400), ("PT1H30M", 5400), ("PT45S", 45)),
        *(("", 0), ("PT", 0), ("five", 0), ("-5", 0), ("1:2:3:4", 0)),
    ],
)
def test_durations_are_read_or_are_nothing(text: str, seconds: int) -> None:
    """Hours and minutes, minutes alone, ISO 8601."""
    assert duration_s(text) == seconds
