"""The segments that may have failed, likeliest first, and whom they explain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from domain.incidents import Suspect
from domain.network import PipeNetwork
from domain.tickets import LocatedTicket
from gis.clustering.flow import Reals
from gis.clustering.households import callers_of, household
from gis.clustering.weighing import BUSY, RATES, RIGHT_PIPE, SIGHTINGS, Weighing, weighing_of
from gis.isolation.graph import Ints
from gis.isolation.segments import NO_SEGMENT, segment_of

#: So many suspects are named at most.
NAMED = 10


def suspects(
    network: PipeNetwork, calls: Sequence[LocatedTicket], now: datetime | None = None
) -> tuple[Suspect, ...]:
    """Return the segments that may have failed, likeliest first, at most ten.

    Each is named by its likeliest pipe. The probabilities of all segments, named or not, and of
    "no common cause" add up to 1; who lacks water and does not call counts too. Calls of one
    household count once; calls that are on no pipe, or that no burst explains, count nothing.
    Calls after ``now`` are left out. docs/clustering.md draws the model.
    """
    heard = [one for one in calls if now is None or one.ticket.received_at <= now]
    callers = callers_of(network, heard)
    if not callers:
        return ()
    weighing = weighing_of(network, callers)
    chance = chances(weighing)
    keys = _segments(network, weighing.links)
    total: dict[int, float] = defaultdict(float)
    for key, share in zip(keys, chance.tolist(), strict=True):
        total[key] += share
    pipe: dict[int, int] = {}
    for row in _telling(weighing, chance):
        pipe.setdefault(keys[row], row)
    order = sorted(total, key=lambda key: (-total[key], pipe[key]))[:NAMED]
    named = [(network.links[int(weighing.links[pipe[key]])].id, total[key]) for key in order]
    return tuple(Suspect(name, min(1.0, share)) for name, share in named if share > 0)


def _segments(network: PipeNetwork, links: Ints) -> list[int]:
    """Return the segment of each link (rows); one that separates segments counts by itself."""
    segments = segment_of(network)
    found = [segments.of_link(network.links[row].id) for row in links.tolist()]
    pairs = zip(found, links.tolist(), strict=True)
    return [-2 - row if segment == NO_SEGMENT else segment for segment, row in pairs]


def _telling(weighing: Weighing, chance: Reals) -> list[int]:
    """Return the rows of pipes: where water was seen first, then where most callers are."""
    links = weighing.links
    callers = np.array([one.link for one in weighing.callers], np.int32)
    on_it = (links[:, None] == callers[None, :]).sum(axis=1)
    seen = np.round(weighing.seen.sum(axis=0), 6)
    order: list[int] = np.lexsort((links, -chance, -on_it, -seen)).tolist()
    return order


def chances(weighing: Weighing) -> Reals:
    """Return (k,) the chance that each pipe burst; what is missing to 1 is "no common cause"."""
    return np.asarray(posterior(weighing).sum(axis=(1, 2)))


def posterior(weighing: Weighing) -> Reals:
    """Return (k, v, r) the chance of each pipe, case and share that calls; less than 1 in all."""
    days = [_on_a_day(weighing, factor) for factor in BUSY]
    top = max(max(log.max(initial=-np.inf), none) for log, none in days)
    weight = sum(
        share * np.exp(log - top) for (log, _), share in zip(days, BUSY.values(), strict=True)
    )
    nothing = sum(share * np.exp(days[n][1] - top) for n, share in enumerate(BUSY.values()))
    chance: Reals = weight / (np.sum(weight) + nothing)
    return chance


def _on_a_day(weighing: Weighing, busy: float) -> tuple[Reals, float]:
    """Return log of (k, v, r) chances, and of no common cause, if so many call about other things.

    Up to a constant; who is affected and does not call speaks against a pipe.
    """
    alone = busy * weighing.alone
    base = alone[:, None] + SIGHTINGS * weighing.seen
    total = np.log(weighing.prior)[:, None, None] + np.log(weighing.cases[:, None] / len(RATES))
    total = total - RATES * weighing.affected[:, :, None]
    for number in range(len(weighing.callers)):
        total += np.log(RATES * weighing.called[number][:, :, None] + base[number][:, None, None])
    return total, float(np.log(alone).sum())


def explains(network: PipeNetwork, calls: Sequence[LocatedTicket], ticket: LocatedTicket) -> float:
    """Return the chance, 0 to 1, that what these calls are about leaves the ticket's place dry.

    Dry or with low pressure; for one who saw water, that it is that water. 0 where the calls or
    the ticket are on no pipe. A low one is an outlier: a second burst, or a fault indoors.
    """
    names = {household(ticket)}
    others = callers_of(network, [one for one in calls if household(one) not in names])
    new = callers_of(network, [ticket])
    if not others or not new:
        return 0.0
    weighing = weighing_of(network, [*others, *new])
    known = weighing.of(range(len(others)))
    felt, seen = weighing.felt[-1], weighing.seen[-1] / RIGHT_PIPE
    met = np.maximum(felt, seen[:, None])[:, :, None]
    return float((posterior(known) * met).sum())


def probable_pipe(network: PipeNetwork, group: Sequence[LocatedTicket]) -> str | None:
    """Return the pipe of the first suspect of a group of tickets, None if none was put on a pipe.

    Of a group that has nothing to do with a burst it is the pipe most of its tickets are on.
    """
    found = suspects(network, group)
    if found:
        return found[0].pipe
    pipes = [one.place.snap.link for one in group if one.place.snap]
    return min(pipes, key=lambda pipe: -pipes.count(pipe), default=None)
