"""Segments: the smallest parts that reliable barriers enclose (docs/isolation.md, rules 1-3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.network import PipeNetwork
from gis.isolation.cells import CLOSED_LINK, Cells
from gis.isolation.compiled import compiled
from gis.isolation.engine import engine_of
from gis.isolation.graph import Flags, Ints, Near, labels_of, root_of
from gis.isolation.stand import Stand
from gis.memo import once_per_network

#: The segment of what belongs to none: closed pipes, isolation valves that are links.
NO_SEGMENT = -1


@dataclass(frozen=True)
class Segments:
    """Every segment of a network as it stands, numbered from 0.

    ``of_cells`` is each cell's segment, ``count`` how many segments there are.
    """

    of_cells: Ints
    count: int
    _link_rows: dict[str, int]
    _node_rows: dict[str, int]
    _of_links: Ints
    _of_nodes: Ints

    def of_link(self, link_id: str) -> int:
        """Return a link's segment; ``NO_SEGMENT`` (-1) for one that separates segments."""
        row = self._link_rows.get(link_id)
        return NO_SEGMENT if row is None else int(self._of_links[row])

    def of_node(self, node_id: str) -> int:
        """Return a node's segment."""
        return int(self._of_nodes[self._node_rows[node_id]])


@once_per_network
def segment_of(network: PipeNetwork) -> Segments:
    """Return the network's segments, prepared once per network."""
    engine = engine_of(network)
    cells, columns = engine.cells, engine.columns
    of_cells, count = segments_of_cells(cells, engine.question(network).stand)
    own_cell = np.where(
        (cells.of_link == CLOSED_LINK) & ~columns.link_pipe, cells.of_end[:, 0], cells.of_link
    )
    of_links = np.where(own_cell >= 0, of_cells[np.maximum(own_cell, 0)], NO_SEGMENT)
    names = (engine.links, engine.nodes)
    return Segments(of_cells, count, *names, of_links.astype(np.int32), of_cells[cells.of_node])


def segments_of_cells(cells: Cells, stand: Stand) -> tuple[Ints, int]:
    """Return each cell's segment, and how many there are."""
    return labels_of(_joined_cells(cells.near, stand.reliable))


@compiled
def _joined_cells(near: Near, reliable: Flags) -> Ints:
    """Return a union-find over cells, joined where no reliable barrier stands between."""
    parent = np.arange(len(near.ptr) - 1).astype(np.int32)
    for c in range(len(parent)):
        for i in range(near.ptr[c], near.ptr[c + 1]):
            code = near.code[i]
            if code < 0 or not reliable[code]:
                a, b = root_of(parent, c), root_of(parent, near.cell[i])
                if a < b:
                    parent[b] = a
                elif b < a:
                    parent[a] = b
    return parent
