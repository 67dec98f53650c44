"""The pipe network as arrays: a row a node, a link, an isolation valve, a premises, a hydrant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan

import numpy as np
import numpy.typing as npt

from domain.network import IsolationValve, LinkKind, Node, NodeKind, PipeNetwork, Premises
from gis.isolation.graph import Flags, Ints

Floats = npt.NDArray[np.float32]

#: What a premises takes whose demand nobody knows, cubic metres a day.
#: Source: 2.6 people a household (China's census of 2020), each 150 litres a day, the middle of
#: the 120-180 that GB/T 50331-2002 gives for the lower Yangtze.
HOME_M3_D = 0.39

#: In place of a row where there is none.
NONE = -1


@dataclass(frozen=True)
class Columns:
    """What isolating needs of a network, all but how its isolation valves stand.

    Attributes
    ----------
    node_source
        (n,) reservoirs and tanks.
    tank_m3
        (n,) cubic metres a tank can give, nan if unknown; -1 for what is no tank.
    link_start, link_end
        (m,) rows of nodes.
    link_pipe, link_open, link_one_way
        (m,) pipes; links whose status is not closed; links that pass water from start to end only.
    length_m, diameter_m
        (m,) metres.
    valve_link, valve_node
        (v,) the pipe an isolation valve sits on and the node at that end; ``NONE`` for a node
        makes the isolation valve the link itself.
    premises_link, premises_node, premises_critical
        (p,) rows of what feeds each premises, ``NONE`` where that is the other, or unknown.
    premises_m3_d
        (p,) what each takes, cubic metres a day.
    hydrant_link
        (h,) rows of links.
    valve_id
        (v,) ids of the isolation valves. Of several at one place the first row is preferred.
    """

    node_source: Flags
    tank_m3: Floats
    link_start: Ints
    link_end: Ints
    link_pipe: Flags
    link_open: Flags
    link_one_way: Flags
    length_m: Floats
    diameter_m: Floats
    valve_link: Ints
    valve_node: Ints
    premises_link: Ints
    premises_node: Ints
    premises_critical: Flags
    premises_m3_d: Floats
    hydrant_link: Ints
    valve_id: tuple[str, ...] = ()

    @cached_property
    def widest_m(self) -> Floats:
        """The largest pipe diameter at each node, metres; 0 where no pipe is."""
        widest = np.zeros(len(self.node_source), np.float32)
        for ends in (self.link_start, self.link_end):
            np.maximum.at(widest, ends[self.link_pipe], self.diameter_m[self.link_pipe])
        return widest


def rows_of(things: Iterable[object]) -> dict[str, int]:
    """Return the row of each thing by its id."""
    return {one.id: row for row, one in enumerate(things)}  # type: ignore[attr-defined]


def columns_of(
    network: PipeNetwork,
    valves: Sequence[IsolationValve],
    nodes: dict[str, int],
    links: dict[str, int],
) -> Columns:
    """Return the network's columns; ``valves`` are its isolation valves, the others rows by id."""
    premises = network.premises
    return Columns(
        node_source=_flags(node.kind is not NodeKind.JUNCTION for node in network.nodes),
        tank_m3=_floats(_tank_m3(node) for node in network.nodes),
        link_start=_ints(nodes[link.start] for link in network.links),
        link_end=_ints(nodes[link.end] for link in network.links),
        link_pipe=_flags(link.kind is LinkKind.PIPE for link in network.links),
        link_open=_flags(link.open for link in network.links),
        link_one_way=_flags(link.one_way for link in network.links),
        length_m=_floats(link.length_m for link in network.links),
        diameter_m=_floats(link.diameter_m for link in network.links),
        valve_link=_ints(links[valve.link] for valve in valves),
        valve_node=_ints(_row(nodes, valve.node) for valve in valves),
        premises_link=_ints(_row(links, one.link) for one in premises),
        premises_node=_ints(_row(nodes, one.node) for one in premises),
        premises_critical=_flags(one.critical for one in premises),
        premises_m3_d=_floats(_m3_d(one) for one in premises),
        hydrant_link=_ints(_row(links, one.link) for one in network.hydrants),
        valve_id=tuple(valve.id for valve in valves),
    )


def _tank_m3(node: Node) -> float:
    if node.kind is not NodeKind.TANK:
        return NONE
    return nan if node.volume_m3 is None else node.volume_m3


def _m3_d(premises: Premises) -> float:
    return HOME_M3_D if premises.demand_m3_d is None else premises.demand_m3_d


def _row(rows: dict[str, int], wanted: str | None) -> int:
    return NONE if wanted is None else rows.get(wanted, NONE)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int32)


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, np.bool_)


def _floats(values: Iterable[float]) -> Floats:
    return np.fromiter(values, np.float32)
