"""Pipes laid by metres east and north of a crossing, and what plain geometry says of them.

It shares no code with what it judges: degrees come from the ellipsoid's radii of curvature, metres
are those of the plan, right to 5 cm within 1 km.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt

from domain.network import IsolationValve, Link, LinkKind, Node, NodeKind, PipeNetwork
from domain.places import LonLat

Metres = tuple[float, float]

LON, LAT = 114.3, 30.6

#: Source: the WGS-84 ellipsoid, half axis and first eccentricity squared (NIMA TR8350.2).
_A, _E2 = 6378137.0, 0.00669437999014
_W = sqrt(1 - _E2 * sin(radians(LAT)) ** 2)
_NORTH_M = radians(1) * _A * (1 - _E2) / _W**3
_EAST_M = radians(1) * _A / _W * cos(radians(LAT))


def at(east: float, north: float) -> LonLat:
    """Return the place so many metres from the crossing."""
    return LonLat(LON + east / _EAST_M, LAT + north / _NORTH_M)


def metres(place: LonLat) -> Metres:
    """Return a place as metres from the crossing."""
    return (place.lon - LON) * _EAST_M, (place.lat - LAT) * _NORTH_M


def lay(
    pipes: Mapping[str, Sequence[Metres]], valves: Sequence[tuple[str, Metres]] = ()
) -> PipeNetwork:
    """Return a network of pipes by their courses; those that end alike meet in one node."""
    nodes: dict[Metres, str] = {}
    for course in pipes.values():
        for end in (course[0], course[-1]):
            nodes.setdefault(end, f"N{len(nodes)}")
    return PipeNetwork(
        tuple(Node(name, NodeKind.JUNCTION, at(*end)) for end, name in nodes.items()),
        tuple(
            Link(
                name,
                LinkKind.PIPE,
                nodes[course[0]],
                nodes[course[-1]],
                tuple(at(*one) for one in course),
                sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(course)),
                0.1,
            )
            for name, course in pipes.items()
        ),
        tuple(IsolationValve(f"V{p}", p, nodes[end], at(*end)) for p, end in valves),
    )


@dataclass(frozen=True)
class Measured:
    """Where a point lies beside a course: metres off, metres along, metres to its left.

    ``left`` is None where the nearest place of the course is a bend, an end, or ambiguous.
    """

    off: float
    along: float
    left: float | None


def walk(course: Sequence[Metres], along: float) -> Metres:
    """Return the point so many metres from the start of a course."""
    for (ax, ay), (bx, by) in pairwise(course):
        leg = hypot(bx - ax, by - ay)
        if along <= leg and leg:
            return ax + (bx - ax) * along / leg, ay + (by - ay) * along / leg
        along -= leg
    return course[-1]


def beside(course: Sequence[Metres], point: Metres) -> Measured:
    """Return where a point lies beside a course, leg by leg."""
    best, passed = Measured(float("inf"), 0.0, None), 0.0
    for (ax, ay), (bx, by) in pairwise(course):
        ux, uy, wx, wy = bx - ax, by - ay, point[0] - ax, point[1] - ay
        leg = hypot(ux, uy)
        share = (ux * wx + uy * wy) / leg**2 if leg else 0.0
        held = min(1.0, max(0.0, share))
        off = hypot(wx - held * ux, wy - held * uy)
        left = (ux * wy - uy * wx) / leg if leg and 0.0 < share < 1.0 else None
        if off < best.off:
            best = Measured(off, passed + held * leg, left)
        passed += leg
    return best
