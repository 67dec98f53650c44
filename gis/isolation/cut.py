"""One burst from its cells to its border: the walk that every answer begins with, compiled whole.

It returns arrays of cells, gaps and closed links; nothing in it grows with the network.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gis.isolation.compiled import compiled
from gis.isolation.dominators import DRY
from gis.isolation.graph import Flags, Ints, Marks
from gis.isolation.water import (
    GAINED,
    INSIDE,
    ORPHAN,
    Supply,
    Today,
    added,
    changes,
    enclosed,
    marked,
    wiped,
)


class Ground(NamedTuple):
    """What the walk needs of the network beside its supply.

    ``one``, ``other``, ``link``, ``own`` of each gap; ``of_link``, ``of_end`` cells of each link.
    Of closed links: ``closed_link`` rows, ``closed_pipe``, and ``end_order``, ``end_ptr``: their
    ends 2 k + end by the rank of the cell.
    """

    one: Ints
    other: Ints
    link: Ints
    own: Flags
    of_link: Ints
    of_end: Ints
    closed_link: Ints
    closed_pipe: Flags
    end_order: Ints
    end_ptr: Ints


class Cut(NamedTuple):
    """What shutting off some bursts cuts off.

    Attributes
    ----------
    inside, wet_inside
        Cells of the segment; those of them that had supply before.
    first, behind
        Where ``first`` is not below 0, the cells that lose supply are those of ranks
        ``first + 1`` .. ``behind - 1``, and ``lost`` is empty.
    lost
        Else the cells outside the segment that lose supply.
    was_lost, was_gained, now_lost, now_gained
        Cells dry and wet unlike in the supply as last worked out: before, and after shutting.
    close, beyond, optional
        Gaps to shut and the cell beyond each; gaps to shut so that less drains down.
    closed_inside, closed_lost
        Closed links in the segment; beyond it, without water now.
    """

    inside: Ints
    wet_inside: Ints
    first: int
    behind: int
    lost: Ints
    was_lost: Ints
    was_gained: Ints
    now_lost: Ints
    now_gained: Ints
    close: Ints
    beyond: Ints
    optional: Ints
    closed_inside: Ints
    closed_lost: Ints


class _Sight(NamedTuple):
    """What tells whether a cell is wet, while the marks stand."""

    supply: Supply
    first: int
    behind: int
    was: Marks
    mark: Marks


@compiled
def _was_wet(sight: _Sight, c: int) -> bool:
    if sight.was[c] != 0:
        return bool(sight.was[c] == GAINED)
    return bool(sight.supply.tree.parent[c] != DRY)


@compiled
def _is_wet(sight: _Sight, c: int) -> bool:
    if sight.mark[c] != 0:
        return bool(sight.mark[c] == GAINED)
    rank = sight.supply.rank.of[c]
    in_span = sight.first <= rank < sight.behind
    return bool(sight.supply.tree.parent[c] != DRY and not in_span)


@compiled
def _has_lost(sight: _Sight, c: int) -> bool:
    return sight.mark[c] != INSIDE and _was_wet(sight, c) and not _is_wet(sight, c)


@compiled
def _wet_of(sight: _Sight, cells: Ints) -> Ints:
    found = np.empty(len(cells), np.int32)
    count = 0
    for c in cells:
        if _was_wet(sight, c):
            found[count] = c
            count += 1
    return found[:count].copy()


@compiled
def _seeds(ground: Ground, bursts: Ints) -> Ints:
    """Return the cells that bursts lie in: of a closed link, or an isolation valve, two."""
    seeds = np.empty(2 * len(bursts), np.int32)
    count = 0
    for link in bursts:
        if ground.of_link[link] >= 0:  # the ends share a segment: this cell finds the other
            seeds[count] = ground.of_link[link]
            count += 1
        else:
            seeds[count], seeds[count + 1] = ground.of_end[link, 0], ground.of_end[link, 1]
            count += 2
    return seeds[:count].copy()


@compiled
def cut_of(
    supply: Supply, today: Today, ground: Ground, bursts: Ints, marks: tuple[Marks, Marks]
) -> Cut:
    """Return what shutting off the burst links (rows) cuts off."""
    return cut_from(supply, today, ground, (_seeds(ground, bursts), bursts), marks)


@compiled
def cut_from(
    supply: Supply,
    today: Today,
    ground: Ground,
    burst: tuple[Ints, Ints],
    marks: tuple[Marks, Marks],
) -> Cut:
    """Return what shutting off the segments of some cells cuts off: ``burst`` is (cells, links)."""
    mark, was = marks
    seeds, bursts = burst
    sides = (ground.one, ground.other)
    nothing = np.empty(0, np.int32)
    was_lost, was_gained, now_lost, now_gained = nothing, nothing, nothing, nothing
    lost, first, behind = nothing, -1, -1
    inside = enclosed(supply.near, today.reliable, seeds, mark)
    if len(today.changed) > 0:
        was_lost, was_gained = changes(supply, today, sides, nothing, was)
        marked(was_lost, was, ORPHAN)
        marked(was_gained, was, GAINED)
    wet = _wet_of(_Sight(supply, -1, -1, was, mark), inside)
    if len(today.changed) == 0 and len(wet) == 1:
        first, behind = supply.rank.of[wet[0]], supply.rank.last[wet[0]]
    elif len(today.changed) > 0 or len(wet) > 1:
        now_lost, now_gained = changes(supply, today, sides, inside, mark)
        marked(now_lost, mark, ORPHAN)
        marked(now_gained, mark, GAINED)
    sight = _Sight(supply, first, behind, was, mark)
    lost = _listed(sight, now_lost, was_gained)
    close, beyond, optional = _border(sight, today, ground, inside)
    closed_inside, closed_lost = _closed_links(sight, ground, inside, lost, bursts)
    for cells in (inside, now_lost, now_gained):
        wiped(cells, mark)
    for cells in (was_lost, was_gained):
        wiped(cells, was)
    return Cut(
        inside, wet, first, behind, lost, was_lost, was_gained, now_lost, now_gained,
        close, beyond, optional, closed_inside, closed_lost,
    )  # fmt: skip


@compiled
def _listed(sight: _Sight, now_lost: Ints, was_gained: Ints) -> Ints:
    """Return the cells of both lists that had supply and lost it; no cell is in both."""
    found = np.empty(len(now_lost) + len(was_gained), np.int32)
    count = 0
    for cells in (now_lost, was_gained):
        for c in cells:
            if _has_lost(sight, c):
                found[count] = c
                count += 1
    return found[:count].copy()


@compiled
def _border(sight: _Sight, today: Today, ground: Ground, inside: Ints) -> tuple[Ints, Ints, Ints]:
    """Return (gaps to shut, the cell beyond each, optional gaps)."""
    near, mark = sight.supply.near, sight.mark
    close, beyond = np.empty(16, np.int32), np.empty(16, np.int32)
    optional = np.empty(16, np.int32)
    count, others = 0, 0
    for c in inside:
        for i in range(near.ptr[c], near.ptr[c + 1]):
            gap, far = near.code[i], near.cell[i]
            if gap < 0 or today.turn[gap] < 0 or mark[far] == INSIDE:
                continue
            # Seen from the node's side the far side is the whole link (rule 6).
            is_link = not ground.own[gap] and mark[ground.one[gap]] == INSIDE
            link = ground.link[gap]
            whole = ground.of_link[link] if is_link and ground.of_link[link] >= 0 else far
            if _is_wet(sight, whole):
                close, _ = added(close, count, gap)
                beyond, count = added(beyond, count, far)
            if _link_has_lost(sight, ground, link) if is_link else _has_lost(sight, far):
                optional, others = added(optional, others, gap)
    return close[:count].copy(), beyond[:count].copy(), optional[:others].copy()


@compiled
def _link_has_lost(sight: _Sight, ground: Ground, link: int) -> bool:
    """Return True if an end of the link lost supply and none has it still (rule 7)."""
    if ground.of_link[link] >= 0:
        return _has_lost(sight, ground.of_link[link])
    start, end = ground.of_end[link, 0], ground.of_end[link, 1]
    fell = (_was_wet(sight, start) and not _is_wet(sight, start)) or (
        _was_wet(sight, end) and not _is_wet(sight, end)
    )
    return fell and not _is_wet(sight, start) and not _is_wet(sight, end)


@compiled
def _is_concerned(sight: _Sight, c: int) -> bool:
    return sight.mark[c] == INSIDE or _has_lost(sight, c)


@compiled
def _closed_links(
    sight: _Sight, ground: Ground, inside: Ints, lost: Ints, bursts: Ints
) -> tuple[Ints, Ints]:
    """Return the closed links in the segment, and those beyond that are without water now."""
    found, beyond = np.empty(16, np.int32), np.empty(16, np.int32)
    count, others = 0, 0
    if len(ground.closed_link) == 0:
        return found[:0].copy(), beyond[:0].copy()
    for i in _closed_ends(sight, ground, inside, lost):
        k, end = ground.end_order[i] // 2, ground.end_order[i] % 2
        link = ground.closed_link[k]
        start = ground.of_end[link, 0]
        if end == 1 and _is_concerned(sight, start):
            continue  # told at its start
        held = not ground.closed_pipe[k] and sight.mark[start] == INSIDE
        if held or (bursts == link).any():
            found, count = added(found, count, link)
        elif _link_has_lost(sight, ground, link):
            beyond, others = added(beyond, others, link)
    return found[:count].copy(), beyond[:others].copy()


@compiled
def _closed_ends(sight: _Sight, ground: Ground, inside: Ints, lost: Ints) -> Ints:
    """Return where in ``end_order`` the ends of closed links stand that the cut concerns."""
    rank, ptr = sight.supply.rank, ground.end_ptr
    found = np.empty(16, np.int32)
    count = 0
    for cells in (inside, lost):
        for c in cells:
            for i in range(ptr[rank.of[c]], ptr[rank.of[c] + 1]):
                found, count = added(found, count, i)
    if sight.first >= 0:
        for i in range(ptr[sight.first + 1], ptr[sight.behind]):
            found, count = added(found, count, i)
    return found[:count].copy()
