"""Where one more isolation valve helps most: against trying every end by rebuilding the network."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.network import IsolationValve, PipeNetwork
from gis import criticality, isolate, valve_sites
from tests.gis.drawing import draw

#: A long segment behind one isolation valve, a loop, and a branch.
TOWN = """
R%--a---b---c---d
    |       |
    %       |
    e---f---g---h
        %
        i---j
"""

#: The pipe of each premises.
HOMES = ("Ra", "ab", *["bc"] * 2, *["cd"] * 3, "ae", "ef", "fg", *["gh"] * 2, "cg", "fi", "ij")


def town() -> PipeNetwork:
    """Return the drawn town with its premises, each with an id of its own."""
    drawn = draw(TOWN, premises=" ".join(dict.fromkeys(HOMES)))
    homes = [
        replace(one, id=f"{one.id}{n}")
        for one in drawn.premises
        for n in range(HOMES.count(one.id))
    ]
    return replace(drawn, premises=tuple(homes))


def risk(network: PipeNetwork) -> float:
    """Return premises out times kilometres of all bursts, one a pipe: no segment is named."""
    return sum(
        isolate(network, [link.id]).premises_count * link.length_m / 1000 for link in network.links
    )


def with_valve(network: PipeNetwork, pipe: str, node: str) -> PipeNetwork:
    """Return the network with one more isolation valve."""
    new = IsolationValve("new", pipe, node, network.node_by_id[node].position)
    return replace(network, isolation_valves=(*network.isolation_valves, new))


def test_no_other_end_leaves_less_risk() -> None:
    """Each end of each pipe of the worst segment is built, one after the other."""
    network = town()
    worst = criticality(network).segments[0]
    site = valve_sites(network, [worst.pipe])[worst.pipe]
    taken = {(one.link, one.node) for one in network.isolation_valves}
    segment = isolate(network, [worst.pipe]).segment_pipes
    every = {
        (name, node): risk(with_valve(network, name, node))
        for name in segment
        for node in (network.link_by_id[name].start, network.link_by_id[name].end)
        if (name, node) not in taken
    }
    assert (site.pipe, site.node) in every
    assert every[site.pipe, site.node] == pytest.approx(min(every.values()))
    saved = worst.risk - site.risk_after
    assert risk(network) - min(every.values()) == pytest.approx(saved, abs=2e-3)
    assert saved > 0


def test_a_segment_that_cannot_be_parted_has_no_site() -> None:
    """One pipe between two isolation valves."""
    network = draw("R%-%a%-%b", premises="ab")
    assert valve_sites(network, ["ab"]) == {}


def test_the_network_is_asked_but_not_changed() -> None:
    """The isolation valves that are tried are nowhere in it afterwards."""
    network = town()
    before = network.isolation_valves
    valve_sites(network, [criticality(network).segments[0].pipe])
    assert network.isolation_valves == before
