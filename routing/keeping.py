"""Streets without some of their edges: everything renumbered, nothing left that names the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from domain.streets import DrivingRules, IntArray, StreetNetwork

BoolArray = npt.NDArray[np.bool_]

_GONE = -1


def keep_edges(streets: StreetNetwork, kept: BoolArray) -> StreetNetwork:
    """Return the streets with the edges where ``kept`` (m,) is True, and the nodes these touch.

    The report counts what was dropped on top of what had been dropped before. The elimination
    order is left empty: it is of other streets.
    """
    used = np.zeros(len(streets.nodes), dtype=bool)
    used[streets.tail[kept]] = used[streets.head[kept]] = True
    node, edge = _renumbered(used), _renumbered(kept)
    sizes = np.diff(streets.shape_start)
    report = replace(
        streets.report,
        nodes=int(used.sum()),
        edges=int(kept.sum()),
        dropped_nodes=streets.report.dropped_nodes + int((~used).sum()),
        dropped_edges=streets.report.dropped_edges + int((~kept).sum()),
    )
    return replace(
        streets,
        nodes=streets.nodes[used],
        tail=node[streets.tail[kept]],
        head=node[streets.head[kept]],
        length_m=streets.length_m[kept],
        seconds=streets.seconds[kept],
        road_class=streets.road_class[kept],
        name=streets.name[kept],
        shape_start=np.concatenate([[0], np.cumsum(sizes[kept])]).astype(np.int64),
        shape=streets.shape[np.repeat(kept, sizes)],
        report=report,
        rules=_rules(streets.rules, node, edge, kept),
    )


def _renumbered(kept: BoolArray) -> IntArray:
    """Return the new number of each, -1 of what is gone."""
    number: IntArray = np.where(kept, np.cumsum(kept) - 1, _GONE).astype(np.int64)
    return number


def _rules(rules: DrivingRules, node: IntArray, edge: IntArray, kept: BoolArray) -> DrivingRules:
    start, bans = _bans(rules, edge)
    has_opposite = len(rules.opposite) > 0
    opposite = rules.opposite[kept] if has_opposite else rules.opposite
    return replace(
        rules,
        ban_start=start,
        bans=bans,
        signals=_left(rules.signals, node),
        roundabouts=_left(rules.roundabouts, edge),
        ferries=_left(rules.ferries, edge),
        private=_left(rules.private, edge),
        opposite=np.where(opposite == _GONE, _GONE, edge[opposite]),
        ref=rules.ref[kept] if len(rules.ref) else rules.ref,
        order=np.zeros(0, dtype=np.int64),
    )


def _left(wanted: IntArray, number: IntArray) -> IntArray:
    new = number[wanted]
    left: IntArray = new[new != _GONE]
    return left


def _bans(rules: DrivingRules, edge: IntArray) -> tuple[IntArray, IntArray]:
    """Return the bans whose edges are all still there; the others forbid nothing any more."""
    new = edge[rules.bans]
    size = np.diff(rules.ban_start)
    which = np.repeat(np.arange(len(size)), size)
    whole = np.bincount(which, weights=new == _GONE, minlength=len(size)) == 0
    start = np.concatenate([[0], np.cumsum(size[whole])]).astype(np.int64)
    return start, new[whole[which]]
