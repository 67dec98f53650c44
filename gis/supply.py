"""Supply: where water from reservoirs and tanks gets to (docs/isolation.md, rules 4, 5, 7)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.network import PipeNetwork
from gis.memo import once_per_network
from gis.segments import Part
from gis.topology import Stand, Topology, stand_of, topology_of

NOTHING = Part(frozenset(), frozenset())


def supply(topology: Topology, stand: Stand, without: Part = NOTHING) -> Part:
    """Return the part that supply reaches when it may neither enter nor cross ``without``.

    Water passes open isolation valves, operable or not, and never closed ones. A link counts as
    supplied if an end of it is, seen from inside the isolation valves at that end; so does a
    link that is closed or one-way, which fills from the end that has water.
    """
    nodes = _reached(topology, stand, without)
    links = frozenset(
        link.id
        for link in topology.network.links
        if link.id not in without.links and _wet(topology, stand, nodes, link.id)
    )
    return Part(nodes, links)


@once_per_network
def supply_today(network: PipeNetwork) -> Part:
    """Return what supply reaches as the network stands, prepared once per network."""
    return supply(topology_of(network), stand_of(network))


def _reached(topology: Topology, stand: Stand, without: Part) -> frozenset[str]:
    reached = {node for node in topology.sources if node not in without.nodes}
    waiting = list(reached)
    while waiting:
        for node in _downstream(topology, stand, without, waiting.pop()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return frozenset(reached)


def _downstream(topology: Topology, stand: Stand, without: Part, node: str) -> Iterator[str]:
    """Yield the nodes that water at ``node`` flows on to."""
    for name in topology.links_at[node]:
        link = topology.link(name)
        if not carries(topology, stand, name) or name in without.links:
            continue
        if link.one_way and link.start != node:
            continue
        far = link.end if link.start == node else link.start
        both = passes(topology, stand, name, node) and passes(topology, stand, name, far)
        if both and far not in without.nodes:
            yield far


def carries(topology: Topology, stand: Stand, link: str) -> bool:
    """Return True if water can run through a link: neither its status nor itself is shut."""
    return topology.link(link).open and topology.own.get(link) not in stand.shut


def passes(topology: Topology, stand: Stand, link: str, node: str) -> bool:
    """Return True if no closed isolation valve stands between a link and the node at its end."""
    return stand.shut.isdisjoint(topology.valves_at.get((link, node), ()))


def _wet(topology: Topology, stand: Stand, nodes: frozenset[str], link: str) -> bool:
    return any(
        node in nodes and passes(topology, stand, link, node) for node in topology.ends(link)
    )
