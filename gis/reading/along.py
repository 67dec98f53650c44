"""Where points lie along pipes, and pipes cut in two where something sits in their middle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree

from domain.network import LinkKind, Node, NodeKind
from domain.places import LonLat
from gis.crs import LocalMetres, lines_in_metres
from gis.reading.joining import Draft, Ground

#: A thing this near to a pipe's end sits at that end, metres: the reach of a valve chamber.
#: Source: mainbreak default (docs/formats.md).
END_M = 2.0

#: A thing farther than this from its pipe cuts nothing: ``check`` reports it. Source: as there.
OFF_M = 5.0


class Spot(NamedTuple):
    """A place put on a pipe: its number, metres along the drawn line and off it, that line's."""

    pipe: int
    along_m: float
    off_m: float
    whole_m: float

    @property
    def at_start(self) -> bool:
        """True if the start is the nearer end."""
        return self.along_m <= self.whole_m / 2

    @property
    def in_the_middle(self) -> bool:
        """True if it sits on the pipe away from both ends."""
        from_end = min(self.along_m, self.whole_m - self.along_m)
        return from_end > END_M and self.off_m <= OFF_M


class Lines:
    """The pipes' drawn lines in metres, found by place."""

    def __init__(self, plane: LocalMetres, drafts: Sequence[Draft]) -> None:
        self.plane = plane
        self.lines = np.array(lines_in_metres(plane, [one.path for one in drafts]), dtype=object)
        kinds = [one.kind == LinkKind.PIPE for one in drafts]
        self.pipes = np.flatnonzero(np.array(kinds, dtype=bool))
        self.tree = STRtree(self.lines[self.pipes])
        self.number = {one.id: number for number, one in enumerate(drafts)}

    def points(self, places: Sequence[LonLat]) -> npt.NDArray[np.object_]:
        """Return places as points in metres."""
        points: npt.NDArray[np.object_] = shapely.points(self.plane.xy(places))
        return points

    def nearest(self, places: Sequence[LonLat]) -> npt.NDArray[np.int64]:
        """Return the number of the pipe nearest to each place; of equal ones the first."""
        if not len(places):
            return np.empty(0, dtype=np.int64)
        of, pipe = self.tree.query_nearest(self.points(places), all_matches=True)
        first = np.full(len(places), len(self.lines), dtype=np.int64)
        np.minimum.at(first, of, self.pipes[pipe])
        return first

    def spots(self, places: Sequence[LonLat], pipes: Sequence[int]) -> list[Spot]:
        """Return each place put on its pipe."""
        if not len(places):
            return []
        points, lines = self.points(places), self.lines[np.asarray(pipes, dtype=np.int64)]
        along = shapely.line_locate_point(lines, points)
        off, whole = shapely.distance(lines, points), shapely.length(lines)
        return list(map(Spot, pipes, along.tolist(), off.tolist(), whole.tolist()))


@dataclass(frozen=True, slots=True)
class Cut:
    """A pipe is cut ``along_m`` from its start; its parts end and start at these nodes."""

    along_m: float
    before: str
    after: str


def cut_pipes(ground: Ground, lines: Lines, cuts: dict[int, list[Cut]]) -> dict[int, list[Draft]]:
    """Cut pipes at their cuts, in place; return the parts of each pipe by its old number.

    The parts of P7 are P7/1, P7/2 from its start on; each has its share of the length.
    """
    parts: dict[int, list[Draft]] = {}
    whole: list[Draft] = []
    for number, draft in enumerate(ground.drafts):
        if number in cuts:
            ordered = sorted(cuts[number], key=lambda one: (one.along_m, one.before))
            parts[number] = _parts(draft, lines.lines[number], ordered, ground)
            whole.extend(parts[number])
        else:
            whole.append(draft)
    ground.drafts[:] = whole
    return parts


def _parts(draft: Draft, line: shapely.LineString, cuts: list[Cut], ground: Ground) -> list[Draft]:
    marks = [0.0, *(cut.along_m for cut in cuts), line.length]
    starts = [draft.start, *(cut.after for cut in cuts)]
    ends = [*(cut.before for cut in cuts), draft.end]
    bends = _bends(draft.path, line)
    places = [draft.path[0], *(ground.nodes[cut.before].position for cut in cuts), draft.path[-1]]
    return [
        replace(
            draft,
            id=f"{draft.id}/{part + 1}",
            start=starts[part],
            end=ends[part],
            path=[
                places[part],
                *(place for along, place in bends if marks[part] < along < marks[part + 1]),
                places[part + 1],
            ],
            length_m=draft.length_m * (marks[part + 1] - marks[part]) / (line.length or 1.0),
        )
        for part in range(len(cuts) + 1)
    ]


def _bends(path: list[LonLat], line: shapely.LineString) -> list[tuple[float, LonLat]]:
    """Return the inner places of a path with their metres along it."""
    xy = shapely.get_coordinates(line)
    along = np.cumsum(np.hypot(*np.diff(xy, axis=0).T))
    return list(zip(along[:-1].tolist(), path[1:-1], strict=True))


def new_node(ground: Ground, name: str, line: shapely.LineString, along_m: float) -> str:
    """Add a junction on a line, under this name or the next free one, and return its name."""
    while name in ground.nodes:
        name += "+"
    spot = line.interpolate(along_m)
    place = ground.plane.place(spot.x, spot.y)
    ground.nodes[name] = Node(name, NodeKind.JUNCTION, place)
    return name


def grouped(cuts: Sequence[tuple[int, Cut]]) -> dict[int, list[Cut]]:
    """Return cuts by the number of their pipe."""
    found: dict[int, list[Cut]] = defaultdict(list)
    for pipe, cut in cuts:
        found[pipe].append(cut)
    return found
