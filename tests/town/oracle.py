"""What a burst cuts off, found with networkx and nothing of the product's own traces.

One graph vertex for each node and each link; an arc from one to the other where water may pass.
"""

from __future__ import annotations

import networkx as nx

from domain.network import IsolationValve, LinkKind, NodeKind, PipeNetwork

Key = tuple[str, str]


def _valves(network: PipeNetwork) -> dict[Key, IsolationValve]:
    return {(v.link, v.node or ""): v for v in network.isolation_valves}


def supply_graph(network: PipeNetwork) -> nx.DiGraph:
    """Return where water may flow while nothing is shut but what is normally closed."""
    graph, valves = nx.DiGraph(), _valves(network)
    for link in network.links:
        me = ("link", link.id)
        graph.add_node(me)
        one_way = link.check_valve or link.kind is not LinkKind.PIPE
        for node, into, out in ((link.start, True, not one_way), (link.end, not one_way, True)):
            valve = valves.get((link.id, node))
            if valve is not None and not valve.is_open:
                continue
            if into:
                graph.add_edge(("node", node), me)
            if out:
                graph.add_edge(me, ("node", node))
    return graph


def wet(network: PipeNetwork, graph: nx.DiGraph) -> set[Key]:
    """Return what water reaches from the reservoirs and tanks that the graph still holds."""
    sources = [("node", n.id) for n in network.nodes if n.kind is not NodeKind.JUNCTION]
    found: set[Key] = set()
    for source in sources:
        if source in graph:
            found |= {source} | nx.descendants(graph, source)
    return found


def segment(network: PipeNetwork, burst: str) -> set[Key]:
    """Return what the reliable barriers around a burst enclose."""
    graph, valves = nx.Graph(), _valves(network)
    for link in network.links:
        graph.add_node(("link", link.id))
        for node in (link.start, link.end):
            valve = valves.get((link.id, node))
            holds = valve is not None and (
                not valve.is_open or (valve.operability == "operable" and valve.accessible)
            )
            if not holds:
                graph.add_edge(("link", link.id), ("node", node))
    return set(nx.node_connected_component(graph, ("link", burst)))


def dry_premises(network: PipeNetwork, burst: str) -> set[str]:
    """Return premises that have water before a burst is isolated and none after."""
    graph = supply_graph(network)
    before = wet(network, graph)
    graph.remove_nodes_from(segment(network, burst))
    after = wet(network, graph)
    lost = {name for kind, name in before - after if kind == "link"}
    return {one.id for one in network.premises if one.link in lost}
