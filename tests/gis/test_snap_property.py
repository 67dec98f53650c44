"""Any pipes, any place: what plain geometry finds leg by leg is what snapping answers."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gis
from domain.network import Premises
from domain.tickets import Side, SnapDoubt
from tests.gis.laid import Metres, at, beside, lay, metres, walk

#: Metres that two ways of drawing the earth flat may differ by within a kilometre.
NEARLY = 0.1

_metre = st.integers(-400, 400).map(float)
_spot = st.tuples(_metre, _metre)
_courses = st.lists(st.lists(_spot, min_size=2, max_size=5).map(tuple), min_size=1, max_size=8)


@st.composite
def pipes(draw: st.DrawFn) -> dict[str, tuple[Metres, ...]]:
    """Return courses by id, some beginning where another one ends; the ids in no order."""
    courses: list[tuple[Metres, ...]] = draw(_courses)
    joined = [
        (courses[row - 1][-1], *course[1:]) if row and draw(st.booleans()) else course
        for row, course in enumerate(courses)
    ]
    ids = draw(st.permutations([f"P{row}" for row in range(len(joined))]))
    return dict(zip(ids, joined, strict=True))


@given(pipes(), _spot)
def test_snapping_finds_what_plain_geometry_finds(
    courses: dict[str, tuple[Metres, ...]], place: Metres
) -> None:
    """The nearest pipe, how far, how far along, which side, and why to doubt it."""
    snap = gis.Snapper(lay(courses)).snap(at(*place))
    assert snap is not None
    measured = {name: beside(course, place) for name, course in courses.items()}
    found, nearest = measured[snap.link], min(one.off for one in measured.values())
    assert found.off <= nearest + NEARLY
    assert snap.distance_m == pytest.approx(found.off, abs=NEARLY)
    assert snap.doubt in _doubts(sorted(one.off for one in measured.values()))
    spot = metres(snap.location)
    assert beside(courses[snap.link], spot).off < NEARLY
    assert dist(walk(courses[snap.link], snap.offset_m), spot) < NEARLY
    assert dist(place, spot) == pytest.approx(found.off, abs=NEARLY)
    if found.left is not None and _is_clear(courses[snap.link], place):
        assert snap.side in _sides(found.left)


def _doubts(off: list[float]) -> set[SnapDoubt | None]:
    """Return the doubts that these distances allow, two where one is at a limit."""
    at_limit = [abs(off[0] - 50.0) < NEARLY, len(off) > 1 and abs(off[1] - off[0] - 2.0) < NEARLY]
    tied = SnapDoubt.TIE if len(off) > 1 and off[1] - off[0] <= 2.0 else None
    allowed = {SnapDoubt.FAR if off[0] > 50.0 else tied}
    if at_limit[0]:
        allowed |= {SnapDoubt.FAR, tied}
    if at_limit[1] and (off[0] <= 50.0 or at_limit[0]):
        allowed |= {SnapDoubt.TIE, None}
    return allowed


def _is_clear(course: tuple[Metres, ...], place: Metres) -> bool:
    """Return True if no other leg is nearly as near, so that one leg tells the side."""
    off = sorted(beside(leg, place).off for leg in pairwise(course))
    return len(off) == 1 or off[1] - off[0] > 1.0


def _sides(left: float) -> set[Side]:
    """Return the sides that so many metres to the left allow, two at the limit."""
    if abs(left) > 0.5 + NEARLY:
        return {Side.LEFT if left > 0 else Side.RIGHT}
    sides = {Side.ON}
    if abs(left) > 0.5 - NEARLY:
        sides.add(Side.LEFT if left > 0 else Side.RIGHT)
    return sides


@given(pipes(), _spot, st.data())
def test_a_premises_is_on_its_own_pipe(
    courses: dict[str, tuple[Metres, ...]], place: Metres, data: st.DataObject
) -> None:
    """Whatever lies nearer; measured along that pipe."""
    own = data.draw(st.sampled_from(sorted(courses)))
    snap = gis.Snapper(lay(courses)).snap_premises(Premises("p", at(*place), link=own))
    assert snap is not None
    assert (snap.link, snap.by_connection, snap.doubt) == (own, True, None)
    assert snap.distance_m == pytest.approx(beside(courses[own], place).off, abs=NEARLY)
