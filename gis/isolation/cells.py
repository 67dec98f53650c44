"""Cells: the parts of a network that no isolation valve and no one-way link can divide.

How isolation valves stand does not change them, so they are worked out once per network. What
joins two cells is a *gap* (one isolation valve or more at one place) or a link that is one-way or
closed. Every segment is a set of cells, most often one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gis.isolation.columns import NONE, Columns
from gis.isolation.compiled import compiled
from gis.isolation.graph import (
    BACKWARD,
    JOINED,
    ONWARD,
    Flags,
    Ints,
    Near,
    labels_of,
    near_of,
    root_of,
    sorted_by,
)
from gis.isolation.marks import MarkPool

#: In place of a link's cell, where the link is closed: its two ends must be asked.
CLOSED_LINK = -2


@dataclass(frozen=True)
class Gaps:
    """Where isolation valves stand, one row a place.

    ``of_valve`` is each isolation valve's gap. ``one`` and ``other`` are the cells on its sides:
    of the node and of the link's end, or of the start and the end node where the isolation valve
    is the link itself (``own``). ``link`` is the link it sits on or is.
    """

    of_valve: Ints
    one: Ints
    other: Ints
    link: Ints
    own: Flags

    def __len__(self) -> int:
        return len(self.link)

    def sharing(self, valves: Sequence[int]) -> list[int]:
        """Return the rows, ascending, of all isolation valves at the gaps of these."""
        order, ptr = self._by_gap
        gaps = sorted({int(self.of_valve[row]) for row in valves})
        return sorted(row for gap in gaps for row in order[ptr[gap] : ptr[gap + 1]].tolist())

    @cached_property
    def _by_gap(self) -> tuple[Ints, Ints]:
        return sorted_by(len(self), self.of_valve)


@dataclass(frozen=True)
class Cells:
    """The cells of a network and what lies in each.

    Attributes
    ----------
    count
        How many there are.
    of_node
        (n,) the cell of each node.
    of_end
        (m, 2) the cell of each link's start and end, seen from inside the isolation valves there.
    of_link
        (m,) the cell whose water is the link's water; ``CLOSED_LINK`` for a closed one, ``NONE``
        for one that is an isolation valve.
    near
        What lies next to what.
    gaps
        Where isolation valves stand.
    source
        (count,) True for a cell with a reservoir or tank in it.
    marks
        Marks for walks over the cells.
    """

    count: int
    of_node: Ints
    of_end: Ints
    of_link: Ints
    near: Near
    gaps: Gaps
    source: Flags
    marks: MarkPool

    def of_premises(self, columns: Columns) -> Ints:
        """Return the cell of each premises; below 0 where its link has none."""
        return np.where(
            columns.premises_link >= 0,
            _taken(self.of_link, columns.premises_link),
            _taken(self.of_node, columns.premises_node),
        ).astype(np.int32)

    def of_hydrants(self, columns: Columns) -> Ints:
        """Return the cell of each hydrant; below 0 where its link has none."""
        return _taken(self.of_link, columns.hydrant_link)


def _taken(values: Ints, rows: Ints) -> Ints:
    if not len(values):
        return np.full(len(rows), NONE, np.int32)
    return np.where(rows >= 0, values[rows], NONE).astype(np.int32)


def cells_of(columns: Columns) -> Cells:
    """Return the cells of a network."""
    n, m = len(columns.node_source), len(columns.link_start)
    own = np.zeros(m, np.bool_)
    own[columns.valve_link[columns.valve_node == NONE]] = True
    of_valve, gap_end, at_end = _gaps(columns.link_start, columns.valve_link, columns.valve_node)
    runs = columns.link_open & ~columns.link_one_way & ~own
    parent = _joined_pieces(n, columns.link_start, columns.link_end, own, at_end, runs)
    label, count = labels_of(parent)
    of_node, of_end = label[:n], label[n:].reshape(m, 2)
    gaps = _sides(columns, own, of_valve, gap_end, of_node, of_end)
    source = np.zeros(count, np.bool_)
    source[of_node[columns.node_source]] = True
    return Cells(
        count=count,
        of_node=of_node,
        of_end=of_end,
        of_link=_of_link(columns, own, of_end),
        near=_near(columns, own, of_end, gaps, count),
        gaps=gaps,
        source=source,
        marks=MarkPool(count),
    )


def _of_link(columns: Columns, own: Flags, of_end: Ints) -> Ints:
    """Return whose water is the link's: a one-way link has what its lower end has (rule 7)."""
    cell = np.where(columns.link_open, of_end[:, 1], CLOSED_LINK)
    return np.where(own, NONE, cell).astype(np.int32)


