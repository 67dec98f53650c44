"""The dispatchers' console: one page without data, composed by folium."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from domain.users import Role
from mainbreak.server.access import Caller, admit
from mainbreak.server.home import LiveHome
from maps.live_page import live_page

Control = Annotated[Caller, Depends(admit(Role.DISPATCHER, Role.MANAGER))]


def router(home: LiveHome) -> APIRouter:
    """Return the route of the page."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/console", response_class=HTMLResponse)
    def show_console(_caller: Control) -> HTMLResponse:
        """Return the console."""
        return HTMLResponse(
            live_page(home.settings.language), headers={"Cache-Control": "no-cache"}
        )

    return routes
