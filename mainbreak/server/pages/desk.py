"""The call agents' page."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from mainbreak.server.api.turns import Desk
from mainbreak.server.home import LiveHome
from mainbreak.server.pages.office import page


def router(_home: LiveHome) -> APIRouter:
    """Return the route of /desk."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/desk")
    def show_desk(_caller: Desk) -> HTMLResponse:
        """Return the call agents' page."""
        return page("desk")

    return routes