@compiled
def _gaps(link_start: Ints, valve_link: Ints, valve_node: Ints) -> tuple[Ints, Ints, Ints]:
    """Return each isolation valve's gap, each gap's link end (2 m + end), each link end's gap."""
    at_end = np.full(2 * len(link_start), -1, np.int32)
    of_valve = np.empty(len(valve_link), np.int32)
    gap_end = np.empty(len(valve_link), np.int32)
    count = 0
    for v in range(len(valve_link)):
        link, node = valve_link[v], valve_node[v]
        end = 2 * link + (0 if node < 0 or node == link_start[link] else 1)
        if at_end[end] < 0:
            at_end[end] = count
            gap_end[count] = end
            count += 1
        of_valve[v] = at_end[end]
    return of_valve, gap_end[:count].copy(), at_end


@compiled
def _joined_pieces(
    n: int, link_start: Ints, link_end: Ints, own: Flags, at_end: Ints, runs: Flags
) -> Ints:
    """Return a union-find over nodes and link ends; a piece of a link without a gap joins."""
    m = len(link_start)
    parent = np.arange(n + 2 * m).astype(np.int32)
    for link in range(m):
        for end in range(2):
            piece = n + 2 * link + end
            if own[link] or at_end[2 * link + end] < 0:
                node = link_start[link] if end == 0 else link_end[link]
                _join(parent, node, piece)
        if runs[link]:
            _join(parent, n + 2 * link, n + 2 * link + 1)
    return parent


@compiled
def _join(parent: Ints, one: int, other: int) -> None:
    a, b = root_of(parent, one), root_of(parent, other)
    if a < b:
        parent[b] = a
    elif b < a:
        parent[a] = b


def _sides(
    columns: Columns, own: Flags, of_valve: Ints, gap_end: Ints, of_node: Ints, of_end: Ints
) -> Gaps:
    link, end = gap_end // 2, gap_end % 2
    is_own = own[link]
    start, last = columns.link_start[link], columns.link_end[link]
    node = np.where(is_own | (end == 0), start, last)
    other = np.where(is_own, of_node[last] if len(link) else 0, of_end[link, end])
    return Gaps(
        of_valve=of_valve,
        one=of_node[node].astype(np.int32),
        other=other.astype(np.int32),
        link=link.astype(np.int32),
        own=is_own,
    )


def _near(columns: Columns, own: Flags, of_end: Ints, gaps: Gaps, count: int) -> Near:
    """Return what lies next to each cell; a gap or link with one cell on both sides is left out."""
    parts = ~own & (of_end[:, 0] != of_end[:, 1])
    one_way = np.flatnonzero(parts & columns.link_open)
    held = np.flatnonzero(parts & ~columns.link_open & ~columns.link_pipe)
    number = np.flatnonzero(gaps.one != gaps.other)
    one = np.concatenate([gaps.one[number], of_end[one_way, 0], of_end[held, 0]])
    other = np.concatenate([gaps.other[number], of_end[one_way, 1], of_end[held, 1]])
    joined = np.full(len(held), JOINED)
    there = np.concatenate([number, np.full(len(one_way), ONWARD), joined])
    back = np.concatenate([number, np.full(len(one_way), BACKWARD), joined])
    pairs = (one.astype(np.int32), other.astype(np.int32))
    return near_of(count, *pairs, there.astype(np.int32), back.astype(np.int32))
