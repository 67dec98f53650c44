"""Clean random networks, and defects planted into them; shares no code with ``gis/checking``.

A clean network is a grid of streets 120 m apart, its corners shaken by up to 15 m, some streets
left out, a reservoir at the first corner, isolation valves and premises on the pipes. Each defect
takes a pipe of its own, with a street's distance to every other, so that no two disturb each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import cos, hypot, radians
from random import Random

from domain.network import (
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    PipeNetwork,
    Premises,
)
from domain.places import LonLat

LON, LAT = 114.3, 30.6
SIDE, STREET_M = 9, 120.0
EAST = 111_320.0 * cos(radians(LAT))
NORTH = 110_860.0

Spot = tuple[float, float]


def place(x: float, y: float) -> LonLat:
    """Return the place so many metres east and north of the south-west corner."""
    return LonLat(LON + x / EAST, LAT + y / NORTH)


def spot(one: LonLat) -> Spot:
    """Return metres east and north of a place."""
    return (one.lon - LON) * EAST, (one.lat - LAT) * NORTH


def long(path: Iterable[LonLat]) -> float:
    """Return metres along a course."""
    spots = [spot(one) for one in path]
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(spots))


def pipe(name: str, start: Node, end: Node, **more: object) -> Link:
    """Return a straight pipe between two nodes."""
    path = (start.position, end.position)
    link = Link(name, LinkKind.PIPE, start.id, end.id, path, round(long(path), 1), 0.2)
    return replace(link, **more)  # type: ignore[arg-type]


def clean(random: Random) -> PipeNetwork:
    """Return a network without defects."""
    nodes = {
        (row, column): Node(
            f"N{row}.{column}",
            NodeKind.RESERVOIR if row == column == 0 else NodeKind.JUNCTION,
            place(
                column * STREET_M + random.uniform(-15, 15),
                row * STREET_M + random.uniform(-15, 15),
            ),
        )
        for row in range(SIDE)
        for column in range(SIDE)
    }
    links = []
    for (row, column), node in nodes.items():
        for other in ((row, column + 1), (row + 1, column)):
            is_spine = other[0] == row or column == 0
            if other in nodes and (is_spine or random.random() < 0.8):
                links.append(pipe(f"P{row}.{column}-{other[0]}.{other[1]}", node, nodes[other]))
    valves = [
        IsolationValve(f"V{link.id}", link.id, link.start, link.path[0])
        for link in links
        if random.random() < 0.4
    ]
    premises = [Premises(f"C{link.id}", middle(link), link=link.id) for link in links]
    return PipeNetwork(tuple(nodes.values()), tuple(links), tuple(valves), (), tuple(premises))


def middle(link: Link, aside: float = 0.0) -> LonLat:
    """Return the place halfway along a straight link, so many metres to its left."""
    (ax, ay), (bx, by) = spot(link.path[0]), spot(link.path[1])
    length = hypot(bx - ax, by - ay)
    left = (ay - by) / length * aside, (bx - ax) / length * aside
    return place((ax + bx) / 2 + left[0], (ay + by) / 2 + left[1])


@dataclass
class Ground:
    """A network being spoilt, and what its check must find."""

    network: PipeNetwork
    random: Random
    planted: set[tuple[str, str]] = field(default_factory=set)

    def node(self, name: str, at: LonLat, kind: NodeKind = NodeKind.JUNCTION) -> Node:
        """Add a node."""
        node = Node(name, kind, at)
        self.network = replace(self.network, nodes=(*self.network.nodes, node))
        return node

    def link(self, link: Link) -> Link:
        """Add a link, or put it in place of its namesake."""
        others = tuple(one for one in self.network.links if one.id != link.id)
        self.network = replace(self.network, links=(*others, link))
        return link

    def premises(self, one: Premises) -> None:
        """Add a premises."""
        self.network = replace(self.network, premises=(*self.network.premises, one))

    def valve(self, one: IsolationValve) -> None:
        """Add an isolation valve."""
        valves = (*self.network.isolation_valves, one)
        self.network = replace(self.network, isolation_valves=valves)

    def stub(self, name: str, tip: LonLat, at: LonLat, kind: NodeKind) -> Node:
        """Add a pipe with premises from a new node at ``tip`` to another one at ``at``."""
        start, end = self.node(f"{name}.tip", tip), self.node(f"{name}.far", at, kind)
        link = self.link(pipe(name, start, end))
        self.premises(Premises(f"C{name}", middle(link), link=name))
        return start


def _near_miss(ground: Ground, link: Link) -> None:
    """Cut the pipe off its end: a new node 0.2 to 0.9 m before it, with the pipe's premises."""
    (ax, ay), (bx, by) = spot(link.path[0]), spot(link.path[1])
    gap = ground.random.uniform(0.2, 0.9) / hypot(bx - ax, by - ay)
    tip = ground.node(f"{link.id}.tip", place(bx + (ax - bx) * gap, by + (ay - by) * gap))
    ground.link(pipe(link.id, ground.network.node_by_id[link.start], tip))
    ground.planted.add(("near_miss", tip.id))


def _duplicate_node(ground: Ground, link: Link) -> None:
    end = ground.network.node_by_id[link.end]
    tip = ground.node(f"{link.id}.tip", end.position)
    ground.link(pipe(link.id, ground.network.node_by_id[link.start], tip))
    ground.planted.add(("duplicate_node", tip.id))


