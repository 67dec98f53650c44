"""What shutting dries, found near the burst: compiled walks over cells.

A walk marks cells in ``mark`` (one byte a cell, all zero before and after) and never visits more
than what it answers about: the segment, and the part of the supply tree that hung on it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gis.isolation.compiled import compiled
from gis.isolation.dominators import DRY, Rank, Tree, comes, flows
from gis.isolation.graph import Flags, Ints, Marks, Near

#: Marks: in the segment; lost the way water came; has found another; wet though it was not.
INSIDE, ORPHAN, FOUND, GAINED = 1, 2, 3, 4


class Supply(NamedTuple):
    """The supply as it was last worked out as a whole, for the gaps that were ``shut`` then."""

    near: Near
    tree: Tree
    rank: Rank
    shut: Flags


class Today(NamedTuple):
    """How the gaps stand in this question, and which of them are shut or open unlike in supply."""

    shut: Flags
    reliable: Flags
    turn: Ints
    changed: Ints


@compiled
def enclosed(near: Near, reliable: Flags, seeds: Ints, mark: Marks) -> Ints:
    """Return the cells that reliable barriers enclose with the seeds; they stay marked INSIDE."""
    inside = np.empty(16, np.int32)
    count = 0
    for s in seeds:
        if mark[s] == 0:
            mark[s] = INSIDE
            inside, count = added(inside, count, s)
    at = 0
    while at < count:
        c = inside[at]
        at += 1
        for i in range(near.ptr[c], near.ptr[c + 1]):
            code, d = near.code[i], near.cell[i]
            if mark[d] == 0 and (code < 0 or not reliable[code]):
                mark[d] = INSIDE
                inside, count = added(inside, count, d)
    return inside[:count].copy()


@compiled
def added(values: Ints, count: int, value: int) -> tuple[Ints, int]:
    """Return the array with a value behind its first ``count``, twice as long if it was full."""
    if count == len(values):
        longer = np.empty(2 * count, np.int32)
        longer[:count] = values
        values = longer
    values[count] = value
    return values, count + 1


@compiled
def is_wet(c: int, tree: Tree, mark: Marks) -> bool:
    """Return True if a cell has water by its mark, or without one by the tree."""
    return bool(mark[c] >= FOUND or (mark[c] == 0 and tree.parent[c] != DRY))


@compiled
def _orphans(
    supply: Supply, today: Today, gaps: tuple[Ints, Ints], inside: Ints, mark: Marks
) -> Ints:
    """Return the cells whose way to a source led through the segment or a gap shut since."""
    near, tree = supply.near, supply.tree
    found = np.empty(16, np.int32)
    count = 0
    for g in today.changed:
        if today.shut[g]:
            for side in range(2):
                up, down = gaps[side][g], gaps[1 - side][g]
                if tree.parent[down] == up and tree.code[down] == g and mark[down] == 0:
                    mark[down] = ORPHAN
                    found, count = added(found, count, down)
    at = -len(inside)
    while at < count:
        c = inside[at + len(inside)] if at < 0 else found[at]
        at += 1
        for i in range(near.ptr[c], near.ptr[c + 1]):
            d = near.cell[i]
            if tree.parent[d] == c and tree.code[d] == near.code[i] and mark[d] == 0:
                mark[d] = ORPHAN
                found, count = added(found, count, d)
    return found[:count].copy()


@compiled
def _spread(
    supply: Supply, shut: Flags, mark: Marks, start: int, gained: Ints, known: int
) -> tuple[Ints, int]:
    """Let water run on from a cell; return the cells that it newly reaches, and how many."""
    near, tree = supply.near, supply.tree
    waiting = np.empty(16, np.int32)
    waiting[0], count = start, 1
    at = 0
    while at < count:
        c = waiting[at]
        at += 1
        for i in range(near.ptr[c], near.ptr[c + 1]):
            d = near.cell[i]
            if not flows(near.code[i], shut):
                continue
            if mark[d] == ORPHAN:
                mark[d] = FOUND
                waiting, count = added(waiting, count, d)
            elif mark[d] == 0 and tree.parent[d] == DRY:
                mark[d] = GAINED
                gained, known = added(gained, known, d)
                waiting, count = added(waiting, count, d)
    return gained, known


@compiled
def changes(
    supply: Supply, today: Today, gaps: tuple[Ints, Ints], inside: Ints, mark: Marks
) -> tuple[Ints, Ints]:
    """Return (lost, gained): what is dry, and what is wet, unlike in ``supply``.

    The segment ``inside`` is marked by the caller and belongs to neither. Afterwards only the
    segment is marked.
    """
    near, tree, shut = supply.near, supply.tree, today.shut
    orphans = _orphans(supply, today, gaps, inside, mark)
    gained = np.empty(16, np.int32)
    known = 0
    for c in orphans:
        if mark[c] != ORPHAN:
            continue
        for i in range(near.ptr[c], near.ptr[c + 1]):
            if comes(near.code[i], shut) and is_wet(near.cell[i], tree, mark):
                mark[c] = FOUND
                gained, known = _spread(supply, shut, mark, c, gained, known)
                break
    for g in today.changed:
        if shut[g]:
            continue
        for side in range(2):
            up, down = gaps[side][g], gaps[1 - side][g]
            if mark[down] == INSIDE or is_wet(down, tree, mark) or not is_wet(up, tree, mark):
                continue
            if mark[down] == ORPHAN:
                mark[down] = FOUND
            else:
                mark[down] = GAINED
                gained, known = added(gained, known, down)
            gained, known = _spread(supply, shut, mark, down, gained, known)
    return _settled(orphans, mark), _settled_gains(gained, known, mark)


@compiled
def _settled(orphans: Ints, mark: Marks) -> Ints:
    """Return those that found no other way, and wipe the marks of all."""
    lost = np.empty(len(orphans), np.int32)
    count = 0
    for c in orphans:
        if mark[c] == ORPHAN:
            lost[count] = c
            count += 1
        mark[c] = 0
    return lost[:count].copy()


@compiled
def _settled_gains(gained: Ints, known: int, mark: Marks) -> Ints:
    for i in range(known):
        mark[gained[i]] = 0
    return gained[:known].copy()


@compiled
def wiped(cells: Ints, mark: Marks) -> None:
    """Wipe the marks of the cells."""
    for c in cells:
        mark[c] = 0


@compiled
def marked(cells: Ints, mark: Marks, value: int) -> None:
    """Mark the cells."""
    for c in cells:
        mark[c] = value
