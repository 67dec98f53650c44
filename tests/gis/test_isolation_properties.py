"""Properties of every isolation, on networks that hypothesis invents."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import gis
from domain.network import (
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
    Premises,
)
from domain.places import LonLat
from tests.gis.properties import proper_subsets_leak, shut_keeps_dry

FEW = settings(max_examples=120, deadline=None)


@st.composite
def networks(draw: st.DrawFn, *, one_way: bool) -> PipeNetwork:
    """Return a connected network of 3 to 9 nodes with isolation valves in every state."""
    chance = draw(st.randoms(use_true_random=False))
    size = draw(st.integers(3, 9))
    nodes = tuple(
        Node(f"n{k}", NodeKind.RESERVOIR if k < 1 + size // 5 else NodeKind.JUNCTION, _at(k))
        for k in range(size)
    )
    pairs = [(chance.randrange(k), k) for k in range(1, size)]
    pairs += [tuple(chance.sample(range(size), 2)) for _ in range(chance.randrange(size))]
    links = tuple(_link(chance, number, *pair, one_way) for number, pair in enumerate(pairs))
    valves = tuple(valve for link in links for valve in _valves(chance, link))
    premises = tuple(Premises(f"h{link.id}", link.path[0], link=link.id) for link in links)
    return PipeNetwork(nodes, links, valves, premises=premises)


def _at(number: int) -> LonLat:
    return LonLat(round(114 + number * 1e-3, 7), 30.0)


def _link(chance: Random, number: int, start: int, end: int, one_way: bool) -> Link:
    kind = chance.choice([LinkKind.PIPE] * 5 + [LinkKind.TCV])
    return Link(
        id=f"p{number}",
        kind=kind,
        start=f"n{start}",
        end=f"n{end}",
        path=(_at(start), _at(end)),
        length_m=10.0,
        diameter_m=0.1,
        open=kind is LinkKind.TCV or chance.random() < 0.9,
        check_valve=one_way and kind is LinkKind.PIPE and chance.random() < 0.2,
    )


def _valves(chance: Random, link: Link) -> list[IsolationValve]:
    places = [None] if link.kind is LinkKind.TCV else [link.start, link.end]
    return [
        IsolationValve(
            f"{link.id}@{node}",
            link.id,
            node,
            link.path[0],
            Position.CLOSED if chance.random() < 0.15 else Position.OPEN,
            chance.choice([*[Operability.OPERABLE] * 4, *Operability]),
        )
        for node in places
        if node is None or chance.random() < 0.6
    ]


def _has_a_source(network: PipeNetwork, nodes: tuple[str, ...]) -> bool:
    return any(network.node_by_id[one].kind is NodeKind.RESERVOIR for one in nodes)


@given(networks(one_way=False), st.data())
@FEW
def test_close_is_enough_and_none_idle(network: PipeNetwork, data: st.DataObject) -> None:
    """Shutting ``close`` keeps supply out; leaving any one of it open lets supply in."""
    burst = data.draw(st.sampled_from(network.links))
    assume(burst.open)
    found = gis.isolate(network, [burst.id])
    assume(not _has_a_source(network, found.segment_nodes))
    assert shut_keeps_dry(network, found)
    assert proper_subsets_leak(network, found)


@given(networks(one_way=True), st.data())
@FEW
def test_close_is_enough_with_check_valves(network: PipeNetwork, data: st.DataObject) -> None:
    """With one-way devices too, ``close`` keeps supply out."""
    burst = data.draw(st.sampled_from(network.links))
    found = gis.isolate(network, [burst.id])
    assume(not _has_a_source(network, found.segment_nodes))
    assert shut_keeps_dry(network, found)


@given(networks(one_way=True), st.data())
@FEW
def test_the_parts_never_overlap(network: PipeNetwork, data: st.DataObject) -> None:
    """Segment, unintended and dry before are apart; who is out was wet and is in one of them."""
    burst = data.draw(st.sampled_from(network.links))
    found = gis.isolate(network, [burst.id])
    segment, unintended = set(found.segment_pipes), set(found.unintended_pipes)
    assert segment.isdisjoint(unintended)
    assert unintended.isdisjoint(found.dry_before_pipes)
    out = {name.removeprefix("h") for name in found.premises}
    pipes = {link.id for link in network.links if link.kind is LinkKind.PIPE}
    assert out & pipes == (segment | unintended) - set(found.dry_before_pipes)


@given(networks(one_way=True), st.data())
@FEW
def test_the_order_of_the_input_does_not_matter(network: PipeNetwork, data: st.DataObject) -> None:
    """The same network written in another order gives the same answer."""
    burst = data.draw(st.sampled_from(network.links))
    turned = replace(
        network,
        nodes=network.nodes[::-1],
        links=network.links[::-1],
        isolation_valves=network.isolation_valves[::-1],
        premises=network.premises[::-1],
    )
    assert gis.isolate(network, [burst.id]) == gis.isolate(turned, [burst.id])


@given(networks(one_way=True), st.data())
@FEW
def test_a_stuck_valve_never_shrinks_what_is_out(network: PipeNetwork, data: st.DataObject) -> None:
    """Losing an isolation valve can only widen the segment."""
    assume(network.isolation_valves)
    burst = data.draw(st.sampled_from(network.links))
    stuck = data.draw(st.sampled_from(network.isolation_valves))
    good, bad = (
        gis.isolate(network, [burst.id]),
        gis.isolate(network, [burst.id], inoperable=[stuck.id]),
    )
    assert set(good.segment_nodes) <= set(bad.segment_nodes)
    assert set(good.premises) <= set(bad.premises)
