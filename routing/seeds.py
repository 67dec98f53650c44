"""How places hang on the turn graph: the states a drive from or to each of them can begin with."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from domain.streets import IntArray
from routing.edges import Edges
from routing.opposites import NONE
from routing.roads import Roads
from routing.snap import Snapped


@dataclass(frozen=True, slots=True)
class Inside:
    """Closed states that a drive may be in near one of its ends, and how they are connected.

    Attributes
    ----------
    ms
        By state, whole milliseconds from the drive's origin to the beginning of the state, or
        from there to its destination.
    via
        By state, the state before it (of an origin) or after it (of a destination); absent where
        the drive begins or ends in it.
    free
        True if the place itself is inside and its drives may use all of these states; otherwise
        they are only what it borders on, of use to a place that is.
    """

    ms: dict[int, int] = field(default_factory=dict)
    via: dict[int, int] = field(default_factory=dict)
    free: bool = False


@dataclass(frozen=True, slots=True)
class Seeds:
    """Of n places, the states that a search may begin at (or end with).

    Attributes
    ----------
    begin
        (n + 1,) place i has the seeds ``begin[i]`` to ``begin[i + 1]``.
    state, ms
        (k,) a state and the whole milliseconds from the origin to its beginning, or from its
        beginning to the destination.
    link
        (k,) the closed state next to this one where the drive leaves or enters a closure, else -1.
    inside
        By place, the closed states around it; most places have none.
    """

    begin: IntArray
    state: IntArray
    ms: IntArray
    link: IntArray
    inside: dict[int, Inside]

    def __len__(self) -> int:
        return len(self.begin) - 1

    def of(self, place: int) -> slice:
        """Return the seeds of a place."""
        return slice(int(self.begin[place]), int(self.begin[place + 1]))


def outset(roads: Roads, edges: Edges, places: Snapped) -> Seeds:
    """Return the seeds of drives from the places."""
    turns = roads.turns
    parts = []
    for side in (0, 1):
        here = np.flatnonzero((places.edge[:, side] != NONE) & (places.node == NONE))
        edge = places.edge[here, side]
        rest = np.rint((1.0 - places.fraction[here, side]) * edges.ms[edge]).astype(np.int64)
        which, turn = roads.successors.spread(edge)
        ms = rest[which] + turns.cost_ms[turn]
        parts.append((here[which], turns.head[turn], ms))
    here = _at_nodes(places)
    which, edge = roads.leaving.spread(places.node[here])
    parts.append((here[which], edge, np.zeros(len(edge), dtype=np.int64)))
    return _grouped(roads, edges, parts, len(places.node))


def approach(roads: Roads, edges: Edges, places: Snapped) -> Seeds:
    """Return the seeds of drives to the places."""
    parts = []
    for side in (0, 1):
        here = np.flatnonzero((places.edge[:, side] != NONE) & (places.node == NONE))
        edge = places.edge[here, side]
        ms = np.rint(places.fraction[here, side] * edges.ms[edge]).astype(np.int64)
        which, state = roads.states.spread(edge)
        parts.append((here[which], state, ms[which]))
    here = _at_nodes(places)
    which, edge = roads.entering.spread(places.node[here])
    again, state = roads.states.spread(edge)
    parts.append((here[which[again]], state, edges.ms[edge[again]]))
    return _grouped(roads, edges, parts, len(places.node))


def _at_nodes(places: Snapped) -> IntArray:
    return np.flatnonzero((places.node != NONE) & ~places.too_far)


def _grouped(
    roads: Roads,
    edges: Edges,
    parts: list[tuple[IntArray, IntArray, IntArray]],
    count: int,
) -> Seeds:
    """Return the seeds by place; those in closed states wait in ``inside``."""
    place, state, ms = (np.concatenate(column) for column in zip(*parts, strict=True))
    shut = edges.closed[roads.turns.edge[state]]
    inside: dict[int, Inside] = {}
    for at, one, cost in zip(place[shut], state[shut], ms[shut], strict=True):
        near = inside.setdefault(int(at), Inside())
        near.ms[int(one)] = min(int(cost), near.ms.get(int(one), int(cost)))
    open_ = np.flatnonzero(~shut)
    order = open_[np.argsort(place[open_], kind="stable")]
    begin = np.searchsorted(place[order], np.arange(count + 1))
    return Seeds(begin, state[order], ms[order], np.full(len(order), NONE), inside)
