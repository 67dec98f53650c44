"""The first findings of ``mainbreak check``."""

from __future__ import annotations

from dataclasses import replace

import gis
from domain.network import PipeNetwork, Premises
from domain.places import LonLat
from tests.gis.drawing import NORTH, STEP, WEST, draw


def _found(network: PipeNetwork) -> list[tuple[str, str]]:
    findings = gis.check(network)
    assert all(one.detail and one.remedy and one.location for one in findings)
    return [(one.kind, one.subject) for one in findings]


def _with_link(network: PipeNetwork, name: str, **changes: object) -> PipeNetwork:
    links = tuple(
        replace(link, **changes) if link.id == name else link  # type: ignore[arg-type]
        for link in network.links
    )
    return replace(network, links=links)


def test_a_sound_network_has_no_findings() -> None:
    """Dead ends are fine as long as they end nowhere near another pipe."""
    assert _found(draw("R--%a---b%--c", premises="ab")) == []


def test_parts_without_a_source() -> None:
    """One finding a part, at its first node."""
    assert _found(draw("R---a   b---c")) == [("no_source", "b")]


def test_dead_ends_that_nearly_meet_a_pipe() -> None:
    """Half a metre from ab: they were meant to meet."""
    network = draw("R---a---b")
    stray = replace(network.nodes[1], id="x", position=_at(0.05, 6))
    end = replace(stray, id="y", position=_at(8, 6))
    pipe = replace(network.links[1], id="xy", start="x", end="y", path=(_at(0.05, 6), _at(8, 6)))
    tank = draw("T---z").nodes[0]
    feed = replace(pipe, id="yT", start="y", end="T", path=(_at(8, 6), tank.position))
    joined = replace(
        network,
        nodes=(*network.nodes, stray, end, tank),
        links=(*network.links, pipe, feed),
    )
    assert _found(joined) == [("dangling_end", "x")]


def test_pipes_drawn_twice() -> None:
    """Same nodes and same course; a second pipe round the block is none."""
    network = draw("R---a---b")
    first = network.links[1]
    twin = replace(first, id="twin", start="b", end="a", path=first.path[::-1])
    around = replace(twin, id="around", path=(twin.path[0], _at(5, 6), twin.path[1]))
    twice = replace(network, links=(*network.links, twin, around))
    assert _found(twice) == [("duplicate_pipe", "twin")]


def test_impossible_sizes() -> None:
    """No length, no width, or a main one could drive a bus through."""
    network = draw("R---a---b---c-)-d")
    assert _found(_with_link(network, "ab", length_m=0.0)) == [("zero_length", "ab")]
    assert _found(_with_link(network, "ab", diameter_m=0.0)) == [("impossible_diameter", "ab")]
    assert _found(_with_link(network, "ab", diameter_m=200.0)) == [("impossible_diameter", "ab")]
    assert _found(_with_link(network, "cd", diameter_m=0.0, length_m=0.0)) == []


def test_isolation_valves_off_their_pipe() -> None:
    """More than five metres."""
    network = draw("R--%a---b")
    moved = replace(network.isolation_valves[0], location=_at(1, 3))
    assert _found(network.with_isolation_valves([moved])) == [("isolation_valve_off", "Ra.a")]


def test_premises_unconnected_or_far_from_their_connection() -> None:
    """At a pipe or at a node, 200 m is too far."""
    network = draw("R---a---b")
    premises = (
        Premises("none", _at(0, 5)),
        Premises("far", _at(30, 5), link="ab"),
        Premises("off", _at(30, 5), node="a"),
        Premises("good", _at(5, 5), link="ab"),
    )
    assert _found(network.with_premises(premises)) == [
        ("premises_unconnected", "none"),
        ("premises_far", "far"),
        ("premises_far", "off"),
    ]


def _at(row: float, column: float) -> LonLat:
    return LonLat(WEST + column * STEP, NORTH - row * STEP)
