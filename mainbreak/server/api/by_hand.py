"""Tickets and incidents put together and apart by hand, each told with how to undo it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from domain.incidents import Incident
from mainbreak.server.access import Caller
from mainbreak.server.api.lookup import item_of
from mainbreak.server.api.models.by_hand import (
    AttachBody,
    DecisionView,
    IntoBody,
    SomeTicketsBody,
    StillOutBody,
    undo_view,
)
from mainbreak.server.api.models.incidents import IncidentItem
from mainbreak.server.api.turns import Control, Desk, Dispatcher, deciding
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import PathId
from operations.acknowledge_incident import acknowledge_incident
from operations.calling.by_hand import Decision
from operations.detach_ticket import detach_ticket
from operations.ground import Ground
from operations.merge_incidents import merge_incidents
from operations.move_ticket import move_ticket
from operations.report_still_out import report_still_out
from operations.split_incident import split_incident
from operations.unmerge_incident import unmerge_incident
from storage import UnitOfWork

#: What decides something, in a unit of work and on the ground it sees.
Deciding = Callable[[UnitOfWork, Ground], Decision]


def router(home: LiveHome) -> APIRouter:
    """Return the routes that put tickets and incidents together and apart."""
    routes = APIRouter()
    _add_incidents(routes, home)
    _add_callers(routes, home)
    _add_tickets(routes, home)
    return routes


def _decided(home: LiveHome, caller: Caller, decide: Deciding) -> DecisionView:
    with deciding(home, caller) as (work, ground):
        decision = decide(work, ground)
        view = DecisionView(
            incident=_item(work, decision.incident),
            other=_item(work, decision.other),
            changed=decision.changed,
            undo=undo_view(decision.undo),
        )
    if decision.changed:
        home.changed()
    return view


def _item(work: UnitOfWork, incident: Incident | None) -> IncidentItem | None:
    return None if incident is None else item_of(work, incident)


def _add_incidents(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/api/incidents/{incident_id}/merge", tags=["incidents"])
    def merge_incident(caller: Dispatcher, incident_id: PathId, given: IntoBody) -> DecisionView:
        """Merge an incident into another, which gets its tickets; its own work is cancelled.

        Refused (409) once a crew has begun its work or has shut isolation valves for it.
        """
        return _decided(
            home,
            caller,
            lambda work, ground: merge_incidents(
                work, ground, incident_id, given.into, home.clock()
            ),
        )

    @routes.post("/api/incidents/{incident_id}/unmerge", tags=["incidents"])
    def unmerge_incidents(caller: Dispatcher, incident_id: PathId) -> DecisionView:
        """Take a merge back: the incident has its tickets again, and new work."""
        return _decided(
            home,
            caller,
            lambda work, ground: unmerge_incident(work, ground, incident_id, home.clock()),
        )

    @routes.post("/api/incidents/{incident_id}/split", tags=["incidents"])
    def split_tickets(
        caller: Dispatcher, incident_id: PathId, given: SomeTicketsBody
    ) -> DecisionView:
        """Split tickets out of an incident into a new one."""
        return _decided(
            home,
            caller,
            lambda work, ground: split_incident(
                work, ground, incident_id, given.tickets, home.clock()
            ),
        )


def _add_callers(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/api/incidents/{incident_id}/acknowledge", tags=["incidents"])
    def acknowledge_collective(caller: Control, incident_id: PathId) -> IncidentItem:
        """Say to know of a collective incident."""
        with deciding(home, caller) as (work, _ground):
            item = item_of(work, acknowledge_incident(work, incident_id))
        home.changed()
        return item

    @routes.post("/api/incidents/{incident_id}/still-out", tags=["incidents"])
    def add_still_out(caller: Desk, incident_id: PathId, given: StillOutBody) -> DecisionView:
        """Report that a caller is still out after the end; a child incident takes it on.

        Its clocks run since the start of the incident it goes on from.
        """
        return _decided(
            home,
            caller,
            lambda work, ground: report_still_out(
                work, ground, incident_id, given.ticket, home.clock()
            ),
        )


def _add_tickets(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/api/tickets/{ticket_id}/detach", tags=["tickets"])
    def take_ticket_out(caller: Dispatcher, ticket_id: PathId) -> DecisionView:
        """Detach a ticket from its incident; with a place it opens one of its own."""
        return _decided(
            home,
            caller,
            lambda work, ground: detach_ticket(work, ground, ticket_id, home.clock()),
        )

    @routes.post("/api/tickets/{ticket_id}/attach", tags=["tickets"])
    def put_ticket_to(caller: Dispatcher, ticket_id: PathId, given: AttachBody) -> DecisionView:
        """Attach a ticket to another open incident; the last one of an incident merges it."""
        return _decided(
            home,
            caller,
            lambda work, ground: move_ticket(work, ground, ticket_id, given.incident, home.clock()),
        )
