"""Every pipe that may have burst, weighed by who called and who did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import Point

from domain.network import PipeNetwork
from domain.words import Symptom
from gis.clustering.area import Area
from gis.clustering.effect import (
    CASES,
    HOLES,
    LOW_CALLS,
    case_shares,
    dry_or_low,
    effects_of,
    lost_at,
)
from gis.clustering.flow import Reals
from gis.clustering.households import SEEN, Caller
from gis.clustering.near import area_around, pipes_near
from gis.isolation.graph import Ints
from gis.snap import pipe_lines

#: So many pipes are weighed, those that take most from the callers. Source: mainbreak default.
PIPES = 250

#: Shares of the affected that have called by now, equally likely: 5-40 % call in the end, and not
#: all have yet. Source: the issue's 5-40 %, from a tenth of the lowest on.
RATES = 0.4 * 2.0 ** -np.arange(0.0, 7.5, 0.5)

#: What who is dry, or has low pressure, or has nothing to do with a burst, says to have noticed.
#: Source: mainbreak default: one caller in ten uses the other word, one in ten speaks of a burst.
SAYS_DRY = {Symptom.NO_WATER: 0.80, Symptom.LOW_PRESSURE: 0.12}
SAYS_LOW = {Symptom.NO_WATER: 0.15, Symptom.LOW_PRESSURE: 0.77}
SAYS_SEEN = 0.08
SAYS_ALONE = {Symptom.NO_WATER: 0.3, Symptom.LOW_PRESSURE: 0.3}
SAYS_ELSE = 0.1

#: Bursts a metre and hour: thrice the 14 a hundred miles and year of Folkman 2018 (Utah State
#: University, USA and Canada). Source: mainbreak default: not every break is a burst main that
#: somebody repairs, and whatever else stops the water of a street is meant too.
BURSTS_M_H = 3 * 14 / 160_934 / 8766

#: Premises calling in an hour with a trouble that no other has.
#: Source: mainbreak default: one a year.
ALONE_H = 1 / 8766

#: How many times that on a day, and how often a day is like this: most are quiet, some are not.
#: Source: mainbreak default.
BUSY = {0.1: 0.7, 1.0: 0.27, 10.0: 0.03}

#: Passers-by who report the water on the road, beside those who are dry. Of what they say three in
#: four are put on the right pipe, the rest within about so many metres. Source: mainbreak defaults.
SIGHTINGS, RIGHT_PIPE, BESIDE_M = 1.0, 0.75, 40.0

#: Pipes that are about so near that the water may be put on them. Source: mainbreak default.
NEIGHBOURS = 5.0


@dataclass(frozen=True)
class Weighing:
    """The evidence of some callers about the pipes around them.

    Attributes
    ----------
    callers
        c households.
    links
        (k,) the network's rows of the pipes that may have burst.
    called
        (c, k, v) how likely each caller is to have called and said so, for each whole share of
        the affected that called.
    felt
        (c, k, v) how likely each caller is dry or low.
    seen
        (c, k) how likely water from each pipe is reported where the caller says it is.
    alone
        (c,) calls an hour like this one without a common cause.
    affected
        (k, v) how many households would lack water, weighed by how readily they call.
    prior
        (k,) bursts an hour on each pipe.
    cases
        (v,) how likely each case of ``effect`` is.
    """

    callers: Sequence[Caller]
    links: Ints
    called: Reals
    felt: Reals
    seen: Reals
    alone: Reals
    affected: Reals
    prior: Reals
    cases: Reals

    def of(self, some: Sequence[int]) -> Weighing:
        """Return the evidence of some of the callers."""
        rows = list(some)
        return replace(
            self,
            callers=[self.callers[row] for row in rows],
            called=self.called[rows],
            felt=self.felt[rows],
            seen=self.seen[rows],
            alone=self.alone[rows],
        )


def weighing_of(network: PipeNetwork, callers: Sequence[Caller]) -> Weighing:
    """Return the evidence of callers."""
    area = area_around(network, [one.link for one in callers])
    return weighed(network, area, pipes_near(area, callers), callers)


def weighed(network: PipeNetwork, area: Area, links: Ints, callers: Sequence[Caller]) -> Weighing:
    """Return the evidence of callers about some pipes of an area (rows of the network)."""
    effects = effects_of(area, links)
    ends, rows = _caller_ends(area, callers)
    # Where pressures are known a home has that of the nearer end, else something between.
    toward = np.array([one.toward for one in callers])
    toward = np.where(area.unknown_at(ends, toward) < 0.5, toward, 0.5)
    lost = lost_at(effects, ends, toward, rows[:, None] == links[None, :])
    most = np.array([one.lost.max(axis=1) for one in effects], np.float32).reshape(
        -1, len(HOLES) + 1
    )
    dry, low = dry_or_low(lost, area.usual_at(ends, toward), area.unknown_at(ends, toward), most)
    says_dry, says_low = (_said(callers, table) for table in (SAYS_DRY, SAYS_LOW))
    called = says_dry[:, None, None] * dry + LOW_CALLS * says_low[:, None, None] * low
    affected = np.array([one.affected for one in effects]).reshape(-1, CASES)
    return Weighing(
        callers=callers,
        links=links,
        called=called,
        felt=dry + low,
        seen=_seen(network, links, callers),
        alone=ALONE_H * _alone(callers),
        affected=affected,
        prior=BURSTS_M_H * area.whole.plumbing.length_m[links],
        cases=case_shares(float(area.unknown.mean()) if len(area.unknown) else 1.0),
    )


def _caller_ends(area: Area, callers: Sequence[Caller]) -> tuple[Ints, Ints]:
    rows = np.array([one.link for one in callers], np.int32)
    ends = area.ends_of(rows)
    for number, one in enumerate(callers):
        if one.node >= 0:
            ends[number] = area.row_of_node[one.node], -1
            rows[number] = -1
    return ends, rows


def _said(callers: Sequence[Caller], table: dict[Symptom, float]) -> Reals:
    return np.array([table.get(one.symptom, SAYS_SEEN) for one in callers])


def _alone(callers: Sequence[Caller]) -> Reals:
    return np.array([SAYS_ALONE.get(one.symptom, SAYS_ELSE) for one in callers])


def _seen(network: PipeNetwork, links: Ints, callers: Sequence[Caller]) -> Reals:
    """Return (c, k) how likely water that burst from each pipe is reported where callers say.

    Of a long pipe only the part near that place counts: it may burst anywhere.
    """
    pipes = pipe_lines(network)
    seen = np.zeros((len(callers), len(links)))
    lines = [pipes.lines[pipes.number[network.links[row].id]] for row in links.tolist()]
    for number, one in enumerate(callers):
        if one.symptom in SEEN and one.position is not None:
            point = Point(pipes.plane.xy([one.position])[0])
            beside = np.exp(-shapely.distance(lines, point) / BESIDE_M)
            seen[number] = (1 - RIGHT_PIPE) * beside / NEIGHBOURS
            seen[number, links == one.link] = RIGHT_PIPE
    length = np.array([network.links[row].length_m for row in links.tolist()])
    return np.asarray(seen * np.minimum(1.0, 2 * BESIDE_M / np.maximum(length, 1.0)))
