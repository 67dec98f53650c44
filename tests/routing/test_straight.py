"""Straight-line estimates: flagged, stated, symmetric."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.places import LonLat
from domain.travel import RouteLine
from routing import StraightLineTimes
from tests.routing.drawn import at
from tests.routing.oracle import haversine_m

PLACES = st.builds(LonLat, st.floats(-180, 180), st.floats(-89, 89))


def test_the_figures_are_distance_times_detour_at_the_speed() -> None:
    """1000 m east are 1400 m driven at 25 km/h."""
    found, ends = StraightLineTimes(), (at(0, 0), at(1000, 0))
    line = found.route(*ends)
    assert isinstance(line, RouteLine)
    assert line.metres == pytest.approx(1400, rel=1e-3)
    assert found.matrix(ends).seconds[0, 1] == pytest.approx(1400 / (25 / 3.6), rel=1e-3)


def test_the_estimate_is_flagged_and_says_its_assumptions() -> None:
    """Detour factor and speed stand in the sentence, also when they are others."""
    times = StraightLineTimes(1.2, 10.0).matrix([])
    assert times.straight_line
    assert "1.2" in times.method
    assert "36 km/h" in times.method
    assert times.seconds.shape == (0, 0)


@given(st.lists(PLACES, min_size=1, max_size=6))
def test_matrix_and_route_agree(places: list[LonLat]) -> None:
    """Zero diagonal, symmetric, never infinite, the great circle's length, equal to the route."""
    found = StraightLineTimes()
    times = found.matrix(places)
    assert np.isfinite(times.seconds).all()
    assert not times.reasons
    assert (np.diag(times.seconds) == 0).all()
    assert times.seconds == pytest.approx(times.seconds.T)
    a, b = places[0], places[-1]
    route = found.route(a, b)
    assert isinstance(route, RouteLine)
    assert (route.path, route.seconds) == ((a, b), times.seconds[0, -1])
    assert route.metres == pytest.approx(1.4 * haversine_m(a, b), rel=1e-6, abs=1e-3)
