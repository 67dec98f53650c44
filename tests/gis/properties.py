"""What must hold of every isolation, checked with networkx from the design's words."""

from __future__ import annotations

import networkx as nx

from domain.isolation import Isolation
from domain.network import NodeKind, PipeNetwork


def wet_nodes(network: PipeNetwork, shut: set[str], cut: set[str]) -> set[str]:
    """Return the nodes that supply reaches with these isolation valves shut and links cut."""
    valves = network.isolation_valves
    shut = shut | {valve.id for valve in valves if not valve.is_open}
    stops = {(valve.link, valve.node) for valve in valves if valve.id in shut}
    graph = nx.DiGraph()
    graph.add_nodes_from(node.id for node in network.nodes)
    for link in network.links:
        ends = {(link.id, None), (link.id, link.start), (link.id, link.end)}
        if link.open and link.id not in cut and not ends & stops:
            graph.add_edge(link.start, link.end)
            if not link.one_way:
                graph.add_edge(link.end, link.start)
    wet: set[str] = set()
    for node in network.nodes:
        if node.kind is not NodeKind.JUNCTION and node.id not in wet:
            wet |= {node.id} | nx.descendants(graph, node.id)
    return wet


def _segment_is_wet(network: PipeNetwork, isolation: Isolation, shut: set[str]) -> bool:
    """Return True if water from outside still gets to a node or into a pipe of the segment."""
    wet = wet_nodes(network, shut, cut=set())
    valves = network.isolation_valves
    closed = shut | {valve.id for valve in valves if not valve.is_open}
    stops = {(valve.link, valve.node) for valve in valves if valve.id in closed}
    into_pipe = any(
        node in wet and (pipe, node) not in stops
        for pipe in isolation.segment_pipes
        for node in (network.link_by_id[pipe].start, network.link_by_id[pipe].end)
    )
    return into_pipe or bool(wet & set(isolation.segment_nodes))


def shut_keeps_dry(network: PipeNetwork, isolation: Isolation) -> bool:
    """Return True if with ``close`` shut no water enters the segment."""
    return not _segment_is_wet(network, isolation, set(isolation.close))


def proper_subsets_leak(network: PipeNetwork, isolation: Isolation) -> bool:
    """Return True if leaving any one isolation valve of ``close`` open lets water in."""
    return all(
        _segment_is_wet(network, isolation, set(isolation.close) - {one}) for one in isolation.close
    )
