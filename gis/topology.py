"""The network as elements: nodes and links, and which isolation valves stand between them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from domain.errors import UnknownId
from domain.network import IsolationValve, Link, LinkKind, NodeKind, PipeNetwork
from gis.memo import once_per_network

#: A link id and a node id: one end of the link.
End = tuple[str, str]


@dataclass(frozen=True)
class Topology:
    """What lies next to what; ids only, in the network's own order.

    Attributes
    ----------
    links_at
        Links that meet at each node.
    valves_at
        Isolation valves between a link and the node at its end.
    own
        The isolation valve that is the link itself, for links that are one.
    sources
        Reservoirs and tanks.
    """

    network: PipeNetwork
    links_at: dict[str, tuple[str, ...]]
    valves_at: dict[End, tuple[str, ...]]
    own: dict[str, str]
    sources: tuple[str, ...]

    def link(self, link_id: str) -> Link:
        """Return the link by its id."""
        return self.network.link_by_id[link_id]

    def ends(self, link_id: str) -> tuple[str, str]:
        """Return the start and end node ids of a link."""
        link = self.network.link_by_id[link_id]
        return link.start, link.end


@once_per_network
def topology_of(network: PipeNetwork) -> Topology:
    """Return the network's topology, prepared once per network."""
    links_at: dict[str, dict[str, None]] = {node.id: {} for node in network.nodes}
    for link in network.links:
        links_at[link.start][link.id] = None
        links_at[link.end][link.id] = None
    valves_at: dict[End, tuple[str, ...]] = {}
    own: dict[str, str] = {}
    for valve in network.isolation_valves:
        if valve.node is None:
            own[valve.link] = valve.id
        else:
            end = (valve.link, valve.node)
            valves_at[end] = (*valves_at.get(end, ()), valve.id)
    sources = tuple(node.id for node in network.nodes if node.kind is not NodeKind.JUNCTION)
    around = {node: tuple(links) for node, links in links_at.items()}
    return Topology(network, around, valves_at, own, sources)


@dataclass(frozen=True)
class Stand:
    """How the isolation valves stand: the field's state, with what the dispatcher knows better.

    ``shut`` lets no water through, ``reliable`` is a barrier one may count on (rule 1),
    ``turnable`` could be turned today.
    """

    shut: frozenset[str]
    reliable: frozenset[str]
    turnable: frozenset[str]


def stand_of(
    network: PipeNetwork, inoperable: Collection[str] = (), closed: Collection[str] = ()
) -> Stand:
    """Return how the isolation valves stand.

    Raises
    ------
    UnknownId
        If ``inoperable`` or ``closed`` name an isolation valve that the network does not hold.
    """
    for name in [*inoperable, *closed]:
        if name not in network.isolation_valve_by_id:
            raise UnknownId("isolation valve", name, "name one of the network's isolation valves")
    stuck, also_closed = frozenset(inoperable), frozenset(closed)

    def is_shut(valve: IsolationValve) -> bool:
        return not valve.is_open or valve.id in also_closed

    def can_turn(valve: IsolationValve) -> bool:
        return valve.can_turn and valve.id not in stuck

    valves = network.isolation_valves
    shut = frozenset(valve.id for valve in valves if is_shut(valve))
    turnable = frozenset(valve.id for valve in valves if can_turn(valve))
    return Stand(shut=shut, reliable=shut | turnable, turnable=turnable)


def is_closed_pipe(link: Link) -> bool:
    """Return True for a pipe whose status is closed: it separates the segments at its ends."""
    return link.kind is LinkKind.PIPE and not link.open
