"""The isolation valves that matter: to shut, to shut optionally, to open again (rules 6, 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.network import IsolationValve, LinkKind
from gis.segments import Part
from gis.topology import Stand, Topology, is_closed_pipe


@dataclass(frozen=True, slots=True)
class Side:
    """What lies on one side of an isolation valve: a link or a node."""

    is_link: bool
    id: str

    def within(self, part: Part) -> bool:
        """Return True if this side belongs to the part."""
        return self.id in (part.links if self.is_link else part.nodes)


def sides_of(topology: Topology, valve: IsolationValve) -> tuple[Side, Side]:
    """Return what an isolation valve separates: a pipe and a junction, or two junctions."""
    if valve.node is not None:
        return Side(True, valve.link), Side(False, valve.node)
    start, end = topology.ends(valve.link)
    return Side(False, start), Side(False, end)


def border(topology: Topology, stand: Stand, inside: Part) -> Iterator[tuple[str, Side]]:
    """Yield each open, turnable isolation valve on the border of ``inside`` with its far side.

    Where several sit on one pipe end, one is enough: the first by id, none if one is shut.
    """
    for valve in topology.network.isolation_valves:
        one, other = sides_of(topology, valve)
        if one.within(inside) == other.within(inside) or not _is_first(topology, stand, valve):
            continue
        yield valve.id, other if one.within(inside) else one


def lets_water_in(topology: Topology, far: Side, after: Part) -> bool:
    """Return True if the far side has supply that can reach the border: a closed pipe holds it."""
    return far.within(after) and not (far.is_link and is_closed_pipe(topology.link(far.id)))


def _is_first(topology: Topology, stand: Stand, valve: IsolationValve) -> bool:
    """Return True if this is the isolation valve to turn at its place."""
    here: tuple[str, ...] = (valve.id,)
    if valve.node is not None:
        here = topology.valves_at[valve.link, valve.node]
    if any(name in stand.shut for name in here):
        return False
    return valve.id == min((name for name in here if name in stand.turnable), default=None)


def closing_order(topology: Topology, valves: list[str]) -> tuple[str, ...]:
    """Return the isolation valves largest pipe first, then by id.

    The large pipe feeds the burst most, so shutting it first wastes the least water.
    """
    return tuple(sorted(valves, key=lambda name: (-_diameter_m(topology, name), name)))


def _diameter_m(topology: Topology, name: str) -> float:
    """Return the diameter of the pipe a valve sits on, the largest beside one that is a link."""
    valve = topology.network.isolation_valve_by_id[name]
    if valve.node is not None:
        return topology.link(valve.link).diameter_m
    beside = [link for node in topology.ends(valve.link) for link in topology.links_at[node]]
    pipes = [topology.link(link) for link in beside]
    return max((one.diameter_m for one in pipes if one.kind is LinkKind.PIPE), default=0.0)


def resupplying(topology: Topology, stand: Stand, lost: Part, after: Part) -> tuple[str, ...]:
    """Return the closed, turnable isolation valves between a lost part and one with supply."""
    return tuple(
        sorted(
            valve.id
            for valve in topology.network.isolation_valves
            if valve.id in stand.shut & stand.turnable and _feeds(topology, valve, lost, after)
        )
    )


def _feeds(topology: Topology, valve: IsolationValve, lost: Part, after: Part) -> bool:
    one, other = sides_of(topology, valve)
    return any(
        source.within(after) and dry.within(lost) and _may_flow(topology, valve, source)
        for source, dry in ((one, other), (other, one))
    )


def _may_flow(topology: Topology, valve: IsolationValve, source: Side) -> bool:
    """Return False if a one-way or closed link would hold the water back."""
    link = topology.link(valve.link)
    if not source.is_link:
        return link.open or valve.node is not None
    return link.open and not (link.one_way and valve.node == link.start)
