"""The first page: where each role works."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from domain.users import Role
from mainbreak.server.access import Everyone
from mainbreak.server.home import LiveHome

#: Who is not logged in sees what everybody may; an administrator has no page of their own yet.
_PAGES: dict[Role, str] = {
    Role.PUBLIC: "/outages",
    Role.CREW: "/crew",
    Role.AGENT: "/desk",
    Role.DISPATCHER: "/console",
    Role.MANAGER: "/console",
    Role.ADMIN: "/outages",
}


def router(_home: LiveHome) -> APIRouter:
    """Return the route of /."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    def go_home(caller: Everyone) -> RedirectResponse:
        """Go to the page of one's role."""
        answer = RedirectResponse(_PAGES[caller.role], 303)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return routes
