"""Lay the nodes an INP does not place: beside their neighbours, or as a schema.

The same file always gives the same places. A network needs a place for every node to be shown;
where the file has none the places say how things hang together, not where they are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from math import ceil, cos, pi, sin, sqrt

import numpy as np

from domain.places import LonLat
from domain.sentences import Sentence
from gis.crs import LocalMetres, plane_around

#: How far apart nodes without a place are laid, metres. Source: mainbreak default.
APART_M = 30.0

#: The turn from one unplaced neighbour to the next, radians: no two ever share a direction.
#: Source: the golden angle.
TURN = pi * (3.0 - sqrt(5.0))

Edges = Iterable[tuple[str, str]]


def schema(ids: list[str]) -> dict[str, LonLat]:
    """Return a place on a square grid around 0, 0 for every node, in the file's order."""
    side = ceil(sqrt(len(ids)))
    xy = [(APART_M * (number % side), -APART_M * (number // side)) for number in range(len(ids))]
    degrees = LocalMetres(LonLat(0.0, 0.0)).lonlat(np.array(xy, dtype=float))
    return {name: LonLat(*map(float, one)) for name, one in zip(ids, degrees, strict=True)}


def beside(ids: list[str], placed: Mapping[str, LonLat], edges: Edges) -> dict[str, LonLat]:
    """Return a place for every node: its own, else near a neighbour's, else near the middle."""
    near = _neighbours(ids, edges)
    plane = plane_around(list(placed.values()))
    known = dict(placed)
    queue = deque(name for name in ids if name in placed)
    laid = 0
    for name in (None, *ids):  # parts without any placed node start at the middle
        if name is not None and name not in known:
            laid += 1
            known[name] = _off(plane, plane.place(0.0, 0.0), laid)
            queue.append(name)
        while queue:
            here = queue.popleft()
            for other in near[here]:
                if other not in known:
                    laid += 1
                    known[other] = _off(plane, known[here], laid)
                    queue.append(other)
    return known


def _neighbours(ids: list[str], edges: Edges) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {name: [] for name in ids}
    for start, end in edges:
        near[start].append(end)
        near[end].append(start)
    return near


def _off(plane: LocalMetres, place: LonLat, number: int) -> LonLat:
    """Return the place 30 m from another, in the direction of this number."""
    x, y = plane.xy([place])[0]
    return plane.place(x + APART_M * cos(number * TURN), y + APART_M * sin(number * TURN))


SCHEMA = Sentence(
    zh="文件没有坐标：节点按示意网格排列，地图上的位置不是实际位置。",
    en="The file places no node: they are laid on a schematic grid, not where they really are.",
)


def laid_beside(count: int, first: str) -> Sentence:
    """Return the note that some nodes were laid beside their neighbours."""
    return Sentence(
        zh=f"{count} 个节点没有坐标，已放在相邻节点旁，第一个是 {first}。",
        en=f"{count} nodes have no coordinates and were laid beside their neighbours, "
        f"the first is {first}.",
    )
