"""Courses as deltas: nothing is lost but what cannot be seen."""

from __future__ import annotations

import json
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString

from domain.places import LonLat
from maps.encode import METRES_PER_DEGREE, PER_DEGREE, block, course, places, thinned

spot = st.tuples(st.floats(-179, 179), st.floats(-85, 85))


def undo(deltas: list[int]) -> list[tuple[float, float]]:
    """Return the places the page makes of deltas."""
    lons, lats = accumulate(deltas[::2]), accumulate(deltas[1::2])
    return [(x / PER_DEGREE, y / PER_DEGREE) for x, y in zip(lons, lats, strict=True)]


@given(st.lists(spot, max_size=20))
def test_places_come_back(spots: list[tuple[float, float]]) -> None:
    """All places, in order, within half a millionth of a degree."""
    back = undo(places(LonLat(*one) for one in spots))
    assert len(back) == len(spots)
    for (x, y), (lon, lat) in zip(back, spots, strict=True):
        assert abs(x - lon) <= 0.51 / PER_DEGREE
        assert abs(y - lat) <= 0.51 / PER_DEGREE


@given(st.lists(spot, min_size=2, max_size=20))
def test_a_course_keeps_its_ends(spots: list[tuple[float, float]]) -> None:
    """Repeated places go, both ends stay, and a line never becomes a point."""
    back = undo(course(spots))
    assert len(back) >= 2
    assert back[0] == pytest.approx(spots[0], abs=1e-6)
    assert back[-1] == pytest.approx(spots[-1], abs=1e-6)


@given(st.lists(st.tuples(st.floats(0, 0.01), st.floats(49, 49.01)), min_size=3, max_size=30))
def test_thinning_stays_within_its_tolerance(spots: list[tuple[float, float]]) -> None:
    """No place of the line lies farther than the tolerance from what is drawn."""
    line = np.asarray(spots)
    drawn = LineString(undo(thinned(line, 5.0)))
    reach = 5.0 / METRES_PER_DEGREE / np.cos(np.radians(49)) + 2 / PER_DEGREE
    assert all(drawn.distance(LineString([one, one])) <= reach for one in spots)


@given(st.text())
def test_a_block_holds_no_markup(text: str) -> None:
    """Whatever the text, no element can begin or end in it, and it reads back the same."""
    safe = block([text])
    assert not set("<>&\u2028\u2029") & set(safe)
    assert json.loads(safe) == [text]
