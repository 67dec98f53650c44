"""Which tickets are one incident: those that one burst explains better than two would."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime

import numpy as np

from domain.network import PipeNetwork
from domain.tickets import LocatedTicket
from domain.work import BURST_FAMILY
from gis.clustering.flow import Reals
from gis.clustering.households import SEEN, WINDOW, Caller, callers_of, household, received
from gis.clustering.merging import Evidence, merged
from gis.clustering.near import area_around, is_whole, pipes_felt
from gis.clustering.weighing import RATES, SIGHTINGS, weighed

#: A lone caller who saw water joins a group of at least so many. Source: mainbreak default.
MANY = 3

#: So many pipes are weighed for each caller, those that take most from it, if it feels at least
#: this share of what who hangs on the pipe does. Source: mainbreak defaults.
PIPES_EACH, PIPES_EACH_OF_TILE, LEAST_FELT = 100, 30, 0.02

#: Chance of one more burst in the area within the hour, as grouping takes it: much above what
#: happens, since a second burst that is hidden in the first costs more than one too many.
#: Source: mainbreak default.
SECOND = 0.5

Group = tuple[LocatedTicket, ...]


def group_tickets(network: PipeNetwork, located: Sequence[LocatedTicket]) -> tuple[Group, ...]:
    """Return one tuple of tickets per incident, first received first, inside and outside.

    Tickets of the burst family, within 60 minutes of each other, are together if one burst explains
    them better than two: callers downstream of it however far, nobody across a closed pipe or a
    border of zones however near. Calls of a household within the hour stay together. Others stand
    alone, but for repeated tickets of one premises and symptom within 60 minutes. The order of the
    tickets does not matter.
    """
    ordered = sorted(located, key=received)
    bursts = [one for one in ordered if one.symptom in BURST_FAMILY and one.place.snap]
    chosen = {one.id for one in bursts}
    others = [one for one in ordered if one.id not in chosen]
    everything = [*_by_cause(network, _chain(bursts, household)), *_chain(others, _repeated)]
    return tuple(sorted(everything, key=lambda group: received(group[0])))


def _repeated(one: LocatedTicket) -> Hashable:
    return (one.place.premises or one.id, one.symptom)


def _chain(
    ordered: Sequence[LocatedTicket], key: Callable[[LocatedTicket], Hashable]
) -> list[Group]:
    """Return the tickets of one key within the window of their first one, as groups."""
    running: dict[Hashable, list[LocatedTicket]] = {}
    groups: list[list[LocatedTicket]] = []
    for one in ordered:
        group = running.get(key(one))
        if group is None or one.ticket.received_at - group[0].ticket.received_at > WINDOW:
            group = running[key(one)] = []
            groups.append(group)
        group.append(one)
    return [tuple(group) for group in groups]


def _by_cause(network: PipeNetwork, visits: Sequence[Group]) -> list[Group]:
    """Return the groups that common causes make of the calls of households."""
    known = [(visit, callers_of(network, visit)) for visit in visits]
    lost = [visit for visit, callers in known if not callers]
    found = [(visit, callers[0]) for visit, callers in known if callers]
    groups: list[Group] = list(lost)
    for part in _within_reach(network, found):
        callers = [caller for _, caller in part]
        for rows in _parted(network, callers, [visit for visit, _ in part]):
            together = [one for row in rows for one in part[row][0]]
            groups.append(tuple(sorted(together, key=received)))
    return groups


Found = tuple[Group, Caller]


def _within_reach(network: PipeNetwork, found: Sequence[Found]) -> list[list[Found]]:
    """Return the callers by areas: of what is left, always the area that most of them ask for."""
    parts = []
    left = list(found)
    while left:
        area = area_around(network, [caller.link for _, caller in left])
        inside = area.row_of_link[[caller.link for _, caller in left]] >= 0
        if not inside.any():
            inside[:] = True
        parts.append([one for one, here in zip(left, inside, strict=True) if here])
        left = [one for one, here in zip(left, inside, strict=True) if not here]
    return parts


def _parted(
    network: PipeNetwork, callers: Sequence[Caller], visits: Sequence[Group]
) -> list[list[int]]:
    """Return which callers belong together, as rows."""
    area = area_around(network, [one.link for one in callers])
    links, felt = pipes_felt(area, callers)
    begin = np.array([_minutes(visit[0].ticket.received_at) for visit in visits])
    end = np.array([_minutes(visit[-1].ticket.received_at) for visit in visits])
    each = PIPES_EACH if is_whole(area) else PIPES_EACH_OF_TILE
    order = np.argsort(-felt, axis=0, kind="stable")[:each]
    near = np.zeros(felt.shape, np.bool_)
    np.put_along_axis(near, order, values=True, axis=0)
    near &= felt >= LEAST_FELT
    hour = WINDOW.total_seconds() / 60
    soon = np.abs(begin[:, None] - begin[None, :]) <= hour
    shared = (near.T.astype(np.float32) @ near.astype(np.float32) > 0) & soon
    company = np.flatnonzero(shared.sum(axis=1) > 1)
    single = sorted(set(range(len(callers))) - set(company.tolist()))
    alone = _by_link(single, [callers[row].link for row in single], begin)
    if not len(company):
        return alone
    pipes = links[near[:, company].any(axis=1)]
    weighing = weighed(network, area, pipes, [callers[row] for row in company.tolist()])
    seen = np.array([callers[row].symptom in SEEN for row in company.tolist()])
    # Who saw water is not counted among the affected, so the share that calls enters here.
    rate = np.where(seen, RATES.mean(), 1.0)[:, None, None]
    likely = rate * weighing.called + SIGHTINGS * weighing.seen[:, :, None]
    evidence = Evidence(
        log=np.log(np.maximum(likely, 1e-30)).reshape(len(company), -1).astype(np.float32),
        felt=(~seen).astype(np.int32),
        alone=np.log(weighing.alone),
        prior=np.log(
            SECOND * np.outer(weighing.prior / weighing.prior.sum(), weighing.cases).ravel()
        ),
        affected=weighing.affected.reshape(-1),
        begin=begin[company],
        end=end[company],
    )
    together = [[int(company[row]) for row in rows] for rows in merged(evidence, hour)]
    return [*alone, *together]


def _by_link(rows: Sequence[int], links: Sequence[int], begin: Reals) -> list[list[int]]:
    """Return rows that no burst explains together by their pipe: a closed one, for instance."""
    groups: list[list[int]] = []
    running: dict[int, list[int]] = {}
    for row, link in sorted(zip(rows, links, strict=True), key=lambda one: (begin[one[0]], one[0])):
        group = running.get(link)
        if group is None or begin[row] - begin[group[0]] > WINDOW.total_seconds() / 60:
            group = running[link] = []
            groups.append(group)
        group.append(row)
    return groups


def _minutes(at: datetime) -> float:
    return at.timestamp() / 60
