"""The public's area of an outage: everybody who is out is inside, nothing else shows through."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from domain.network import Link, LinkKind, Node, NodeKind, PipeNetwork
from domain.places import LonLat
from gis import public_area
from gis.public_area import CELL_M, ROUND_M
from gis.snap import pipe_lines

WEST, SOUTH = 113.9, 30.3
ENDS = (LonLat(WEST, SOUTH), LonLat(WEST + 0.05, SOUTH + 0.05))
NETWORK = PipeNetwork(
    nodes=(
        Node("A", NodeKind.RESERVOIR, ENDS[0]),
        Node("B", NodeKind.JUNCTION, ENDS[1]),
    ),
    links=(Link("P", LinkKind.PIPE, "A", "B", ENDS, 7000.0, 0.3),),
)
PLANE = pipe_lines(NETWORK).plane

#: Places of a town of 4 km, in metres from its middle.
metres = st.floats(-2000, 2000, allow_nan=False)
spots = st.lists(st.tuples(metres, metres), min_size=1, max_size=40)


def areas(at: list[tuple[float, float]]) -> list[Polygon]:
    """Return the areas around places in metres, in metres."""
    rings = public_area(NETWORK, [PLANE.place(x, y) for x, y in at])
    return [Polygon(PLANE.xy([LonLat(*spot) for spot in ring])) for ring in rings]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(spots)
def test_everybody_who_is_out_is_well_inside(at: list[tuple[float, float]]) -> None:
    """No premises lies on the edge, where its side of the street could be read off."""
    found = areas(at)
    for spot in at:
        inside = next(one for one in found if one.contains(Point(spot)))
        assert inside.exterior.distance(Point(spot)) >= ROUND_M - 2


@settings(max_examples=60, deadline=None, derandomize=True)
@given(spots, st.randoms(use_true_random=False))
def test_where_in_its_cell_a_premises_lies_does_not_show(
    at: list[tuple[float, float]], draw: Random
) -> None:
    """Premises moved about within their cells, or doubled, give the same area to the digit."""
    moved = [
        tuple((np.floor(part / CELL_M) + 0.1 + 0.8 * draw.random()) * CELL_M for part in spot)
        for spot in at
    ]
    centred = [tuple((np.floor(part / CELL_M) + 0.5) * CELL_M for part in spot) for spot in at]
    assert areas([*moved, *centred]) == areas(centred)


def test_far_parts_are_areas_of_their_own_and_near_ones_are_one() -> None:
    """Two dry streets with a block between them are one area; two quarters are two."""
    assert len(areas([(0, 0), (250, 0)])) == 1
    assert len(areas([(0, 0), (900, 0)])) == 2


def test_an_area_has_no_holes() -> None:
    """A ring of dry streets does not point at what lies inside."""
    ring = [(300 * np.cos(turn), 300 * np.sin(turn)) for turn in np.linspace(0, 6.28, 40)]
    (area,) = areas(ring)
    assert area.contains(Point(0, 0))


def test_nobody_out_is_no_area() -> None:
    """An outage that dries nobody is not drawn."""
    assert public_area(NETWORK, []) == ()


@pytest.mark.parametrize("count", [1, 40])
def test_an_area_is_closed_and_written_in_few_digits(count: int) -> None:
    """Rings end where they began; five digits are a metre."""
    places = [PLANE.place(70 * step, 30 * step) for step in range(count)]
    for ring in public_area(NETWORK, places):
        assert ring[0] == ring[-1]
        assert all(round(part, 5) == part for spot in ring for part in spot)
