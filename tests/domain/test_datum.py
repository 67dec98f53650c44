"""Datum conversion against published points, and there and back again."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.datum import to_bd09, to_gcj02, to_wgs84
from domain.places import Datum, LonLat

MAINLAND = st.builds(LonLat, st.floats(75, 134), st.floats(19, 53))
#: Where most people live; farther west the shift passes through nothing here and there.
EAST = st.builds(LonLat, st.floats(102, 126), st.floats(20, 44))


def metres_apart(a: LonLat, b: LonLat) -> float:
    """Return the distance of two near places on a sphere of 6,371 km."""
    east = (a.lon - b.lon) * cos(radians(a.lat))
    return hypot(east, a.lat - b.lat) * 111_195


def test_the_published_point_of_xian() -> None:
    """WGS-84 108.9420, 34.2600 is GCJ-02 108.946655, 34.258412."""
    lon, lat = to_gcj02(LonLat(108.9420, 34.2600))
    assert (round(lon, 6), round(lat, 6)) == (108.946655, 34.258412)


@given(MAINLAND)
def test_there_and_back_is_the_same_place(place: LonLat) -> None:
    """Both shifts are undone to within a millimetre."""
    assert metres_apart(to_wgs84(*to_gcj02(place), Datum.GCJ02), place) < 1e-3
    assert metres_apart(to_wgs84(*to_bd09(place), Datum.BD09), place) < 1e-3


@given(EAST)
def test_the_shift_has_the_size_people_measure(place: LonLat) -> None:
    """GCJ-02 lies some hundred metres off, never kilometres, never nothing."""
    assert 100 < metres_apart(LonLat(*to_gcj02(place)), place) < 800


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_outside_the_mainland_nothing_moves(datum: Datum) -> None:
    """Heidelberg is where it is."""
    assert to_wgs84(8.69, 49.41, datum) == LonLat(8.69, 49.41)


def test_places_out_of_range_are_refused() -> None:
    """A latitude of 113 is a swapped pair."""
    with pytest.raises(ValueError, match="not a place"):
        LonLat(30.3, 113.95)
