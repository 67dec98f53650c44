"""Answer "is my water off, why, and until when?" from what is known, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

import gis
from domain.answers import Answer, AnswerKind
from domain.incidents import Etr, Incident, Outage
from domain.network import PipeNetwork
from domain.places import LonLat
from domain.sentences import Sentence
from domain.states import IncidentState, OutageState
from domain.tickets import Candidate, Ticket
from domain.work import BURST_FAMILY
from operations.calling import caller_words as words
from operations.calling.after_outage import AFTER_WORKS
from operations.calling.crew_arrival import crew_arrival
from operations.calling.place_of_call import candidates_of, metres_from, needs_confirmation
from operations.calling.planned_answer import (
    back_from_planned,
    dry_for_planned,
    planned_for,
    reaches,
)
from operations.calling.progress_of import progress_of
from operations.calling.water_at import Water, water_at
from operations.ground import Ground
from operations.incidents.live_isolation import undisturbed_network
from operations.incidents.of_incident import outage_of
from operations.showing.etr_basis import etr_basis
from storage import UnitOfWork

#: A caller is told so long that water is back.
RECENTLY = AFTER_WORKS

#: A suspicion farther off is not told, though the segment reaches there. Source: mainbreak default.
NEARBY_M = 500.0

_DRY = frozenset({OutageState.IN_EFFECT, OutageState.PARTLY_RESTORED})
_COMING = frozenset({OutageState.PREDICTED, OutageState.ANNOUNCED})


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, by whatever is known of them; ``premises`` is the id that an agent picked.

    ``in_public`` leaves out what only the household itself has reported: anybody may type any
    address.
    """

    phone: str = ""
    account: str = ""
    address: str = ""
    premises: str | None = None
    position: LonLat | None = None
    in_public: bool = False


def answer_caller(
    work: UnitOfWork, ground: Ground, asked: Asked, now: datetime, zone: tzinfo
) -> Answer:
    """Return what to tell a caller; the script says its times in ``zone`` and names nobody.

    Raises
    ------
    UnknownId
        If there is no such premises.
    """
    ticket = Ticket(
        id="",
        received_at=now,
        phone=asked.phone,
        account=asked.account,
        address=asked.address,
        position=asked.position,
    )
    if asked.in_public and asked.address:
        candidates = ground.gazetteer.locate_in_public(asked.address)
    else:
        candidates = candidates_of(ground, ticket, asked.premises)
    if needs_confirmation(candidates):
        said = asked.address or asked.account
        return Answer(AnswerKind.PLACE_UNKNOWN, said, words.place_unknown())
    place = candidates[0]
    return (
        _of_outage(work, ground, place, now, zone, in_public=asked.in_public)
        or dry_for_planned(work, place, now, zone)
        or _of_suspicion(work, ground, place, now, zone, in_public=asked.in_public)
        or planned_for(work, ground, place, now, zone)
        or _of_restored(work, place, now, zone)
        or back_from_planned(work, place, now, zone, RECENTLY)
        or Answer(AnswerKind.NOTHING_KNOWN, place.label, words.nothing_known(), place.premises)
    )


def _of_outage(
    work: UnitOfWork,
    ground: Ground,
    place: Candidate,
    now: datetime,
    zone: tzinfo,
    *,
    in_public: bool,
) -> Answer | None:
    """Return the answer of an outage that has this place dry, or is about to."""
    outages = [one for one in work.outages.active() if reaches(one.isolation, place)]
    has = {one.id: water_at(work, ground, one, place) for one in outages if one.state in _DRY}
    dry = [one for one in outages if one.id in has and has[one.id].water is Water.OFF]
    coming = [
        one
        for one in outages
        if one.state in _COMING or (one.id in has and has[one.id].water is Water.STILL_ON)
    ]
    if not dry and not coming:
        given_back = [(has[one.id].since, one) for one in outages if one.id in has]
        return _back(place, given_back, now, zone)
    outage = (dry or coming)[0]
    kind = AnswerKind.NO_WATER if dry else AnswerKind.WILL_BE_OFF
    incident = work.incidents.get(outage.incident)
    cause = _cause(work, ground, incident)
    progress = progress_of(work, incident, outage)
    etr = _etr(outage, now)
    eta = None if in_public else crew_arrival(work, ground, incident, now)
    basis = None if in_public or etr is None else etr_basis(work, etr, incident.id)
    until = words.until(etr, now, zone, passed=outage.etr is not None, basis=basis)
    say = words.no_water if dry else words.will_be_off
    return Answer(
        kind=kind,
        label=place.label,
        script=say(cause, words.with_arrival(progress, eta, now, zone), until),
        premises=place.premises,
        cause=cause,
        progress=progress,
        incident=incident.id,
        outage=outage.id,
        since=_since(incident, outage),
        etr=etr,
        etr_basis=basis,
        crew_eta=eta,
    )


