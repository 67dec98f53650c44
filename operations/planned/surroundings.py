"""Everything that is off, or will be, beside a planned shut-off; read once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import gis
from domain.incidents import Outage
from domain.isolation import Isolation
from domain.network import PipeNetwork
from domain.planned import TIRING, OffPeriod, OverlapKind, PlannedShutoff
from operations.ground import Ground
from operations.incidents.live_isolation import undisturbed_network
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Other:
    """A planned shut-off or an outage, as the ones beside it see it."""

    id: str
    kind: OverlapKind
    title: str
    period: OffPeriod
    isolation: Isolation


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The undisturbed network, and what is off in it.

    ``others`` are off now or later, ``past`` were until lately; ``shutoffs`` are the planned ones
    that are not over.
    """

    now: datetime
    zone: tzinfo
    network: PipeNetwork
    shutoffs: tuple[PlannedShutoff, ...]
    others: tuple[Other, ...]
    past: tuple[Other, ...]


def surroundings(work: UnitOfWork, ground: Ground, now: datetime, zone: tzinfo) -> Surroundings:
    """Return what any planned shut-off may meet; isolations not announced yet are as of now.

    Sentences about it say their times in ``zone``.
    """
    network = undisturbed_network(work, ground)
    lately = work.planned_shutoffs.since(now - TIRING)
    shutoffs = tuple(reckoned(network, one) for one in lately)
    going = tuple(one for one in shutoffs if one.restored_at is None)
    others = [*(_planned(one, now) for one in going), *_running(work.outages.active(), now)]
    ended = [_planned(one, now) for one in shutoffs if one.restored_at is not None]
    over = [*ended, *_ended(work.outages.restored_since(now - TIRING))]
    return Surroundings(now, zone, network, going, tuple(others), tuple(over))


def reckoned(network: PipeNetwork, shutoff: PlannedShutoff) -> PlannedShutoff:
    """Return the shut-off with the isolation it needs now; once announced, with what was told.

    One on a pipe that the network does not hold any more keeps what it has.
    """
    if not shutoff.awaits_notice or not is_known(network, shutoff.pipes):
        return shutoff
    return replace(shutoff, isolation=gis.isolate(network, shutoff.pipes))


def is_known(network: PipeNetwork, pipes: Sequence[str]) -> bool:
    """Return True if the network holds all these links."""
    return all(one in network.link_by_id for one in pipes)


def _planned(one: PlannedShutoff, now: datetime) -> Other:
    return Other(one.id, OverlapKind.PLANNED, one.title, one.off_period(now), one.isolation)


def _running(outages: Sequence[Outage], now: datetime) -> list[Other]:
    """Return the running outages; one whose ETR is unknown or has passed may last for ever."""
    found = []
    for one in outages:
        until = one.etr.at if one.etr is not None and one.etr.at > now else None
        period = OffPeriod(one.began_at or now, until)
        found.append(Other(one.id, OverlapKind.OUTAGE, "", period, one.isolation))
    return found


def _ended(outages: Sequence[Outage]) -> list[Other]:
    return [
        Other(
            one.id,
            OverlapKind.OUTAGE,
            "",
            OffPeriod(one.began_at or one.restored_at, one.restored_at),
            one.isolation,
        )
        for one in outages
        if one.restored_at is not None
    ]
