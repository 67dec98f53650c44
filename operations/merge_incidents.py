"""Merge an incident into another: they were one all along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.errors import BadInput
from domain.incidents import Incident
from domain.states import IncidentState
from operations.calling.attach import chosen_incident
from operations.calling.by_hand import Decision, Undo, Verb, arrive, holder_of, tell_moved
from operations.calling.grow_incident import RUNNING, has_begun, standing_of
from operations.ground import Ground
from operations.incidents.cancel_order import cancel_order
from operations.incidents.end_outage import end_outage
from operations.incidents.moving import moved
from operations.incidents.of_incident import open_orders_of, outage_of
from storage import UnitOfWork


def merge_incidents(
    work: UnitOfWork, ground: Ground, incident_id: str, into: str, now: datetime
) -> Decision:
    """Return the incident that now has the tickets of both; ``incident.merged`` names both.

    The merged one keeps the list of what it brought; its predicted outage and the work nobody has
    begun are cancelled. Once merged, asking again changes nothing.

    Raises
    ------
    UnknownId
        If there is no such incident.
    BadInput
        If either has ended, or if work on the one to be merged has begun.
    """
    merged, target = work.incidents.get(incident_id), work.incidents.get(into)
    undo = Undo(Verb.UNMERGE, merged.id)
    if merged.state is IncidentState.MERGED and holder_of(work, merged) == holder_of(work, target):
        return Decision(holder_of(work, target), merged, undo, changed=False)
    _check(work, merged, chosen_incident(work, into))
    outage = outage_of(work, merged.id)
    if outage is not None:
        end_outage(work, ground, outage, now)
    for order in open_orders_of(work, merged.id):
        cancel_order(work, order, now)
    merged = moved(work.incidents, replace(merged, merged_into=into), IncidentState.MERGED)
    tell_moved(work, merged.tickets, target, merged)
    return Decision(arrive(work, ground, target, merged.tickets, now), merged, undo)


def _check(work: UnitOfWork, merged: Incident, target: Incident) -> None:
    if merged.id == target.id:
        raise BadInput("into: an incident cannot be merged into itself. Name another one.")
    if merged.state not in RUNNING:
        raise BadInput(
            f"incident {merged.id} is {merged.state.value}. "
            "Only one whose work is not done can be merged into another."
        )
    if not has_begun(work, standing_of(work, merged)):
        return
    begun = f"a crew has begun the work of incident {merged.id}"
    if has_begun(work, standing_of(work, target)):
        raise BadInput(
            f"{begun} and that of incident {target.id}, so they stay two. "
            "Attach single tickets instead."
        )
    raise BadInput(f"{begun}. Merge {target.id} into {merged.id} instead.")
