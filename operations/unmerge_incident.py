"""Take a merge back: they were two after all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.errors import BadInput
from domain.incidents import Incident
from domain.states import ENDED, IncidentState
from operations.calling.by_hand import (
    Decision,
    Undo,
    Verb,
    check_may_leave,
    holder_of,
    leave,
    tell_moved,
    was_unmerged,
)
from operations.calling.grow_incident import follow_tickets
from operations.ground import Ground
from operations.incidents.moving import moved
from storage import UnitOfWork


def unmerge_incident(work: UnitOfWork, ground: Ground, incident_id: str, now: datetime) -> Decision:
    """Return the incident taken up again, with new work; appends ``incident.unmerged``.

    It has those of the tickets it brought that are still where it was merged. What was taken up
    again stays so: asking again changes nothing.

    Raises
    ------
    UnknownId
        If there is no such incident.
    BadInput
        If it is not merged, or none of its tickets with a place could come back, or none with a
        place would stay.
    """
    merged = work.incidents.get(incident_id)
    came_from = was_unmerged(work, incident_id)
    if merged.state not in ENDED[IncidentState] and came_from is not None:
        other = work.incidents.find(came_from)
        return Decision(merged, other, Undo(Verb.MERGE, merged.id, came_from), changed=False)
    holder = holder_of(work, merged)
    back = _coming_back(work, merged, holder)
    payload: dict[str, object] = {"from": holder.id, "tickets": list(back)}
    left = leave(work, ground, holder, back, now)
    again = replace(merged, merged_into=None, tickets=back)
    again = moved(work.incidents, again, IncidentState.SUSPECTED)
    work.events.append("incident.unmerged", again.id, payload)
    tell_moved(work, back, again, left)
    again = follow_tickets(work, ground, again, now)
    return Decision(again, left, Undo(Verb.MERGE, again.id, left.id))


def _coming_back(work: UnitOfWork, merged: Incident, holder: Incident) -> tuple[str, ...]:
    if merged.state is not IncidentState.MERGED:
        raise BadInput(f"incident {merged.id} is {merged.state.value}, not merged.")
    if holder.state in ENDED[IncidentState]:
        raise BadInput(
            f"incident {holder.id}, which has its tickets, is {holder.state.value}. "
            "Take the calls anew."
        )
    back = tuple(one for one in merged.tickets if one in holder.tickets)
    if not work.tickets.placed(back):
        raise BadInput(
            f"none of the tickets that incident {merged.id} brought is in {holder.id} any more "
            f"with a place. Split those that belong together out of {holder.id} instead."
        )
    check_may_leave(work, holder, back)
    return back
