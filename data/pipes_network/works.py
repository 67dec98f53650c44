"""The pipe network while it is being laid: points and drafts of pipes, in metres."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from data.pipes_network.plane import XY, Course, Plane
from domain.network import LinkKind, NodeKind

#: From here on a pipe is a transmission main, DN in millimetres.
TRANSMISSION_DN = 400


@dataclass(eq=False)
class Draft:
    """A pipe, pump or PRV before it has an id."""

    start: int
    end: int
    course: Course
    road: str = ""
    road_class: str = ""
    dn: int = 0
    kind: LinkKind = LinkKind.PIPE
    check_valve: bool = False
    material: str = ""
    year: int | None = None
    takes_services: bool = True

    def other(self, node: int) -> int:
        """Return the node at the far end."""
        return self.end if node == self.start else self.start

    @property
    def length(self) -> float:
        """Metres."""
        return self.course.length


@dataclass
class Works:
    """All points, the kinds of those that are no junction, and all drafts so far.

    ``shut`` holds (draft, node) of the normally closed isolation valves.
    """

    plane: Plane
    points: list[XY]
    drafts: list[Draft] = field(default_factory=list)
    kinds: dict[int, NodeKind] = field(default_factory=dict)
    shut: list[tuple[Draft, int]] = field(default_factory=list)

    def add_point(self, point: XY) -> int:
        """Add a junction and return its number."""
        self.points.append(point)
        return len(self.points) - 1

    def at_nodes(self) -> dict[int, list[Draft]]:
        """Return the drafts at each node, in the order they were laid."""
        result: dict[int, list[Draft]] = {}
        for draft in self.drafts:
            result.setdefault(draft.start, []).append(draft)
            result.setdefault(draft.end, []).append(draft)
        return result


class Parts:
    """Union-find over whole numbers: which things belong together."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, one: int) -> int:
        """Return the part's representative."""
        parent = self._parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def join(self, one: int, other: int) -> bool:
        """Join two parts; True if they were apart."""
        a, b = self.find(one), self.find(other)
        if a != b:
            self._parent[max(a, b)] = min(a, b)
        return a != b


Neighbours = dict[int, list[tuple[int, float, int]]]


def cheapest_path(neighbours: Neighbours, start: int, goals: Iterable[int]) -> list[int]:
    """Return the edge numbers of the cheapest path to the nearest goal, empty if there is none.

    ``neighbours`` lists (node, cost, edge) for each node. Ties go to the smaller node number.
    """
    wanted = set(goals)
    came: dict[int, tuple[int, int]] = {}
    best = {start: 0.0}
    queue = [(0.0, start)]
    while queue:
        cost, node = heappop(queue)
        if cost > best[node]:
            continue
        if node in wanted:
            return _walk_back(came, start, node)
        for other, step, edge in neighbours.get(node, ()):
            if cost + step < best.get(other, float("inf")):
                best[other] = cost + step
                came[other] = (node, edge)
                heappush(queue, (cost + step, other))
    return []


def _walk_back(came: dict[int, tuple[int, int]], start: int, node: int) -> list[int]:
    path = []
    while node != start:
        node, edge = came[node]
        path.append(edge)
    return path[::-1]
