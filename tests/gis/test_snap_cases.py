"""Each case in which a snap is told apart: far, tied, by connection, on which side."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

import gis
from domain.network import PipeNetwork, Premises
from domain.places import LonLat
from domain.tickets import Side, Snap, SnapDoubt
from tests.gis.laid import Metres, at, lay, metres

Pipes = dict[str, tuple[Metres, ...]]

STREET: Pipes = {"main": ((0.0, 0.0), (100.0, 0.0))}
#: Two mains in one street, 1.5 m apart, and a third one 10 m away.
MAINS: Pipes = STREET | {
    "old": ((0.0, -1.5), (100.0, -1.5)),
    "other": ((0.0, -10.0), (100.0, -10.0)),
}
#: Four pipes meet in the crossing.
CROSS: Pipes = {
    name: ((0.0, 0.0), end)
    for name, end in (
        ("east", (100.0, 0.0)),
        ("north", (0.0, 100.0)),
        ("south", (0.0, -100.0)),
        ("west", (-100.0, 0.0)),
    )
}


def put(network: PipeNetwork, place: Metres) -> Snap:
    """Return where a place is put, which must be somewhere."""
    snap = gis.Snapper(network).snap(at(*place))
    assert snap is not None
    return snap


def fed(network: PipeNetwork, one: Premises) -> Snap:
    """Return where a premises is put, which must be somewhere."""
    snap = gis.Snapper(network).snap_premises(one)
    assert snap is not None
    return snap


@pytest.mark.parametrize(
    ("pipes", "place", "doubt"),
    [
        (STREET, (50.0, 49.8), None),
        (STREET, (50.0, 50.2), SnapDoubt.FAR),
        (MAINS, (50.0, 5.0), SnapDoubt.TIE),
        (MAINS, (50.0, -0.75), SnapDoubt.TIE),
        (MAINS, (50.0, -5.25), SnapDoubt.TIE),
        (MAINS, (50.0, -7.5), None),
        (MAINS, (50.0, 60.0), SnapDoubt.FAR),
    ],
)
def test_doubt_by_place(pipes: Pipes, place: Metres, doubt: SnapDoubt | None) -> None:
    """Far beats tied; of mains in one street the place says which, or nobody can."""
    assert put(lay(pipes), place).doubt is doubt


def test_far_and_tied_is_far() -> None:
    """What is too far to believe needs no second reason."""
    snap = put(lay(MAINS), (50.0, 80.0))
    assert (snap.link, snap.doubt) == ("main", SnapDoubt.FAR)


def test_two_metres_make_a_tie_and_a_little_more_does_not() -> None:
    """The limit is 2 m of difference, not of distance between the pipes."""
    for gap, doubt in ((1.95, SnapDoubt.TIE), (2.05, None)):
        pair = STREET | {"second": ((0.0, -gap), (100.0, -gap))}
        assert put(lay(pair), (50.0, 20.0)).doubt is doubt


def test_three_as_near_are_tied_and_the_nearest_is_taken() -> None:
    """The tie is named, the nearest of the three is the answer."""
    three = MAINS | {"new": ((0.0, 0.4), (100.0, 0.4))}
    snap = put(lay(three), (50.0, 6.0))
    assert (snap.link, snap.doubt) == ("new", SnapDoubt.TIE)


@pytest.mark.parametrize(
    ("place", "link", "doubt"),
    [
        ((0.0, 0.0), "east", SnapDoubt.TIE),
        ((-1.0, -1.0), "south", SnapDoubt.TIE),
        ((10.0, 9.0), "east", SnapDoubt.TIE),
        ((10.0, 7.0), "east", None),
        ((30.0, 5.0), "east", None),
    ],
)
def test_where_pipes_meet(place: Metres, link: str, doubt: SnapDoubt | None) -> None:
    """Pipes that meet are tied near the node and told apart a few metres on."""
    snap = put(lay(CROSS), place)
    assert (snap.link, snap.doubt) == (link, doubt)


def test_beyond_the_end_of_a_line_pipes_that_meet_there_are_tied() -> None:
    """Two pipes whose common node is nearest are equally near, from any distance."""
    corner = {"a": ((0.0, 0.0), (-100.0, 0.0)), "b": ((0.0, 0.0), (0.0, -100.0))}
    snap = put(lay(corner), (20.0, 20.0))
    assert (snap.link, snap.doubt) == ("a", SnapDoubt.TIE)


def test_the_order_of_the_pipes_changes_nothing() -> None:
    """Neither which pipe is named, nor how far it is, even where four are equally near."""
    for place in ((0.0, 0.0), (3.0, 1.0), (60.0, -20.0)):
        answers = {
            (snap.link, round(snap.distance_m, 6), snap.doubt, snap.side)
            for order in permutations(CROSS)
            for snap in [put(lay({name: CROSS[name] for name in order}), place)]
        }
        assert len(answers) == 1


def test_a_pipe_of_no_length_is_a_spot() -> None:
    """It can be the nearest; its offset is nothing and it has no sides."""
    snap = put(lay({"spot": ((0.0, 0.0), (0.0, 0.0))}), (3.0, 4.0))
    assert snap.distance_m == pytest.approx(5.0, abs=0.01)
    assert (snap.link, snap.offset_m, snap.side, snap.doubt) == ("spot", 0.0, Side.ON, None)


def test_on_the_pipe() -> None:
    """A place on the pipe is nothing away, on neither side, and stays where it is."""
    snap = put(lay(STREET), (30.0, 0.0))
    assert snap.distance_m == pytest.approx(0.0, abs=0.01)
    assert metres(snap.location) == pytest.approx((30.0, 0.0), abs=0.05)
    assert snap.side is Side.ON


def test_beyond_the_reach_there_is_no_pipe() -> None:
    """Two kilometres, in every direction; anywhere on earth there is an answer or none."""
    snapper = gis.Snapper(lay(STREET))
    assert snapper.snap(at(50.0, 1990.0)) is not None
    assert snapper.snap(at(50.0, 2010.0)) is None
    assert snapper.snap(at(-2010.0, 0.0)) is None
    for lon, lat in ((0.0, 0.0), (-65.7, -30.6), (180.0, 90.0), (-180.0, -90.0)):
        assert snapper.snap(LonLat(lon, lat)) is None


#: A pipe that runs east, turns left to the north, and right to the east again.
BENT = ((0.0, 0.0), (50.0, 0.0), (50.0, 50.0), (100.0, 50.0))


@pytest.mark.parametrize(
    ("place", "side"),
    [
        ((20.0, 5.0), Side.LEFT),
        ((20.0, -5.0), Side.RIGHT),
        ((20.0, 0.45), Side.ON),
        ((20.0, 0.55), Side.LEFT),
        ((53.0, -4.0), Side.RIGHT),
        ((58.0, -1.0), Side.RIGHT),
        ((49.0, 2.0), Side.LEFT),
        ((47.0, 53.0), Side.LEFT),
        ((52.0, 48.0), Side.RIGHT),
        ((-9.0, 3.0), Side.LEFT),
        ((-9.0, 0.1), Side.ON),
        ((109.0, 46.0), Side.RIGHT),
    ],
)
def test_sides(place: Metres, side: Side) -> None:
    """From start to end; outside a bend too; straight on beyond an end is neither."""
    assert put(lay({"bent": BENT}), place).side is side
    turned = put(lay({"bent": BENT[::-1]}), place).side
    other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.ON: Side.ON}
    assert turned is other[side]


def test_the_connection_overrides_a_nearer_pipe() -> None:
    """What the utility's records say counts, and is not doubted for being far."""
    one = Premises("p", at(50.0, 3.0), link="other")
    snap = fed(lay(MAINS), one)
    assert (snap.link, snap.by_connection, snap.doubt) == ("other", True, None)
    assert snap.distance_m == pytest.approx(13.0, abs=0.01)
    assert snap.side is Side.LEFT
    far = fed(lay(MAINS), replace(one, location=at(50.0, 300.0)))
    assert (far.link, far.by_connection, far.doubt) == ("other", True, None)


