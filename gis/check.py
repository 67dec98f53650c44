"""``mainbreak check``: oddities of a network that a person should look at, never faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from shapely.geometry import Point

from domain.findings import Finding
from domain.network import LinkKind, NodeKind, PipeNetwork
from gis.snap import Snapper, pipe_lines
from gis.topology import topology_of

#: A dead end this near to another pipe was probably meant to meet it, metres.
MEETS_M = 1.0
#: Two pipes between the same nodes that nowhere part farther than this are one, metres.
SAME_COURSE_M = 1.0
#: An isolation valve farther from its pipe than this is misplaced, metres.
VALVE_OFF_M = 5.0
#: A premises farther from its pipe than this is probably on the wrong one, metres.
PREMISES_OFF_M = 200.0
#: No water main is wider, metres.
WIDEST_M = 4.0
#: A pipe shorter than this has no length, metres.
SHORTEST_M = 0.01


def check(network: PipeNetwork) -> tuple[Finding, ...]:
    """Return the findings, kind by kind, each in the network's order.

    Kinds: ``no_source``, ``dangling_end`` (a dead end within 1 m of another pipe),
    ``duplicate_pipe``, ``zero_length``, ``impossible_diameter`` (0 or above 4 m),
    ``isolation_valve_off`` (above 5 m), ``premises_unconnected``, ``premises_far`` (above 200 m).
    """
    return tuple(finding for look in _LOOKS for finding in look(network))


def _without_source(network: PipeNetwork) -> Iterator[Finding]:
    topology = topology_of(network)
    seen: set[str] = set()
    for node in network.nodes:
        if node.id in seen:
            continue
        part = _part(network, node.id)
        seen |= part
        if part.isdisjoint(topology.sources):
            yield Finding(
                "no_source",
                node.id,
                node.position,
                f"a part of {len(part)} nodes has no reservoir and no tank",
                "connect it, or add its source",
            )


def _part(network: PipeNetwork, start: str) -> set[str]:
    """Return the nodes that links join to one node, whatever stands closed."""
    topology = topology_of(network)
    part, waiting = {start}, [start]
    while waiting:
        for link in topology.links_at[waiting.pop()]:
            for node in topology.ends(link):
                if node not in part:
                    part.add(node)
                    waiting.append(node)
    return part


def _dangling(network: PipeNetwork) -> Iterator[Finding]:
    topology, pipes = topology_of(network), pipe_lines(network)
    for node in network.nodes:
        own = topology.links_at[node.id]
        if len(own) != 1 or node.kind is not NodeKind.JUNCTION:
            continue
        point = Point(pipes.plane.xy([node.position])[0])
        near = pipes.tree.query(point, predicate="dwithin", distance=MEETS_M)
        for pipe in sorted(pipes.ids[int(number)] for number in near):
            if pipe not in own:
                yield Finding(
                    "dangling_end",
                    node.id,
                    node.position,
                    f"a dead end within {MEETS_M:g} m of pipe {pipe}, which it does not meet",
                    f"join it to pipe {pipe} if they meet in the street",
                )


def _duplicates(network: PipeNetwork) -> Iterator[Finding]:
    pipes = pipe_lines(network)
    first: dict[frozenset[str], list[str]] = {}
    for link in network.links:
        if link.kind is not LinkKind.PIPE:
            continue
        twins = first.setdefault(frozenset((link.start, link.end)), [])
        line = pipes.lines[pipes.number[link.id]]
        for twin in twins:
            if line.hausdorff_distance(pipes.lines[pipes.number[twin]]) <= SAME_COURSE_M:
                yield Finding(
                    "duplicate_pipe",
                    link.id,
                    link.path[0],
                    f"runs along pipe {twin} between the same nodes",
                    "remove one of the two, or correct its course",
                )
                break
        twins.append(link.id)


def _zero_lengths(network: PipeNetwork) -> Iterator[Finding]:
    for link in network.links:
        if link.kind is LinkKind.PIPE and not link.length_m >= SHORTEST_M:
            yield Finding(
                "zero_length",
                link.id,
                link.path[0],
                f"a pipe of {link.length_m:g} m",
                "measure it, or merge its two nodes",
            )


def _diameters(network: PipeNetwork) -> Iterator[Finding]:
    for link in network.links:
        if link.kind is LinkKind.PIPE and not 0.0 < link.diameter_m <= WIDEST_M:
            yield Finding(
                "impossible_diameter",
                link.id,
                link.path[0],
                f"a pipe {link.diameter_m:g} m wide",
                "correct the diameter, and its unit",
            )


def _valves_off(network: PipeNetwork) -> Iterator[Finding]:
    snapper = Snapper(network)
    for valve in network.isolation_valves:
        snap = snapper.snap_to(valve.link, valve.location)
        if snap is not None and snap.distance_m > VALVE_OFF_M:
            yield Finding(
                "isolation_valve_off",
                valve.id,
                valve.location,
                f"an isolation valve {snap.distance_m:.0f} m from its pipe {valve.link}",
                "correct its place, or the pipe it names",
            )


def _premises(network: PipeNetwork) -> Iterator[Finding]:
    for one in network.premises:
        if one.link is None and one.node is None:
            yield Finding(
                "premises_unconnected",
                one.id,
                one.location,
                "a premises without a connection: no isolation counts it",
                "name its pipe; none lies within 2 km",
            )


def _premises_far(network: PipeNetwork) -> Iterator[Finding]:
    pipes, snapper = pipe_lines(network), Snapper(network)
    for one in network.premises:
        if one.link is not None:
            snap = snapper.snap_to(one.link, one.location)
            metres = snap.distance_m if snap else 0.0
        elif one.node in network.node_by_id:
            pair = pipes.plane.xy([one.location, network.node_by_id[one.node].position])
            metres = float(np.hypot(*(pair[0] - pair[1])))
        else:
            continue
        if metres > PREMISES_OFF_M:
            yield Finding(
                "premises_far",
                one.id,
                one.location,
                f"a premises {metres:.0f} m from {one.link or one.node}, which feeds it",
                "check the connection, and the datum of its coordinates",
            )


_LOOKS: tuple[Callable[[PipeNetwork], Iterator[Finding]], ...] = (
    _without_source,
    _dangling,
    _duplicates,
    _zero_lengths,
    _diameters,
    _valves_off,
    _premises,
    _premises_far,
)
