"""Every finding of ``mainbreak check``: a network that has exactly this defect, drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

import gis
from domain.findings import Finding, Severity
from domain.network import Hydrant, IsolationValve, Node, NodeKind, PipeNetwork, Premises
from domain.places import LonLat
from domain.repairs import (
    ConnectPremises,
    JoinNodes,
    MoveIsolationValve,
    RemovePipe,
    SetDiameter,
    SetLength,
    SplitPipeAt,
)
from tests.gis.drawing import NORTH, STEP, WEST, draw


def _found(network: PipeNetwork) -> list[tuple[str, str]]:
    findings = gis.check(network)
    for one in findings:
        for text in (one.detail.zh, one.detail.en, one.remedy.zh, one.remedy.en):
            assert text
    return [(one.kind.value, one.subject) for one in findings]


def _only(network: PipeNetwork) -> Finding:
    (finding,) = gis.check(network)
    return finding


def _at(row: float, column: float) -> LonLat:
    return LonLat(WEST + column * STEP, NORTH - row * STEP)


def _with_link(network: PipeNetwork, name: str, **changes: object) -> PipeNetwork:
    links = tuple(
        replace(link, **changes) if link.id == name else link  # type: ignore[arg-type]
        for link in network.links
    )
    return replace(network, links=links)


def _with_node(network: PipeNetwork, name: str, place: LonLat) -> PipeNetwork:
    """Return the network with a node elsewhere; its straight pipes follow."""
    at = {node.id: node.position for node in network.nodes} | {name: place}
    nodes = tuple(replace(node, position=at[node.id]) for node in network.nodes)
    links = tuple(replace(link, path=(at[link.start], at[link.end])) for link in network.links)
    return replace(network, nodes=nodes, links=links)


def test_a_sound_network_has_no_findings() -> None:
    """A grid, a dead end that serves somebody, a pump between two nodes side by side."""
    assert _found(draw("R--%a---b%--c\n    |   |\n    d---e", premises="ab bc")) == []
    pumped = _with_node(draw("R---a-)-b---c"), "b", _at(0, 4.05))
    assert _found(_with_link(pumped, "bc", length_m=50.0)) == []


def test_parts_without_a_source() -> None:
    """One finding a part, at its first node; a closed pipe still joins."""
    finding = _only(draw("R---a   b---c"))
    assert (finding.kind, finding.subject, finding.severity) == ("no_source", "b", Severity.ERROR)
    assert "2" in finding.detail.en
    assert _found(draw("R---a-=-b---c")) == []


def test_a_source_that_nothing_is_joined_to() -> None:
    """A tank without its outlet."""
    assert _found(draw("R---a   T")) == [("source_unjoined", "T")]


def test_ends_that_nearly_meet() -> None:
    """Half a metre apart: joined safely; the finding says the distance and the tolerance."""
    network = _with_node(draw("R---a---b c---S"), "c", _at(0, 8.05))
    finding = _only(network)
    assert (finding.kind, finding.subject) == ("near_miss", "c")
    assert finding.repair == JoinNodes(keep="b", drop="c")
    assert finding.safe
    assert finding.distance_m == pytest.approx(0.48, abs=0.02)
    assert "0.48 m" in finding.detail.en
    assert "1.00 m" in finding.detail.en
    assert gis.check(network, snap_m=0.3) == ()


def test_mains_that_pass_each_other_closely_are_not_joined_by_themselves() -> None:
    """Neither node is an end; nor are two zones joined, nor two sources."""
    passing = _with_node(draw("R---a---b\n\nS---c---d"), "c", _at(0.05, 4))
    found = [one for one in gis.check(passing) if one.kind == "near_miss"]
    assert [(one.subject, one.safe) for one in found] == [("c", False)]
    zoned = _with_node(draw("R---a---b c---S"), "c", _at(0, 8.05))
    zoned = _with_link(_with_link(zoned, "ab", zone="east"), "cS", zone="west")
    assert not _only(zoned).safe
    assert not _only(_with_node(draw("a---R S---b"), "S", _at(0, 4.05))).safe


def test_nodes_at_one_place() -> None:
    """Drawn on each other and not joined."""
    network = _with_node(draw("R---a---b c---S"), "c", _at(0, 8))
    finding = _only(network)
    assert (finding.kind, finding.subject, finding.safe) == ("duplicate_node", "c", True)


def test_a_crowd_of_ends_is_not_joined_by_itself() -> None:
    """Three ends within the tolerance: who belongs to whom, only a person can say."""
    network = draw("R---a  b---S\n\n       c---T")
    network = _with_node(_with_node(network, "b", _at(0, 4.04)), "c", _at(0.04, 4.02))
    found = gis.check(network)
    assert {one.kind.value for one in found} == {"near_miss"}
    assert not any(one.safe for one in found)


def test_ends_beside_a_pipe() -> None:
    """Half a metre from ab: they were meant to meet."""
    network = draw("R---a---b\n      x\n      |\n      |\n      |\n      S")
    finding = _only(_with_node(network, "x", _at(0.05, 6)))
    assert (finding.kind, finding.subject) == ("dangling_end", "x")
    assert finding.repair == SplitPipeAt(link="ab", node="x")
    assert not finding.safe


def test_an_end_that_oversteps_a_pipe_dangles_and_does_not_cross() -> None:
    """One finding, not two."""
    network = draw("R---a---b\n      x\n      |\n      |\n      |\n      S")
    assert _found(_with_node(network, "x", _at(-0.05, 6))) == [("dangling_end", "x")]


def test_dead_ends_that_serve_nobody() -> None:
    """A hint, where the network has premises; not with a hydrant on it."""
    network = draw("R--%a---b%--c", premises="ab")
    assert _found(network) == [("dead_end", "c")]
    assert _only(network).severity is Severity.HINT
    assert _found(replace(network, hydrants=(Hydrant("H", "bc", _at(0, 10)),))) == []
    assert _found(draw("R--%a---b%--c")) == []


def _crossing() -> PipeNetwork:
    """Return two pipes that cross in their middles."""
    nodes = tuple(
        Node(name, kind, place)
        for name, kind, place in (
            ("R", NodeKind.RESERVOIR, _at(4, 0)),
            ("a", NodeKind.JUNCTION, _at(4, 8)),
            ("S", NodeKind.RESERVOIR, _at(0, 4)),
            ("b", NodeKind.JUNCTION, _at(8, 4)),
        )
    )
    at = {node.id: node.position for node in nodes}
    pattern = draw("R---a").links[0]
    links = tuple(
        replace(pattern, id=a + b, start=a, end=b, path=(at[a], at[b]), length_m=80.0)
        for a, b in ("Ra", "Sb")
    )
    return PipeNetwork(nodes, links)


def test_crossings_without_a_node() -> None:
    """A hint at the place they cross, since one may pass over the other."""
    finding = _only(_crossing())
    assert (finding.kind, finding.subject) == ("crossing_without_node", "Ra")
    assert finding.severity is Severity.HINT
    assert finding.location.lon == pytest.approx(_at(4, 4).lon, abs=1e-7)
    assert finding.location.lat == pytest.approx(_at(4, 4).lat, abs=1e-7)


def test_a_node_of_one_pipe_on_the_middle_of_another_is_one_crossing() -> None:
    """Two pipes meet at x on Ra, which does not know of it."""
    network = _crossing()
    x = Node("x", NodeKind.JUNCTION, _at(4, 4))
    first, second = network.links
    upper = replace(second, id="Sx", end="x", path=(second.path[0], x.position), length_m=40.0)
    lower = replace(second, id="xb", start="x", path=(x.position, second.path[1]), length_m=40.0)
    split = replace(network, nodes=(*network.nodes, x), links=(first, upper, lower))
    assert _found(split) == [("crossing_without_node", "Ra")]


def test_pipes_that_share_a_node_and_cross_elsewhere() -> None:
    """A bent pipe that comes back over its neighbour."""
    network = draw("R---a-------b\n\n    c")
    over = replace(
        network.links[1], id="ac", start="a", end="c", length_m=120.0,
        path=(_at(0, 4), _at(-3, 6), _at(3, 8), _at(2, 4)),
    )  # fmt: skip
    network = replace(network, links=(*network.links, over))
    assert _found(network) == [("crossing_without_node", "ab")]


def _twice(**changes: object) -> PipeNetwork:
    network = draw("R---a---b")
    twin = replace(network.links[1], id="twin", **changes)  # type: ignore[arg-type]
    return replace(network, links=(*network.links, twin))


def test_pipes_drawn_twice() -> None:
    """Same nodes and same course, whichever way; a second pipe round the block is none."""
    network = _twice()
    first = network.links[1]
    finding = _only(network)
    assert (finding.kind, finding.subject) == ("duplicate_pipe", "twin")
    assert finding.repair == RemovePipe("twin", "ab")
    assert finding.safe
    turned = _only(_twice(start="b", end="a", path=first.path[::-1]))
    assert (turned.kind, turned.safe) == ("duplicate_pipe", True)
    around = (first.path[0], _at(5, 6), first.path[1])
    assert _found(_twice(path=around, length_m=130.0)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"diameter_m": 0.3},
        {"open": False},
        {"check_valve": True},
        {"year": 1987},
        {"length_m": 55.0},
        {"path": (_at(0, 4), _at(0.03, 6), _at(0, 8))},
    ],
)
def test_twins_that_say_more_than_each_other_are_left(changes: dict[str, object]) -> None:
    """Which of the two is right, only a person can say."""
    finding = _only(_twice(**changes))
    assert finding.kind == "duplicate_pipe"
    assert not finding.safe


def test_twins_with_isolation_valves_on_the_same_end_are_left() -> None:
    """They may be two in the street."""
    valves = tuple(IsolationValve(of, of, "a", _at(0, 4)) for of in ("ab", "twin"))
    assert not _only(replace(_twice(), isolation_valves=valves)).safe


def test_impossible_lengths() -> None:
    """No length: the drawn one is taken, where there is one."""
    finding = _only(_with_link(draw("R---a---b---c-)-d"), "ab", length_m=0.0))
    assert (finding.kind, finding.subject, finding.safe) == ("zero_length", "ab", True)
    assert isinstance(finding.repair, SetLength)
    assert finding.repair.length_m == pytest.approx(38.3, abs=0.2)
    assert _found(_with_link(draw("R---a-)-b"), "ab", length_m=0.0, diameter_m=0.0)) == []
    point = _with_link(_with_node(draw("R---a---b"), "b", _at(0, 4)), "ab", length_m=0.0)
    assert (_only(point).kind, _only(point).safe) == ("zero_length", False)


def test_lengths_unlike_the_drawn_ones() -> None:
    """A hint for one pipe; for all of them together, one warning about the drawing."""
    network = draw("R---a---b")
    assert _only(_with_link(network, "ab", length_m=400.0)).kind == "length_mismatch"
    row = draw("R---a---b---c---d---e---f---g---h---i---j---k")
    feet = replace(row, links=tuple(replace(one, length_m=130.0) for one in row.links))
    finding = _only(feet)
    assert (finding.kind, finding.subject) == ("out_of_scale", "Ra")
    assert "3." in finding.detail.en


@pytest.mark.parametrize(
    ("stated", "meant", "word"),
    [
        (0.0, None, "correct"),
        (-0.2, None, "correct"),
        (200.0, 0.2, "millimetres"),
        (8.0, 0.2032, "inches"),
        (0.008, 0.2032, "inches read as mm"),
        (0.0002, 0.2, "metres read as mm"),
        (1e6, None, "correct"),
    ],
)
def test_impossible_diameters(stated: float, meant: float | None, word: str) -> None:
    """Each says which unit it is probably in."""
    finding = _only(_with_link(draw("R---a---b"), "ab", diameter_m=stated))
    assert (finding.kind, finding.subject) == ("impossible_diameter", "ab")
    assert finding.repair == (SetDiameter("ab", meant) if meant else None)
    assert word in finding.remedy.en
    assert not finding.safe


def test_self_loops() -> None:
    """A pipe back to where it began."""
    network = draw("R---a---b")
    loop = replace(network.links[1], id="aa", end="a", path=(_at(0, 4), _at(4, 6), _at(0, 4)))
    loop = replace(loop, length_m=90.0)
    assert _found(replace(network, links=(*network.links, loop))) == [("self_loop", "aa")]


def test_isolation_valves_off_their_pipe() -> None:
    """More than five metres; moved to its end of its pipe, if no other pipe is nearer."""
    network = draw("R--%a---b")
    moved = replace(network.isolation_valves[0], location=_at(1, 3))
    finding = _only(network.with_isolation_valves([moved]))
    assert (finding.kind, finding.subject, finding.safe) == ("isolation_valve_off", "Ra.a", True)
    assert isinstance(finding.repair, MoveIsolationValve)
    assert finding.repair.location.lat == pytest.approx(_at(0, 3).lat, abs=1e-6)
    elsewhere = replace(moved, location=_at(0, 7))
    assert not _only(network.with_isolation_valves([elsewhere])).safe
    nowhere = _only(network.with_isolation_valves([replace(moved, location=_at(90, 3))]))
    assert not nowhere.safe
    assert "far from any other" in nowhere.detail.en


def test_several_isolation_valves_on_one_end() -> None:
    """The second one is the finding."""
    network = draw("R--%a---b")
    second = replace(network.isolation_valves[0], id="again")
    valves = (*network.isolation_valves, second)
    found = _found(replace(network, isolation_valves=valves))
    assert found == [("duplicate_isolation_valve", "again")]


def test_premises_unconnected_or_far_from_their_connection() -> None:
    """Near a pipe it is connected safely; at a pipe or at a node, 200 m is too far."""
    network = draw("R---a---b")
    premises = (
        Premises("near", _at(3, 5)),
        Premises("none", _at(12, 5)),
        Premises("lost", _at(3000, 5)),
        Premises("far", _at(30, 5), link="ab"),
        Premises("off", _at(30, 5), node="a"),
        Premises("good", _at(5, 5), link="ab"),
    )
    network = network.with_premises(premises)
    assert _found(network) == [
        ("premises_unconnected", "near"),
        ("premises_unconnected", "none"),
        ("premises_unconnected", "lost"),
        ("premises_far", "far"),
        ("premises_far", "off"),
    ]
    near, none, lost, *_ = gis.check(network)
    assert (near.repair, near.safe) == (ConnectPremises("near", "ab"), True)
    assert (none.repair, none.safe) == (ConnectPremises("none", "ab"), False)
    assert (lost.repair, lost.safe) == (None, False)


def test_networks_with_next_to_nothing() -> None:
    """No node, no pipe, one node: never a failure."""
    assert _found(PipeNetwork((), ())) == []
    alone = PipeNetwork((Node("a", NodeKind.JUNCTION, _at(0, 0)),), ())
    assert _found(alone.with_premises([Premises("p", _at(0, 1))])) == [
        ("no_source", "a"),
        ("premises_unconnected", "p"),
    ]


def test_a_link_of_every_kind_is_looked_at() -> None:
    """Pumps and control valves have no length to speak of, but can loop."""
    network = draw("R---a-)-b-}-c@d-~-e---f")
    assert _found(network) == []
