"""Which incident a new ticket belongs to, if any: docs/live-day.md says why in this order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import gis
from domain.errors import BadInput
from domain.incidents import Incident, Outage
from domain.states import ENDED, IncidentState, OutageState
from domain.tickets import LocatedTicket
from domain.words import Symptom
from domain.work import BURST_FAMILY
from gis.clustering import FELT, MANY, SEEN, WINDOW
from operations.calling.after_outage import GoesOn, goes_on_from
from operations.calling.by_hand import last_decision
from operations.calling.grow_incident import attach_ticket
from operations.ground import Ground
from operations.incidents.live_isolation import undisturbed_network
from operations.open_incident import open_behind
from storage import UnitOfWork


def join_or_open(
    work: UnitOfWork, ground: Ground, located: LocatedTicket, now: datetime
) -> tuple[Incident, bool]:
    """Return the incident that a stored ticket now belongs to, and whether it is a new one."""
    found = _explaining(work, located) or goes_on_from(work, located)
    if isinstance(found, GoesOn):
        return continue_in(work, ground, found, located, now)
    found = found or _resembling(work, ground, located)
    if found is None:
        return open_behind(work, ground, [located]), True
    return attach_ticket(work, ground, found, located.id, now), False


def continue_in(
    work: UnitOfWork, ground: Ground, after: GoesOn, located: LocatedTicket, now: datetime
) -> tuple[Incident, bool]:
    """Return the child that now has the ticket, and whether it is new."""
    if after.child is not None:
        return attach_ticket(work, ground, after.child, located.id, now), False
    child = open_behind(work, ground, [located], after.parent, backdated=after.backdated)
    return child, True


def chosen_incident(work: UnitOfWork, incident_id: str) -> Incident:
    """Return the incident an agent attaches a ticket to.

    Raises
    ------
    UnknownId
        If there is none.
    BadInput
        If it has ended.
    """
    chosen = work.incidents.get(incident_id)
    if chosen.state is IncidentState.MERGED:
        raise BadInput(f"incident {chosen.id} is merged into {chosen.merged_into}. Name that one.")
    if chosen.state in ENDED[IncidentState]:
        raise BadInput(f"incident {chosen.id} is {chosen.state.value}. Choose one that is open.")
    return chosen


def _explaining(work: UnitOfWork, new: LocatedTicket) -> Incident | None:
    """Return the open incident that surely has to do with a ticket, None if none has.

    1. The one that a person put an earlier ticket of the same premises to.
    2. One whose outage dries its place, however long that lasts.
    """
    candidates = _candidates(work, new)
    return _put_by_hand(work, new, candidates) or _dried_by(work.outages.active(), new, candidates)


def _resembling(work: UnitOfWork, ground: Ground, new: LocatedTicket) -> Incident | None:
    """Return the open incident whose tickets are like a new one, None if it stands alone.

    1. One whose tickets group with it.
    2. One in which the same premises reported the same symptom.
    """
    candidates = _candidates(work, new)
    known = tuple(_placed(work, candidates).values())
    owner = {ticket: one.id for one in candidates.values() for ticket in one.tickets}
    grouped = _grouped_with(work, ground, new, known, owner)
    second = grouped and _may_be_second(work.outages.active(), new, candidates[grouped])
    found = grouped if grouped and not second else _repeated_in(new, known, owner)
    return candidates[found] if found else None


def _candidates(work: UnitOfWork, new: LocatedTicket) -> dict[str, Incident]:
    """Return the incidents a ticket may belong to, by id.

    One whose work is done takes only callers who lack water, while its outage is not over: it is
    on its way back to them. Whatever else is seen there is new.
    """
    dry = {one.incident for one in work.outages.active()} if new.symptom in FELT else set()
    return {
        one.id: one
        for one in work.incidents.active()
        if one.state is not IncidentState.RESOLVED or one.id in dry
    }


def _placed(work: UnitOfWork, candidates: dict[str, Incident]) -> dict[str, LocatedTicket]:
    return work.tickets.placed([name for one in candidates.values() for name in one.tickets])


def _put_by_hand(
    work: UnitOfWork, new: LocatedTicket, candidates: dict[str, Incident]
) -> Incident | None:
    """Return where a person put the latest ticket of these premises about the same matter."""
    if new.place.premises is None:
        return None
    same = [
        one
        for one in _placed(work, candidates).values()
        if one.place.premises == new.place.premises and _is_alike(one.symptom, new.symptom)
    ]
    for one in sorted(same, key=lambda one: (one.ticket.received_at, one.id), reverse=True):
        if last_decision(work, one.id) is not None:
            return next(each for each in candidates.values() if one.id in each.tickets)
    return None


def _is_alike(one: Symptom, other: Symptom) -> bool:
    return one == other or {one, other} <= BURST_FAMILY


def _dried_by(
    outages: Sequence[Outage], new: LocatedTicket, candidates: dict[str, Incident]
) -> Incident | None:
    """Return the incident whose outage explains the ticket, one in effect before a predicted.

    Who lacks water may be anywhere in it; water on the road beyond the burst's own segment may
    be a second burst, which must not be hidden in the first.
    """
    if new.symptom not in BURST_FAMILY:
        return None
    ordered = sorted(outages, key=lambda one: one.state is OutageState.PREDICTED)
    explaining = (one.incident for one in ordered if _explains(one, new))
    return next((candidates[one] for one in explaining if one in candidates), None)


def _explains(outage: Outage, new: LocatedTicket) -> bool:
    isolation, snap = outage.isolation, new.place.snap
    if new.symptom not in FELT:
        return snap is not None and snap.link in isolation.segment_pipes
    if new.place.premises is not None and new.place.premises in isolation.premises:
        return True
    return snap is not None and snap.link in {*isolation.segment_pipes, *isolation.unintended_pipes}


def _may_be_second(outages: Sequence[Outage], new: LocatedTicket, incident: Incident) -> bool:
    """Return True for water seen beyond the segment that is shut: it may be a burst of its own.

    Not so soon after the first with so many callers: then it is likelier the same one, seen from
    next door (``gis.group_tickets``, rule 2).
    """
    outage = next((one for one in outages if one.incident == incident.id), None)
    if outage is None or new.symptom not in SEEN or new.place.snap is None:
        return False
    if new.place.snap.link in outage.isolation.segment_pipes:
        return False
    soon = new.ticket.received_at - incident.opened_at <= WINDOW
    return not (soon and len(incident.tickets) >= MANY)


def _grouped_with(
    work: UnitOfWork,
    ground: Ground,
    new: LocatedTicket,
    known: Sequence[LocatedTicket],
    owner: dict[str, str],
) -> str | None:
    """Return the incident with the most tickets in the group of the new one.

    The isolation valves that are shut meanwhile count as open: they bound what ran dry since.
    """
    groups = gis.group_tickets(undisturbed_network(work, ground), [*known, new])
    group = next(one for one in groups if new in one)
    counted = Counter(owner[one.id] for one in group if one is not new and one.id in owner)
    return min(counted, key=lambda incident: (-counted[incident], incident), default=None)


def _repeated_in(
    new: LocatedTicket, known: Sequence[LocatedTicket], owner: dict[str, str]
) -> str | None:
    """Return the incident in which the same premises has said the same before."""
    said = (new.place.premises, new.symptom)
    if new.place.premises is None:
        return None
    same = (one for one in known if (one.place.premises, one.symptom) == said)
    return next((owner[one.id] for one in same), None)
