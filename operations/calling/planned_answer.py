"""What a caller hears of a planned shut-off: water is off for it, or will be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from domain.answers import Answer, AnswerKind
from domain.incidents import Etr, EtrSource
from domain.isolation import Isolation
from domain.masking import masked_text
from domain.planned import PlannedShutoff
from domain.sentences import Sentence
from domain.states import OutageState
from domain.tickets import Candidate
from domain.told_time import told_time
from operations.calling import caller_words as words
from operations.ground import Ground
from operations.planned.assess import assess
from storage import UnitOfWork

_GOING_ON = Sentence("计划内的工作正在进行", "Planned work is going on")


def dry_for_planned(
    work: UnitOfWork, place: Candidate, now: datetime, zone: tzinfo
) -> Answer | None:
    """Return the answer of a planned shut-off in effect that has this place dry."""
    active = (one for one in work.planned_shutoffs.active() if one.is_dry)
    found = next((one for one in active if reaches(one.isolation, place)), None)
    if found is None:
        return None
    etr = _etr(found, now)
    back = words.until(etr, now, zone, passed=True)
    plain = _answer(AnswerKind.NO_WATER, place, found, now)
    script = words.no_water(_cause(found), _GOING_ON, back)
    return replace(plain, script=script, progress=_GOING_ON)


def planned_for(
    work: UnitOfWork, ground: Ground, place: Candidate, now: datetime, zone: tzinfo
) -> Answer | None:
    """Return the answer of the next announced shut-off that will dry this place.

    A premises that only several dry together is on the list of each of them.
    """
    told = [one for one in work.planned_shutoffs.active() if _is_told(one, now)]
    found = next((one for one in told if reaches(one.isolation, place)), None)
    if found is None and place.premises is not None:
        combined = assess(work, ground, told, now, zone)
        names = (one for one in combined if place.premises in one.only_combined_premises)
        found = next((one.shutoff for one in names), None)
    if found is None:
        return None
    off = told_time(found.starts_at, now, zone)
    back = told_time(found.ends_at, found.starts_at, zone)  # without its date on one day
    plain = _answer(AnswerKind.PLANNED, place, found, now)
    return replace(plain, script=words.planned(_cause(found), off, back))


def back_from_planned(
    work: UnitOfWork, place: Candidate, now: datetime, zone: tzinfo, lately: timedelta
) -> Answer | None:
    """Return the answer of a planned shut-off that ended here lately, the last one."""
    ended = [
        (one.restored_at, one)
        for one in work.planned_shutoffs.since(now - lately)
        if one.restored_at is not None and reaches(one.isolation, place)
    ]
    if not ended:
        return None
    at, found = max(ended, key=lambda one: (one[0], one[1].id))
    plain = _answer(AnswerKind.RESTORED, place, found, now)
    return replace(
        plain, script=words.restored(at, now, zone), restored_at=at, cause=None, etr=None
    )


def reaches(isolation: Isolation, place: Candidate) -> bool:
    """Return True if the isolation has this premises; of a bare place, if it has its pipe."""
    if place.premises is not None:
        return place.premises in isolation.premises
    pipes = {*isolation.segment_pipes, *isolation.unintended_pipes}
    return place.snap is not None and place.snap.link in pipes


def _is_told(one: PlannedShutoff, now: datetime) -> bool:
    """Return True for one that was announced and may still come; one that never began is none."""
    return one.is_dry or (one.state is OutageState.ANNOUNCED and one.ends_at > now)


def _answer(kind: AnswerKind, place: Candidate, one: PlannedShutoff, now: datetime) -> Answer:
    cause = _cause(one)
    return Answer(
        kind=kind,
        label=place.label,
        script=cause,
        premises=place.premises,
        cause=cause,
        outage=one.id,
        since=one.began_at or one.starts_at,
        etr=_etr(one, now),
    )


def _etr(one: PlannedShutoff, now: datetime) -> Etr | None:
    if one.ends_at <= now or one.announced_at is None:
        return None
    return Etr(one.ends_at, EtrSource.DISPATCHER, one.announced_at)


def _cause(one: PlannedShutoff) -> Sentence:
    """Return the work in its planner's words, which are the same in every language."""
    title = masked_text(one.title)
    return Sentence(f"计划停水（{title}）", f"planned work ({title})")
