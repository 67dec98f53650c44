"""What an incident has to do with others: suspects, who does not fit, children, merged ones."""

from __future__ import annotations

from domain.incidents import Incident, Outage
from domain.states import IncidentState
from mainbreak.server.api.models.base import Said
from mainbreak.server.api.models.incident_detail import OutlierView, SuspectView
from operations.calling.by_hand import holder_of
from operations.ground import Ground
from operations.showing.incident_suspects import outliers_of, suspect_segments
from storage import UnitOfWork

#: Events looked through at the most for where an incident's tickets came from.
_MOST = 500


def kin_of(
    work: UnitOfWork, ground: Ground, incident: Incident, outage: Outage | None
) -> dict[str, object]:
    """Return the fields of ``IncidentDetail`` about this."""
    return {
        "suspects": [
            SuspectView(
                pipe=one.pipe,
                road=one.road,
                probability=one.probability,
                pipes=list(one.pipes),
                pipes_count=len(one.pipes),
            )
            for one in suspect_segments(work, ground, incident)
        ],
        "outliers": [
            OutlierView(ticket=one.ticket, incident=one.incident, reason=Said.of(one.reason))
            for one in outliers_of(work, ground, incident, outage)
        ],
        "children": [one.id for one in work.incidents.active() if one.parent == incident.id],
        "merged": _merged_into(work, incident),
    }


def _merged_into(work: UnitOfWork, incident: Incident) -> list[str]:
    """Return the incidents whose tickets it has, by where people brought them from."""
    events = work.events.about(list(incident.tickets), _MOST)
    came_from = {
        str(one.payload["from"])
        for one in events
        if one.payload.get("by_hand") and one.kind == "ticket.attached"
    }
    known = work.incidents.some(sorted(came_from)).values()
    merged = (one for one in known if one.state is IncidentState.MERGED)
    return sorted(one.id for one in merged if holder_of(work, one).id == incident.id)
