"""Pipes that do not meet: nodes at one place, ends near each other, ends near a pipe's middle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from domain.findings import Finding, FindingKind, Severity, SubjectKind
from domain.repairs import JoinNodes, SplitPipeAt
from domain.sentences import Sentence
from gis.checking.drawn import SAME_M, BoolArray, Drawn, IntArray, near_each_other
from gis.checking.drawn import nodes_at_one_place as first_at_place
from gis.checking.say import metres
from gis.crs import FloatArray


def joints(drawn: Drawn, snap_m: float) -> Iterator[Finding]:
    """Yield ``duplicate_node``, ``near_miss``, ``dangling_end`` and ``dead_end``."""
    pairs, apart = _pairs(drawn, snap_m)
    ends, pipes, away = dangling(drawn, snap_m)
    yield from _not_joined(drawn, pairs, apart, _is_safe(drawn, pairs, apart, ends), snap_m)
    yield from _not_on_pipe(drawn, ends, pipes, away, snap_m)
    yield from _serving_nobody(drawn, np.concatenate([pairs.ravel(), ends]))


def short_parts(drawn: Drawn, snap_m: float) -> IntArray:
    """Return a number for each node, equal where links no longer than the tolerance join them.

    A pump or a control valve is drawn between two nodes close together: these do meet.
    """
    starts, ends = drawn.ends[:, 0], drawn.ends[:, 1]
    short = np.hypot(*(drawn.nodes[starts] - drawn.nodes[ends]).T) <= snap_m
    return parts_of(len(drawn.nodes), starts[short], ends[short])


def parts_of(nodes: int, starts: IntArray, ends: IntArray) -> IntArray:
    """Return a number for each node, equal where these links join them."""
    graph = coo_array((np.ones(len(starts), dtype=bool), (starts, ends)), shape=(nodes, nodes))
    part: IntArray = connected_components(graph, directed=False)[1]
    return part


def _pairs(drawn: Drawn, snap_m: float) -> tuple[IntArray, FloatArray]:
    """Return (k, 2) node rows that ought to be one node, first row first, and metres apart.

    Of a crowd only those pairs stay of which one is the other's nearest.
    """
    first = first_at_place(drawn)
    rows = np.arange(len(first))
    stacked = np.column_stack([first, rows])[first != rows]
    lone = np.flatnonzero(first == rows)
    pairs = np.vstack([stacked, lone[near_each_other(drawn.nodes[lone], snap_m)]])
    part = short_parts(drawn, snap_m)
    pairs = np.sort(pairs[part[pairs[:, 0]] != part[pairs[:, 1]]], axis=1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    apart = np.hypot(*(drawn.nodes[pairs[:, 0]] - drawn.nodes[pairs[:, 1]]).T)
    nearest = np.full(len(first), np.inf)
    np.minimum.at(nearest, pairs.ravel(), np.repeat(apart, 2))
    kept = (apart[:, None] <= nearest[pairs]).any(axis=1)
    return pairs[kept], apart[kept]


def _is_safe(drawn: Drawn, pairs: IntArray, apart: FloatArray, doubtful: IntArray) -> BoolArray:
    """Return True for each pair that can be joined without asking.

    Neither has another candidate, at least one is an end (two mains may pass each other closely),
    unless they are at one place; not two sources, and not across the border of two zones.
    """
    rivals = np.bincount(pairs.ravel(), minlength=len(drawn.nodes))
    rivals[doubtful] += 1
    alone = (rivals[pairs] == 1).all(axis=1)
    ended = (drawn.degree[pairs] <= 1).any(axis=1) | (apart <= SAME_M)
    one_source = ~drawn.sources[pairs].all(axis=1)
    zones = _zones(drawn, pairs[alone & ended & one_source])
    safe: BoolArray = alone & ended & one_source
    safe[safe] = zones
    return safe


def _zones(drawn: Drawn, pairs: IntArray) -> BoolArray:
    """Return True for each pair whose links name no two zones."""
    wanted = {int(row) for row in pairs.ravel()}
    zones: dict[int, set[str]] = {row: set() for row in wanted}
    touching = np.isin(drawn.ends, pairs)
    for link, side in zip(*np.nonzero(touching), strict=True):
        if zone := drawn.network.links[link].zone:
            zones[int(drawn.ends[link, side])].add(zone)
    agree = [len(zones[int(a)] | zones[int(b)]) <= 1 for a, b in pairs]
    return np.array(agree, dtype=bool)


def _not_joined(
    drawn: Drawn, pairs: IntArray, apart: FloatArray, safe: BoolArray, snap_m: float
) -> Iterator[Finding]:
    nodes = drawn.network.nodes
    for (first, second), distance, is_safe in zip(
        pairs.tolist(), apart.tolist(), safe.tolist(), strict=True
    ):
        keep, drop = _kept_first(drawn, first, second)
        other, subject = nodes[keep], nodes[drop]
        same = distance <= SAME_M
        yield Finding(
            kind=FindingKind.DUPLICATE_NODE if same else FindingKind.NEAR_MISS,
            severity=Severity.ERROR if same else Severity.WARNING,
            subject=subject.id,
            subject_kind=SubjectKind.NODE,
            location=subject.position,
            detail=_same_place(other.id) if same else _near(other.id, distance, snap_m),
            remedy=Sentence(
                f"若现场相通，并入节点 {other.id}", f"join it to node {other.id} if they meet"
            ),
            repair=JoinNodes(keep=other.id, drop=subject.id),
            safe=is_safe,
            distance_m=distance,
            tolerance_m=SAME_M if same else snap_m,
        )


def _kept_first(drawn: Drawn, first: int, second: int) -> tuple[int, int]:
    """Return which of two nodes stays and which goes: a source stays, then the better joined."""

    def weight(row: int) -> tuple[bool, int]:
        return bool(drawn.sources[row]), int(drawn.degree[row])

    return (second, first) if weight(second) > weight(first) else (first, second)


def _same_place(other: str) -> Sentence:
    return Sentence(f"与节点 {other} 在同一位置，却不相连", f"where node {other} is, not joined")


def _near(other: str, distance: float, snap_m: float) -> Sentence:
    return Sentence(
        f"距节点 {other} 仅 {metres(distance)}，却不相连（容差 {metres(snap_m)}）",
        f"{metres(distance)} from node {other}, not joined (tolerance {metres(snap_m)})",
    )


def dangling(drawn: Drawn, snap_m: float) -> tuple[IntArray, IntArray, FloatArray]:
    """Return junctions where one link ends beside a pipe's middle, those pipes, metres away.

    Node rows, link rows; of several pipes the nearest. A pipe that ends within the tolerance of
    the junction is left out: there nodes are near each other.
    """
    ends = np.flatnonzero((drawn.degree == 1) & ~drawn.sources)
    points = shapely.points(drawn.nodes[ends])
    number, near = drawn.tree.query(points, predicate="dwithin", distance=snap_m)
    nodes, links = ends[number], drawn.pipes[near]
    tips = drawn.nodes[drawn.ends[links]] - drawn.nodes[nodes][:, None, :]
    beside = (np.hypot(tips[..., 0], tips[..., 1]) > snap_m).all(axis=1)
    beside &= (drawn.ends[links] != nodes[:, None]).all(axis=1)
    nodes, links, points = nodes[beside], links[beside], points[number[beside]]
    away: FloatArray = shapely.distance(points, drawn.lines[links])
    order = np.lexsort((links, away, nodes))
    nodes, links, away = nodes[order], links[order], away[order]
    nearest = np.unique(nodes, return_index=True)[1]
    return nodes[nearest], links[nearest], away[nearest]


def _not_on_pipe(
    drawn: Drawn, ends: IntArray, links: IntArray, away: FloatArray, snap_m: float
) -> Iterator[Finding]:
    for row, link, distance in zip(ends.tolist(), links.tolist(), away.tolist(), strict=True):
        node, pipe = drawn.network.nodes[row], drawn.network.links[link].id
        yield Finding(
            kind=FindingKind.DANGLING_END,
            severity=Severity.WARNING,
            subject=node.id,
            subject_kind=SubjectKind.NODE,
            location=node.position,
            detail=Sentence(
                f"管端距管道 {pipe} 仅 {metres(distance)}，却不相接（容差 {metres(snap_m)}）",
                f"an end {metres(distance)} from pipe {pipe}, which it does not meet "
                f"(tolerance {metres(snap_m)})",
            ),
            remedy=Sentence(
                f"若现场相接，在此断开管道 {pipe}",
                f"split pipe {pipe} here if they meet",
            ),
            repair=SplitPipeAt(link=pipe, node=node.id),
            distance_m=distance,
            tolerance_m=snap_m,
        )


def _serving_nobody(drawn: Drawn, told: IntArray) -> Iterator[Finding]:
    """Yield a hint for each end of a pipe that feeds no premises and no hydrant.

    Without any premises in the network nothing can be said.
    """
    network = drawn.network
    if not network.premises:
        return
    used_links = {one.link for one in network.premises} | {one.link for one in network.hydrants}
    used_nodes = {one.node for one in network.premises}
    idle = (drawn.degree == 1) & ~drawn.sources
    idle[told] = False
    link_at = np.zeros(len(drawn.nodes), dtype=np.int64)
    link_at[drawn.ends] = np.arange(len(drawn.ends))[:, None]
    is_pipe = np.zeros(len(drawn.ends), dtype=bool)
    is_pipe[drawn.pipes] = True
    for row in np.flatnonzero(idle).tolist():
        node, link = network.nodes[row], int(link_at[row])
        pipe = network.links[link].id
        if not is_pipe[link] or pipe in used_links or node.id in used_nodes:
            continue
        yield Finding(
            kind=FindingKind.DEAD_END,
            severity=Severity.HINT,
            subject=node.id,
            subject_kind=SubjectKind.NODE,
            location=node.position,
            detail=Sentence(
                f"管道 {pipe} 的末端：无用水户，无消火栓",
                f"the end of pipe {pipe}, which feeds no premises and no hydrant",
            ),
            remedy=Sentence(
                "核对是否漏接管道或漏录用水户", "see whether a pipe or premises are missing here"
            ),
        )
