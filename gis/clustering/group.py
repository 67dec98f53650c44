"""Group the tickets of one burst: same segment, or run dry by it, within an hour."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from domain.network import PipeNetwork
from domain.tickets import LocatedTicket
from domain.work import BURST_FAMILY
from gis.clustering.households import FELT, SEEN, WINDOW
from gis.clustering.suspects import probable_pipe
from gis.isolation.isolate import isolate
from gis.isolation.segments import NO_SEGMENT, segment_of
from gis.memo import once_per_network

#: Callers who see water on the road stand at the pipe; those without water may live anywhere.
#: Source: mainbreak default.
SEEN_WEIGHT, FELT_WEIGHT = 10, 1

#: A lone caller who saw water joins a group of at least so many. Source: mainbreak default.
MANY = 3

Group = tuple[LocatedTicket, ...]


def group_tickets(network: PipeNetwork, located: Sequence[LocatedTicket]) -> tuple[Group, ...]:
    """Return one tuple of tickets per incident, first received first, inside and outside.

    1. Tickets of the burst family on one segment, within 60 minutes of the first of them.
    2. Tickets on pipes that would run dry if the probable pipe of such a group were isolated,
       within 60 minutes of its first ticket, join that group: those of no water or low pressure,
       and a lone one that saw water if the group has three tickets or more: against so many it
       is likelier to have seen the same burst from next door than a second one.
    3. Others stand alone, but for repeated tickets of one premises and symptom within 60 minutes.
    """
    ordered = sorted(located, key=_received)
    bursts = [one for one in ordered if one.symptom in BURST_FAMILY and one.place.snap]
    chosen = {one.id for one in bursts}
    others = [one for one in ordered if one.id not in chosen]
    groups = _join_dry(network, _chain(bursts, _by_segment(network)))
    everything = [*groups, *_chain(others, _by_premises)]
    return tuple(sorted(everything, key=lambda group: _received(group[0])))


def _received(one: LocatedTicket) -> tuple[object, str]:
    return one.ticket.received_at, one.id


def _by_segment(network: PipeNetwork) -> Callable[[LocatedTicket], Hashable]:
    segments = segment_of(network)

    def key(one: LocatedTicket) -> Hashable:
        pipe = one.place.snap.link if one.place.snap else ""
        segment = segments.of_link(pipe)
        return pipe if segment == NO_SEGMENT else segment

    return key


def _by_premises(one: LocatedTicket) -> Hashable:
    return (one.place.premises or one.id, one.symptom)


def _chain(
    ordered: Sequence[LocatedTicket], key: Callable[[LocatedTicket], Hashable]
) -> list[Group]:
    """Return the tickets of one key within the window of their first one, as groups."""
    running: dict[Hashable, list[LocatedTicket]] = {}
    groups: list[list[LocatedTicket]] = []
    for one in ordered:
        group = running.get(key(one))
        if group is None or not _near(group[0], one):
            group = running[key(one)] = []
            groups.append(group)
        group.append(one)
    return [tuple(group) for group in groups]


def _near(one: LocatedTicket, other: LocatedTicket) -> bool:
    return abs(other.ticket.received_at - one.ticket.received_at) <= WINDOW


def _join_dry(network: PipeNetwork, groups: Sequence[Group]) -> list[Group]:
    """Return the groups after those that explain more took the callers of the others."""
    strength = sorted(range(len(groups)), key=lambda n: (-_strength(groups[n]), n))
    members = [list(group) for group in groups]
    settled: set[int] = set()
    for number in strength:
        settled.add(number)
        if members[number]:
            _take(network, groups[number], members, number, settled)
    return [tuple(sorted(group, key=_received)) for group in members if group]


def _strength(group: Group) -> int:
    return sum(SEEN_WEIGHT if one.symptom in SEEN else FELT_WEIGHT for one in group)


def _is_lone(other: Sequence[LocatedTicket], group: Sequence[LocatedTicket]) -> bool:
    return sum(one.symptom in SEEN for one in other) == 1 and len(group) >= MANY


def _take(
    network: PipeNetwork,
    group: Group,
    members: list[list[LocatedTicket]],
    number: int,
    settled: set[int],
) -> None:
    """Move the callers that the group's burst explains from groups not yet settled."""
    callers = [
        (one, other)
        for index, other in enumerate(members)
        if index not in settled
        for one in other
        if (one.symptom in FELT or _is_lone(other, members[number])) and _near(group[0], one)
    ]
    pipe = probable_pipe(network, members[number]) if callers else None
    if pipe is None:
        return
    dry = _dried_by(network, pipe)
    for one, other in callers:
        if one.place.snap and one.place.snap.link in dry:
            other.remove(one)
            members[number].append(one)


def _dried_by(network: PipeNetwork, pipe: str) -> frozenset[str]:
    """Return the pipes that isolating this one dries beyond its segment, reckoned once."""
    known = _dried_so_far(network)
    if pipe not in known:
        known[pipe] = frozenset(isolate(network, [pipe]).unintended_pipes)
    return known[pipe]


@once_per_network
def _dried_so_far(_network: PipeNetwork) -> dict[str, frozenset[str]]:
    return {}
