"""The public's page: is my water off, why, and until when."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from mainbreak.server.access import Everyone
from mainbreak.server.home import LiveHome
from mainbreak.server.pages.office import page


def router(_home: LiveHome) -> APIRouter:
    """Return the route of /outages."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/outages")
    def show_outages(_caller: Everyone) -> HTMLResponse:
        """Return the public's page."""
        return page("outages")

    return routes
