"""Segments: the smallest parts that reliable barriers enclose (docs/isolation.md, rules 1-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import UnknownId
from domain.network import PipeNetwork
from gis.memo import once_per_network
from gis.topology import Stand, Topology, is_closed_pipe, stand_of, topology_of

#: The segment of what belongs to none: closed pipes, isolation valves that are links.
NO_SEGMENT = -1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the network: node ids and link ids."""

    nodes: frozenset[str]
    links: frozenset[str]


class _Flood:
    """A walk over elements that stops at reliable barriers."""

    def __init__(self, topology: Topology, stand: Stand, seeds: Iterable[str]) -> None:
        self.topology, self.stand = topology, stand
        self.seeds = frozenset(seeds)
        self.nodes: set[str] = set()
        self.links: set[str] = set()

    def _open_between(self, link: str, node: str) -> bool:
        between = self.topology.valves_at.get((link, node), ())
        return self.stand.reliable.isdisjoint(between)

    def _separates(self, link: str) -> bool:
        return link not in self.seeds and separates(self.topology, self.stand, link)

    def from_link(self, link: str) -> None:
        self.links.add(link)
        for node in self.topology.ends(link):
            if node not in self.nodes and self._open_between(link, node):
                self.from_node(node)

    def from_node(self, node: str) -> None:
        self.nodes.add(node)
        waiting = [node]
        while waiting:
            for following in self._next_nodes(waiting.pop()):
                self.nodes.add(following)
                waiting.append(following)

    def _next_nodes(self, node: str) -> Iterable[str]:
        for link in self.topology.links_at[node]:
            if link in self.links or self._separates(link) or not self._open_between(link, node):
                continue
            self.links.add(link)
            for end in self.topology.ends(link):
                if end not in self.nodes and self._open_between(link, end):
                    yield end

    @property
    def part(self) -> Part:
        return Part(frozenset(self.nodes), frozenset(self.links))


def separates(topology: Topology, stand: Stand, link: str) -> bool:
    """Return True if a link belongs to no segment but parts the segments at its ends."""
    own = topology.own.get(link)
    return own in stand.reliable or is_closed_pipe(topology.link(link))


def enclosed(topology: Topology, stand: Stand, bursts: Iterable[str]) -> Part:
    """Return what the reliable barriers around the burst links enclose, bursts included.

    A burst on a closed pipe or on an isolation valve that is a link involves both its sides.

    Raises
    ------
    UnknownId
        If a burst is not a link of the network.
    """
    flood = _Flood(topology, stand, bursts)
    for link in sorted(flood.seeds):
        if link not in topology.network.link_by_id:
            raise UnknownId("pipe", link, "name a link of the network")
        if link not in flood.links:
            flood.from_link(link)
    return flood.part


@dataclass(frozen=True, slots=True)
class Segments:
    """Every segment of a network as it stands, numbered from 0 in the network's own order."""

    links: dict[str, int]
    nodes: dict[str, int]
    count: int

    def of_link(self, link_id: str) -> int:
        """Return a link's segment; ``NO_SEGMENT`` (-1) for one that separates segments."""
        return self.links.get(link_id, NO_SEGMENT)

    def of_node(self, node_id: str) -> int:
        """Return a node's segment."""
        return self.nodes[node_id]


@once_per_network
def segment_of(network: PipeNetwork) -> Segments:
    """Return the network's segments, prepared once per network."""
    topology, stand = topology_of(network), stand_of(network)
    links: dict[str, int] = {}
    nodes: dict[str, int] = {}
    count = 0

    def number(flood: _Flood) -> None:
        links.update(dict.fromkeys(flood.links, count))
        nodes.update(dict.fromkeys(flood.nodes, count))

    for node in network.nodes:
        if node.id not in nodes:
            flood = _Flood(topology, stand, ())
            flood.from_node(node.id)
            number(flood)
            count += 1
    for link in network.links:
        if link.id not in links and not separates(topology, stand, link.id):
            flood = _Flood(topology, stand, ())
            flood.from_link(link.id)
            number(flood)
            count += 1
    return Segments(links, nodes, count)
