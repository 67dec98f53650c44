"""A van on its way: where it is, and where it heads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.places import LonLat
from mainbreak.demo.drive import Drive

BEGUN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

#: First north, then east, each 0.001 degrees: the second leg is the shorter one in metres.
CORNER = Drive((LonLat(114.0, 30.0), LonLat(114.0, 30.001), LonLat(114.001, 30.001)), BEGUN, 100.0)


def at(seconds: float) -> tuple[LonLat, float | None]:
    """Return where it is so long after it set out."""
    return CORNER.at(BEGUN + timedelta(seconds=seconds))


def test_it_goes_along_its_places_at_an_even_pace() -> None:
    """A quarter of the time is a quarter of the metres."""
    place, heading = at(25)
    assert place.lon == 114.0
    assert 30.0004 < place.lat < 30.0005
    assert heading == 0.0


def test_it_turns_the_corner() -> None:
    """Its heading is the leg's."""
    place, heading = at(90)
    assert place.lat == 30.001
    assert 114.0 < place.lon < 114.001
    assert heading == 90.0


def test_it_stands_before_and_after() -> None:
    """Nothing lies outside its way."""
    assert at(-60)[0] == CORNER.places[0]
    assert at(101) == (CORNER.target, None)


def test_a_drive_of_no_length_is_over_at_once() -> None:
    """The crew is there already."""
    here = LonLat(114.0, 30.0)
    assert Drive((here, here), BEGUN, 0.0).at(BEGUN) == (here, None)
