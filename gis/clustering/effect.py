"""Whom a burst leaves dry or low: for each pipe that may have burst, and each size of the hole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from gis.clustering.area import Area
from gis.clustering.conducting import Reals
from gis.isolation.graph import Ints

#: Below so many metres of pressure a tap is dry, or runs weakly.
#: Source: GB 50013-2018 3.0.10: 10 m for one floor, 20 m for four.
DRY_M, LOW_M = 10.0, 20.0

#: Spread of the pressure that is reckoned here about the true one, metres.
#: Source: tuned on ky4 and ky10 with leaks by EPANET (docs/clustering.md).
SPREAD_M = 4.0

#: The hole as a share of the pipe's cross-section, from a crack to a pipe torn off; at last the
#: pressure at the burst is gone, whatever flows. Equally likely each.
#: Source: mainbreak default; circumferential breaks open a tenth to all of it.
HOLES = (0.1, 0.3, 1.0)

#: Coefficient of discharge of a hole, and twice the gravity of the earth, m/s2.
#: Source: EPANET 2.2 manual, emitters; Idelchik gives 0.6 for a sharp edge.
DISCHARGE, TWO_G = 0.6, 19.62

#: Who has low pressure calls so much less often than who has none. Source: mainbreak default.
LOW_CALLS = 0.8


@dataclass(frozen=True)
class Effect:
    """What bursts on ``links`` (k, rows of the area) do.

    ``share`` (a, k) is the head lost at each node for each metre lost at the burst, ``lost_m``
    (k, v) what is lost at the burst, by the size of the hole.
    """

    area: Area
    links: Ints
    share: Reals
    lost_m: Reals

    @cached_property
    def at_links(self) -> Reals:
        """(b, k) the share lost on each link of the area."""
        own = self.area.shares(self.area.ends).T @ self.share
        own[self.links, np.arange(len(self.links))] = 1.0
        return np.asarray(own)

    def dry_or_low(self, share: Reals, usual_m: Reals) -> tuple[Reals, Reals]:
        """Return (dry, low), chances of (c, k, v), of places with shares (c, k), pressures (c,)."""
        before = usual_m[:, None, None]
        after = before - share[:, :, None] * self.lost_m[None, :, :]
        dry = ndtr((DRY_M - after) / SPREAD_M) - ndtr((DRY_M - before) / SPREAD_M)
        weak = ndtr((LOW_M - after) / SPREAD_M) - ndtr((LOW_M - before) / SPREAD_M)
        return dry, np.maximum(weak - dry, 0.0)


def effect_of(area: Area, links: Ints) -> Effect:
    """Return what bursts on these links (rows of the area) do."""
    at_nodes, at_burst = area.drops(links)
    ground, rows = area.whole.ground, area.links[links]
    shares = np.clip(at_nodes / at_burst, 0.0, 1.0)
    before = usual_at(area, area.ends[links])
    through = DISCHARGE * np.array(HOLES)[None, :] * ground.area_m2[rows][:, None]
    # Head lost grows with the square of the flow, from what the pipe passes at GRADIENT on.
    strength = (at_burst / ground.flow_m3s[rows])[:, None] * through**2 * TWO_G
    lost = np.concatenate([strength / (1 + strength), np.ones((len(links), 1))], axis=1)
    return Effect(area, links, shares, lost * before[:, None])


def usual_at(area: Area, ends: Ints) -> Reals:
    """Return the pressure before at things on links, (k, 2) their ends in the area."""
    usual = area.whole.ground.usual_m[area.nodes]
    known = ends >= 0
    total = (np.where(known, usual[ends], 0.0)).sum(axis=1)
    return np.where(known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), LOW_M + DRY_M)
