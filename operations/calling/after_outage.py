"""What a call goes on from: still out after the water was said to be back, or dirty after works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.incidents import Incident, Outage
from domain.states import IncidentState
from domain.tickets import LocatedTicket
from domain.words import Symptom
from gis.clustering import FELT
from operations.calling.grow_incident import RUNNING
from operations.calling.planned_answer import reaches
from operations.incidents.of_incident import latest_outage_of
from storage import UnitOfWork

#: So long after an outage a call may be about its end. Source: field-standards.md 3.2, dirty water
#: after works links to that incident for 24 h.
AFTER_WORKS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class GoesOn:
    """That a ticket goes on from ``parent``.

    ``child`` is the open incident that takes such tickets already, None if there is none yet;
    ``backdated`` if its clocks run since the parent's start: who was never back is out since then.
    """

    parent: Incident
    child: Incident | None
    backdated: bool


def goes_on_from(work: UnitOfWork, new: LocatedTicket) -> GoesOn | None:
    """Return what a ticket goes on from, None if it is about nothing that was.

    No water or low pressure goes on from the outage that gave the place its water back within 24
    hours, or from an incident without one whose work was done at these premises. Dirty water goes
    on from an outage of the place that is not over, or ended within 24 hours.
    """
    if new.symptom in FELT:
        parent = _restored(work, new) or _done_without_outage(work, new)
        return still_out_of(work, parent) if parent else None
    if new.symptom is Symptom.WATER_QUALITY:
        parent = _restored(work, new) or _going_on(work, new)
        return _after(work, parent, dirty=True) if parent else None
    return None


def still_out_of(work: UnitOfWork, parent: Incident) -> GoesOn:
    """Return where those go who are still out after the end of an incident."""
    return _after(work, parent, dirty=False)


def _after(work: UnitOfWork, parent: Incident, *, dirty: bool) -> GoesOn:
    children = (one for one in work.incidents.active() if one.parent == parent.id)
    same = (one for one in children if (one.symptom is Symptom.WATER_QUALITY) is dirty)
    child = next((one for one in same if one.state in RUNNING), None)
    return GoesOn(parent, child, backdated=not dirty)


def ended_lately(outage: Outage, at: datetime) -> bool:
    """Return True if water was back at this instant, and for 24 hours at the most."""
    return outage.restored_at is not None and timedelta() <= at - outage.restored_at <= AFTER_WORKS


def _restored(work: UnitOfWork, new: LocatedTicket) -> Incident | None:
    """Return the incident whose outage gave the place its water back last, within 24 hours."""
    at = new.ticket.received_at
    ended = [
        (one.restored_at, one.id, one.incident)
        for one in work.outages.restored_since(at - AFTER_WORKS)
        if ended_lately(one, at) and reaches(one.isolation, new.place)
    ]
    return work.incidents.get(max(ended)[2]) if ended else None


def _going_on(work: UnitOfWork, new: LocatedTicket) -> Incident | None:
    """Return the incident that has the place in its outage, one in effect before a predicted."""
    mine = [one for one in work.outages.active() if reaches(one.isolation, new.place)]
    begun = sorted(mine, key=lambda one: (one.began_at is None, one.id))
    return work.incidents.get(begun[0].incident) if begun else None


def _done_without_outage(work: UnitOfWork, new: LocatedTicket) -> Incident | None:
    """Return the resolved incident in which these premises said so before."""
    if new.place.premises is None:
        return None
    for incident in work.incidents.active():
        if incident.state is not IncidentState.RESOLVED or latest_outage_of(work, incident.id):
            continue
        said = work.tickets.placed(incident.tickets).values()
        if any(_same(one, new) for one in said):
            return incident
    return None


def _same(one: LocatedTicket, new: LocatedTicket) -> bool:
    return one.symptom in FELT and one.place.premises == new.place.premises
