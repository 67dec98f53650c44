"""Pipes whose stated length or diameter cannot be, and links that end where they begin."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from domain.findings import Finding, FindingKind, Severity, SubjectKind
from domain.repairs import RemovePipe, Repair, SetDiameter, SetLength
from domain.sentences import Sentence
from gis.checking.drawn import SAME_M, Drawn
from gis.checking.say import metres

#: No water main is wider, metres; no pipe in the ground is narrower than DN10.
#: Source: mainbreak default; the widest steel mains made are DN3600 to DN4000.
WIDEST_M, NARROWEST_M = 4.0, 0.01

#: The smallest pipe of a network: DN15, a house connection. Source: ISO 6708.
SMALLEST_M = 0.015

INCH_M = 0.0254

#: A pipe shorter than this has no length, metres.
SHORTEST_M = SAME_M

#: A stated length this many times the drawn one, or as much less, is looked at, if they also
#: differ by this many metres. Source: mainbreak default; slopes and bends make 1.2 at most.
MISMATCH, MISMATCH_M = 2.0, 10.0

#: Where the middle pipe's stated length is so many times the drawn one, or as much less, the
#: drawing is not to scale. Source: mainbreak default; feet taken for metres make 3.28.
SCALE = 1.5

#: Pipes it takes to speak of the drawing as a whole. Source: mainbreak default.
MANY = 10


def self_loops(drawn: Drawn) -> Iterator[Finding]:
    """Yield ``self_loop`` for each link that starts and ends at one node."""
    rows = np.flatnonzero(drawn.ends[:, 0] == drawn.ends[:, 1])
    for row, place in zip(rows.tolist(), drawn.middles(rows), strict=True):
        link = drawn.network.links[row]
        yield Finding(
            kind=FindingKind.SELF_LOOP,
            severity=Severity.ERROR,
            subject=link.id,
            subject_kind=SubjectKind.LINK,
            location=place,
            detail=Sentence(
                f"起点与终点都是节点 {link.start}", f"starts and ends at node {link.start}"
            ),
            remedy=Sentence("更正一端的节点，或删除", "correct one of its ends, or remove it"),
            repair=RemovePipe(link=link.id, twin=None),
        )


def diameters(drawn: Drawn) -> Iterator[Finding]:
    """Yield ``impossible_diameter``: 0, below DN10 or above 4 m, and the unit it may be in."""
    links = drawn.network.links
    rows = [
        row for row in drawn.pipes.tolist() if not NARROWEST_M <= links[row].diameter_m <= WIDEST_M
    ]
    for row, place in zip(rows, drawn.middles(np.array(rows, dtype=np.int64)), strict=True):
        link = links[row]
        guess, remedy = _meant(link.diameter_m)
        yield Finding(
            kind=FindingKind.IMPOSSIBLE_DIAMETER,
            severity=Severity.ERROR,
            subject=link.id,
            subject_kind=SubjectKind.LINK,
            location=place,
            detail=Sentence(
                f"管径 {link.diameter_m:g} m 不可能", f"a pipe {link.diameter_m:g} m wide"
            ),
            remedy=remedy,
            repair=None if guess is None else SetDiameter(link.id, round(guess, 4)),
        )


def _meant(stated: float) -> tuple[float | None, Sentence]:
    """Return the diameter that was probably meant, metres, and what to do."""
    readings = (
        (stated / 1000, stated > WIDEST_M, "毫米", "millimetres"),
        (stated * INCH_M, stated > WIDEST_M, "英寸", "inches"),
        (
            stated * INCH_M * 1000,
            0 < stated < NARROWEST_M,
            "英寸（当作毫米读入）",
            "inches read as mm",
        ),
        (stated * 1000, 0 < stated < NARROWEST_M, "米（当作毫米读入）", "metres read as mm"),
    )
    for diameter, fits, zh, en in readings:
        if fits and SMALLEST_M <= diameter <= WIDEST_M:
            dn = round(diameter * 1000)
            return diameter, Sentence(
                f"可能单位是{zh}，即 DN{dn}：核对单位", f"probably {en}, DN{dn}: check the unit"
            )
    return None, Sentence("更正管径", "correct the diameter")


def lengths(drawn: Drawn) -> Iterator[Finding]:
    """Yield ``zero_length``, and ``length_mismatch`` or, once, ``out_of_scale``."""
    stated, shown = drawn.length_m[drawn.pipes], drawn.drawn_m[drawn.pipes]
    zero = ~(stated >= SHORTEST_M)
    yield from _without_length(drawn, drawn.pipes[zero])
    usual = ~zero & (shown >= SHORTEST_M)
    scale = float(np.median(stated[usual] / shown[usual])) if usual.sum() >= MANY else 1.0
    if not 1 / SCALE <= scale <= SCALE:
        yield _out_of_scale(drawn, int(drawn.pipes[usual][0]), scale)
        return
    long, short = np.maximum(stated, shown), np.minimum(stated, shown)
    odd = ~zero & (long > MISMATCH * short) & (long - short > MISMATCH_M)
    yield from _mismatched(drawn, drawn.pipes[odd])


def _without_length(drawn: Drawn, rows: np.ndarray) -> Iterator[Finding]:
    for row, place in zip(rows.tolist(), drawn.middles(rows), strict=True):
        link, shown = drawn.network.links[row], round(float(drawn.drawn_m[row]), 2)
        repair: Repair | None = SetLength(link.id, shown) if shown >= SHORTEST_M else None
        yield Finding(
            kind=FindingKind.ZERO_LENGTH,
            severity=Severity.ERROR,
            subject=link.id,
            subject_kind=SubjectKind.LINK,
            location=place,
            detail=Sentence(
                f"管长 {link.length_m:g} m，图上 {metres(shown)}",
                f"a pipe of {link.length_m:g} m, drawn {metres(shown)} long",
            ),
            remedy=Sentence("取图上长度", "take the drawn length")
            if repair
            else Sentence("补测长度，或合并两端节点", "measure it, or merge its two nodes"),
            repair=repair,
            safe=repair is not None,
            distance_m=shown,
        )


def _mismatched(drawn: Drawn, rows: np.ndarray) -> Iterator[Finding]:
    for row, place in zip(rows.tolist(), drawn.middles(rows), strict=True):
        link, shown = drawn.network.links[row], float(drawn.drawn_m[row])
        yield Finding(
            kind=FindingKind.LENGTH_MISMATCH,
            severity=Severity.HINT,
            subject=link.id,
            subject_kind=SubjectKind.LINK,
            location=place,
            detail=Sentence(
                f"管长 {metres(link.length_m)}，图上 {metres(shown)}",
                f"stated {metres(link.length_m)} long, drawn {metres(shown)}",
            ),
            remedy=Sentence(
                "核对长度及其单位，或走向", "check the length and its unit, or the course"
            ),
            repair=SetLength(link.id, round(shown, 2)) if shown >= SHORTEST_M else None,
            distance_m=shown,
        )


def _out_of_scale(drawn: Drawn, row: int, scale: float) -> Finding:
    link = drawn.network.links[row]
    return Finding(
        kind=FindingKind.OUT_OF_SCALE,
        severity=Severity.WARNING,
        subject=link.id,
        subject_kind=SubjectKind.LINK,
        location=drawn.middles(np.array([row]))[0],
        detail=Sentence(
            f"管长普遍是图上长度的 {scale:.2f} 倍：示意图，或坐标系、单位有误",
            f"lengths are usually {scale:.2f} times the drawn ones: a schematic drawing, "
            "or a wrong CRS or unit",
        ),
        remedy=Sentence(
            "核对坐标系与长度单位；示意图上的距离类结果不可信",
            "check the CRS and the unit; in a schematic, findings by distance mean little",
        ),
    )
