"""What shutting a burst takes and costs, worked out the slow and obvious way with networkx.

The network is taken apart into *pieces*: one per node, and one per end of each link, seen from
inside the isolation valves at that end. Between a node and a link's end stands at most one
isolation valve; an isolation valve that is a link of its own stands between two nodes::

    node A --[isolation valve?]-- end 0 ==link== end 1 --[isolation valve?]-- node B
    node A --[isolation valve, its own link]-- node B

Two graphs over the same pieces answer everything: one undirected, cut at the reliable barriers
(which pieces does a burst drain?), one directed, cut at what is closed (which does supply reach?).
The numbers in comments are the rules of docs/isolation.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import networkx as nx

from domain.network import (
    IsolationValve,
    Link,
    LinkKind,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
)

Piece = tuple[str, str, int]


@dataclass(frozen=True)
class Expected:
    """The sets an isolation must hold, each of ids."""

    close: frozenset[str]
    optional: frozenset[str]
    segment_pipes: frozenset[str]
    segment_nodes: frozenset[str]
    unintended_pipes: frozenset[str]
    unintended_nodes: frozenset[str]
    premises: frozenset[str]
    critical_premises: frozenset[str]
    premises_in_segment: frozenset[str]
    hydrants_out: frozenset[str]
    dry_before_pipes: frozenset[str]
    only_combined_pipes: frozenset[str]
    resupply: frozenset[str]


def expected(
    network: PipeNetwork,
    bursts: Sequence[str],
    *,
    inoperable: Collection[str] = (),
    closed: Collection[str] = (),
    with_outages: Sequence[Sequence[str]] = (),
) -> Expected:
    """Return what must be shut, and what is lost, for the bursts and the other outages at once."""
    today = with_overrides(network, inoperable, closed)
    outages = [tuple(bursts), *(tuple(other) for other in with_outages)]
    every = After(today, tuple(link for outage in outages for link in outage))
    if not with_outages:
        return every.answer(only_combined=frozenset())
    single = [After(today, outage).pipes_without_water() for outage in outages]
    explained = frozenset().union(*single)
    return every.answer(only_combined=every.pipes_without_water() - explained)


def with_overrides(
    network: PipeNetwork, inoperable: Collection[str], closed: Collection[str]
) -> PipeNetwork:
    """Return the network with these isolation valves stuck and those closed."""
    if not inoperable and not closed:
        return network
    valves = network.isolation_valves
    valves = tuple(
        replace(v, operability=Operability.INOPERABLE) if v.id in inoperable else v for v in valves
    )
    valves = tuple(replace(v, position=Position.CLOSED) if v.id in closed else v for v in valves)
    return replace(network, isolation_valves=valves)


# ---------------------------------------------------------------- pieces and what joins them


def node(name: str) -> Piece:
    """Return the piece of a node."""
    return ("node", name, 0)


def ends(link: Link) -> tuple[Piece, Piece]:
    """Return the pieces of a link's two ends, from inside its isolation valves."""
    return ("end", link.id, 0), ("end", link.id, 1)


def is_reliable(valve: IsolationValve) -> bool:
    """Rule 1: closed, or open and certain to close."""
    if valve.position is Position.CLOSED:
        return True
    return valve.operability is Operability.OPERABLE and valve.accessible


def sides(network: PipeNetwork, valve: IsolationValve) -> tuple[Piece, Piece]:
    """Return the pieces on both sides of an isolation valve."""
    link = network.link_by_id[valve.link]
    if valve.node is None:
        return node(link.start), node(link.end)
    return node(valve.node), ends(link)[0 if valve.node == link.start else 1]


def own_links(network: PipeNetwork) -> set[str]:
    """Return the ids of links that are isolation valves: they have no ends of their own."""
    return {valve.link for valve in network.isolation_valves if valve.node is None}


def real_links(network: PipeNetwork) -> list[Link]:
    """Return the links that are not isolation valves."""
    valves = own_links(network)
    return [link for link in network.links if link.id not in valves]


def gaps(network: PipeNetwork) -> Iterator[tuple[Piece, Piece, list[IsolationValve]]]:
    """Yield each place where an isolation valve may stand, with those that do."""
    standing: dict[frozenset[Piece], list[IsolationValve]] = {}
    for valve in network.isolation_valves:
        if valve.node is None:
            yield (*sides(network, valve), [valve])
        else:
            standing.setdefault(frozenset(sides(network, valve)), []).append(valve)
    for link in real_links(network):
        for name, end in zip((link.start, link.end), ends(link), strict=True):
            yield node(name), end, standing.get(frozenset((node(name), end)), [])


