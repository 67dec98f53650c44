"""The first page: where each role works."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse

from domain.users import Role
from mainbreak.server.access import Everyone
from mainbreak.server.home import LiveHome

#: Who may open which page; tests/web/test_login_page.py holds it against the pages themselves.
_ADMITTED: dict[str, frozenset[Role]] = {
    "/console": frozenset({Role.DISPATCHER, Role.MANAGER}),
    "/desk": frozenset({Role.AGENT, Role.DISPATCHER}),
    "/crew": frozenset({Role.CREW}),
    "/outages": frozenset(Role),
}

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
    def go_home(
        caller: Everyone, wish: Annotated[str, Query(alias="next", max_length=2000)] = ""
    ) -> RedirectResponse:
        """Go to the page one wished for, if one's role may open it; else to the role's own."""
        welcome = caller.role in _ADMITTED.get(_path(wish), ())
        answer = RedirectResponse(wish if welcome else _PAGES[caller.role], 303)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return routes


def _path(wish: str) -> str:
    """Return the path of a wish that stays on this server, empty for any other."""
    try:
        parts = urlsplit(wish)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else parts.path