def _cause(work: UnitOfWork, ground: Ground, incident: Incident) -> Sentence:
    """Return what is wrong, and what it goes on from if it is a child."""
    parent = work.incidents.find(incident.parent) if incident.parent else None
    if parent is None:
        return words.cause_of(ground.network, incident)
    return words.cause_after(ground.network, incident, parent)


def _since(incident: Incident, outage: Outage) -> datetime:
    """Return since when there is no water: who was never back has none since the parent's start."""
    return incident.opened_at if incident.parent else outage.began_at or incident.opened_at


def _etr(outage: Outage, now: datetime) -> Etr | None:
    """Return the ETR unless it has passed: a time in the past is no promise."""
    return outage.etr if outage.etr is not None and outage.etr.at > now else None


def _of_suspicion(
    work: UnitOfWork,
    ground: Ground,
    place: Candidate,
    now: datetime,
    zone: tzinfo,
    *,
    in_public: bool,
) -> Answer | None:
    """Return the answer of an incident that may be behind it, the caller's own one first."""
    own = None if in_public else next(_own(work, place), None)
    found = own or next(_nearby(work, ground, place), None)
    if found is None:
        return None
    cause = _cause(work, ground, found)
    progress = progress_of(work, found, outage_of(work, found.id))
    eta = None if in_public else crew_arrival(work, ground, found, now)
    return Answer(
        kind=AnswerKind.SUSPECTED,
        label=place.label,
        script=words.suspected(cause, words.with_arrival(progress, eta, now, zone)),
        premises=place.premises,
        cause=cause,
        progress=progress,
        incident=found.id,
        since=found.opened_at,
        crew_eta=eta,
    )


def _own(work: UnitOfWork, place: Candidate) -> Iterator[Incident]:
    """Yield the open incidents that tickets of these premises belong to."""
    if place.premises is None:
        return
    going = work.incidents.active()
    for ticket in work.tickets.open_located():
        if ticket.place.premises == place.premises:
            yield from (one for one in going if ticket.id in one.tickets)


def _nearby(work: UnitOfWork, ground: Ground, place: Candidate) -> Iterator[Incident]:
    """Yield the suspected bursts on the same segment, near enough to be felt here."""
    if place.snap is None:
        return
    with_outage = {one.incident for one in work.outages.active()}
    pipe, network = place.snap.link, undisturbed_network(work, ground)
    suspected = [
        one
        for one in work.incidents.active()
        if one.symptom in BURST_FAMILY
        and one.state is not IncidentState.RESOLVED
        and one.id not in with_outage
        and _same_segment(network, one.link, pipe)
    ]
    metres = metres_from(place.position, [one.location for one in suspected])
    yield from (one for one, far in zip(suspected, metres, strict=True) if far <= NEARBY_M)


def _same_segment(network: PipeNetwork, one: str | None, other: str) -> bool:
    if one is None or one == other:
        return one == other
    segments = gis.segment_of(network)
    number = segments.of_link(one)
    return number >= 0 and number == segments.of_link(other)


def _of_restored(work: UnitOfWork, place: Candidate, now: datetime, zone: tzinfo) -> Answer | None:
    """Return the answer of an outage that ended here within the last day, the latest one."""
    ended = [
        (one.restored_at, one)
        for one in work.outages.restored_since(now - RECENTLY)
        if reaches(one.isolation, place)
    ]
    return _back(place, ended, now, zone)


def _back(
    place: Candidate,
    outages: Sequence[tuple[datetime | None, Outage]],
    now: datetime,
    zone: tzinfo,
) -> Answer | None:
    """Return the answer of the outage that gave this place its water back last, if any did."""
    ended = [(at, one) for at, one in outages if at is not None]
    if not ended:
        return None
    at, outage = max(ended, key=lambda one: (one[0], one[1].id))
    return Answer(
        kind=AnswerKind.RESTORED,
        label=place.label,
        script=words.restored(at, now, zone),
        premises=place.premises,
        incident=outage.incident,
        outage=outage.id,
        since=outage.began_at,
        restored_at=at,
    )
