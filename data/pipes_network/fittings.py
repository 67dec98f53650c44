"""From drafts to a network with ids: nodes, links, isolation valves by the N-1 rule, hydrants."""

from __future__ import annotations

import random
from collections.abc import Iterator
from math import cos, sin

from data.pipes_network.works import TRANSMISSION_DN, Draft, Works
from domain.network import (
    Hydrant,
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
)

#: A junction of N pipes carries N-1 isolation valves; so many of them were never built.
MISSING = 0.12

#: Shares of the built ones that cannot be turned, that nobody has tried, that are paved over.
INOPERABLE, UNKNOWN, PAVED_OVER = 0.05, 0.03, 0.03

#: Metres from the junction to an isolation valve.
VALVE_AWAY_M = 3.0

#: One hydrant for so many metres of distribution main.
#: Source: GB 50974 asks for at most 120 m between street hydrants; towns keep it roughly.
HYDRANT_EVERY_M = 135.0

_LINK_PREFIX = {LinkKind.PIPE: "P", LinkKind.PUMP: "PU", LinkKind.PRV: "PRV"}
_NODE_PREFIX = {NodeKind.JUNCTION: "J", NodeKind.RESERVOIR: "R", NodeKind.TANK: "T"}


def ids(prefix: str, count: int, width: int = 4) -> list[str]:
    """Return ``count`` ids from 1, zeros in front, wide enough for the last."""
    width = max(width, len(str(count)))
    return [f"{prefix}{number:0{width}d}" for number in range(1, count + 1)]


def link_ids(works: Works) -> list[str]:
    """Return the id of each draft, in order: P0001 for pipes, PU1 for pumps, PRV1."""
    queues: dict[LinkKind, Iterator[str]] = {}
    for kind, prefix in _LINK_PREFIX.items():
        count = sum(draft.kind is kind for draft in works.drafts)
        queues[kind] = iter(ids(prefix, count, 4 if kind is LinkKind.PIPE else 1))
    return [next(queues[draft.kind]) for draft in works.drafts]


def node_ids(works: Works) -> dict[int, str]:
    """Return the id of each node that has a link."""
    used = sorted(works.at_nodes())
    kinds = {node: works.kinds.get(node, NodeKind.JUNCTION) for node in used}
    names: dict[int, str] = {}
    for kind, prefix in _NODE_PREFIX.items():
        mine = [node for node in used if kinds[node] is kind]
        width = 4 if kind is NodeKind.JUNCTION else 1
        names |= dict(zip(mine, ids(prefix, len(mine), width), strict=True))
    return names


def as_network(source: random.Random, works: Works, name: str) -> PipeNetwork:
    """Return the network without its premises."""
    nodes, links = node_ids(works), link_ids(works)
    return PipeNetwork(
        nodes=tuple(_node(works, number, one) for number, one in sorted(nodes.items())),
        links=tuple(
            _link(works, draft, one, nodes) for draft, one in zip(works.drafts, links, strict=True)
        ),
        isolation_valves=tuple(_isolation_valves(source, works, links, nodes)),
        hydrants=tuple(_hydrants(source, works, links)),
        name=name,
    )


def _node(works: Works, number: int, node_id: str) -> Node:
    x, y = works.points[number]
    kind = works.kinds.get(number, NodeKind.JUNCTION)
    lift = {NodeKind.JUNCTION: 0.0, NodeKind.RESERVOIR: -3.0, NodeKind.TANK: 38.0}[kind]
    ground = 26.0 + 5.0 * sin(x / 900.0) + 4.0 * cos(y / 700.0)
    return Node(node_id, kind, works.plane.to_place((x, y)), round(ground + lift, 1))


def _link(works: Works, draft: Draft, link_id: str, nodes: dict[int, str]) -> Link:
    return Link(
        id=link_id,
        kind=draft.kind,
        start=nodes[draft.start],
        end=nodes[draft.end],
        path=tuple(works.plane.to_place(point) for point in draft.course.points),
        length_m=round(draft.length, 1),
        diameter_m=draft.dn / 1000,
        check_valve=draft.check_valve,
        material=draft.material,
        year=draft.year,
        road=draft.road,
    )


def _isolation_valves(
    source: random.Random, works: Works, links: list[str], nodes: dict[int, str]
) -> list[IsolationValve]:
    names = {id(draft): one for draft, one in zip(works.drafts, links, strict=True)}
    shut = {(id(draft), node) for draft, node in works.shut}
    ends = list(_valved_ends(source, works, shut))
    valve_ids = ids("V", len(ends))
    return [
        _isolation_valve(source, works, valve_id, (draft, node), (names, nodes, shut))
        for valve_id, (draft, node) in zip(valve_ids, ends, strict=True)
    ]


def _valved_ends(
    source: random.Random, works: Works, shut: set[tuple[int, int]]
) -> Iterator[tuple[Draft, int]]:
    """Yield the pipe ends that carry an isolation valve: N-1 at a junction, but for the gaps."""
    for node, drafts in sorted(works.at_nodes().items()):
        pipes = [draft for draft in drafts if draft.kind is LinkKind.PIPE]
        free = [draft for draft in pipes if (id(draft), node) not in shut]
        without = source.choice(free) if free else None
        for draft in pipes:
            fixed = (id(draft), node) in shut
            built = draft is not without and source.random() >= MISSING
            if fixed or built:
                yield draft, node


def _isolation_valve(
    source: random.Random,
    works: Works,
    valve_id: str,
    end: tuple[Draft, int],
    names: tuple[dict[int, str], dict[int, str], set[tuple[int, int]]],
) -> IsolationValve:
    (draft, node), (links, nodes, shut) = end, names
    away = min(VALVE_AWAY_M, draft.length / 3)
    place = draft.course.at(away if node == draft.start else draft.length - away)
    closed = (id(draft), node) in shut
    luck = source.random()
    state = Operability.OPERABLE
    if luck < INOPERABLE and not closed:
        state = Operability.INOPERABLE
    elif luck < INOPERABLE + UNKNOWN and not closed:
        state = Operability.UNKNOWN
    return IsolationValve(
        id=valve_id,
        link=links[id(draft)],
        node=nodes[node],
        location=works.plane.to_place(place),
        position=Position.CLOSED if closed else Position.OPEN,
        operability=state,
        accessible=closed or source.random() >= PAVED_OVER,
    )


def _hydrants(source: random.Random, works: Works, links: list[str]) -> list[Hydrant]:
    places = [
        (link, works.plane.to_place(draft.course.at(metres)))
        for draft, link in zip(works.drafts, links, strict=True)
        if draft.kind is LinkKind.PIPE and draft.dn < TRANSMISSION_DN and draft.takes_services
        for metres in _spots(source, draft.length)
    ]
    names = ids("H", len(places))
    return [Hydrant(one, link, place) for one, (link, place) in zip(names, places, strict=True)]


def _spots(source: random.Random, length: float) -> list[float]:
    """Return distances along a pipe so that hydrants are on average ``HYDRANT_EVERY_M`` apart."""
    count = int(length / HYDRANT_EVERY_M + source.random())
    return [length * (i + source.uniform(0.3, 0.7)) / count for i in range(count)]
