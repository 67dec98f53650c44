"""Bearings are those of the chord over ten metres, measured without the arrays."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians
from pathlib import Path

import numpy as np
import pytest

from domain.places import LonLat
from domain.streets import FloatArray, StreetNetwork
from routing import build_streets
from routing.bearings import end_bearings, turned
from tests.routing.drawn import DEGREE_M, at, street, write_osm


def apart(one: float, other: float) -> float:
    """Return how many degrees two bearings differ by."""
    return abs((one - other + 180.0) % 360.0 - 180.0)


def slow_bearing(course: FloatArray, far: float = 10.0) -> float:
    """Return the bearing from the first place to the one ``far`` metres along, step by step."""
    width = cos(radians(float(course[0, 1])))
    points = [((x - course[0, 0]) * width * DEGREE_M, (y - course[0, 1]) * DEGREE_M)
              for x, y in course.tolist()]  # fmt: skip
    gone, (x, y) = 0.0, points[0]
    for (x0, y0), (x1, y1) in pairwise(points):
        length = hypot(x1 - x0, y1 - y0)
        share = min(1.0, (far - gone) / length) if length else 0.0
        x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        gone += length
        if gone >= far:
            break
    return degrees(atan2(x, y)) % 360.0


def test_every_edge_of_a_country_is_measured_over_ten_metres(liechtenstein: StreetNetwork) -> None:
    """Both ends, against a walk along the course on a flat map around its own end."""
    out, into = end_bearings(liechtenstein)
    assert out.shape == into.shape == liechtenstein.tail.shape
    assert ((out >= 0.0) & (out < 360.0) & (into >= 0.0) & (into < 360.0)).all()
    for edge in range(0, len(out), 7):
        course = liechtenstein.course(edge)
        if np.hypot(*(course[-1] - course[0])) * DEGREE_M < 2.0:
            continue  # a loop: its chord says little
        assert apart(float(out[edge]), slow_bearing(course)) < 0.5
        assert apart(float(into[edge]), slow_bearing(course[::-1]) + 180.0) < 0.5


def test_a_short_street_and_a_kink_after_ten_metres(tmp_path: Path) -> None:
    """A course shorter than the chord counts whole; what lies beyond ten metres does not count."""
    places = {1: at(0, 0), 2: at(0, 8), 3: at(20, 8), 4: at(20, 30)}
    ways = [street(1, 2, name="A"), street(2, 3, 4, name="B")]
    streets = build_streets(write_osm(tmp_path / "kink.osm", places, ways))
    out, into = end_bearings(streets)
    by_end = {
        (_near(streets, int(t)), _near(streets, int(h))): (float(a), float(b))
        for t, h, a, b in zip(streets.tail, streets.head, out, into, strict=True)
    }
    assert by_end[(0, 0), (0, 8)] == pytest.approx((0.0, 0.0), abs=0.01)
    assert by_end[(0, 8), (20, 30)] == pytest.approx((90.0, 0.0), abs=0.01)
    assert by_end[(20, 30), (0, 8)] == pytest.approx((180.0, 270.0), abs=0.01)


def _near(streets: StreetNetwork, node: int) -> tuple[int, int]:
    place = LonLat(*streets.nodes[node].tolist())
    east = (place.lon - 120.0) * DEGREE_M * cos(radians(30.0))
    return round(east), round((place.lat - 30.0) * DEGREE_M)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(0, 90, 90), (90, 0, -90), (350, 10, 20), (10, 350, -20), (0, 180, 180), (200, 20, 180)],
)
def test_to_the_right_is_positive(before: float, after: float, change: float) -> None:
    """Straight back is 180, not -180."""
    assert turned(np.array([before]), np.array([after])) == pytest.approx([change])