def every_piece(network: PipeNetwork) -> list[Piece]:
    """Return all pieces of a network."""
    pieces = [node(one.id) for one in network.nodes]
    return pieces + [end for link in real_links(network) for end in ends(link)]


# ---------------------------------------------------------------- the two graphs


def segment_of(network: PipeNetwork, bursts: Iterable[str]) -> set[Piece]:
    """Return the pieces a burst drains. Rule 3: across anything but a reliable barrier."""
    bursts = set(bursts)
    graph = nx.Graph()
    graph.add_nodes_from(every_piece(network))
    for one, other, valves in gaps(network):
        burst_here = any(v.node is None and v.link in bursts for v in valves)
        if burst_here or not any(is_reliable(valve) for valve in valves):
            graph.add_edge(one, other)
    for link in real_links(network):
        closed_pipe = link.kind is LinkKind.PIPE and not link.open
        if not closed_pipe or link.id in bursts:  # rule 2: it separates, unless it is the burst
            graph.add_edge(*ends(link))
    drained: set[Piece] = set()
    for name in bursts:
        link = network.link_by_id[name]
        begin = node(link.start) if name in own_links(network) else ends(link)[0]
        drained |= nx.node_connected_component(graph, begin)
    return drained


def supply(
    network: PipeNetwork, lost: Collection[Piece] = (), shut: Collection[str] = ()
) -> set[Piece]:
    """Return the pieces supply reaches (rule 4) with some pieces gone and some valves shut."""
    graph = nx.DiGraph()
    graph.add_nodes_from([*every_piece(network), "all sources"])
    for one, other, valves in gaps(network):
        if all(valve.position is Position.OPEN and valve.id not in shut for valve in valves):
            graph.add_edges_from([(one, other), (other, one)])
    for link in real_links(network):
        start, end = ends(link)
        if link.open:
            graph.add_edge(start, end)
        if link.open and not passes_one_way(link):
            graph.add_edge(end, start)
    for source in network.nodes:
        if source.kind in (NodeKind.RESERVOIR, NodeKind.TANK):
            graph.add_edge("all sources", node(source.id))
    graph.remove_nodes_from(lost)
    return set(nx.descendants(graph, "all sources"))


@lru_cache(maxsize=8)
def supply_before(network: PipeNetwork) -> frozenset[Piece]:
    """Return the pieces supply reaches while nothing is shut."""
    return frozenset(supply(network))


def passes_one_way(link: Link) -> bool:
    """Rule 4: check-valve pipes, pumps and PRV, PSV, FCV, PBV."""
    kinds = (LinkKind.PUMP, LinkKind.PRV, LinkKind.PSV, LinkKind.FCV, LinkKind.PBV)
    return link.check_valve or link.kind in kinds


# ---------------------------------------------------------------- before, after, and the answer


