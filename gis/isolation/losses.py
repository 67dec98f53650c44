"""Counting what many bursts cost, one after the other, without listing anything."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gis.isolation.compiled import compiled
from gis.isolation.cut import Cut, Ground, cut_from
from gis.isolation.dominators import DRY
from gis.isolation.graph import Ints, Marks
from gis.isolation.water import Supply, Today


class Counting(NamedTuple):
    """Premises by the rank of their cell (as in ``Shelf``), ``critical`` of those before each.

    ``on_link`` (m, 2) are the premises and the critical ones that hang on each link.
    """

    order: Ints
    ptr: Ints
    critical: Ints
    on_link: Ints


@compiled
def losses_of(
    supply: Supply,
    today: Today,
    ground: Ground,
    counting: Counting,
    seeds: Ints,
    marks: tuple[Marks, Marks],
) -> Ints:
    """Return (k, 3): premises out, critical of them, isolation valves to shut.

    One row for each row of ``seeds``: the cells of which the segments are shut off together. The
    supply must be that of today.
    """
    found = np.empty((len(seeds), 3), np.int32)
    no_links = np.empty(0, np.int32)
    for k in range(len(seeds)):
        cut = cut_from(supply, today, ground, (seeds[k], no_links), marks)
        out, critical = _out(supply, ground, counting, cut)
        found[k, 0], found[k, 1], found[k, 2] = out, critical, len(cut.close)
    return found


@compiled
def _out(supply: Supply, ground: Ground, counting: Counting, cut: Cut) -> tuple[int, int]:
    """Return how many premises are out, and how many of them critical."""
    out, critical = 0, 0
    if cut.first >= 0:
        begin, end = counting.ptr[cut.first], counting.ptr[cut.behind]
        out, critical = end - begin, counting.critical[end] - counting.critical[begin]
    else:
        for cells in (cut.wet_inside, cut.lost):
            for c in cells:
                rank = supply.rank.of[c]
                begin, end = counting.ptr[rank], counting.ptr[rank + 1]
                out += end - begin
                critical += counting.critical[end] - counting.critical[begin]
    for link in cut.closed_lost:
        out += counting.on_link[link, 0]
        critical += counting.on_link[link, 1]
    for link in cut.closed_inside:
        ends = ground.of_end[link]
        if supply.tree.parent[ends[0]] != DRY or supply.tree.parent[ends[1]] != DRY:
            out += counting.on_link[link, 0]
            critical += counting.on_link[link, 1]
    return out, critical
