"""Small random networks, deterministic by seed, rich in everything that can go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

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
    Premises,
)
from domain.places import LonLat

ONE_WAY = [LinkKind.PUMP, LinkKind.PRV, LinkKind.PSV, LinkKind.FCV, LinkKind.PBV]
TWO_WAY = [LinkKind.GPV, LinkKind.TCV]


@dataclass
class Draft:
    """A network while it is being drawn; ``rng`` decides everything."""

    rng: Random
    one_way: bool
    nodes: list[Node] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    valves: list[IsolationValve] = field(default_factory=list)

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self.rng.random() < probability

    def add_node(self, kind: NodeKind = NodeKind.JUNCTION) -> Node:
        """Add a node somewhere in a square of about two kilometres."""
        place = LonLat(116 + self.rng.random() * 0.02, 36 + self.rng.random() * 0.02)
        new = Node(f"n{len(self.nodes):02d}", kind, place)
        self.nodes.append(new)
        return new

    def add_link(self, kind: LinkKind, start: Node, end: Node) -> Link:
        """Add a link; pipes and pumps have separate letters."""
        name = f"{'p' if kind is LinkKind.PIPE else 'x'}{len(self.links):03d}"
        path = (start.position, end.position)
        new = Link(name, kind, start.id, end.id, path, 100.0, 0.2)
        self.links.append(new)
        return new

    def add_valve(self, link: Link, at: str | None, sound: float) -> None:
        """Add an isolation valve; ``sound`` of them are operable and accessible, most open."""
        valve = IsolationValve(f"v{len(self.valves):03d}", link.id, at, link.path[0])
        if self.chance(0.1):
            valve = replace(valve, position=Position.CLOSED)
        if not self.chance(sound):
            valve = replace(
                valve,
                position=self.rng.choice([Position.OPEN, Position.OPEN, Position.CLOSED]),
                operability=self.rng.choice(list(Operability)),
                accessible=self.chance(0.7),
            )
        self.valves.append(valve)


def dice(seed: int) -> Random:
    """Return random numbers that are the same for the same seed."""
    return Random(seed)


def random_network(seed: int, *, one_way: bool = True) -> PipeNetwork:
    """Return a network of 4 to about 60 nodes; without one-way devices if asked."""
    rng = dice(seed)
    draft = Draft(rng, one_way)
    parts = rng.choice([1, 1, 1, 2, 3])
    size = rng.choice([4, 5, 6, 8, 12, 20, 30, 45])
    for part in range(parts):
        _add_part(draft, max(2, size // parts), with_source=part == 0 or draft.chance(0.4))
    _vary_links(draft)
    _add_isolation_valves(draft)
    _add_own_links(draft)
    return PipeNetwork(
        nodes=tuple(draft.nodes),
        links=tuple(draft.links),
        isolation_valves=tuple(draft.valves),
        hydrants=_hydrants(draft),
        premises=_premises(draft),
        name=f"random {seed}",
    )


def _add_part(draft: Draft, size: int, *, with_source: bool) -> None:
    """Add a tree of nodes with some loops, parallel pipes among them, and perhaps sources."""
    rng = draft.rng
    first = len(draft.nodes)
    for _ in range(size):
        new = draft.add_node()
        older = draft.nodes[first:-1]
        if older:
            near = older[-1] if draft.chance(0.5) else rng.choice(older)
            pair = (near, new) if draft.chance(0.5) else (new, near)
            draft.add_link(LinkKind.PIPE, *pair)
    mine = draft.nodes[first:]
    for _ in range(rng.choice([0, 0, 1, 2, size // 4, size // 2])):
        draft.add_link(LinkKind.PIPE, *rng.sample(mine, 2))
    if with_source:
        for chosen in rng.sample(range(first, len(draft.nodes)), min(rng.randint(1, 3), size)):
            kind = rng.choice([NodeKind.RESERVOIR, NodeKind.TANK])
            draft.nodes[chosen] = replace(draft.nodes[chosen], kind=kind)


def _vary_links(draft: Draft) -> None:
    """Turn some pipes into pumps and control valves, some into check valves, close some."""
    for i, link in enumerate(draft.links):
        kind = LinkKind.PIPE
        if draft.chance(0.12):
            kind = draft.rng.choice(ONE_WAY if draft.one_way and draft.chance(0.7) else TWO_WAY)
        check = kind is LinkKind.PIPE and draft.one_way and draft.chance(0.08)
        is_open = not draft.chance(0.06)
        draft.links[i] = replace(link, kind=kind, check_valve=check, open=is_open)


def _add_isolation_valves(draft: Draft) -> None:
    """Put isolation valves on pipe ends: few on some networks, nearly all on others."""
    dense = draft.rng.choice([0.15, 0.35, 0.6, 0.9])
    sound = draft.rng.choice([0.5, 0.75, 0.95])
    for link in draft.links:
        if link.kind is not LinkKind.PIPE:
            continue
        for end in (link.start, link.end):
            if draft.chance(dense):
                draft.add_valve(link, end, sound)


def _add_own_links(draft: Draft) -> None:
    """Lay some isolation valves as links of their own, between a pipe and its old end."""
    dense = draft.rng.choice([0.0, 0.0, 0.1, 0.3])
    by_id = {node.id: node for node in draft.nodes}
    taken = {(valve.link, valve.node) for valve in draft.valves}
    for i, link in enumerate(list(draft.links)):
        if link.kind is not LinkKind.PIPE or (link.id, link.end) in taken:
            continue
        if draft.chance(dense):
            between = draft.add_node()
            draft.links[i] = replace(link, end=between.id, path=(link.path[0], between.position))
            pair = [between, by_id[link.end]]
            draft.rng.shuffle(pair)
            draft.add_valve(draft.add_link(LinkKind.TCV, *pair), None, 0.7)


def _hydrants(draft: Draft) -> tuple[Hydrant, ...]:
    pipes = [link for link in draft.links if link.kind is LinkKind.PIPE and draft.chance(0.3)]
    return tuple(Hydrant(f"h{i:03d}", link.id, link.path[0]) for i, link in enumerate(pipes))


def _premises(draft: Draft) -> tuple[Premises, ...]:
    made: list[Premises] = []
    pipes = [link for link in draft.links if link.kind is LinkKind.PIPE]
    for _ in range(2 * len(pipes)):
        critical = draft.chance(0.1)
        name = f"c{len(made):03d}"
        link, node = draft.rng.choice(pipes), draft.rng.choice(draft.nodes)
        if draft.chance(0.6):
            made.append(Premises(name, link.path[0], link=link.id, critical=critical))
        else:
            made.append(Premises(name, node.position, node=node.id, critical=critical))
    return tuple(made)
