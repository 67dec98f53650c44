"""Whom a burst leaves dry or low, for each pipe that may have burst, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from gis.clustering.area import NO_FLOW, Area, both_ends
from gis.clustering.flow import Bursts, Reals, Reals32, bursts
from gis.isolation.compiled import compiled
from gis.isolation.graph import Ints

#: Below so many metres of pressure a tap is dry, or runs weakly.
#: Source: GB 50013-2018 3.0.10: 10 m for one floor, 20 m for four.
DRY_M, LOW_M = 10.0, 20.0

#: Spread of the head lost that is reckoned here about the true one: metres, and a share of it.
#: Where the pressure before is reckoned too, and where it is known.
#: Source: tuned on ky4, ky10 and Net6 with leaks by EPANET; the latter set on ky4, ky10, ky8_v and
#: Net3 of ``benchmarks.clusters``, seed 7001 (docs/clustering.md).
SPREAD_M, SPREAD_SHARE = 1.5, 0.08
KNOWN_M, KNOWN_SHARE = 0.7, 0.03

#: The hole as a share of the pipe's cross-section: smaller ones are hardly felt by anybody, so
#: nobody calls. Source: mainbreak default; circumferential breaks open a tenth to all of it.
HOLES = (0.3, 0.5, 0.8)

#: Metres of pressure before the burst above what is reckoned: how full tanks are is unknown.
#: Source: mainbreak default.
ABOVE = (0.0, 12.0)

#: The case beside them, for files that tell too little of the hydraulics: dry is what hangs on the
#: pipe; low is what lies near along the network, by e less likely every so many metres.
#: Source: the burst model without hydraulics of the issue; mainbreak default for the metres.
NEAR_M = 100.0

#: Every hole with every pressure before, at last nearness alone.
CASES = len(HOLES) * len(ABOVE) + 1

#: How likely nearness alone is where pressures are known, and where none is.
#: Source: mainbreak default.
NEARNESS_KNOWN, NEARNESS_UNKNOWN = 0.02, 0.5


def case_shares(unknown: float) -> Reals:
    """Return (v,) how likely each case is where this share of the pressures is unknown."""
    nearness = NEARNESS_KNOWN + (NEARNESS_UNKNOWN - NEARNESS_KNOWN) * unknown
    return np.append(np.full(CASES - 1, (1 - nearness) / (CASES - 1)), nearness)


#: In place of a chance to be low, in the last case: hangs on the burst pipe, and is dry.
DRY_CODE = 2.0

#: Places that lose so much of what is lost in the burst pipe hang on it alone; beyond so many
#: metres nothing is near. Source: mainbreak defaults.
HANGS_ON_ALONE, FAR_M = 0.98, 400.0

#: Coefficient of discharge of a hole, and twice the gravity of the earth, m/s2.
#: Source: EPANET 2.2 manual, emitters; Idelchik gives 0.6 for a sharp edge.
DISCHARGE, TWO_G = 0.75, 19.62

#: Who has low pressure calls so much less often than who has none. Source: mainbreak default.
LOW_CALLS = 0.9

#: Least chance to be dry where as good as all of the head lost at the burst is lost too: such
#: places hang on it, whatever the hydraulics are. Source: mainbreak default.
HANGS_ON, LEAST_DRY = 0.9, 0.05

Halves = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a burst on one link does.

    ``lost`` (h + 1, a + 1) is the head lost at each node of the area by the size of the hole, at
    last at the burst itself; its last row the chance to be low by nearness, or ``DRY_CODE``.
    ``affected`` (v,) how many homes lack water then, weighed by how readily
    they call.
    """

    lost: Halves
    affected: Reals


@compiled
def _chances(lost: float, usual: float, most: float, unknown: float) -> tuple[float, float]:
    """Return the chances to be dry, and low, of a place that loses so much of its usual head."""
    metres = KNOWN_M + (SPREAD_M - KNOWN_M) * unknown
    share = KNOWN_SHARE + (SPREAD_SHARE - KNOWN_SHARE) * unknown
    spread = 0.5513 * (metres + share * lost)  # of a logistic curve like the normal one
    some = 1.0 - np.exp(-((lost / metres) ** 2))
    dry = some / (1.0 + np.exp(-(lost - usual + DRY_M) / spread))
    weak = some / (1.0 + np.exp(-(lost - usual + LOW_M) / spread))
    if usual < LOW_M:  # known to be weak always: nothing new until it is dry
        weak = dry
    if usual < DRY_M:
        return 0.0, 0.0
    if lost >= HANGS_ON * most and most > 0.0:
        dry = max(dry, LEAST_DRY)
        weak = max(dry, weak)
    return dry, weak - dry


@compiled
def _by_nearness(code: float) -> tuple[float, float]:
    """Return the chances to be dry, and low, in the last case."""
    return (0.95, 0.0) if code > 1.5 else (0.0, min(code, 1.0))


@compiled
def dry_or_low(lost: Reals32, usual: Reals, unknown: Reals, most: Reals32) -> tuple[Reals, Reals]:
    """Return (dry, low), chances of (c, k, v), of (c, k, h + 1) heads lost of (c,) usual ones.

    ``unknown`` (c,) is 1 where the usual one is only reckoned.

    ``most`` (k, h + 1) is what is lost where most is lost.
    """
    places, links, rows = lost.shape
    dry, low = np.empty((places, links, CASES)), np.empty((places, links, CASES))
    for c in range(places):
        for k in range(links):
            for h in range(rows - 1):
                for s in range(len(ABOVE)):
                    v = h * len(ABOVE) + s
                    before = usual[c] + ABOVE[s] * unknown[c]
                    dry[c, k, v], low[c, k, v] = _chances(
                        lost[c, k, h], before, most[k, h], unknown[c]
                    )
            dry[c, k, -1], low[c, k, -1] = _by_nearness(lost[c, k, -1])
    return dry, low