class After:
    """The network before and after one set of bursts has been shut off."""

    def __init__(self, network: PipeNetwork, bursts: Sequence[str]) -> None:
        self.network = network
        self.bursts = set(bursts)
        self.inside = segment_of(network, bursts)
        self.wet_before = supply_before(network)
        self.wet_after = supply(network, lost=self.inside)

    def in_segment(self, link: Link) -> bool:
        """Rules 1 to 3: isolation valves and closed pipes belong to none, but a burst pipe does."""
        closed_pipe = link.kind is LinkKind.PIPE and not link.open
        if closed_pipe:
            return link.id in self.bursts
        return ends(link)[0] in self.inside

    def was_wet(self, link: Link) -> bool:
        """Return True if supply reached either end before."""
        return any(end in self.wet_before for end in ends(link))

    def is_unintended(self, link: Link) -> bool:
        """Rule 7: an end lost supply and no end still has it."""
        lost = any(end in self.wet_before and end not in self.wet_after for end in ends(link))
        still = any(end in self.wet_after for end in ends(link))
        return not self.in_segment(link) and lost and not still

    def node_is_unintended(self, name: str) -> bool:
        """Rule 5: outside the segment, wet before, dry after."""
        piece = node(name)
        dry = piece not in self.inside and piece not in self.wet_after
        return dry and piece in self.wet_before

    def pipes_without_water(self) -> frozenset[str]:
        """Return the pipes in the segment and the unintended ones."""
        links = real_links(self.network)
        return pipes(x for x in links if self.in_segment(x) or self.is_unintended(x))

    def border(self) -> Iterator[tuple[IsolationValve, Piece]]:
        """Yield the open operable isolation valves with one side inside, and the far side."""
        for valve in self.network.isolation_valves:
            one, other = sides(self.network, valve)
            if valve.position is Position.CLOSED or not is_reliable(valve):
                continue
            if (one in self.inside) != (other in self.inside):
                yield valve, other if one in self.inside else one

    def still_supplied(self, far: Piece) -> bool:
        """Return True if the far side of an isolation valve can still give water.

        Far from a node is the whole pipe, at whichever end it is supplied: rule 3 trusts no
        one-way device to hold it back. Only a closed pipe does that (rule 2).
        """
        if far[0] == "node":
            return far in self.wet_after
        link = self.network.link_by_id[far[1]]
        return any(end in self.wet_after for end in (ends(link) if link.open else (far,)))

    def lost_supply(self, far: Piece) -> bool:
        """Return True if the far side of an isolation valve is unintended."""
        if far[0] == "node":
            return self.node_is_unintended(far[1])
        return self.is_unintended(self.network.link_by_id[far[1]])

    def resupplies(self, valve: IsolationValve) -> bool:
        """Return True for a closed isolation valve between an unintended and a supplied part.

        Supply must stand right before it: behind a check valve there is nothing to let through.
        """
        can_turn = valve.operability is Operability.OPERABLE and valve.accessible
        if valve.position is Position.OPEN or not can_turn:
            return False
        one, other = sides(self.network, valve)
        return (self.lost_supply(one) and other in self.wet_after) or (
            self.lost_supply(other) and one in self.wet_after
        )

    def answer(self, only_combined: frozenset[str]) -> Expected:
        """Return the sets of ids."""
        links = real_links(self.network)
        segment = {x.id for x in links if self.in_segment(x)}
        unintended = {x.id for x in links if self.is_unintended(x)}
        wet = {x.id for x in links if self.was_wet(x)}
        nodes_in = {x.id for x in self.network.nodes if node(x.id) in self.inside}
        nodes_lost = {x.id for x in self.network.nodes if self.node_is_unintended(x.id)}
        nodes_wet = {x.id for x in self.network.nodes if node(x.id) in self.wet_before}
        links_in, wet_nodes_in = segment & wet, nodes_in & nodes_wet
        inside = {
            x.id for x in self.network.premises if x.link in links_in or x.node in wet_nodes_in
        }
        beyond = {
            x.id for x in self.network.premises if x.link in unintended or x.node in nodes_lost
        }
        critical = {x.id for x in self.network.premises if x.critical}
        out_links = links_in | unintended
        return Expected(
            close=frozenset(v.id for v, far in self.border() if self.still_supplied(far)),
            optional=frozenset(v.id for v, far in self.border() if self.lost_supply(far)),
            segment_pipes=pipes(x for x in links if x.id in segment),
            segment_nodes=frozenset(nodes_in),
            unintended_pipes=pipes(x for x in links if x.id in unintended),
            unintended_nodes=frozenset(nodes_lost),
            premises=frozenset(inside | beyond),
            critical_premises=frozenset((inside | beyond) & critical),
            premises_in_segment=frozenset(inside),
            hydrants_out=frozenset(x.id for x in self.network.hydrants if x.link in out_links),
            dry_before_pipes=pipes(x for x in links if x.id not in wet),
            only_combined_pipes=only_combined,
            resupply=frozenset(v.id for v in self.network.isolation_valves if self.resupplies(v)),
        )


def pipes(links: Iterable[Link]) -> frozenset[str]:
    """Return the ids of those links that are pipes, not pumps or control valves."""
    return frozenset(link.id for link in links if link.kind is LinkKind.PIPE)


def segment_gets_water(network: PipeNetwork, bursts: Sequence[str], shut: Collection[str]) -> bool:
    """Return True if, with only ``shut`` turned, supply from outside reaches the segment."""
    inside = segment_of(network, bursts)
    off = [x for x in network.nodes if node(x.id) in inside]
    quiet = {x.id: replace(x, kind=NodeKind.JUNCTION) for x in off}
    nodes = tuple(quiet.get(x.id, x) for x in network.nodes)
    return bool(inside & supply(replace(network, nodes=nodes), shut=shut))
