"""Putting places on pipes, connecting premises, judging positions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gis
from domain.network import PipeNetwork, Premises
from domain.places import LonLat
from domain.rejection import RejectReason
from gis.crs import LocalMetres
from tests.gis.drawing import NORTH, STEP, WEST, draw

#: Metres of one drawn step north; east it is shorter by the cosine of the latitude.
NORTHWARDS = STEP * 110_868


def _at(row: float, column: float) -> LonLat:
    return LonLat(WEST + column * STEP, NORTH - row * STEP)


@pytest.fixture
def cross() -> PipeNetwork:
    """Return two streets fifty steps apart, joined by a pump that is no pipe."""
    return draw("R---a---b\n" + "    |\n" * 24 + "    )\n" + "    |\n" * 24 + "    c---d")


def test_the_nearest_pipe_and_the_place_on_it(cross: PipeNetwork) -> None:
    """Distance and offset are metres; the offset follows the pipe's stated length."""
    snap = gis.Snapper(cross).snap(_at(-2, 7))
    assert snap is not None
    assert snap.link == "ab"
    assert snap.distance_m == pytest.approx(2 * NORTHWARDS, abs=0.05)
    assert snap.offset_m == pytest.approx(30.0, abs=0.01)
    assert (snap.location.lon, snap.location.lat) == pytest.approx((WEST + 7 * STEP, NORTH))
    assert not snap.doubtful


def test_far_from_the_pipe_it_is_doubtful(cross: PipeNetwork) -> None:
    """More than 50 m is more than a street's width."""
    near, far = (gis.Snapper(cross).snap(_at(row, 6)) for row in (-4, -5))
    assert near is not None
    assert far is not None
    assert (near.doubtful, far.doubtful) == (False, True)


def test_beside_two_pipes_it_is_doubtful(cross: PipeNetwork) -> None:
    """Another pipe within 2 m of the same distance; the first by id is taken."""
    snap = gis.Snapper(cross).snap(_at(-1, 4))
    assert snap is not None
    assert (snap.link, snap.doubtful) == ("Ra", True)


def test_pumps_are_not_snapped_to(cross: PipeNetwork) -> None:
    """Beside the pump, the nearest pipe is far away."""
    snap = gis.Snapper(cross).snap(_at(20, 4))
    assert snap is not None
    assert snap.link in {"Ra", "ab"}
    assert snap.distance_m == pytest.approx(20 * NORTHWARDS, rel=0.01)


def test_beyond_two_kilometres_there_is_no_pipe(cross: PipeNetwork) -> None:
    """2 km is the reach."""
    snapper = gis.Snapper(cross)
    assert snapper.snap(_at(-175, 6)) is not None
    assert snapper.snap(_at(-185, 6)) is None


def test_without_pipes_nothing_is_found() -> None:
    """A network of pumps alone has no place for a burst."""
    assert gis.Snapper(draw("R-)-a")).snap(_at(0, 0)) is None


@given(st.floats(-5e4, 5e4), st.floats(-5e4, 5e4))
def test_metres_and_degrees_are_each_others_inverse(x: float, y: float) -> None:
    """There and back within a millimetre, 50 km around."""
    plane = LocalMetres(LonLat(114.3, 30.6))
    back = plane.xy([plane.place(x, y)])[0]
    assert np.hypot(back[0] - x, back[1] - y) < 1e-3


@given(st.floats(-20, 30), st.floats(-20, 30))
def test_a_place_on_the_pipe_snaps_to_itself(row: float, column: float) -> None:
    """What was snapped once stays where it is."""
    snapper = gis.Snapper(draw("R---a---b"))
    snap = snapper.snap(_at(row, column))
    assert snap is not None
    again = snapper.snap_to(snap.link, snap.location)
    assert again is not None
    assert again.distance_m < 0.001
    assert again.offset_m == pytest.approx(snap.offset_m, abs=0.01)


def test_premises_are_connected_once(cross: PipeNetwork) -> None:
    """A connection that the network holds is kept; others go to the nearest pipe."""
    given_ones = (
        Premises("near", _at(1, 6)),
        Premises("told", _at(1, 6), link="cd"),
        Premises("node", _at(1, 6), node="b"),
        Premises("ghost", _at(1, 6), link="zz"),
        Premises("away", _at(-900, 6)),
    )
    network = gis.connect_premises(cross, given_ones)
    assert [(one.id, one.link, one.node) for one in network.premises] == [
        ("near", "ab", None),
        ("told", "cd", None),
        ("node", None, "b"),
        ("ghost", "ab", None),
        ("away", None, None),
    ]
    assert replace(network, premises=()) == replace(cross, premises=())


def test_positions_are_judged(cross: PipeNetwork) -> None:
    """Near is fine; exchanged is told apart from far off."""
    assert gis.judge_position(cross, _at(-400, 6)) is None
    assert gis.judge_position(cross, _at(-500, 6)) is RejectReason.FAR_OFF
    assert gis.judge_position(cross, LonLat(0.0, 0.0)) is RejectReason.FAR_OFF
    europe = draw("R---a")
    moved = replace(
        europe,
        links=tuple(
            replace(link, path=(LonLat(8.69, 49.41), LonLat(8.70, 49.41))) for link in europe.links
        ),
    )
    assert gis.judge_position(moved, LonLat(8.69, 49.41)) is None
    assert gis.judge_position(moved, LonLat(49.41, 8.69)) is RejectReason.SWAPPED_COORDINATES
