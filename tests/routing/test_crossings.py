"""A street from one crossing to the next, and where two names meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import BadInput
from domain.streets import StreetNetwork
from routing import build_streets, crossing_of, far_end, stretch_at
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


def test_far_from_every_street_nobody_means_one(town: StreetNetwork) -> None:
    """One clear line."""
    with pytest.raises(BadInput, match="no street within 200 m"):
        stretch_at(town, at(450, 600))


def test_two_names_meet_at_one_place(town: StreetNetwork) -> None:
    """In any case of letters; those that do not meet say so."""
    found = crossing_of(town, "east road", "CROSS street ")
    assert (found.lon, found.lat) == pytest.approx((PLACES[2].lon, PLACES[2].lat))
    with pytest.raises(BadInput, match="do not meet"):
        crossing_of(town, "East Alley", "Cross Street")
    with pytest.raises(BadInput, match="no street is called"):
        crossing_of(town, "East Road", "")
