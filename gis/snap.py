"""Put a place on a pipe: its own or the nearest, how far along it, and whether to doubt it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot, inf

from shapely import STRtree
from shapely.geometry import LineString, Point

from domain.network import LinkKind, PipeNetwork, Premises
from domain.places import LonLat
from domain.tickets import Side, Snap, SnapDoubt
from gis.crs import LocalMetres, lines_in_metres, plane_around
from gis.memo import once_per_ground

#: No pipe farther than this is an answer, metres. Source: mainbreak default.
REACH_M = 2000.0

#: A snap farther than this is doubtful, metres: wider than a street with its front gardens.
#: Source: mainbreak default.
DOUBT_M = 50.0

#: Another pipe this much farther than the nearest, or less, makes a snap doubtful, metres.
#: Source: mainbreak default, the accuracy of a good phone's position at best.
TIE_M = 2.0

#: A place this near the pipe, or its straight continuation, lies on neither side, metres.
#: Source: mainbreak default, half the width of a trench.
ON_M = 0.5


@dataclass(frozen=True)
class PipeLines:
    """The pipes of a network as lines in metres, and the tree that finds the nearest.

    ``length_m`` is what the network says of each, which need not be what is drawn.
    """

    plane: LocalMetres
    ids: tuple[str, ...]
    lines: tuple[LineString, ...]
    tree: STRtree
    number: dict[str, int]
    length_m: tuple[float, ...]


@once_per_ground
def pipe_lines(network: PipeNetwork) -> PipeLines:
    """Return the network's pipes (pumps and control valves left out), once per network."""
    pipes = [link for link in network.links if link.kind is LinkKind.PIPE]
    plane = plane_around([place for pipe in pipes for place in pipe.path])
    lines = lines_in_metres(plane, [pipe.path for pipe in pipes])
    ids = tuple(pipe.id for pipe in pipes)
    number = {pipe: index for index, pipe in enumerate(ids)}
    lengths = tuple(pipe.length_m for pipe in pipes)
    return PipeLines(plane, ids, tuple(lines), STRtree(lines), number, lengths)


@once_per_ground
def _pipes_at(network: PipeNetwork) -> dict[str, list[str]]:
    """Return the pipes that end at each node, those without an isolation valve there first.

    What is connected to a node shares a segment with the first of them.
    """
    valved = {(one.link, one.node) for one in network.isolation_valves}
    at: dict[str, list[str]] = {}
    for pipe in (link for link in network.links if link.kind is LinkKind.PIPE):
        for node in {pipe.start, pipe.end}:
            at.setdefault(node, []).append(pipe.id)
    return {
        node: sorted(pipes, key=lambda pipe: ((pipe, node) in valved, pipe))
        for node, pipes in at.items()
    }


class Snapper:
    """Snaps places to the pipes of one network."""

    def __init__(self, network: PipeNetwork) -> None:
        self._network, self._pipes = network, pipe_lines(network)

    def distance_m(self, position: LonLat) -> float:
        """Return metres to the nearest pipe, infinite if there is no pipe at all."""
        nearest = self._pipes.tree.nearest(self._point(position))
        return self._distance(self._point(position), int(nearest)) if self._pipes.ids else inf

    def snap(self, position: LonLat) -> Snap | None:
        """Return the place put on the nearest pipe, None beyond 2 km of every pipe.

        Farther than 50 m it is doubtful as far; else, if another pipe is at most 2 m farther than
        the nearest, as tied, also where both meet. Of pipes equally near, the first by id is taken.
        """
        point = self._point(position)
        near = self._near(point)
        if not near:
            return None
        (distance, _, pipe), *others = near
        doubt = SnapDoubt.FAR if distance > DOUBT_M else SnapDoubt.TIE if others else None
        return self._on(pipe, point, doubt, by_connection=False)

    def snap_to(self, link: str, position: LonLat) -> Snap | None:
        """Return the place put on one pipe that is known to be right, None if it is no pipe.

        What is known is not doubtful, however far the place is.
        """
        pipe = self._pipes.number.get(link)
        if pipe is None:
            return None
        return self._on(pipe, self._point(position), None, by_connection=True)

    def snap_premises(self, one: Premises) -> Snap | None:
        """Return the premises put on the pipe that feeds it, the nearest if that is not known.

        Connected to a node, it is put on the nearest of the node's pipes; of those at most 2 m
        farther than the nearest, on one with no isolation valve between, and then it is tied.
        """
        known = self.snap_to(one.link, one.location) if one.link else None
        return known or self._at_node(one) or self.snap(one.location)

    def _at_node(self, one: Premises) -> Snap | None:
        ids = _pipes_at(self._network).get(one.node or "", [])
        if not ids:
            return None
        point = self._point(one.location)
        near = {number: self._distance(point, number) for number in self._numbers(ids)}
        tied = [number for number, metres in near.items() if metres - min(near.values()) <= TIE_M]
        doubt = SnapDoubt.TIE if len(tied) > 1 else None
        return self._on(tied[0], point, doubt, by_connection=True)

    def _numbers(self, ids: Iterable[str]) -> list[int]:
        return [self._pipes.number[pipe] for pipe in ids]

    def _point(self, position: LonLat) -> Point:
        return Point(self._pipes.plane.xy([position])[0])

    def _distance(self, point: Point, pipe: int) -> float:
        return float(self._pipes.lines[pipe].distance(point))

    def _near(self, point: Point) -> list[tuple[float, str, int]]:
        """Return (metres, id, number) of the nearest pipe and those tied with it, sorted."""
        tree = self._pipes.tree
        found, metres = tree.query_nearest(point, max_distance=REACH_M, return_distance=True)
        if not len(found):
            return []
        reach = float(metres[0]) + TIE_M
        tied = tree.query(point, predicate="dwithin", distance=reach).tolist()
        return sorted((self._distance(point, one), self._pipes.ids[one], one) for one in tied)

    def _on(self, pipe: int, point: Point, doubt: SnapDoubt | None, *, by_connection: bool) -> Snap:
        line = self._pipes.lines[pipe]
        along, drawn_m = line.project(point), line.length
        spot = line.interpolate(along)
        return Snap(
            link=self._pipes.ids[pipe],
            location=self._pipes.plane.place(spot.x, spot.y),
            offset_m=along / drawn_m * self._pipes.length_m[pipe] if drawn_m > 0 else 0.0,
            distance_m=self._distance(point, pipe),
            doubt=doubt,
            side=_side(line, along, spot, point),
            by_connection=by_connection,
        )


def _side(line: LineString, along: float, spot: Point, point: Point) -> Side:
    """Return on which side of the line a point lies that is nearest to ``spot``, so far along it.

    The line's course there is taken from a little before to a little after: at a bend that is
    between both legs, for a point outside of the bend lies square to neither. A line without
    length has no sides.
    """
    before = line.interpolate(max(0.0, along - ON_M))
    after = line.interpolate(min(line.length, along + ON_M))
    east, north = after.x - before.x, after.y - before.y
    course_m = hypot(east, north)
    if course_m == 0.0:
        return Side.ON
    left_m = (east * (point.y - spot.y) - north * (point.x - spot.x)) / course_m
    if abs(left_m) <= ON_M:
        return Side.ON
    return Side.LEFT if left_m > 0 else Side.RIGHT
