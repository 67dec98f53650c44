"""One incident with all that belongs to it."""

from __future__ import annotations

from datetime import datetime

from domain.events import Event
from domain.incidents import Incident, Outage, WorkOrder
from mainbreak.server.access import Caller
from mainbreak.server.api.incident_kin import kin_of
from mainbreak.server.api.lookup import outages_by_incident
from mainbreak.server.api.models.incident_detail import IncidentDetail, IncidentEvent
from mainbreak.server.api.models.incidents import head
from mainbreak.server.api.models.visits import Etas, visit_view
from mainbreak.server.api.models.work_orders import work_order_view
from mainbreak.server.api.outages import view_of
from mainbreak.server.api.responsibility import responsibility_of
from mainbreak.server.api.ticket_views import Desktop
from mainbreak.server.api.work_orders import forbidden_of
from mainbreak.server.event_view import shown_to
from operations.calling.collective_incident import acknowledged_at
from operations.ground import Ground
from storage import UnitOfWork

#: Events of the log at the most, the newest. Source: mainbreak default; a long repair has fifty.
MOST_EVENTS = 200


def story_of(
    work: UnitOfWork,
    ground: Ground,
    incident: Incident,
    caller: Caller,
    now: datetime,
    etas: Etas,
) -> IncidentDetail:
    """Return an incident as this reader sees it."""
    outage = outages_by_incident(work, [incident]).get(incident.id)
    orders = list(work.work_orders.of_incidents([incident.id]))
    visits, words = work.visits.of_orders([one.id for one in orders]), forbidden_of(work, orders)
    tickets = [one for id_ in incident.tickets if (one := work.tickets.find(id_))]
    fields = head(incident, outage, acknowledged_at(work, incident)) | {
        "tickets": Desktop(work, caller.role).masked(tickets),
        "outage": view_of(work, ground, outage, now) if outage else None,
        "work_orders": [
            work_order_view(
                order,
                [one for one in visits if one.work_order == order.id],
                etas,
                words[order.id],
            )
            for order in orders
        ],
        "visits": [visit_view(one, etas) for one in visits],
        "responsibility": responsibility_of(work, incident),
        "log": _log(work, caller, _subjects(incident, outage, orders, [v.id for v in visits])),
    }
    return IncidentDetail.model_validate(fields | kin_of(work, ground, incident, outage))


def _subjects(
    incident: Incident, outage: Outage | None, orders: list[WorkOrder], visits: list[str]
) -> list[str]:
    own = [incident.id, *incident.tickets, *(one.id for one in orders), *visits]
    return [*own, outage.id] if outage else own


def _log(work: UnitOfWork, caller: Caller, subjects: list[str]) -> list[IncidentEvent]:
    found = work.events.about(subjects, MOST_EVENTS)
    return [_logged(one, shown) for one in found if (shown := shown_to(caller, one))]


def _logged(event: Event, shown: dict[str, object]) -> IncidentEvent:
    return IncidentEvent.model_validate({"actor": None} | shown | {"id": event.id, "at": event.at})
