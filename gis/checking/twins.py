"""Pipes that are drawn twice: the same nodes, the same course."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from domain.findings import Finding, FindingKind, Severity, SubjectKind
from domain.network import Link
from domain.repairs import RemovePipe
from domain.sentences import Sentence
from gis.checking.drawn import SAME_M, Drawn, nodes_at_one_place
from gis.checking.say import metres

#: Two pipes between the same places that nowhere part farther than this are one, metres.
#: Source: mainbreak default, less than the width of a trench.
SAME_COURSE_M = 1.0

#: Lengths stated for one pipe may differ by this share. Source: mainbreak default.
SAME_LENGTH = 0.01

Twin = tuple[int, int, float]


def twins(drawn: Drawn) -> list[Twin]:
    """Return (link row, row of the first pipe it repeats, metres they part at most)."""
    place = nodes_at_one_place(drawn)
    between = np.sort(place[drawn.ends[drawn.pipes]], axis=1)
    _, group, size = np.unique(between, axis=0, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    several = np.flatnonzero(size[group] > 1)
    members: dict[int, list[int]] = {}
    for number in several.tolist():
        members.setdefault(int(group[number]), []).append(int(drawn.pipes[number]))
    found = (_repeats(drawn, pipes) for pipes in members.values())
    return sorted(twin for some in found for twin in some)


def _repeats(drawn: Drawn, pipes: list[int]) -> Iterator[Twin]:
    """Yield each of these pipes that runs along one before it; that one repeats none itself."""
    single: list[int] = []
    for pipe in pipes:
        apart = shapely.hausdorff_distance(drawn.lines[single], drawn.lines[pipe])
        near = np.flatnonzero(apart <= SAME_COURSE_M)
        if len(near):
            yield pipe, single[int(near[0])], float(apart[near[0]])
        else:
            single.append(pipe)


def duplicates(drawn: Drawn, found: list[Twin]) -> Iterator[Finding]:
    """Yield ``duplicate_pipe`` for each of these twins."""
    links = drawn.network.links
    places = drawn.middles(np.array([pipe for pipe, _, _ in found], dtype=np.int64))
    valved = {(valve.link, valve.node) for valve in drawn.network.isolation_valves}
    for (pipe, other, apart), place in zip(found, places, strict=True):
        link, twin = links[pipe], links[other]
        yield Finding(
            kind=FindingKind.DUPLICATE_PIPE,
            severity=Severity.WARNING,
            subject=link.id,
            subject_kind=SubjectKind.LINK,
            location=place,
            detail=Sentence(
                f"与管道 {twin.id} 起止相同、走向相同，最远相距 {metres(apart)}",
                f"runs along pipe {twin.id} between the same places, {metres(apart)} apart at most",
            ),
            remedy=Sentence("删除其一，或更正走向", "remove one of the two, or correct its course"),
            repair=RemovePipe(link=link.id, twin=twin.id),
            safe=apart <= SAME_M and _adds_nothing(link, twin, valved),
            distance_m=apart,
            tolerance_m=SAME_COURSE_M,
        )


def _adds_nothing(link: Link, twin: Link, valved: set[tuple[str, str | None]]) -> bool:
    """Return True if nothing but a name is lost when the twin stands for the link.

    The twin must say all that the link says, and an isolation valve on the same end of both
    may be two in the street.
    """
    same = (link.open, link.diameter_m) == (twin.open, twin.diameter_m)
    ends = {link.start, link.end} == {twin.start, twin.end}
    one_way = link.check_valve or twin.check_valve
    flow = (link.start, link.check_valve) == (twin.start, twin.check_valve) or not one_way
    length = abs(link.length_m - twin.length_m) <= SAME_LENGTH * twin.length_m
    words = ((link.material, twin.material), (link.year, twin.year), (link.road, twin.road))
    known = all(not mine or mine == its for mine, its in (*words, (link.zone, twin.zone)))
    valves = any({(link.id, node), (twin.id, node)} <= valved for node in (link.start, link.end))
    return same and ends and flow and length and known and not valves
