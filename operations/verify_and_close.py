"""The centre verifies that water is back (销账), and only that closes anything."""

from __future__ import annotations

from datetime import datetime

from domain.errors import BadInput
from domain.incidents import Incident
from domain.states import IncidentState, OutageState, TicketState
from operations.ground import Ground
from operations.incidents.end_outage import end_outage, reopen
from operations.incidents.moving import moved
from operations.incidents.of_incident import latest_outage_of
from storage import UnitOfWork


def verify_and_close(work: UnitOfWork, ground: Ground, incident_id: str, now: datetime) -> Incident:
    """Return the incident closed, with its tickets, its outage restored; ``incident.verified``.

    Raises
    ------
    UnknownId
        If there is no such incident.
    BadInput
        If its work is not done yet.
    """
    incident = work.incidents.get(incident_id)
    if incident.state is not IncidentState.RESOLVED:
        raise BadInput(
            f"incident {incident_id} is {incident.state.value}, not resolved. "
            "Verify it when all its work orders are done, or dismiss it."
        )
    work.events.append("incident.verified", incident_id, {})
    outage = latest_outage_of(work, incident_id)
    if outage is not None and outage.state is OutageState.RESTORED:
        reopen(work, ground, outage)
    elif outage is not None:
        end_outage(work, ground, outage, now)
    close_tickets(work, incident)
    return moved(work.incidents, incident, IncidentState.CLOSED)


def close_tickets(work: UnitOfWork, incident: Incident) -> None:
    """Verify and close every ticket of an incident."""
    for name in incident.tickets:
        ticket = work.tickets.find(name)
        if ticket is not None:
            moved(work.tickets, ticket, TicketState.CLOSED)
