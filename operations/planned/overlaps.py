"""What two shut-offs at one time do to each other, above all: who is dry only by both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import gis
from domain.isolation import Isolation
from domain.network import IsolationValve, PipeNetwork
from domain.planned import TIRING, OffPeriod, Overlap, PlannedShutoff, Repeat
from operations.planned.surroundings import Other, Surroundings, is_known


@dataclass(frozen=True, slots=True)
class Combined:
    """Premises that several shut-offs dry together and none of them alone, by id."""

    premises: frozenset[str]
    critical: frozenset[str]


def overlaps_of(around: Surroundings, shutoff: PlannedShutoff) -> tuple[Overlap, ...]:
    """Return whom the shut-off meets in time and in the network, the earliest first."""
    if not is_known(around.network, shutoff.pipes):
        return ()
    found = [
        overlap_of(around.network, shutoff.isolation, one) for one in _at_once(around, shutoff)
    ]
    known = [one for one in found if one.matters]
    return tuple(sorted(known, key=lambda one: (one.period.starts_at, one.other)))


def combined_with_all(around: Surroundings, shutoff: PlannedShutoff) -> Combined:
    """Return who is dry only because of others of the same time: two, or more at once."""
    premises: set[str] = set()
    critical: set[str] = set()
    if is_known(around.network, shutoff.pipes):
        for group in _groups(around, shutoff):
            more = combined(around.network, shutoff.isolation, group)
            premises |= more.premises
            critical |= more.critical
    return Combined(frozenset(premises), frozenset(critical))


def repeats_of(around: Surroundings, shutoff: PlannedShutoff) -> tuple[Repeat, ...]:
    """Return the critical premises that something else dries within a week, and what."""
    own = shutoff.off_period(around.now)
    near = [
        one
        for one in (*around.past, *around.others)
        if one.id != shutoff.id and one.period.is_near(own, TIRING)
    ]
    found = []
    for name in shutoff.isolation.critical_premises:
        others = tuple(one.id for one in near if name in one.isolation.critical_premises)
        if others:
            found.append(Repeat(name, others))
    return tuple(found)


def combined(network: PipeNetwork, mine: Isolation, others: Sequence[Other]) -> Combined:
    """Return who is dry with all of them shut and with none of them alone."""
    bursts = [one.isolation.burst for one in others]
    together = gis.isolate(network, mine.burst, with_outages=bursts)
    alone = (mine, *(one.isolation for one in others))
    dry = {name for one in alone for name in one.premises}
    return Combined(frozenset(together.premises) - dry, frozenset(together.critical_premises) - dry)


def overlap_of(network: PipeNetwork, mine: Isolation, other: Other) -> Overlap:
    """Return what two shut-offs at one time share and what they do only together."""
    theirs = other.isolation
    more = combined(network, mine, [other])
    return Overlap(
        other=other.id,
        kind=other.kind,
        title=other.title,
        period=other.period,
        pipes=_shared(_dry_pipes(mine), _dry_pipes(theirs)),
        premises=_shared(mine.premises, theirs.premises),
        isolation_valves=_shared(mine.close, theirs.close),
        contested=_contested(network, mine, theirs),
        only_combined_premises=tuple(sorted(more.premises)),
        only_combined_critical=tuple(sorted(more.critical)),
    )


def _at_once(around: Surroundings, shutoff: PlannedShutoff) -> list[Other]:
    own = shutoff.off_period(around.now)
    return [
        one
        for one in around.others
        if one.id != shutoff.id
        and one.period.meets(own)
        and is_known(around.network, one.isolation.burst)
    ]


def _groups(around: Surroundings, shutoff: PlannedShutoff) -> Iterator[list[Other]]:
    """Yield each set of others that are off at one instant of the shut-off; none twice.

    Such a set is largest where one of its members, or the shut-off itself, begins.
    """
    own, others = shutoff.off_period(around.now), _at_once(around, shutoff)
    begins = {own.starts_at, *(max(one.period.starts_at, own.starts_at) for one in others)}
    seen: set[frozenset[str]] = set()
    for instant in sorted(begins):
        group = [one for one in others if _is_off(one.period, instant)]
        names = frozenset(one.id for one in group)
        if group and names not in seen:
            seen.add(names)
            yield group


def _is_off(period: OffPeriod, instant: datetime) -> bool:
    return period.starts_at <= instant and (period.ends_at is None or instant < period.ends_at)


def _dry_pipes(one: Isolation) -> tuple[str, ...]:
    return (*one.segment_pipes, *one.unintended_pipes)


def _shared(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*one} & {*other}))


def _contested(network: PipeNetwork, mine: Isolation, theirs: Isolation) -> tuple[str, ...]:
    """Return the isolation valves one would open for re-supply and the other needs shut."""
    known = network.isolation_valve_by_id
    wanted = [(name, theirs) for name in mine.resupply] + [(name, mine) for name in theirs.resupply]
    return tuple(
        sorted({name for name, other in wanted if name in known and _bounds(known[name], other)})
    )


def _bounds(valve: IsolationValve, isolation: Isolation) -> bool:
    """Return True if the isolation valve stands at the edge of the segment, or in it."""
    return valve.link in isolation.segment_pipes or valve.node in isolation.segment_nodes
