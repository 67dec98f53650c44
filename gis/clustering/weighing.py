"""Every pipe that may have burst, weighed by who called and who did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import Point

from domain.network import PipeNetwork
from domain.words import Symptom
from gis.clustering.area import Area, area_around
from gis.clustering.conducting import Reals, conducting
from gis.clustering.effect import LOW_CALLS, Effect, effect_of, usual_at
from gis.clustering.households import SEEN, Caller
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

#: Bursts a metre and hour: 14 a hundred miles and year. Source: Folkman 2018, Utah State
#: University, water main break rates in the USA and Canada.
BURSTS_M_H = 14 / 160_934 / 8766

#: Premises calling in an hour with a trouble that no other has.
#: Source: mainbreak default: one in three a year.
ALONE_H = 1 / 3 / 8766

#: Passers-by who report the water on the road, beside those who are dry. Of what they say three in
#: four are put on the right pipe, the rest within about so many metres. Source: mainbreak defaults.
SIGHTINGS, RIGHT_PIPE, BESIDE_M = 1.0, 0.75, 60.0

#: Pipes that are about so near that the water may be put on them. Source: mainbreak default.
NEIGHBOURS = 5.0


@dataclass(frozen=True)
class Weighing:
    """The evidence of some callers about the pipes around them.

    Attributes
    ----------
    callers
        c households.
    effect
        What bursts on k pipes do, each with v sizes of the hole.
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
    """

    callers: Sequence[Caller]
    effect: Effect
    called: Reals
    felt: Reals
    seen: Reals
    alone: Reals
    affected: Reals
    prior: Reals

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

    @property
    def links(self) -> Ints:
        """(k,) the network's rows of the pipes."""
        return self.effect.area.links[self.effect.links]


def weighing_of(network: PipeNetwork, callers: Sequence[Caller]) -> Weighing:
    """Return the evidence of callers."""
    whole = conducting(network)
    area = area_around(whole, [one.link for one in callers])
    effect = effect_of(area, _pipes_near(area, callers))
    ends = _caller_ends(area, callers)
    share = np.asarray(area.shares(ends).T @ effect.share)
    rows = np.array([area.row_of_link[one.link] for one in callers])
    share[rows[:, None] == effect.links[None, :]] = 1.0
    dry, low = effect.dry_or_low(share, usual_at(area, ends))
    says_dry, says_low = (_said(callers, table) for table in (SAYS_DRY, SAYS_LOW))
    called = says_dry[:, None, None] * dry + LOW_CALLS * says_low[:, None, None] * low
    lengths = whole.ground.length_m[area.links[effect.links]]
    return Weighing(
        callers=callers,
        effect=effect,
        called=called,
        felt=dry + low,
        seen=_seen(network, area.links[effect.links], callers),
        alone=ALONE_H * _alone(callers),
        affected=_affected(area, effect),
        prior=BURSTS_M_H * lengths,
    )


def _caller_ends(area: Area, callers: Sequence[Caller]) -> Ints:
    rows = [area.row_of_link[one.link] for one in callers]
    ends = area.ends[rows].copy()
    for number, one in enumerate(callers):
        at = int(np.searchsorted(area.nodes, one.node)) if one.node >= 0 else -1
        if 0 <= at < len(area.nodes) and area.nodes[at] == one.node:
            ends[number] = at, -1
    return ends


def _said(callers: Sequence[Caller], table: dict[Symptom, float]) -> Reals:
    return np.array([table.get(one.symptom, SAYS_SEEN) for one in callers])


def _alone(callers: Sequence[Caller]) -> Reals:
    return np.array([SAYS_ALONE.get(one.symptom, SAYS_ELSE) for one in callers])


def _pipes_near(area: Area, callers: Sequence[Caller]) -> Ints:
    """Return the pipes (rows of the area) that take most from callers, their own among them."""
    ends = _caller_ends(area, callers)
    unlike = np.unique(ends, axis=0)
    felt = area.felt_from(unlike)
    own = np.maximum(felt.max(axis=1, keepdims=True), 1e-300)
    felt = np.asarray((felt / own).sum(axis=0))
    shares = area.shares(area.ends)
    score = np.asarray(shares.T @ felt)
    is_pipe = area.whole.engine.columns.link_pipe[area.links]
    score = np.where(is_pipe & (area.ends >= 0).any(axis=1), score, -1.0)
    own_rows = [area.row_of_link[one.link] for one in callers]
    score[own_rows] += len(callers)
    best = np.lexsort((np.arange(len(score)), -score))[:PIPES]
    return np.sort(best[score[best] > 0]).astype(np.int32)


def _affected(area: Area, effect: Effect) -> Reals:
    """Return how many households would lack water, for each pipe and size of the hole."""
    columns = area.whole.engine.columns
    row = np.full(len(columns.node_source), -1, np.int32)
    row[area.nodes] = np.arange(len(area.nodes))
    on_node = columns.premises_node[columns.premises_node >= 0]
    at_node = np.bincount(row[on_node][row[on_node] >= 0], minlength=len(area.nodes))
    on_link = np.bincount(
        columns.premises_link[columns.premises_link >= 0], minlength=len(columns.link_start)
    )[area.links]
    if not on_link.any() and not at_node.any():
        on_link = np.maximum(area.whole.ground.length_m[area.links] / METRES_A_HOME, 1.0)
    usual = area.whole.ground.usual_m[area.nodes]
    total = np.zeros(effect.lost_m.shape)
    for count, share, before in (
        (at_node, effect.share, usual),
        (on_link, effect.at_links, usual_at(area, area.ends)),
    ):
        some = np.flatnonzero(count)
        if len(some):
            dry, low = effect.dry_or_low(share[some], before[some])
            total += np.tensordot(count[some].astype(float), dry + LOW_CALLS * low, axes=(0, 0))
    return total


#: Metres of pipe for each premises where none are known. Source: mainbreak default.
METRES_A_HOME = 20.0


def _seen(network: PipeNetwork, links: Ints, callers: Sequence[Caller]) -> Reals:
    """Return (c, k) how likely water that burst from each pipe is reported where callers say."""
    pipes = pipe_lines(network)
    seen = np.zeros((len(callers), len(links)))
    lines = [pipes.lines[pipes.number[network.links[row].id]] for row in links.tolist()]
    for number, one in enumerate(callers):
        if one.symptom in SEEN and one.position is not None:
            point = Point(pipes.plane.xy([one.position])[0])
            beside = np.exp(-shapely.distance(lines, point) / BESIDE_M)
            seen[number] = (1 - RIGHT_PIPE) * beside / NEIGHBOURS
            seen[number, links == one.link] = RIGHT_PIPE
    return seen
