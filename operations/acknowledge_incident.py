"""A manager or dispatcher says to know of a collective incident."""

from __future__ import annotations

from domain.errors import BadInput
from domain.incidents import Incident
from operations.calling.collective_incident import acknowledged_at
from storage import UnitOfWork


def acknowledge_incident(work: UnitOfWork, incident_id: str) -> Incident:
    """Return the incident; appends ``incident.acknowledged`` unless somebody knows of it already.

    Raises
    ------
    UnknownId
        If there is no such incident.
    BadInput
        If it is not collective.
    """
    incident = work.incidents.get(incident_id)
    if not incident.is_collective:
        raise BadInput(f"incident {incident_id} is not collective. Nothing waits to be seen.")
    if acknowledged_at(work, incident) is None:
        work.events.append("incident.acknowledged", incident_id, {})
    return incident
