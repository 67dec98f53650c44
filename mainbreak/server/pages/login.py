"""Where one logs in."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from mainbreak.server.access import Everyone
from mainbreak.server.home import LiveHome
from mainbreak.server.pages.office import page


def router(_home: LiveHome) -> APIRouter:
    """Return the route of /login."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/login")
    def show_login(_caller: Everyone) -> HTMLResponse:
        """Return the page to log in on."""
        return page("login")

    return routes