@pytest.mark.parametrize("link", [None, "gone"])
def test_without_a_known_connection_it_is_the_nearest(link: str | None) -> None:
    """So is one whose pipe the network does not hold."""
    snap = fed(lay(MAINS), Premises("p", at(50.0, -8.0), link=link))
    assert (snap.link, snap.by_connection, snap.doubt) == ("other", False, None)
    assert gis.Snapper(lay(MAINS)).snap_premises(Premises("p", at(0.0, 9000.0))) is None


def test_connected_to_a_node_it_is_on_the_nearest_of_its_pipes() -> None:
    """Not on a pipe that passes nearer without being connected."""
    network = lay(CROSS | {"near": ((20.0, 8.0), (60.0, 8.0))})
    snap = fed(network, Premises("p", at(40.0, 9.0), node="N0"))
    assert (snap.link, snap.by_connection, snap.doubt) == ("east", True, None)


@pytest.mark.parametrize("place", [(0.0, 0.0), (1.5, 0.2)])
def test_at_the_node_it_is_on_a_pipe_of_the_nodes_segment(place: Metres) -> None:
    """Of pipes as near, one without an isolation valve between; which one stays doubtful."""
    one = Premises("p", at(*place), node="N0")
    for free in CROSS:
        valves = [(pipe, (0.0, 0.0)) for pipe in CROSS if pipe != free]
        snap = fed(lay(CROSS, valves), one)
        assert (snap.link, snap.by_connection, snap.doubt) == (free, True, SnapDoubt.TIE)


def test_the_only_pipe_of_a_node_is_certain() -> None:
    """However far the premises lies from it."""
    snap = fed(lay(CROSS), Premises("p", at(100.0, 90.0), node="N1"))
    assert (snap.link, snap.by_connection, snap.doubt) == ("east", True, None)


def test_a_node_without_pipes_or_unknown_is_no_connection() -> None:
    """The nearest pipe is taken."""
    snap = fed(lay(CROSS), Premises("p", at(50.0, 9.0), node="nowhere"))
    assert (snap.link, snap.by_connection) == ("east", False)
