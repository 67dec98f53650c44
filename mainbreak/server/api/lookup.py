"""What belongs to what, for lists: read once, looked up by id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.incidents import Incident, Outage
from domain.states import OutageState
from mainbreak.server.api.models.incidents import IncidentItem, incident_item
from operations.calling.collective_incident import acknowledged_at
from storage import UnitOfWork


def outages_by_incident(work: UnitOfWork, incidents: Iterable[Incident]) -> dict[str, Outage]:
    """Return these incidents' outages: of several the one that is not over, then one that was."""
    found = work.outages.of_incidents([one.id for one in incidents])
    return {one.incident: one for one in sorted(found, key=_importance)}


def items_of(work: UnitOfWork, incidents: Sequence[Incident]) -> list[IncidentItem]:
    """Return incidents as the lines of a list."""
    outages = outages_by_incident(work, incidents)
    return [
        incident_item(one, outages.get(one.id), acknowledged_at(work, one)) for one in incidents
    ]


def item_of(work: UnitOfWork, incident: Incident) -> IncidentItem:
    """Return an incident as one line of a list."""
    return items_of(work, [incident])[0]


def _importance(outage: Outage) -> tuple[int, str]:
    rank = {OutageState.CANCELLED: 0, OutageState.RESTORED: 1}
    return rank.get(outage.state, 2), outage.id
