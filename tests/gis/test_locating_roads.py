"""Roads with their courses: crossings, house numbers between known ones, landmarks and sides."""

from __future__ import annotations

import pytest

import gis
from domain.network import PipeNetwork, Premises
from domain.places import LonLat, Place, Road
from domain.tickets import Candidate, FoundBy
from gis.crs import plane_around

#: A town on a plane: metres east and north of its middle.
PLANE = plane_around([LonLat(114.3, 30.6)])


def at(x: float, y: float) -> LonLat:
    """Return the place so many metres east and north of the town's middle."""
    return PLANE.place(x, y)


ROADS = (
    Road("长江路", ((at(-1000, 0), at(1000, 0)),)),
    Road("黄河街", ((at(300, -800), at(300, 800)),)),
    Road("太湖路", ((at(-900, 700), at(100, 700)),)),
)
HOMES = tuple(
    Premises(
        f"n{number}", at(-900 + number * 15, -20 if number % 2 else 20), address=f"长江路{number}号"
    )
    for number in (1, 11, 21, 31, 2, 12, 22, 32)
)
PLACES = (Place("L1", "市体育馆", at(500, 400), ("体育馆",)),)
TOWN = gis.Gazetteer(PipeNetwork((), (), premises=HOMES), PLACES, ROADS)


def metres(found: Candidate, x: float, y: float) -> float:
    """Return how far an answer lies from a place of the town."""
    (here,) = PLANE.xy([found.position])
    return float(((here[0] - x) ** 2 + (here[1] - y) ** 2) ** 0.5)


@pytest.mark.parametrize(
    "text",
    ["长江路与黄河街交叉口", "黄河街长江路路口爆管了", "长江路和黄河街", "常江路与黄河街交汇处"],
)
def test_a_crossing_is_where_both_roads_meet(text: str) -> None:
    """In either order, with a slip, with the words for it or without."""
    found = TOWN.locate(text)[0]
    assert found.found_by is FoundBy.CROSSING
    assert found.confidence > 0.8
    assert metres(found, 300, 0) < 5


def test_roads_that_do_not_meet_have_no_crossing() -> None:
    """太湖路 ends 200 m before 黄河街."""
    assert all(one.found_by is not FoundBy.CROSSING for one in TOWN.locate("太湖路与黄河街路口"))


@pytest.mark.parametrize(("number", "x", "y"), [(15, -675, 0), (16, -660, 0), (5, -825, 0)])
def test_a_number_lies_between_those_of_its_side(number: int, x: float, y: float) -> None:
    """On the road, odd ones between odd ones, even between even, as far as they count."""
    found = next(
        one for one in TOWN.locate(f"长江路{number}号") if one.found_by is FoundBy.HOUSE_NUMBER
    )
    assert metres(found, x, y) < 1


def test_no_number_lies_farther_than_its_road() -> None:
    """However far beyond the known ones it counts, the road is 2 km long."""
    found = next(one for one in TOWN.locate("长江路9999号") if one.found_by is FoundBy.HOUSE_NUMBER)
    assert 50 <= found.radius_m <= 2000


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        ("体育馆对面漏水", 500, 400),
        ("市体育馆门口爆管", 500, 400),
        ("体育馆东边冒水", 560, 400),
        ("市体育馆北门没水", 500, 460),
    ],
)
def test_words_of_direction_say_where_beside_a_place(text: str, x: float, y: float) -> None:
    """Across the road or at the gate is near it; a side is a step to that side."""
    found = TOWN.locate(text)[0]
    assert found.found_by is FoundBy.NEAR_PLACE
    assert found.label == "市体育馆"
    assert metres(found, x, y) < 1
    assert found.radius_m >= 60


def test_places_and_premises_at_once() -> None:
    """A number on a road is meant more than the place that is named to find it."""
    found = TOWN.locate("体育馆旁边长江路21号")
    assert found[0].premises == "n21"


def test_a_town_of_roads_alone_can_be_asked() -> None:
    """No premises and no pipes: names are found all the same, on no pipe."""
    found = gis.Gazetteer(PipeNetwork((), ()), (), ROADS).locate("太湖陆")[0]
    assert (found.label, found.found_by, found.snap) == ("太湖路", FoundBy.ROAD, None)
    assert found.corrections
