"""The transmission mains: a spine from plant to plant and a loop around the middle."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from data.pipes_network.plane import XY, distance
from data.pipes_network.works import Draft, Neighbours, Works, cheapest_path

#: How gladly a main follows a street of this class; a smaller factor is a wider street.
_GLADNESS = {"primary": 0.35, "secondary": 0.45, "tertiary": 0.8, "living_street": 4.0}

#: A main that already lies in a street makes the next one look for another.
_USED = 3.0

#: Points of the loop around the middle.
_LOOP_POINTS = 6


@dataclass(frozen=True)
class Backbone:
    """Where the sources are joined: nodes of the two plants and of the two tanks."""

    plants: tuple[int, int]
    tanks: tuple[int, int]


def lay_backbone(works: Works, heading: float) -> Backbone:
    """Set DN400 to DN800 on the drafts of the backbone; ``heading`` (radians) turns it."""
    seats = _wide_nodes(works)
    plants = _far(works, seats, heading), _far(works, seats, heading + pi)
    spared = [node for node in seats if node not in plants] or seats
    tanks = _far(works, spared, heading + pi / 2), _far(works, spared, heading - pi / 2)
    loop = _loop(works, seats, heading)
    used: set[int] = set()
    _join(works, used, plants[0], [plants[1]], 600)
    for start, end in zip(loop, loop[1:] + loop[:1], strict=True):
        _join(works, used, start, [end], 500 if start < end else 400)
    for plant in plants:
        _join(works, used, plant, loop, 800)
    for tank in tanks:
        _join(works, used, tank, loop, 400)
    return Backbone(plants, tanks)


def _wide_nodes(works: Works) -> list[int]:
    """Return the nodes on wide streets, all nodes where there are too few of them."""
    wide = {
        node
        for draft in works.drafts
        if draft.road_class in {"primary", "secondary"}
        for node in (draft.start, draft.end)
    }
    nodes = sorted(wide)
    return nodes if len(nodes) >= 20 else sorted(works.at_nodes())


def _far(works: Works, nodes: list[int], heading: float) -> int:
    """Return the node farthest out in a direction."""
    x, y = cos(heading), sin(heading)
    return max(nodes, key=lambda n: (works.points[n][0] * x + works.points[n][1] * y, -n))


def _loop(works: Works, nodes: list[int], heading: float) -> list[int]:
    """Return different nodes around the middle, half-way out."""
    middle = _middle(works, nodes)
    reach = sorted(distance(middle, works.points[n]) for n in nodes)[len(nodes) * 4 // 5] * 0.62
    found: list[int] = []
    for step in range(_LOOP_POINTS):
        angle = heading + pi / 6 + step * 2 * pi / _LOOP_POINTS
        aim = (middle[0] + reach * cos(angle), middle[1] + reach * sin(angle))
        node = min(nodes, key=lambda n: (distance(aim, works.points[n]), n))
        if node not in found:
            found.append(node)
    return found


def _middle(works: Works, nodes: list[int]) -> XY:
    xs, ys = zip(*(works.points[n] for n in nodes), strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)


def _join(works: Works, used: set[int], start: int, goals: list[int], dn: int) -> None:
    for number in cheapest_path(_costs(works.drafts, used), start, goals):
        works.drafts[number].dn = max(works.drafts[number].dn, dn)
        used.add(number)


def _costs(drafts: list[Draft], used: set[int]) -> Neighbours:
    neighbours: Neighbours = {}
    for number, draft in enumerate(drafts):
        factor = _GLADNESS.get(draft.road_class, 1.6) * (_USED if number in used else 1.0)
        for node in (draft.start, draft.end):
            far = (draft.other(node), draft.length * factor, number)
            neighbours.setdefault(node, []).append(far)
    return neighbours
