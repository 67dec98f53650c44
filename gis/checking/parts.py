"""Parts that no water reaches, and sources that feed nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from domain.findings import Finding, FindingKind, Severity, SubjectKind
from domain.sentences import Sentence
from gis.checking.drawn import Drawn
from gis.checking.joints import parts_of


def parts(drawn: Drawn) -> Iterator[Finding]:
    """Yield ``no_source`` at each such part's first node, and ``source_unjoined``.

    Closed links and isolation valves part nothing: they can be opened.
    """
    nodes = drawn.network.nodes
    part = parts_of(len(nodes), drawn.ends[:, 0], drawn.ends[:, 1])
    fed = np.zeros(len(nodes) + 1, dtype=bool)
    fed[part[drawn.sources]] = True
    numbers, first, size = np.unique(part, return_index=True, return_counts=True)
    dry = ~fed[numbers]
    for row, count in sorted(zip(first[dry].tolist(), size[dry].tolist(), strict=True)):
        yield Finding(
            kind=FindingKind.NO_SOURCE,
            severity=Severity.ERROR,
            subject=nodes[row].id,
            subject_kind=SubjectKind.NODE,
            location=nodes[row].position,
            detail=Sentence(
                f"一片管网（{count} 个节点）没有水库或水箱",
                f"a part ({count} nodes) without a reservoir or tank",
            ),
            remedy=Sentence("接入管网，或补录水源", "connect it, or add its source"),
        )
    for row in np.flatnonzero(drawn.sources & (drawn.degree == 0)).tolist():
        yield Finding(
            kind=FindingKind.SOURCE_UNJOINED,
            severity=Severity.WARNING,
            subject=nodes[row].id,
            subject_kind=SubjectKind.NODE,
            location=nodes[row].position,
            detail=Sentence("水源没有接任何管道", "a source that nothing is joined to"),
            remedy=Sentence("接上出水管，或删除", "join its outlet, or remove it"),
        )
