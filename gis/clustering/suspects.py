"""The segments that may have failed, likeliest first, and whom they explain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from domain.incidents import Suspect
from domain.network import PipeNetwork
from domain.tickets import LocatedTicket
from gis.clustering.conducting import Reals
from gis.clustering.households import callers_of, household
from gis.clustering.weighing import RATES, RIGHT_PIPE, SIGHTINGS, Weighing, weighing_of
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
    segments = segment_of(network)
    total: dict[int, float] = defaultdict(float)
    best: dict[int, tuple[float, int]] = {}
    for row, share in zip(weighing.links.tolist(), chance.tolist(), strict=True):
        segment = segments.of_link(network.links[row].id)
        key = -2 - row if segment == NO_SEGMENT else segment
        total[key] += share
        best[key] = max(best.get(key, (-1.0, 0)), (share, -row))
    order = sorted(total, key=lambda key: (-total[key], -best[key][1]))[:NAMED]
    return tuple(
        Suspect(network.links[-best[key][1]].id, min(1.0, total[key]))
        for key in order
        if total[key] > 0
    )


def chances(weighing: Weighing) -> Reals:
    """Return (k,) the chance that each pipe burst; what is missing to 1 is "no common cause"."""
    by_size = log_likelihood(weighing)
    log = np.log(weighing.prior)[:, None, None] + by_size
    log -= np.log(by_size.shape[1] * by_size.shape[2])
    none = np.log(weighing.alone).sum()
    top = max(float(log.max(initial=-np.inf)), float(none))
    weight = np.exp(log - top)
    chance: Reals = weight.sum(axis=(1, 2)) / (weight.sum() + np.exp(none - top))
    return chance


def log_likelihood(weighing: Weighing) -> Reals:
    """Return (k, v, r): how likely the calls, and the silence, are by pipe, hole and call rate."""
    base = weighing.alone[:, None] + SIGHTINGS * weighing.seen
    total = -RATES * weighing.affected[:, :, None]
    for number in range(len(weighing.callers)):
        total += np.log(RATES * weighing.called[number][:, :, None] + base[number][:, None, None])
    return total


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
    log = np.log(weighing.prior)[:, None, None] + log_likelihood(known)
    none = np.log(known.alone).sum() + np.log(log.shape[1] * log.shape[2])
    top = max(float(log.max(initial=-np.inf)), float(none))
    weight = np.exp(log - top)
    felt, seen = weighing.felt[-1], weighing.seen[-1] / RIGHT_PIPE
    met = np.maximum(felt, seen[:, None])[:, :, None]
    return float((weight * met).sum() / (weight.sum() + np.exp(none - top)))


def probable_pipe(network: PipeNetwork, group: Sequence[LocatedTicket]) -> str | None:
    """Return the pipe of the first suspect of a group of tickets, None if none was put on a pipe.

    Of a group that has nothing to do with a burst it is the pipe most of its tickets are on.
    """
    found = suspects(network, group)
    if found:
        return found[0].pipe
    pipes = [one.place.snap.link for one in group if one.place.snap]
    return min(pipes, key=lambda pipe: -pipes.count(pipe), default=None)
