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
from domain.work import BURST_FAMILY
from gis.clustering import FELT, MANY, SEEN, WINDOW
from operations.calling.grow_incident import attach_ticket
from operations.ground import Ground
from operations.incidents.live_isolation import undisturbed_network
from operations.open_incident import open_behind
from storage import UnitOfWork


def join_or_open(
    work: UnitOfWork, ground: Ground, located: LocatedTicket, now: datetime
) -> tuple[Incident, bool]:
    """Return the incident that a stored ticket now belongs to, and whether it is a new one."""
    found = incident_for(work, ground, located)
    if found is None:
        return open_behind(work, ground, [located]), True
    return attach_ticket(work, ground, found, located.id, now), False


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
    if chosen.state in ENDED[IncidentState]:
        raise BadInput(
            f"incident {chosen.id} is {chosen.state.value}. Leave incident empty to open a new one."
        )
    return chosen


def incident_for(work: UnitOfWork, ground: Ground, new: LocatedTicket) -> Incident | None:
    """Return the open incident that explains a ticket, None if it stands alone.

    1. One whose outage dries its place, however long that lasts.
    2. One whose tickets group with it.
    3. One in which the same premises reported the same symptom.

    An incident whose work is done takes only callers who lack water: it may still be on its way
    back to them. Whatever else is seen there is new.
    """
    candidates = {
        one.id: one
        for one in work.incidents.active()
        if one.state is not IncidentState.RESOLVED or new.symptom in FELT
    }
    tickets = [ticket for one in candidates.values() for ticket in one.tickets]
    known = work.tickets.placed(tickets)
    owner = {ticket: one.id for one in candidates.values() for ticket in one.tickets}
    outages = work.outages.active()
    dried = _dried_by(outages, new, candidates)
    if dried is not None:
        return candidates[dried]
    grouped = _grouped_with(work, ground, new, tuple(known.values()), owner)
    if grouped is not None and not _may_be_second(outages, new, candidates[grouped]):
        return candidates[grouped]
    repeated = _repeated_in(new, tuple(known.values()), owner)
    return candidates[repeated] if repeated else None


def _dried_by(
    outages: Sequence[Outage], new: LocatedTicket, candidates: dict[str, Incident]
) -> str | None:
    """Return the incident whose outage explains the ticket, one in effect before a predicted.

    Who lacks water may be anywhere in it; water on the road beyond the burst's own segment may
    be a second burst, which must not be hidden in the first.
    """
    if new.symptom not in BURST_FAMILY:
        return None
    ordered = sorted(outages, key=lambda one: one.state is OutageState.PREDICTED)
    explaining = (one.incident for one in ordered if _explains(one, new))
    return next((incident for incident in explaining if incident in candidates), None)


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
