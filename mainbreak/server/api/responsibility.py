"""Whose an incident is: a dispatcher decides, the office sees it with the incident."""

from __future__ import annotations

from fastapi import APIRouter

from domain.incidents import Incident
from mainbreak.server.api.models.responsibility import ResponsibilityBody, ResponsibilityView
from mainbreak.server.api.turns import Dispatcher, deciding
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import PathId
from operations.decide_responsibility import decide_responsibility
from storage import UnitOfWork


def router(home: LiveHome) -> APIRouter:
    """Return the route of /api/incidents/{incident_id}/responsibility."""
    routes = APIRouter(prefix="/api/incidents", tags=["incidents"])

    @routes.post("/{incident_id}/responsibility")
    def decide_whose(
        caller: Dispatcher, incident_id: PathId, given: ResponsibilityBody
    ) -> ResponsibilityView:
        """Decide whose an incident is and say why; null takes it back, which is logged too."""
        with deciding(home, caller) as (work, _ground):
            decided = decide_responsibility(work, incident_id, given.responsibility, given.reason)
            shown = responsibility_of(work, decided)
        home.changed()
        return shown

    return routes


def responsibility_of(work: UnitOfWork, incident: Incident) -> ResponsibilityView:
    """Return whose an incident is, beside what its calls suggest."""
    tickets = work.tickets.some(incident.tickets)
    return ResponsibilityView.of(incident, [one.text for one in tickets.values()])
