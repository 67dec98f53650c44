"""Which cell is passed by all the water of another: the dominator tree of the supply graph.

Source: Lengauer and Tarjan 1979, in the simpler form of Georgiadis 2005 (semi-NCA).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gis.isolation.compiled import compiled
from gis.isolation.graph import BACKWARD, ONWARD, Flags, Ints, Near

#: Parents of a cell that holds a source, and of one that no water reaches.
FROM_SOURCE = -1
DRY = -9


class Tree(NamedTuple):
    """A spanning tree of the supply: by which cell, and through which gap, water comes first.

    ``parent`` is a cell, ``FROM_SOURCE`` or ``DRY``; ``code`` as in ``Near``.
    """

    parent: Ints
    code: Ints


class Rank(NamedTuple):
    """Cells in preorder of the dominator tree; those without water come behind.

    Shutting cell c dries the cells of rank ``of[c]`` .. ``last[c] - 1``, itself included.
    ``order`` is the cell by its rank.
    """

    of: Ints
    last: Ints
    order: Ints


@compiled
def flows(code: int, shut: Flags) -> bool:
    """Return True if water may run to the neighbour of this code."""
    return code == ONWARD or (code >= 0 and not shut[code])


@compiled
def comes(code: int, shut: Flags) -> bool:
    """Return True if water may come from the neighbour of this code."""
    return code == BACKWARD or (code >= 0 and not shut[code])


@compiled
def shallow_tree(near: Near, source: Flags, shut: Flags) -> Tree:
    """Return the tree of fewest steps from a source: what hangs on a cell is small on average."""
    n = len(source)
    parent = np.full(n, DRY, np.int32)
    code = np.full(n, BACKWARD, np.int32)
    queue = np.empty(n, np.int32)
    end = 0
    for c in range(n):
        if source[c]:
            parent[c] = FROM_SOURCE
            queue[end] = c
            end += 1
    begin = 0
    while begin < end:
        c = queue[begin]
        begin += 1
        for i in range(near.ptr[c], near.ptr[c + 1]):
            d = near.cell[i]
            if parent[d] == DRY and flows(near.code[i], shut):
                parent[d], code[d] = c, near.code[i]
                queue[end] = d
                end += 1
    return Tree(parent, code)


@compiled
def _deep_first(near: Near, source: Flags, shut: Flags) -> tuple[Ints, Ints, Ints]:
    """Return (number of each cell, cell of each number, parent's number); 0 is all sources."""
    n = len(source)
    number = np.full(n, -1, np.int32)
    cell = np.full(n + 1, -1, np.int32)
    parent = np.zeros(n + 1, np.int32)
    at = near.ptr[:-1].copy()
    stack = np.empty(n, np.int32)
    count = 1
    for first in range(n):
        if not source[first] or number[first] >= 0:
            continue
        number[first], cell[count] = count, first
        count += 1
        stack[0], depth = first, 1
        while depth:
            c = stack[depth - 1]
            if at[c] == near.ptr[c + 1]:
                depth -= 1
                continue
            i = at[c]
            at[c] += 1
            d = near.cell[i]
            if number[d] < 0 and flows(near.code[i], shut):
                number[d], cell[count], parent[count] = count, d, number[c]
                count += 1
                stack[depth] = d
                depth += 1
    return number, cell[:count].copy(), parent[:count].copy()


@compiled
def _best(number: int, linked: int, above: Ints, label: Ints, semi: Ints, stack: Ints) -> int:
    """Return the number of the smallest semidominator on the way up, and shorten the way."""
    if above[number] < linked:
        return int(label[number])
    depth = 0
    while above[number] >= linked:
        stack[depth] = number
        depth += 1
        number = above[number]
    top, best = number, label[number]
    while depth:
        depth -= 1
        number = stack[depth]
        above[number] = above[top]
        if semi[best] < semi[label[number]]:
            label[number] = best
        else:
            best = label[number]
        top = number
    return int(best)


@compiled
def _immediate(
    near: Near, source: Flags, shut: Flags, number: Ints, cell: Ints, parent: Ints
) -> Ints:
    """Return the immediate dominator of each number."""
    count = len(cell)
    above, idom = parent.copy(), parent.copy()
    semi, label = np.arange(count).astype(np.int32), np.arange(count).astype(np.int32)
    stack = np.empty(count, np.int32)
    for w in range(count - 1, 0, -1):
        c = cell[w]
        semi[w] = 0 if source[c] else parent[w]
        for i in range(near.ptr[c], near.ptr[c + 1]):
            v = number[near.cell[i]]
            if v < 0 or not comes(near.code[i], shut):
                continue
            found = semi[_best(v, w + 1, above, label, semi, stack)]
            semi[w] = min(semi[w], found)
    for w in range(1, count):
        above_it = idom[w]
        while above_it > semi[w]:
            above_it = idom[above_it]
        idom[w] = above_it
    return idom


@compiled
def ranks(near: Near, source: Flags, shut: Flags) -> Rank:
    """Return the cells in preorder of the dominator tree."""
    n = len(source)
    number, cell, parent = _deep_first(near, source, shut)
    count = len(cell)
    idom = _immediate(near, source, shut, number, cell, parent)
    size = np.ones(count, np.int32)
    for w in range(count - 1, 0, -1):
        size[idom[w]] += size[w]
    begin = np.zeros(count, np.int32)
    of, last = np.empty(n, np.int32), np.empty(n, np.int32)
    order = np.empty(n, np.int32)
    for w in range(1, count):
        up = idom[w]
        rank, c = begin[up], cell[w]
        begin[up] += size[w]
        begin[w] = rank + 1
        of[c], last[c], order[rank] = rank, rank + size[w], c
    rank = count - 1
    for c in range(n):
        if number[c] < 0:
            of[c], last[c], order[rank] = rank, rank + 1, c
            rank += 1
    return Rank(of, last, order)
