"""The whole story of one incident."""

from __future__ import annotations

from typing import Any

from mainbreak.server.api.models.base import Stamp, View
from mainbreak.server.api.models.incidents import IncidentHead
from mainbreak.server.api.models.outages import OutageView
from mainbreak.server.api.models.responsibility import ResponsibilityView
from mainbreak.server.api.models.tickets import TicketView
from mainbreak.server.api.models.visits import VisitView
from mainbreak.server.api.models.work_orders import WorkOrderView


class IncidentEvent(View):
    """One thing that happened; ``actor`` is null for those who may not know who did it."""

    id: int
    at: Stamp
    kind: str
    subject: str
    actor: str | None
    payload: dict[str, Any]


class IncidentDetail(IncidentHead):
    """An incident with all that belongs to it; ``log`` is newest first."""

    tickets: list[TicketView]
    outage: OutageView | None
    work_orders: list[WorkOrderView]
    visits: list[VisitView]
    log: list[IncidentEvent]
    responsibility: ResponsibilityView
