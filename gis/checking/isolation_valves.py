"""Isolation valves off their pipe, and several on one pipe end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from domain.findings import Finding, FindingKind, Severity, SubjectKind
from domain.repairs import MoveIsolationValve
from domain.sentences import Sentence
from gis.checking.drawn import Drawn, IntArray
from gis.checking.say import metres
from gis.crs import FloatArray

#: An isolation valve farther from its pipe than this is misplaced, metres.
#: Source: mainbreak default, what a phone's position misses by under open sky.
OFF_M = 5.0

#: One farther off is more likely on the wrong pipe than drawn at the wrong place, metres.
#: Source: mainbreak default.
REACH_M = 50.0


def isolation_valves(drawn: Drawn) -> Iterator[Finding]:
    """Yield ``duplicate_isolation_valve`` and ``isolation_valve_off``."""
    yield from _several(drawn)
    yield from _off(drawn)


def _several(drawn: Drawn) -> Iterator[Finding]:
    first: dict[tuple[str, str | None], str] = {}
    for valve in drawn.network.isolation_valves:
        other = first.setdefault((valve.link, valve.node), valve.id)
        if other == valve.id:
            continue
        yield Finding(
            kind=FindingKind.DUPLICATE_ISOLATION_VALVE,
            severity=Severity.WARNING,
            subject=valve.id,
            subject_kind=SubjectKind.ISOLATION_VALVE,
            location=valve.location,
            detail=Sentence(
                f"与阀门 {other} 同在管道 {valve.link} 的同一端",
                f"on the same end of pipe {valve.link} as isolation valve {other}",
            ),
            remedy=Sentence(
                "核对是否重复录入，或应在管道另一端",
                "see whether it is one too many, or belongs on the other end",
            ),
        )


def _off(drawn: Drawn) -> Iterator[Finding]:
    valves = drawn.network.isolation_valves
    points = drawn.points([valve.location for valve in valves])
    rows = np.array([drawn.link_row[valve.link] for valve in valves], dtype=np.int64)
    away = shapely.distance(points, drawn.lines[rows])
    off = np.flatnonzero(away > OFF_M)
    if not len(off):
        return
    places = drawn.places(_on_pipe(drawn, off, rows[off], points[off]))
    nearest, gap = _nearest(drawn, rows[off], points[off], away[off])
    for number, valve_row in enumerate(off.tolist()):
        valve, distance = valves[valve_row], float(away[valve_row])
        own = nearest[number] == rows[valve_row]
        yield Finding(
            kind=FindingKind.ISOLATION_VALVE_OFF,
            severity=Severity.WARNING,
            subject=valve.id,
            subject_kind=SubjectKind.ISOLATION_VALVE,
            location=valve.location,
            detail=_said(drawn, valve.link, distance, int(nearest[number]), float(gap[number])),
            remedy=Sentence("移到所属管道上", "put it on its pipe")
            if own
            else Sentence("更正位置，或所属管道", "correct its place, or the pipe it names"),
            repair=MoveIsolationValve(valve.id, places[number]),
            safe=bool(own) and distance <= REACH_M,
            distance_m=distance,
            tolerance_m=OFF_M,
        )


def _nearest(
    drawn: Drawn, own: IntArray, points: np.ndarray, away: FloatArray
) -> tuple[IntArray, FloatArray]:
    """Return the row of the link each point is nearest to, its own on a tie, and metres to it."""
    (number, pipe), gap = drawn.tree.query_nearest(points, all_matches=False, return_distance=True)
    nearest, distance = own.copy(), away.copy()
    closer = gap < away[number] - 1e-6
    nearest[number[closer]] = drawn.pipes[pipe[closer]]
    distance[number[closer]] = gap[closer]
    return nearest, distance


def _on_pipe(drawn: Drawn, valves: IntArray, links: IntArray, points: np.ndarray) -> FloatArray:
    """Return the nearest place on each one's pipe; its own end where that is in the other half."""
    lines = drawn.lines[links]
    share = shapely.line_locate_point(lines, points, normalized=True)
    named = [drawn.network.isolation_valves[valve].node for valve in valves.tolist()]
    end = np.array([-1 if node is None else drawn.node_row[node] for node in named])
    share = np.where((end == drawn.ends[links, 0]) & (share > 0.5), 0.0, share)
    share = np.where((end == drawn.ends[links, 1]) & (share < 0.5), 1.0, share)
    share = np.nan_to_num(share)
    spots: FloatArray = shapely.get_coordinates(
        shapely.line_interpolate_point(lines, share, normalized=True)
    )
    return spots


def _said(drawn: Drawn, pipe: str, distance: float, nearest: int, gap: float) -> Sentence:
    other = drawn.network.links[nearest].id
    zh, en = f"距所属管道 {pipe} {metres(distance)}", f"{metres(distance)} from its pipe {pipe}"
    if gap > OFF_M:
        return Sentence(f"{zh}，附近也没有别的管道", f"{en}, and far from any other")
    return Sentence(
        f"{zh}，距管道 {other} {metres(gap)}", f"{en}, but {metres(gap)} from pipe {other}"
    )
