"""Pipes that cross in plan and have no node in common there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from domain.findings import Finding, FindingKind, Severity, SubjectKind
from domain.sentences import Sentence
from gis.checking.drawn import BoolArray, Drawn, IntArray
from gis.checking.twins import Twin
from gis.crs import FloatArray


def crossings(drawn: Drawn, repeated: Sequence[Twin], snap_m: float) -> Iterator[Finding]:
    """Yield ``crossing_without_node`` once for each two pipes, at the first place they cross.

    Where both pipes end within the tolerance, or one has a dangling end, the ends are the finding;
    pipes that repeat each other are one as well.
    """
    first, second = _meeting(drawn, repeated)
    shapes = shapely.intersection(drawn.lines[first], drawn.lines[second])
    spots, pair = shapely.get_coordinates(shapes, return_index=True)
    first, second = first[pair], second[pair]
    end_of_first = _end_at(drawn, first, spots, snap_m)
    end_of_second = _end_at(drawn, second, spots, snap_m)
    crosses = (end_of_first < 0) | (end_of_second < 0)
    for end in (end_of_first, end_of_second):
        dangles = (end >= 0) & (drawn.degree[end] == 1) & ~drawn.sources[end]
        crosses &= ~dangles
    yield from _told(drawn, *_once(first, second, end_of_first, end_of_second, spots, crosses))


def _meeting(drawn: Drawn, repeated: Sequence[Twin]) -> tuple[IntArray, IntArray]:
    """Return link rows of pipes that touch; straight ones that share a node meet nowhere else."""
    pipes = drawn.lines[drawn.pipes]
    one, other = drawn.tree.query(pipes, predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    first, second = drawn.pipes[one], drawn.pipes[other]
    shared = (drawn.ends[first][:, :, None] == drawn.ends[second][:, None, :]).any(axis=(1, 2))
    bends = shapely.get_num_coordinates(pipes) > 2
    kept = ~shared | bends[one] | bends[other]
    single = np.arange(len(drawn.lines))
    for link, twin, _ in repeated:
        single[link] = twin
    kept &= single[first] != single[second]
    return first[kept], second[kept]


def _end_at(drawn: Drawn, links: IntArray, spots: FloatArray, snap_m: float) -> IntArray:
    """Return the node row of the link's end within the tolerance of each spot, -1 if none is."""
    ends = drawn.ends[links]
    steps = drawn.nodes[ends] - spots[:, None, :]
    away = np.hypot(steps[..., 0], steps[..., 1])
    nearer = np.argmin(away, axis=1)
    rows = np.arange(len(links))
    found: IntArray = np.where(away[rows, nearer] <= snap_m, ends[rows, nearer], -1)
    return found


def _once(
    first: IntArray,
    second: IntArray,
    end_of_first: IntArray,
    end_of_second: IntArray,
    spots: FloatArray,
    crosses: BoolArray,
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return each crossing once: two pipes, or a pipe with a node of others that lies on it."""
    middle = np.where(end_of_first >= 0, second, first)
    through = np.maximum(end_of_first, end_of_second)
    key = np.column_stack([middle, np.where(through >= 0, -1 - through, second)])[crosses]
    kept = np.sort(np.unique(key, axis=0, return_index=True)[1])
    return first[crosses][kept], second[crosses][kept], spots[crosses][kept]


def _told(drawn: Drawn, first: IntArray, second: IntArray, spots: FloatArray) -> Iterator[Finding]:
    links = drawn.network.links
    for one, other, place in zip(first.tolist(), second.tolist(), drawn.places(spots), strict=True):
        yield Finding(
            kind=FindingKind.CROSSING_WITHOUT_NODE,
            severity=Severity.HINT,
            subject=links[one].id,
            subject_kind=SubjectKind.LINK,
            location=place,
            detail=Sentence(
                f"与管道 {links[other].id} 相交，交点没有公共节点",
                f"crosses pipe {links[other].id} without a common node",
            ),
            remedy=Sentence(
                "若相通，加节点；若上下错开（过桥、倒虹），保持原样",
                "add a node if they are joined; leave it if one passes over the other",
            ),
        )
