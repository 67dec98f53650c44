"""Draft a planned shut-off: what it would take and cost, before and when it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import gis
from domain.errors import BadInput, UnknownId
from domain.network import Operability, PipeNetwork
from domain.places import LonLat
from domain.planned import NOTICE_RULES, Assessment, PlannedShutoff, usual_rule
from domain.states import OutageState
from operations.calling.numbering import new_shutoff_id
from operations.ground import Ground
from operations.incidents.live_isolation import present_network, undisturbed_network
from operations.isolate_burst import pipe_at
from operations.planned.assess import assess_one, assessed
from operations.planned.surroundings import surroundings
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody plans: work on pipes (ids) or on the pipe at a place, and when.

    ``notice`` names a rule of ``domain.planned.NOTICE_RULES``, None takes the usual one for its
    size. ``inoperable`` are isolation valves known not to turn. ``client_id`` is the sender's own
    UUID: the same one never makes a second draft.
    """

    at: tuple[str, ...] | LonLat
    title: str
    starts_at: datetime
    ends_at: datetime
    notice: str | None = None
    inoperable: tuple[str, ...] = ()
    client_id: str = ""


def preview_shutoff(
    work: UnitOfWork, ground: Ground, wanted: Wanted, now: datetime, zone: tzinfo
) -> Assessment:
    """Return what a planned shut-off would take and cost; nothing is stored, its id is empty.

    Raises
    ------
    UnknownId
        If a pipe or an isolation valve is not in the network.
    BadInput
        If no pipe is near the place, the title is empty or the window cannot be.
    """
    proposed = _proposed(undisturbed_network(work, ground), wanted, now)
    return assessed(surroundings(work, ground, now, zone), proposed)


def draft_shutoff(
    work: UnitOfWork, ground: Ground, wanted: Wanted, now: datetime, zone: tzinfo
) -> tuple[Assessment, bool]:
    """Return a new draft, assessed, and True; the one of a known ``client_id`` and False.

    The isolation valves known not to turn are marked so in the network, for everybody.

    Raises
    ------
    UnknownId, BadInput
        As ``preview_shutoff``; also if the ``client_id`` came with another draft.
    """
    known = work.requests.subject_of(wanted.client_id) if wanted.client_id else None
    if known is not None:
        _expect_same(work.planned_shutoffs.find(known), wanted)
        return assess_one(work, ground, known, now, zone), False
    _mark_inoperable(work, ground, wanted.inoperable)
    proposed = _proposed(undisturbed_network(work, ground), wanted, now)
    new = replace(proposed, id=new_shutoff_id(work))
    work.planned_shutoffs.save([new])
    if wanted.client_id:
        work.requests.remember(wanted.client_id, new.id)
    return assess_one(work, ground, new.id, now, zone), True


def _proposed(network: PipeNetwork, wanted: Wanted, now: datetime) -> PlannedShutoff:
    _check(wanted, now)
    at = wanted.at
    pipes = (pipe_at(network, at),) if isinstance(at, LonLat) else tuple(dict.fromkeys(at))
    isolation = gis.isolate(network, pipes, inoperable=wanted.inoperable)
    widest = max(network.link_by_id[one].dn for one in pipes)
    usual = usual_rule(isolation.premises_count, widest)
    rule = NOTICE_RULES[wanted.notice] if wanted.notice else usual
    return PlannedShutoff(
        id="",
        state=OutageState.DRAFT,
        title=wanted.title.strip(),
        pipes=pipes,
        isolation=isolation,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        notice_h=rule.hours,
        created_at=now,
    )


def _check(wanted: Wanted, now: datetime) -> None:
    if not wanted.title.strip():
        raise BadInput("title: it is empty. Say in a few words what the work is.")
    if not wanted.at:
        raise BadInput("pipes: none is named. Name the pipes that are worked on.")
    if wanted.notice is not None and wanted.notice not in NOTICE_RULES:
        rules = ", ".join(NOTICE_RULES)
        raise BadInput(f"notice: there is no rule {wanted.notice!r}. Take one of: {rules}.")
    if wanted.starts_at <= now:
        raise BadInput("starts_at: this time has passed. Give a later one.")
    if wanted.ends_at <= wanted.starts_at:
        raise BadInput("ends_at: it does not lie after starts_at. Give a later time.")


def _mark_inoperable(work: UnitOfWork, ground: Ground, names: tuple[str, ...]) -> None:
    known = present_network(work, ground).isolation_valve_by_id
    for name in names:
        if name not in known:
            raise UnknownId("isolation valve", name, "check the id")
        if known[name].operability is not Operability.INOPERABLE:
            work.network.set_isolation_valve(
                replace(known[name], operability=Operability.INOPERABLE)
            )


def _expect_same(known: PlannedShutoff | None, wanted: Wanted) -> None:
    same = known is not None and (known.title, known.starts_at, known.ends_at) == (
        wanted.title.strip(),
        wanted.starts_at,
        wanted.ends_at,
    )
    if not same:
        raise BadInput(
            "client_id: it was sent with something else. Give this draft one of its own."
        )