@compiled
def _affected(
    lost: Reals32, ends: Ints, count: Reals, usual: Reals, unknown: Reals, own: Ints
) -> Reals:
    """Return (k, v) homes affected; ``lost`` (k, h + 1, a + 1), ``own`` the homes that are on it.

    Half of the homes (p,) of a pipe are taken to be near each of its nodes (p, 2).
    """
    total = np.zeros((len(lost), CASES))
    for k in range(len(lost)):
        for h in range(lost.shape[1]):
            row = lost[k, h]
            most = row.max()
            for p in range(len(ends)):
                a, b = ends[p, 0], ends[p, 1]
                if h == lost.shape[1] - 1:
                    here = row[-1] if p == own[k] else (row[a] + row[b]) / 2.0
                    dry, low = _by_nearness(here)
                    total[k, -1] += count[p] * (dry + LOW_CALLS * low)
                    continue
                for node in ends[p]:
                    here = (row[node] + row[-1]) / 2.0 if p == own[k] else row[node]
                    if here < 0.2:
                        continue
                    for s in range(len(ABOVE)):
                        before = usual[node] + ABOVE[s] * unknown[node]
                        dry, low = _chances(here, before, most, unknown[node])
                        some = count[p] / 2.0 * (dry + LOW_CALLS * low)
                        total[k, h * len(ABOVE) + s] += some
    return total


def effects_of(area: Area, links: Ints) -> list[Effect]:
    """Return what bursts on these links (rows of the network) do; each is reckoned once an area."""
    new = np.array([one for one in links.tolist() if one not in area.effects], np.int32)
    if len(new):
        lost = _lost(area, new)
        ends, homes, of_link = area.homes
        affected = _affected(lost, ends, homes, area.usual_m, area.unknown, of_link[new])
        for row, link in enumerate(new.tolist()):
            area.effects[link] = Effect(lost[row].astype(np.float16), affected[row])
    return [area.effects[one] for one in links.tolist()]


def _lost(area: Area, links: Ints) -> Reals32:
    plumbing = area.whole.plumbing
    before = area.head_at(links)
    passes = DISCHARGE * np.sqrt(TWO_G) * np.array(HOLES) * plumbing.area_m2[links][:, None]
    height = before - area.usual_at(area.ends_of(links), np.full(len(links), 0.5))
    joined = np.stack([np.ones(len(links), np.bool_), area.whole.through[links]], axis=1)
    rows = area.row_of_link[links]
    burst = Bursts(rows, plumbing.loss[links], height, before, passes, joined)
    lost = np.zeros((len(links), len(HOLES) + 1, len(area.nodes) + 1), np.float32)
    base = area.head, area.flow
    bursts(area.pattern, area.resistance, area.taps_of(area.demand), base, burst, lost[:, :-1])
    hangs = lost[:, -2] >= HANGS_ON_ALONE * lost[:, -2, -1:]
    lost[:, -1, :-1] = np.exp(-_metres(area, links) / NEAR_M)
    lost[:, -1][hangs] = DRY_CODE
    return lost


def _metres(area: Area, links: Ints) -> Reals:
    """Return (k, a) metres along the network from links to nodes, infinite beyond ``FAR_M``."""
    pattern, count = area.pattern, len(area.nodes)
    inner = (pattern.tail >= 0) & (area.resistance.loss < NO_FLOW)
    pairs = pattern.head[inner], pattern.tail[inner]
    length = area.whole.plumbing.length_m[area.links[inner]]
    graph = coo_array((length, pairs), shape=(count, count)).tocsr()
    ends = both_ends(area.ends_of(links))
    unlike, where = np.unique(ends, return_inverse=True)
    metres = dijkstra(graph, directed=False, indices=unlike, limit=FAR_M)
    return np.asarray(metres[where.reshape(ends.shape)].min(axis=1))


def lost_at(
    effects: Sequence[Effect], ends: Ints, toward: Reals, own: npt.NDArray[np.bool_]
) -> Reals32:
    """Return (c, k, h + 1) the head lost at places by the nodes (c, 2) they tap.

    ``toward`` (c,) is how far each lies from the first node to the second, 0 to 1.

    ``own`` (c, k) is True where a place is on the burst link itself.
    """
    both = both_ends(ends)
    found = np.zeros((len(ends), len(effects), len(HOLES) + 1), np.float32)
    tapped = (ends >= 0).any(axis=1)
    for k, one in enumerate(effects):
        here, there = (one.lost[:, both[:, n]].astype(np.float32) for n in (0, 1))
        lost = here + (there - here) * toward.astype(np.float32)
        found[:, k] = lost.T
        on_it = own[:, k]
        inward = 2 * np.minimum(toward, 1 - toward)[on_it, None]
        nearer = np.where(toward < 0.5, both[:, 0], both[:, 1])[on_it]
        end = one.lost[:, nearer].T.astype(np.float32)
        found[on_it, k] = end + (one.lost[:, -1].astype(np.float32) - end) * inward
        found[on_it, k, -1] = one.lost[-1, -1]
    found[~tapped & ~own.any(axis=1)] = 0.0
    return found
