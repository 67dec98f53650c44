"""Which pipe ends meet: by the nodes they name, else by where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from domain.network import Node, NodeKind
from domain.places import LonLat
from gis.crs import LocalMetres

Pairs = list[tuple[str, str]]


@dataclass
class Draft:
    """A pipe, pump or control valve while the network is being put together."""

    id: str
    kind: str
    start: str
    end: str
    path: list[LonLat]
    length_m: float
    diameter_m: float
    open: bool = True
    check_valve: bool = False
    material: str = ""
    year: int | None = None
    road: str = ""
    zone: str = ""
    roughness: float | None = None


@dataclass
class Ground:
    """Everything read so far; ``plane`` is where distances are measured."""

    plane: LocalMetres
    nodes: dict[str, Node] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)


def by_place(ground: Ground, drafts: Sequence[Draft], snap_m: float) -> int:
    """Join the ends of pipes that lie within ``snap_m`` of each other; return the nodes made.

    A node of the file within reach is the one they meet at; else a new one is made and named by
    its place, so that the same file gives the same names in any order. An end near the middle of
    another pipe is not joined: that is for ``check`` to find and a person to decide.
    """
    known = list(ground.nodes.values())
    ends = [place for draft in drafts for place in (draft.path[0], draft.path[-1])]
    xy = ground.plane.xy([*(node.position for node in known), *ends])
    group = _groups(xy, snap_m)
    name: dict[int, str] = {}
    for number, node in zip(group[: len(known)].tolist(), known, strict=True):
        name.setdefault(number, node.id)
    made = 0
    for number, place in sorted(zip(group[len(known) :].tolist(), ends, strict=True)):
        if number not in name:
            made += 1
            name[number] = _add_node(ground, place)
    numbers = group[len(known) :].reshape(-1, 2).tolist()
    for draft, (start, end) in zip(drafts, numbers, strict=True):
        draft.start, draft.end = name[start], name[end]
    return made


def by_name(ground: Ground, drafts: Sequence[Draft]) -> int:
    """Make the nodes that pipes name and no layer holds, at the first end so named."""
    made = 0
    for draft in drafts:
        for name, place in ((draft.start, draft.path[0]), (draft.end, draft.path[-1])):
            if name not in ground.nodes:
                ground.nodes[name] = Node(name, NodeKind.JUNCTION, place)
                made += 1
    return made


def _groups(xy: np.ndarray, snap_m: float) -> np.ndarray:
    """Return a group number for each place: those within reach of each other share one."""
    pairs = cKDTree(xy).query_pairs(snap_m, output_type="ndarray")
    size = len(xy)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    _, group = connected_components(graph, directed=False)
    return np.asarray(group)


def _add_node(ground: Ground, place: LonLat) -> str:
    name = f"N{place.lon:.7f}_{place.lat:.7f}"
    while name in ground.nodes:
        name += "+"
    ground.nodes[name] = Node(name, NodeKind.JUNCTION, place)
    return name
