"""What the engine prepares never shows in an answer: turned valves, renewing, criticality."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import networkx as nx
import pytest

import gis
from domain.network import (
    IsolationValve,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
)
from gis.isolation.table import segments_of_table
from tests.gis.drawing import draw
from tests.oracles.isolation_oracle import node, segment_of, sides, supply, with_overrides
from tests.oracles.networks import dice, random_network


def anew(network: PipeNetwork) -> PipeNetwork:
    """Return an equal network that nothing was prepared for."""
    parts = (network.nodes, network.links, network.isolation_valves)
    return PipeNetwork(*parts, network.hydrants, network.premises)


def turned(valve: IsolationValve, rng: Random) -> IsolationValve:
    """Return the isolation valve in some other state."""
    return replace(
        valve,
        position=rng.choice(list(Position)),
        operability=rng.choice(list(Operability)),
        accessible=rng.random() < 0.8,
    )


@pytest.mark.parametrize("seed", range(40))
def test_after_any_turns_the_answer_is_that_of_a_network_made_so(seed: int) -> None:
    """Valve after valve turned, supply renewed now and then: as if prepared for it from new."""
    network, rng = random_network(seed), dice(seed)
    for _ in range(6 if network.isolation_valves else 0):
        network = network.with_isolation_valves([turned(rng.choice(network.isolation_valves), rng)])
        if rng.random() < 0.2:
            gis.renew(network)
        fresh = anew(network)
        for link in rng.sample(network.links, min(4, len(network.links))):
            assert gis.isolate(network, [link.id]) == gis.isolate(fresh, [link.id])
        assert gis.segment_of(network).count == gis.segment_of(fresh).count


def test_the_first_network_asked_may_be_a_turned_one() -> None:
    """Preparing for a later stand does not change what an earlier one answers."""
    first = draw("R--%a---b%--c", premises="ab bc")
    (valve, other) = first.isolation_valves
    later = first.with_isolation_valves([replace(valve, operability=Operability.INOPERABLE)])
    assert gis.isolate(later, ["ab"]).close == ()
    assert gis.isolate(first, ["ab"]).close == (valve.id,)
    assert gis.isolate(first, ["ab"]).optional == (other.id,)


def test_another_place_of_a_valve_is_another_network() -> None:
    """A network whose isolation valve moved to the other end shares nothing with the first."""
    first = draw("R--%a---b---c")
    (valve,) = first.isolation_valves
    gis.isolate(first, ["ab"])
    moved = first.with_isolation_valves([replace(valve, link="bc", node="b")])
    assert gis.isolate(moved, ["bc"]).close == (valve.id,)


@pytest.mark.parametrize("seed", range(60))
def test_without_water_is_what_the_oracle_s_supply_says(seed: int) -> None:
    """Premises wet before and dry with some isolation valves shut and some opened."""
    network, rng = random_network(seed), dice(seed + 7)
    names = [valve.id for valve in network.isolation_valves]
    shut = rng.sample(names, min(3, len(names)))
    opened = [one for one in rng.sample(names, min(2, len(names))) if one not in shut]
    after = with_overrides(network, (), shut)
    after = replace(
        after,
        isolation_valves=tuple(
            replace(one, position=Position.OPEN) if one.id in opened else one
            for one in after.isolation_valves
        ),
    )
    expected = wet_premises(network) - wet_premises(after)
    assert gis.without_water(network, shut, opened) == tuple(sorted(expected))


def wet_premises(network: PipeNetwork) -> set[str]:
    """Return the premises that the oracle's supply reaches; a link has what an end of it has."""
    wet = supply(network)
    own = {valve.link for valve in network.isolation_valves if valve.node is None}
    return {
        one.id
        for one in network.premises
        if (one.node and node(one.node) in wet)
        or (
            one.link
            and one.link not in own
            and ({("end", one.link, 0), ("end", one.link, 1)} & wet)
        )
    }


@pytest.mark.parametrize("seed", range(60))
def test_criticality_is_isolate_for_every_segment_and_stuck_valve(seed: int) -> None:
    """The one pass gives the figures that asking one by one gives."""
    network = random_network(seed)
    found = gis.criticality(network)
    for one in found.segments:
        asked = gis.isolate(network, [one.pipe])
        assert (asked.premises_count, len(asked.critical_premises), len(asked.close)) == (
            one.premises_out,
            one.critical_out,
            one.close,
        )
        assert asked.segment_length_m == pytest.approx(one.length_m)
    for stuck in found.stuck:
        valve = network.isolation_valve_by_id[stuck.isolation_valve]
        if valve.node is not None and network.link_by_id[valve.link].open:
            asked = gis.isolate(network, [valve.link], inoperable=[valve.id])
            assert asked.premises_count == stuck.premises_out


def test_the_worst_segment_and_the_worst_valve_come_first() -> None:
    """A trunk that feeds everybody, and the isolation valve that keeps its burst from the rest."""
    network = draw("R--%a------------b%--%c---d", premises="ab bc bc cd cd cd")
    found = gis.criticality(network)
    assert found.segments[0].pipe == "ab"
    assert found.segments[0].premises_out == 6
    stuck = {one.isolation_valve: one for one in found.stuck}
    assert stuck["bc.b"].more == 0  # a burst on ab dries bc anyway
    assert stuck["bc.c"].risk > 0


# ---------------------------------------------------------------- what else an isolation tells


def test_the_segment_s_metres_and_litres() -> None:
    """60 m of DN100 hold 471 litres: pi / 4 x 0.01 m2 x 60 m."""
    network = draw("R--%a-----b%--c")
    found = gis.isolate(network, ["ab"])
    assert found.segment_length_m == pytest.approx(60.0)
    assert found.segment_volume_l == pytest.approx(471.2, abs=0.1)


