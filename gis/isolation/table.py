"""Segments from bare tables: links by their nodes, isolation valves by link and node."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from gis.isolation.cells import cells_of
from gis.isolation.columns import Columns
from gis.isolation.graph import Ints


def segments_of_table(
    nodes: Iterable[str],
    links: tuple[Sequence[str], Sequence[str], Sequence[str]],
    isolation_valves: tuple[Sequence[str], Sequence[str]],
) -> tuple[dict[str, int], dict[str, int]]:
    """Return (segment of each node, segment of each link) when every isolation valve is shut.

    ``links`` are columns: start node, end node, id; ``isolation_valves`` too: link, node at its
    end. All links count as open and two-way, and every isolation valve as a barrier.
    """
    node_row = {name: row for row, name in enumerate(nodes)}
    start, end, names = links
    link_row = {name: row for row, name in enumerate(names)}
    on_link, at_node = isolation_valves
    columns = _columns(
        len(node_row),
        (_rows(node_row, start), _rows(node_row, end)),
        (_rows(link_row, on_link), _rows(node_row, at_node)),
    )
    cells = cells_of(columns)
    of_node, of_link = cells.of_node.tolist(), cells.of_link.tolist()
    return dict(zip(node_row, of_node, strict=True)), dict(zip(link_row, of_link, strict=True))


def _rows(row: dict[str, int], names: Sequence[str]) -> Ints:
    return np.fromiter(map(row.__getitem__, names), np.int32, len(names))


def _columns(nodes: int, ends: tuple[Ints, Ints], valves: tuple[Ints, Ints]) -> Columns:
    (start, end), (link, node) = ends, valves
    flags, none = np.zeros(len(start), np.bool_), np.empty(0, np.int32)
    metres, litres = np.zeros(len(start), np.float32), np.empty(0, np.float32)
    return Columns(
        node_source=np.zeros(nodes, np.bool_),
        tank_m3=np.zeros(nodes, np.float32),
        link_start=start,
        link_end=end,
        link_pipe=~flags,
        link_open=~flags,
        link_one_way=flags,
        length_m=metres,
        diameter_m=metres,
        valve_link=link,
        valve_node=node,
        premises_link=none,
        premises_node=none,
        premises_critical=np.empty(0, np.bool_),
        premises_m3_d=litres,
        hydrant_link=none,
    )
