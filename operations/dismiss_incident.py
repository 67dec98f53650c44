"""Dismiss an incident: somebody looked, and nothing is wrong."""

from __future__ import annotations

from datetime import datetime

from domain.errors import BadInput
from domain.incidents import Incident
from domain.states import IncidentState, OutageState, move
from operations.ground import Ground
from operations.incidents.cancel_order import cancel_order
from operations.incidents.end_outage import end_outage
from operations.incidents.moving import moved
from operations.incidents.of_incident import latest_outage_of, open_orders_of, shut_by_others
from operations.verify_and_close import close_tickets
from storage import UnitOfWork


def dismiss_incident(work: UnitOfWork, ground: Ground, incident_id: str, now: datetime) -> Incident:
    """Return the incident dismissed: its work cancelled, its tickets closed.

    Raises
    ------
    UnknownId
        If there is no such incident.
    IllegalMove
        If it is resolved or has ended.
    BadInput
        If isolation valves are shut for it: somebody has to open them first.
    """
    incident = work.incidents.get(incident_id)
    move(incident.state, IncidentState.DISMISSED)
    outage = latest_outage_of(work, incident_id)
    shut = set(outage.closed) - shut_by_others(work, incident_id) if outage else set()
    if shut:
        raise BadInput(
            f"isolation valves are shut for incident {incident_id}: {', '.join(sorted(shut))}. "
            "Let the crew finish, then verify it."
        )
    if outage is not None and outage.state is not OutageState.RESTORED:
        end_outage(work, ground, outage, now)
    for order in open_orders_of(work, incident_id):
        cancel_order(work, order, now)
    close_tickets(work, incident)
    return moved(work.incidents, incident, IncidentState.DISMISSED)
