"""Incidents: listed, told in full, opened by a dispatcher, verified or dismissed."""

from __future__ import annotations

from fastapi import APIRouter

from mainbreak.server.api.etas import etas_of
from mainbreak.server.api.incident_story import story_of
from mainbreak.server.api.lookup import item_of, items_of
from mainbreak.server.api.models.incident_detail import IncidentDetail
from mainbreak.server.api.models.incidents import (
    IncidentBody,
    IncidentItem,
    IncidentPage,
    LifeFilter,
)
from mainbreak.server.api.turns import Dispatcher, Office, deciding
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, PathId, by_id, cut
from operations.dismiss_incident import dismiss_incident
from operations.open_incident import open_incident
from operations.verify_and_close import verify_and_close


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/incidents."""
    routes = APIRouter(prefix="/api/incidents", tags=["incidents"])
    _add_reading(routes, home)
    _add_deciding(routes, home)
    return routes


def _add_reading(routes: APIRouter, home: LiveHome) -> None:
    @routes.get("")
    def list_incidents(
        _caller: Office, state: LifeFilter = "active", after: After = None, limit: Limit = USUAL
    ) -> IncidentPage:
        """Return incidents by id, those that are not over unless all are asked for."""
        with home.reading() as work:
            if state == "active":
                shown, cursor = by_id(work.incidents.active(), after, limit)
            else:
                shown, cursor = cut(work.incidents.page(after, limit + 1), limit)
            return IncidentPage(items=items_of(work, shown), next=cursor)

    @routes.get("/{incident_id}")
    def read_incident(caller: Office, incident_id: PathId) -> IncidentDetail:
        """Return an incident with its tickets, outage, work orders, visits and log."""
        with home.reading() as work:
            incident, etas = work.incidents.get(incident_id), etas_of(home, work)
            return story_of(work, home.ground(work), incident, caller, home.clock(), etas)


def _add_deciding(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("", status_code=201)
    def add_incident(caller: Dispatcher, given: IncidentBody) -> IncidentItem:
        """Open an incident without a call, on a pipe or at a place."""
        with deciding(home, caller, "lon") as (work, ground):
            opened = open_incident(
                work, ground, given.symptom, given.at(), home.clock(), note=given.note
            )
            item = item_of(work, opened)
        home.changed()
        return item

    @routes.post("/{incident_id}/verify")
    def verify_incident(caller: Dispatcher, incident_id: PathId) -> IncidentItem:
        """Verify that a resolved incident is over, and close it with all that belongs to it."""
        with deciding(home, caller) as (work, ground):
            closed = verify_and_close(work, ground, incident_id, home.clock())
            item = item_of(work, closed)
        home.changed()
        return item

    @routes.post("/{incident_id}/dismiss")
    def drop_incident(caller: Dispatcher, incident_id: PathId) -> IncidentItem:
        """Dismiss an incident that is none; its work is cancelled."""
        with deciding(home, caller) as (work, ground):
            dropped = dismiss_incident(work, ground, incident_id, home.clock())
            item = item_of(work, dropped)
        home.changed()
        return item
