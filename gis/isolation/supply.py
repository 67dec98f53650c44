"""The supply of a whole network, worked out once, with everything sorted so that answers are cuts.

Pipes, premises and the rest are sorted by the rank of their cell in the dominator tree: what one
shut cell dries lies in one piece of each list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gis.isolation.cells import CLOSED_LINK, Cells
from gis.isolation.columns import NONE, Columns
from gis.isolation.compiled import compiled
from gis.isolation.dominators import DRY, Rank, ranks, shallow_tree
from gis.isolation.graph import Flags, Ints, sorted_by
from gis.isolation.water import Supply


@dataclass(frozen=True)
class Shelf:
    """Things by the rank of their cell: those of rank r are ``order[ptr[r]:ptr[r + 1]]``."""

    order: Ints
    ptr: Ints

    def between(self, first: int, behind: int) -> Ints:
        """Return the things of ranks ``first`` .. ``behind - 1``."""
        return self.order[self.ptr[first] : self.ptr[behind]]

    def of(self, cells: Ints, rank_of: Ints) -> Ints:
        """Return the things of these cells."""
        if len(cells) == 1:
            rank = rank_of[cells[0]]
            return self.order[self.ptr[rank] : self.ptr[rank + 1]]
        return _gathered(self.order, self.ptr, cells, rank_of)


@compiled
def _gathered(order: Ints, ptr: Ints, cells: Ints, rank_of: Ints) -> Ints:
    count = 0
    for c in cells:
        rank = rank_of[c]
        count += ptr[rank + 1] - ptr[rank]
    found = np.empty(count, np.int32)
    at = 0
    for c in cells:
        rank = rank_of[c]
        for i in range(ptr[rank], ptr[rank + 1]):
            found[at] = order[i]
            at += 1
    return found


@dataclass(frozen=True)
class ClosedLinks:
    """Links whose status is closed: each end may have water without the other.

    ``link`` are their rows, ``cells`` (k, 2) those of their ends, ``pipe`` True for pipes, which
    part segments; ``ends`` the numbers 2 k + end by the rank of that end's cell.
    """

    link: Ints
    cells: Ints
    pipe: Flags
    ends: Shelf


@dataclass(frozen=True)
class WholeSupply:
    """The supply for one stand of the gaps, and what hangs on it.

    ``links`` holds open links only; ``closed`` the others. ``premises`` and ``hydrants`` are
    those of open links and of nodes. ``from_reservoirs`` is the supply without the tanks; None
    where that is none, or all.
    """

    graph: Supply
    from_reservoirs: Supply | None
    links: Shelf
    nodes: Shelf
    premises: Shelf
    hydrants: Shelf
    closed: ClosedLinks

    def wet(self, cells: Ints) -> Flags:
        """Return True for each cell that supply reaches."""
        wet: Flags = self.graph.tree.parent[cells] != DRY
        return wet


def whole_supply(columns: Columns, cells: Cells, shut: Flags) -> WholeSupply:
    """Return the supply for gaps that stand so."""
    shut = shut.copy()  # kept: the caller's stand lives on
    near = cells.near
    tree = shallow_tree(near, cells.source, shut)
    rank = ranks(near, cells.source, shut)

    def shelf(cell: Ints) -> Shelf:
        key = np.where(cell >= 0, rank.of[np.maximum(cell, 0)], NONE) if cells.count else cell
        return Shelf(*sorted_by(cells.count, key.astype(np.int32)))

    link = np.flatnonzero(cells.of_link == CLOSED_LINK).astype(np.int32)
    ends = cells.of_end[link]
    return WholeSupply(
        graph=Supply(near, tree, rank, shut),
        from_reservoirs=_from_reservoirs(columns, cells, rank, shut),
        links=shelf(cells.of_link),
        nodes=shelf(cells.of_node),
        premises=shelf(cells.of_premises(columns)),
        hydrants=shelf(cells.of_hydrants(columns)),
        closed=ClosedLinks(link, ends, columns.link_pipe[link], shelf(ends.reshape(-1))),
    )


def _from_reservoirs(columns: Columns, cells: Cells, rank: Rank, shut: Flags) -> Supply | None:
    """Return the supply as if the tanks were empty."""
    tank = columns.node_source & ~(columns.tank_m3 == NONE)
    reservoir = columns.node_source & ~tank
    if not tank.any() or not reservoir.any():
        return None
    source = np.zeros(cells.count, np.bool_)
    source[cells.of_node[reservoir]] = True
    return Supply(cells.near, shallow_tree(cells.near, source, shut), rank, shut)
