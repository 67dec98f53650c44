"""The area of an outage as anybody may see it: around who is out, too coarse to show a pipe."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from shapely import union_all
from shapely.geometry import MultiPolygon, Polygon, box

from domain.network import PipeNetwork
from domain.places import LonLat
from gis.snap import pipe_lines

#: Side of a cell of the grid that everything is put on, metres: wider than a street with the
#: houses on both sides. Source: mainbreak default.
CELL_M = 50.0

#: Gaps narrower than twice this between two parts of an area are closed, metres: the block of
#: houses between two dry streets. Source: mainbreak default.
CLOSE_M = 75.0

#: Corners are rounded by this, metres; less than a cell, so that nobody falls out.
ROUND_M = 40.0

#: Digits of a degree in an outline: a metre.
_DIGITS = 5

Ring = tuple[tuple[float, float], ...]
Cells = frozenset[tuple[int, int]]


def public_area(network: PipeNetwork, places: Iterable[LonLat]) -> tuple[Ring, ...]:
    """Return outlines around the places, each a closed ring of WGS-84 lon, lat.

    Each place lies inside, at least ``ROUND_M`` from the edge. Only the grid's cells that hold a
    place decide the outline: where in its cell a place lies, and which pipe feeds it, leave no
    trace. The grid stays where it is for as long as the network does, so that comparing the areas
    of several outages tells no more than each.
    """
    plane, given = pipe_lines(network).plane, list(places)
    if not given:
        return ()
    numbers = np.floor(plane.xy(given) / CELL_M).astype(int)
    outlines = _outlines(frozenset((int(x), int(y)) for x, y in numbers))
    return tuple(_ring(plane.lonlat(np.array(outline))) for outline in outlines)


@lru_cache(maxsize=256)
def _outlines(cells: Cells) -> tuple[Ring, ...]:
    """Return the outlines of the cells and their neighbours in metres, gaps and holes filled."""
    around = union_all([_with_neighbours(x, y) for x, y in cells])
    closed = around.buffer(CLOSE_M, join_style="mitre").buffer(-CLOSE_M, join_style="mitre")
    whole = union_all([Polygon(part.exterior) for part in _parts(closed.union(around))])
    rounded = whole.buffer(-ROUND_M, join_style="mitre").buffer(ROUND_M, quad_segs=3)
    rings = (tuple(part.exterior.coords) for part in _parts(rounded))
    return tuple(sorted(rings))


def _with_neighbours(x: int, y: int) -> Polygon:
    return box((x - 1) * CELL_M, (y - 1) * CELL_M, (x + 2) * CELL_M, (y + 2) * CELL_M)


def _parts(shape: Polygon | MultiPolygon) -> list[Polygon]:
    return list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]


def _ring(degrees: np.ndarray) -> Ring:
    return tuple((round(float(lon), _DIGITS), round(float(lat), _DIGITS)) for lon, lat in degrees)