def _dangling_end(ground: Ground, link: Link) -> None:
    gap = ground.random.uniform(0.1, 0.9)
    tip = ground.stub(f"D{link.id}", middle(link, gap), middle(link, 30.0), NodeKind.TANK)
    ground.planted.add(("dangling_end", tip.id))


def _dead_end(ground: Ground, link: Link) -> None:
    """Give a corner a pipe into the block that serves nobody."""
    start = ground.network.node_by_id[link.start]
    end = ground.node(f"{link.id}.dead", middle(link, 25.0))
    ground.link(pipe(f"E{link.id}", start, end))
    ground.planted.add(("dead_end", end.id))


def _crossing(ground: Ground, link: Link) -> None:
    tip = ground.stub(f"X{link.id}", middle(link, 20.0), middle(link, -20.0), NodeKind.TANK)
    assert tip
    ground.planted.add(("crossing_without_node", link.id))


def _no_source(ground: Ground, link: Link) -> None:
    name = f"Z{link.id}"
    ground.stub(name, middle(link, 25.0), middle(link, 35.0), NodeKind.JUNCTION)
    ground.planted.add(("no_source", f"{name}.tip"))


def _source_unjoined(ground: Ground, link: Link) -> None:
    tank = ground.node(f"T{link.id}", middle(link, 30.0), NodeKind.TANK)
    ground.planted.add(("source_unjoined", tank.id))


def _duplicate_pipe(ground: Ground, link: Link) -> None:
    twin = ground.link(replace(link, id=f"{link.id}.twin"))
    ground.premises(Premises(f"C{twin.id}", middle(link), link=twin.id))
    ground.planted.add(("duplicate_pipe", twin.id))


def _zero_length(ground: Ground, link: Link) -> None:
    ground.link(replace(link, length_m=0.0))
    ground.planted.add(("zero_length", link.id))


def _length_mismatch(ground: Ground, link: Link) -> None:
    ground.link(replace(link, length_m=link.length_m * ground.random.choice([0.3, 3.5])))
    ground.planted.add(("length_mismatch", link.id))


def _impossible_diameter(ground: Ground, link: Link) -> None:
    ground.link(replace(link, diameter_m=ground.random.choice([0.0, -1.0, 200.0, 8.0, 0.0002])))
    ground.planted.add(("impossible_diameter", link.id))


def _self_loop(ground: Ground, link: Link) -> None:
    start = link.path[0]
    path = (start, middle(link, 12.0), middle(link, 25.0), start)
    loop = replace(link, id=f"L{link.id}", end=link.start, path=path, length_m=long(path))
    ground.link(loop)
    ground.planted.add(("self_loop", loop.id))


def _isolation_valve_off(ground: Ground, link: Link) -> None:
    away = ground.random.uniform(8.0, 20.0)
    ground.valve(IsolationValve(f"O{link.id}", link.id, link.end, middle(link, away)))
    ground.planted.add(("isolation_valve_off", f"O{link.id}"))


def _duplicate_isolation_valve(ground: Ground, link: Link) -> None:
    for name in ("one", "two"):
        ground.valve(IsolationValve(f"{name}{link.id}", link.id, link.end, link.path[-1]))
    ground.planted.add(("duplicate_isolation_valve", f"two{link.id}"))


def _premises_unconnected(ground: Ground, link: Link) -> None:
    ground.premises(Premises(f"U{link.id}", middle(link, 9.0)))
    ground.planted.add(("premises_unconnected", f"U{link.id}"))


def _premises_far(ground: Ground, link: Link) -> None:
    ground.premises(Premises(f"F{link.id}", middle(link, 320.0), link=link.id))
    ground.planted.add(("premises_far", f"F{link.id}"))


DEFECTS: dict[str, Callable[[Ground, Link], None]] = {
    "near_miss": _near_miss,
    "duplicate_node": _duplicate_node,
    "dangling_end": _dangling_end,
    "dead_end": _dead_end,
    "crossing_without_node": _crossing,
    "no_source": _no_source,
    "source_unjoined": _source_unjoined,
    "duplicate_pipe": _duplicate_pipe,
    "zero_length": _zero_length,
    "length_mismatch": _length_mismatch,
    "impossible_diameter": _impossible_diameter,
    "self_loop": _self_loop,
    "isolation_valve_off": _isolation_valve_off,
    "duplicate_isolation_valve": _duplicate_isolation_valve,
    "premises_unconnected": _premises_unconnected,
    "premises_far": _premises_far,
}


def plant(
    network: PipeNetwork, names: list[str], random: Random
) -> tuple[PipeNetwork, set[tuple[str, str]]]:
    """Return the network with these defects, each on an east-west pipe of its own, and (kind, id).

    The pipes lie in every second row and every second column, away from the border.
    """
    ground = Ground(network, random)
    spots = [(row, column) for row in range(1, SIDE, 2) for column in range(1, SIDE - 1, 2)]
    for name, (row, column) in zip(names, random.sample(spots, len(names)), strict=True):
        link = ground.network.link_by_id[f"P{row}.{column}-{row}.{column + 1}"]
        DEFECTS[name](ground, link)
    return ground.network, ground.planted
