"""Put a place on the nearest pipe: how far, how far along it, and whether to doubt it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from shapely import STRtree
from shapely.geometry import LineString, Point

from domain.network import LinkKind, PipeNetwork
from domain.places import LonLat
from domain.tickets import Snap, SnapDoubt
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


@dataclass(frozen=True)
class PipeLines:
    """The pipes of a network as lines in metres, and the tree that finds the nearest."""

    plane: LocalMetres
    ids: tuple[str, ...]
    lines: tuple[LineString, ...]
    tree: STRtree
    number: dict[str, int]


@once_per_ground
def pipe_lines(network: PipeNetwork) -> PipeLines:
    """Return the network's pipes (pumps and control valves left out), once per network."""
    pipes = [link for link in network.links if link.kind is LinkKind.PIPE]
    plane = plane_around([place for pipe in pipes for place in pipe.path])
    lines = lines_in_metres(plane, [pipe.path for pipe in pipes])
    ids = tuple(pipe.id for pipe in pipes)
    number = {pipe: index for index, pipe in enumerate(ids)}
    return PipeLines(plane, ids, tuple(lines), STRtree(lines), number)


class Snapper:
    """Snaps places to the pipes of one network."""

    def __init__(self, network: PipeNetwork) -> None:
        self._pipes = pipe_lines(network)
        self._length_m = {link.id: link.length_m for link in network.links}

    def distance_m(self, position: LonLat) -> float:
        """Return metres to the nearest pipe, infinite if there is no pipe at all."""
        nearest = self._pipes.tree.nearest(self._point(position))
        return self._distance(self._point(position), int(nearest)) if self._pipes.ids else inf

    def snap(self, position: LonLat) -> Snap | None:
        """Return the place put on the nearest pipe, None beyond 2 km of every pipe.

        Of pipes equally far, the first of the network is taken, and the snap is doubtful.
        """
        point = self._point(position)
        near = self._near(point)
        if not near:
            return None
        distance, pipe = near[0]
        tied = len(near) > 1 and near[1][0] - distance <= TIE_M
        doubt = SnapDoubt.FAR if distance > DOUBT_M else SnapDoubt.TIE if tied else None
        return self._on(pipe, point, doubt)

    def snap_to(self, link: str, position: LonLat) -> Snap | None:
        """Return the place put on one pipe that is known to be right, None if it is no pipe."""
        pipe = self._pipes.number.get(link)
        if pipe is None:
            return None
        return replace(self._on(pipe, self._point(position), None), by_connection=True)

    def _point(self, position: LonLat) -> Point:
        return Point(self._pipes.plane.xy([position])[0])

    def _distance(self, point: Point, pipe: int) -> float:
        return float(self._pipes.lines[pipe].distance(point))

    def _near(self, point: Point) -> list[tuple[float, int]]:
        """Return (metres, pipe number) of the nearest pipe and those tied with it, sorted."""
        tree = self._pipes.tree
        found, metres = tree.query_nearest(point, max_distance=REACH_M, return_distance=True)
        if not len(found):
            return []
        reach = float(metres[0]) + TIE_M
        tied = tree.query(point, predicate="dwithin", distance=reach)
        return sorted((self._distance(point, int(pipe)), int(pipe)) for pipe in tied)

    def _on(self, pipe: int, point: Point, doubt: SnapDoubt | None) -> Snap:
        line, link = self._pipes.lines[pipe], self._pipes.ids[pipe]
        share = line.project(point, normalized=True) if line.length > 0 else 0.0
        spot = line.interpolate(share, normalized=True)
        return Snap(
            link=link,
            location=self._pipes.plane.place(spot.x, spot.y),
            offset_m=float(share * self._length_m[link]),
            distance_m=self._distance(point, pipe),
            doubt=doubt,
        )
