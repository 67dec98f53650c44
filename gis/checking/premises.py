"""Premises without a connection, or far from what feeds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from domain.findings import Finding, FindingKind, Severity, SubjectKind
from domain.network import Premises
from domain.repairs import ConnectPremises
from domain.sentences import Sentence
from gis.checking.drawn import Drawn, Lines
from gis.checking.say import metres
from gis.crs import FloatArray

#: A premises farther from what feeds it is probably on the wrong pipe, metres.
#: Source: mainbreak default.
FAR_M = 200.0

#: A connection this long is laid without asking, metres: a front garden and a street.
#: Source: mainbreak default.
CONNECT_M = 50.0

#: No pipe farther than this is proposed, metres. Source: as in ``gis.snap``.
REACH_M = 2000.0


def premises(drawn: Drawn) -> Iterator[Finding]:
    """Yield ``premises_unconnected`` and ``premises_far``, each with the nearest pipe."""
    all_ = drawn.network.premises
    points = drawn.points([one.location for one in all_])
    loose = np.array([one.link is None and one.node is None for one in all_], dtype=bool)
    away = _away(drawn, all_, points)
    told = np.flatnonzero(loose | (away > FAR_M))
    pipe, gap = _nearest(drawn, points[told])
    for row, nearest, metres_off in zip(told.tolist(), pipe, gap, strict=True):
        if loose[row]:
            yield _unconnected(all_[row], nearest, metres_off)
        else:
            yield _far(all_[row], float(away[row]), nearest, metres_off)


def _away(drawn: Drawn, all_: Sequence[Premises], points: Lines) -> FloatArray:
    """Return metres from each premises to its pipe or node, 0 where it has neither."""
    away = np.zeros(len(all_))
    link = np.array([drawn.link_row.get(one.link or "", -1) for one in all_], dtype=np.int64)
    node = np.array([drawn.node_row.get(one.node or "", -1) for one in all_], dtype=np.int64)
    by_link, by_node = link >= 0, (link < 0) & (node >= 0)
    away[by_link] = shapely.distance(points[by_link], drawn.lines[link[by_link]])
    steps = shapely.get_coordinates(points[by_node]) - drawn.nodes[node[by_node]]
    away[by_node] = np.hypot(steps[:, 0], steps[:, 1])
    return away


def _nearest(drawn: Drawn, points: Lines) -> tuple[list[str | None], list[float]]:
    """Return the nearest pipe's id, None beyond 2 km, and metres to it."""
    found: list[str | None] = [None] * len(points)
    gap = [np.inf] * len(points)
    (number, pipe), away = drawn.tree.query_nearest(
        points, max_distance=REACH_M, all_matches=False, return_distance=True
    )
    for one, row, distance in zip(
        number.tolist(), drawn.pipes[pipe].tolist(), away.tolist(), strict=True
    ):
        found[one], gap[one] = drawn.network.links[row].id, distance
    return found, gap


def _unconnected(one: Premises, pipe: str | None, gap: float) -> Finding:
    return Finding(
        kind=FindingKind.PREMISES_UNCONNECTED,
        severity=Severity.ERROR,
        subject=one.id,
        subject_kind=SubjectKind.PREMISES,
        location=one.location,
        detail=Sentence(
            "没有接管道：任何关阀方案都不计入", "without a connection: no isolation counts it"
        ),
        remedy=_connect(pipe, gap),
        repair=None if pipe is None else ConnectPremises(one.id, pipe),
        safe=pipe is not None and gap <= CONNECT_M,
        distance_m=None if pipe is None else gap,
        tolerance_m=CONNECT_M,
    )


def _far(one: Premises, away: float, pipe: str | None, gap: float) -> Finding:
    return Finding(
        kind=FindingKind.PREMISES_FAR,
        severity=Severity.WARNING,
        subject=one.id,
        subject_kind=SubjectKind.PREMISES,
        location=one.location,
        detail=Sentence(
            f"距供水的 {one.link or one.node} {metres(away)}",
            f"{metres(away)} from {one.link or one.node}, which feeds it",
        ),
        remedy=Sentence(
            "核对所接管道，以及坐标的基准", "check the connection, and the datum of its coordinates"
        ),
        repair=None if pipe in {None, one.link} else ConnectPremises(one.id, str(pipe)),
        distance_m=away,
        tolerance_m=FAR_M,
    )


def _connect(pipe: str | None, gap: float) -> Sentence:
    if pipe is None:
        return Sentence("指明所接管道：2 km 内没有管道", "name its pipe; none lies within 2 km")
    return Sentence(
        f"接到最近的管道 {pipe}，相距 {metres(gap)}",
        f"connect it to the nearest pipe {pipe}, {metres(gap)} away",
    )
