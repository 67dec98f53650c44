"""The outages anybody may see: where roughly, since when, until when; no ids of ours in it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

import gis
from domain.incidents import Etr, EtrSource, Incident, Outage
from domain.network import PipeNetwork, Premises
from domain.planned import OffPeriod, PlannedShutoff
from domain.sentences import Language, Sentence
from domain.states import IncidentState, OutageState
from domain.words import Symptom
from maps.words import phrases_of
from operations.ground import Ground
from operations.incidents.actual_supply import dry_now
from storage import UnitOfWork

#: Below this an outage's premises are counted in tens, upwards: a small outage would otherwise
#: tell which homes it is. Source: mainbreak default.
FEW = 50

#: How long an outage that is over stays in the list. Source: mainbreak default.
STAYS = timedelta(hours=3)

#: Roads an area is named by at the most, those with most premises first.
MOST_ROADS = 3

_GOING_ON = frozenset(
    {
        OutageState.ANNOUNCED,
        OutageState.PREDICTED,
        OutageState.IN_EFFECT,
        OutageState.PARTLY_RESTORED,
    }
)
_WORKS = Sentence("计划停水", "Planned work")
_NO_NAME = Sentence("部分片区", "Part of the town")


@dataclass(frozen=True, slots=True)
class PublicOutage:
    """One outage as anybody may see it; ``id`` is made for this list and stays the same.

    ``rings`` are closed outlines of WGS-84 (lon, lat), see ``gis.public_area``; ``planned`` is the
    window that was announced, None for an outage that nobody planned.
    """

    id: str
    area: Sentence
    state: OutageState
    cause: Sentence
    since: datetime | None
    restored_at: datetime | None
    etr: Etr | None
    premises_count: int
    rings: tuple[tuple[tuple[float, float], ...], ...]
    planned: OffPeriod | None = None


def public_outages(work: UnitOfWork, ground: Ground, now: datetime) -> tuple[PublicOutage, ...]:
    """Return what is off, what will be, and what was until three hours ago; newest first.

    An outage that is only suspected is not in it: one caller's guess is no news. Nor is one that
    leaves nobody without water.
    """
    outages = {*work.outages.active(), *work.outages.restored_since(now - STAYS)}
    known = work.incidents.some([one.incident for one in outages])
    shown = [
        (outage, known[outage.incident])
        for outage in outages
        if outage.incident in known
        and outage.isolation.premises
        and _is_public(outage, known[outage.incident], now)
    ]
    shown.sort(key=lambda pair: (pair[1].opened_at, pair[0].id), reverse=True)
    counted = [(one, incident, _out(work, ground, one)) for one, incident in shown]
    burst = (_public(ground.network, *one) for one in counted if one[2])
    return (*burst, *(_foreseen(ground.network, one) for one in _announced(work, now)))


def _announced(work: UnitOfWork, now: datetime) -> list[PlannedShutoff]:
    """Return the planned ones that people were told of: those that come, run or ended lately."""
    told = {OutageState.ANNOUNCED, OutageState.IN_EFFECT, OutageState.PARTLY_RESTORED}
    return [
        one
        for one in work.planned_shutoffs.since(now - STAYS)
        if one.isolation.premises
        and (one.restored_at is not None or one.state in told)
        and (one.state is not OutageState.ANNOUNCED or one.ends_at > now)
    ]


def _foreseen(network: PipeNetwork, one: PlannedShutoff) -> PublicOutage:
    by_id = network.premises_by_id
    out = [by_id[name] for name in one.isolation.premises if name in by_id]
    told, over = one.announced_at, one.restored_at is not None
    etr = Etr(one.ends_at, EtrSource.DISPATCHER, told) if told and not over else None
    return PublicOutage(
        id=public_id(one.id),
        area=area_in_words(network, out),
        state=one.state,
        cause=_WORKS,
        since=one.began_at,
        restored_at=one.restored_at,
        etr=etr,
        premises_count=rounded(one.isolation.premises_count),
        rings=gis.public_area(network, [place.location for place in out]),
        planned=OffPeriod(one.starts_at, one.ends_at),
    )


def public_id(outage_id: str) -> str:
    """Return what an outage is called in public: the same each time, and no number of ours."""
    return hashlib.sha256(f"public outage {outage_id}".encode()).hexdigest()[:12]


def _is_public(outage: Outage, incident: Incident, now: datetime) -> bool:
    if outage.state is OutageState.RESTORED:
        return outage.restored_at is not None and now - outage.restored_at <= STAYS
    if outage.state is OutageState.PREDICTED and incident.state is IncidentState.SUSPECTED:
        return False
    return outage.state in _GOING_ON


def _out(work: UnitOfWork, ground: Ground, outage: Outage) -> Collection[str]:
    """Return whom the list counts: all that will be off, but who has water again."""
    if outage.state is OutageState.PARTLY_RESTORED:
        return dry_now(work, ground, outage)
    return outage.isolation.premises


def _public(
    network: PipeNetwork, outage: Outage, incident: Incident, premises: Collection[str]
) -> PublicOutage:
    by_id = network.premises_by_id
    out = [by_id[one] for one in sorted(premises) if one in by_id]
    over = outage.state is OutageState.RESTORED
    return PublicOutage(
        id=public_id(outage.id),
        area=area_in_words(network, out),
        state=outage.state,
        cause=_cause(incident.symptom),
        since=outage.began_at,
        restored_at=outage.restored_at,
        etr=None if over else outage.etr,
        premises_count=rounded(len(premises)),
        rings=gis.public_area(network, [one.location for one in out]),
    )


def rounded(count: int) -> int:
    """Return a count of premises as the public gets it: few in tens, upwards; many as they are.

    >>> rounded(1), rounded(11), rounded(50), rounded(51)
    (10, 20, 50, 51)
    """
    return 10 * ceil(count / 10) if count < FEW else count


def area_in_words(network: PipeNetwork, out: Sequence[Premises]) -> Sentence:
    """Return where these premises are: the roads most of them are fed from."""
    links = (network.link_by_id.get(one.link) for one in out if one.link)
    counted = Counter(link.road for link in links if link and link.road)
    roads = sorted(counted, key=lambda road: (-counted[road], road))[:MOST_ROADS]
    if not roads:
        return _NO_NAME
    return Sentence(f"{'、'.join(roads)}一带", f"Around {', '.join(roads)}")


def _cause(symptom: Symptom) -> Sentence:
    words = {one: phrases_of(one, "common")[f"symptom.{symptom}"] for one in Language}
    return Sentence(words[Language.CHINESE], words[Language.ENGLISH])
