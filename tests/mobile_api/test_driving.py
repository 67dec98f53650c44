"""The way to the next place: in the phone's document, bounded, and to the roadside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.driving_words import distance_words
from domain.places import LonLat
from domain.streets import StreetName
from domain.travel import Modifier, RouteLine, Step, StepType
from mobile_api.steps import MOST_STEPS, steps_document
from operations.showing.crew_drive import drive_to, stopping_place
from routing import StraightLineTimes, StreetTimes
from tests.mobile_api.field import LEAK, SHUT, Field, report
from tests.web import small_streets, small_town
from tests.web.small_streets import EAST_M, NORTH_M, crossing


@pytest.fixture
def town(field: Field) -> Field:
    """Return the field with the streets of its town imported."""
    with field.house.home.writing("test") as work:
        small_streets.load_streets(work)
    return field


def test_the_next_drives_are_told_in_both_languages(town: Field) -> None:
    """With places, figures and words; metres and seconds are the drive's."""
    visit = town.visits()[SHUT]
    steps = visit["steps"]
    assert [one["type"] for one in steps] == ["depart", "turn", "arrive"]
    assert [one["text"]["zh-CN"] for one in steps] == [
        "沿北站街行驶 450 米", "右转进入人民路", "到达目的地",
    ]  # fmt: skip
    assert steps[1]["text"]["en"] == "Turn right on to 人民路"
    assert steps[1]["distance"] == {"zh-CN": "400 米", "en": "400 m"}
    assert (steps[1]["lon"], steps[1]["lat"]) == (113.906, 30.302)
    assert abs(sum(one["metres"] for one in steps) - visit["travel_m"]) <= 2
    assert abs(sum(one["seconds"] for one in steps) - visit["driving_s"]) <= 2


def test_only_drives_that_are_left_are_told(town: Field) -> None:
    """Nothing on site; the one after is there before it is begun, for a phone without a network."""
    town.send(*(report(n, kind) for n, kind in enumerate(("accepted", "en_route", "on_site"), 1)))
    visits = town.visits()
    assert (visits[SHUT]["steps"], visits[SHUT]["driving_s"]) == ([], None)
    assert [one["type"] for one in visits[LEAK]["steps"]][-1] == "arrive"


def test_without_streets_there_is_no_step_and_the_place_itself_is_the_aim(field: Field) -> None:
    """A straight line cannot be told."""
    visit = field.visits()[SHUT]
    assert visit["steps"] == []
    assert visit["access"] == visit["target"]


def test_the_document_is_bounded() -> None:
    """However many steps: the first ones and the arrival."""
    at = crossing(0, 0)
    turn = Step(StepType.TURN, Modifier.LEFT, at, StreetName("长" * 20), 100.0, 10.0)
    arrival = Step(StepType.ARRIVE, None, at, StreetName(), 0.0, 0.0)
    told = steps_document([turn] * 500 + [arrival])
    assert len(told) == MOST_STEPS
    assert told[-1]["type"] == "arrive"
    assert steps_document([]) == []


def beside(east_m: float, north_m: float) -> LonLat:
    """Return a place so far from the middle of the first street's first block."""
    middle = crossing(0.5, 0)
    return LonLat(middle.lon + east_m / EAST_M, middle.lat + north_m / NORTH_M)


@pytest.mark.parametrize(("away_m", "on_road"), [(0, True), (40, True), (140, True), (160, False)])
def test_apps_are_sent_to_the_roadside(away_m: float, on_road: bool) -> None:
    """Where the street passes a work beside it; far from any street to the work itself."""
    streets = StreetTimes(small_streets.streets())
    work = beside(0, -away_m)  # south of the town there is no other street
    stop = stopping_place(streets, work)
    foot = crossing(0.5, 0)
    expected = foot if on_road else work
    assert abs(stop.lon - expected.lon) * EAST_M < 0.5
    assert abs(stop.lat - expected.lat) * NORTH_M < 0.5
    assert stopping_place(StraightLineTimes(), work) == work


def test_the_side_of_the_street_is_told() -> None:
    """A work south of a street driven east lies on the right."""
    streets = StreetTimes(small_streets.streets())
    there = beside(0, -30)
    drive = drive_to(streets, crossing(0, 0), there, small_town.SHIFT.start, steps=True)
    assert drive is not None
    assert drive.steps[-1].modifier is Modifier.RIGHT
    line = streets.route(crossing(0, 0), there)
    assert isinstance(line, RouteLine)
    assert sum(one.metres for one in drive.steps) == pytest.approx(line.metres)
    assert sum(one.seconds for one in drive.steps) == pytest.approx(line.seconds)
    assert drive_to(streets, there, there, small_town.SHIFT.start, steps=False) is not None


def test_whoever_moves_is_told_the_rest(town: Field) -> None:
    """The steps begin where the phone is now."""
    before = town.visits()[SHUT]["steps"]
    at = crossing(2.5, 1)
    instant = small_town.SHIFT.start + timedelta(minutes=30)
    fix = {"id": "00000000-0000-0000-0000-0000000000f1", "device_time": instant.isoformat(),
           "lon": at.lon, "lat": at.lat}  # fmt: skip
    answer = town.phone.post("/api/mobile/positions", json={"items": [fix]})
    assert answer.json()["stored"] == 1
    after = town.visits()[SHUT]["steps"]
    assert len(after) < len(before)
    assert after[0]["text"]["zh-CN"] == f"沿人民路行驶 {distance_words(after[0]['metres']).zh}"
