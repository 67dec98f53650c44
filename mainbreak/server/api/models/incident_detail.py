"""The whole story of one incident."""

from __future__ import annotations

from typing import Any

from mainbreak.server.api.models.base import Said, Stamp, View
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


class SuspectView(View):
    """A segment that may have failed, by a pipe of it; ``road`` is empty if nobody knows it."""

    pipe: str
    road: str
    probability: float
    pipes: list[str]
    pipes_count: int


class OutlierView(View):
    """A ticket that the incident does not explain, and the incident it is in."""

    ticket: str
    incident: str | None
    reason: Said


class IncidentDetail(IncidentHead):
    """An incident with all that belongs to it; ``log`` is newest first.

    ``suspects`` come likeliest first. ``outliers`` are tickets it does not explain: its own, and
    lone callers without water at about the same time. ``children`` are the open incidents that go
    on from it, ``merged`` those whose tickets it has.
    """

    tickets: list[TicketView]
    outage: OutageView | None
    work_orders: list[WorkOrderView]
    visits: list[VisitView]
    log: list[IncidentEvent]
    suspects: list[SuspectView]
    outliers: list[OutlierView]
    children: list[str]
    merged: list[str]
    responsibility: ResponsibilityView