def test_critical_supply_is_shut_off_from_the_burst_first() -> None:
    """The isolation valve before the hospital comes before the one on the larger pipe."""
    network = draw(
        """
R--%a---b%--S
        %
        |
        |
        T
"""
    )
    wide = tuple(
        replace(link, diameter_m=0.6) if link.id == "Ra" else link for link in network.links
    )
    network = replace(network, links=wide)
    assert gis.isolate(network, ["ab"]).close[0] == "Ra.a"
    (spot,) = [link.path[0] for link in network.links if link.id == "bT"]
    hospital = draw("R--a", premises="Ra").premises[0]
    hospital = replace(hospital, id="H", link="bT", location=spot, critical=True)
    assert gis.isolate(network.with_premises([hospital]), ["ab"]).close == ("bT.b", "Ra.a", "bS.b")


def test_a_part_left_to_a_tank_says_for_how_many_hours() -> None:
    """100 m3 for two premises of 1 m3 a day each: fifty days, 1,200 hours."""
    network = draw("R--%a---b%--c---T", premises="bc cT")
    network = with_tank(network, 100.0)
    found = gis.isolate(network, ["ab"])
    (part,) = found.tank_fed
    assert (part.tanks, part.premises_count, part.hours) == (("T",), 2, 1200.0)
    assert any("1200.0 hours" in one.en for one in found.warnings)
    assert found.premises == ()
    unknown = gis.isolate(with_tank(network, None), ["ab"])
    assert unknown.tank_fed[0].hours is None


def with_tank(network: PipeNetwork, volume_m3: float | None) -> PipeNetwork:
    """Return the network with that much in its tanks, and 1 m3 a day for each premises."""
    nodes = tuple(
        replace(one, volume_m3=volume_m3) if one.kind is NodeKind.TANK else one
        for one in network.nodes
    )
    premises = tuple(replace(one, demand_m3_d=1.0) for one in network.premises)
    return replace(network, nodes=nodes, premises=premises)


@pytest.mark.parametrize("seed", range(80))
def test_who_is_left_to_tanks_is_what_two_supplies_say(seed: int) -> None:
    """The tanks of parts that reservoirs fed before and only tanks feed afterwards."""
    network, rng = random_network(seed), dice(seed)
    link = rng.choice(network.links).id
    found = gis.isolate(network, [link])
    tanks = {one.id for one in network.nodes if one.kind is NodeKind.TANK}
    if len(tanks) == sum(one.kind is not NodeKind.JUNCTION for one in network.nodes):
        assert found.tank_fed == ()
        return
    lost = gone(network, [link])
    wet, fed = supply(network, lost=lost), supply(emptied(network), lost=lost)
    fresh = (supply(emptied(network)) - fed - lost) & wet
    expected = set()
    for part in nx.connected_components(joined(network, wet - fed)):
        if part & fresh:
            expected.add(frozenset(tanks & {name for kind, name, _ in part if kind == "node"}))
    assert {frozenset(one.tanks) for one in found.tank_fed} == expected


def emptied(network: PipeNetwork) -> PipeNetwork:
    """Return the network with its tanks as junctions."""
    nodes = tuple(
        replace(one, kind=NodeKind.JUNCTION) if one.kind is NodeKind.TANK else one
        for one in network.nodes
    )
    return replace(network, nodes=nodes)


def gone(network: PipeNetwork, bursts: list[str]) -> set[tuple[str, str, int]]:
    """Return the oracle's pieces of the segment."""
    return segment_of(network, bursts)


def joined(network: PipeNetwork, region: set[tuple[str, str, int]]) -> nx.Graph:
    """Return the pieces of the region, joined where water passes either way."""
    graph = nx.Graph()
    graph.add_nodes_from(region)
    stops = {
        frozenset(sides(network, valve))
        for valve in network.isolation_valves
        if valve.position is Position.CLOSED
    }
    own = {valve.link for valve in network.isolation_valves if valve.node is None}
    pairs = [sides(network, valve) for valve in network.isolation_valves if valve.node is None]
    for link in network.links:
        if link.id not in own:
            start, end = ("end", link.id, 0), ("end", link.id, 1)
            pairs += [(node(link.start), start), (node(link.end), end)]
            pairs += [(start, end)] if link.open else []
    for one, other in pairs:
        if one in region and other in region and frozenset((one, other)) not in stops:
            graph.add_edge(one, other)
    return graph


# ---------------------------------------------------------------- segments from bare tables


@pytest.mark.parametrize("seed", range(30))
def test_segments_of_a_table_are_components_without_the_valved_ends(seed: int) -> None:
    """As networkx finds them between nodes and links."""
    network = random_network(seed, one_way=False)
    ends = [(one.id, one.start, one.end) for one in network.links]
    valved = {(one.link, one.node) for one in network.isolation_valves if one.node is not None}
    graph = nx.Graph()
    graph.add_nodes_from(("node", one.id) for one in network.nodes)
    for name, start, end in ends:
        graph.add_node(("link", name))
        for at in (start, end):
            if (name, at) not in valved:
                graph.add_edge(("node", at), ("link", name))
    nodes, links = segments_of_table(
        [one.id for one in network.nodes],
        ([one[1] for one in ends], [one[2] for one in ends], [one[0] for one in ends]),
        ([one[0] for one in valved], [str(one[1]) for one in valved]),
    )
    for part in nx.connected_components(graph):
        assert len({(nodes if kind == "node" else links)[name] for kind, name in part}) == 1
    assert len({*nodes.values(), *links.values()}) == nx.number_connected_components(graph)
