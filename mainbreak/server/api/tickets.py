"""Tickets: calls are taken, listed, read and given a place."""

from __future__ import annotations

from fastapi import APIRouter, Response

from mainbreak.server.api.models.tickets import (
    CallBody,
    PlaceBody,
    TakenView,
    TicketFilter,
    TicketPage,
    TicketView,
)
from mainbreak.server.api.ticket_views import Desktop
from mainbreak.server.api.turns import Desk, Office, deciding
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, PathId, QueryId
from operations.place_ticket import place_ticket
from operations.take_call import take_call


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/tickets."""
    routes = APIRouter(prefix="/api/tickets", tags=["tickets"])
    _add_reading(routes, home)
    _add_taking(routes, home)
    return routes


def _add_reading(routes: APIRouter, home: LiveHome) -> None:
    @routes.get("")
    def list_tickets(
        caller: Office,
        state: TicketFilter = "active",
        unplaced: bool = False,
        incident: QueryId = None,
        after: After = None,
        limit: Limit = USUAL,
    ) -> TicketPage:
        """Return tickets, newest first; phones and accounts are masked."""
        with home.reading() as work:
            desktop = Desktop(work, caller.role)
            found = desktop.tickets(state, unplaced=unplaced, incident=incident)
            return desktop.page(found, after, limit)

    @routes.get("/{ticket_id}")
    def read_ticket(caller: Office, ticket_id: PathId) -> TicketView:
        """Return one ticket, as much of it as the role may see; that it was read is logged."""
        with home.reading() as work:
            desktop = Desktop(work, caller.role)
            view = desktop.full(work.tickets.get(ticket_id))
        with home.writing(caller.actor) as work:
            work.events.append("ticket.read", ticket_id, {})
        return view


def _add_taking(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("", status_code=201, responses={200: {"model": TakenView}})
    def add_ticket(caller: Desk, given: CallBody, response: Response) -> TakenView:
        """Take a call: store its ticket, find its place, put it to an incident or open one.

        A call without a place is kept and waits for one. Sending the same ``client_id`` again
        answers 200 and changes nothing.
        """
        with deciding(home, caller) as (work, ground):
            taken = take_call(work, ground, given.call(), home.clock())
            view = Desktop(work, caller.role).taken(taken)
        if taken.repeated:
            response.status_code = 200
        else:
            home.changed()
        return view

    @routes.post("/{ticket_id}/place")
    def set_ticket_place(caller: Desk, ticket_id: PathId, given: PlaceBody) -> TakenView:
        """Give a ticket a place, or another one; it joins the incident there."""
        with deciding(home, caller) as (work, ground):
            spot, now = given.place(), home.clock()
            taken = place_ticket(work, ground, ticket_id, spot, now, premises=given.premises)
            view = Desktop(work, caller.role).taken(taken)
        home.changed()
        return view
