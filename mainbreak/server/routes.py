"""Every router of the server, in one list: a new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fastapi import APIRouter, Depends

from domain.users import Role
from mainbreak.server import health, openapi, static
from mainbreak.server.access import admit
from mainbreak.server.api import console as console_tables
from mainbreak.server.api import events, me, office, public_ground, session, users
from mainbreak.server.door import CrewDoor
from mainbreak.server.home import LiveHome
from mainbreak.server.pages import console, desk, home, login, outages
from mobile_api import page_router
from mobile_api import router as mobile_router

Router = Callable[[LiveHome], APIRouter]


def _crew_page(_home: LiveHome) -> APIRouter:
    routes = APIRouter(dependencies=[Depends(admit(Role.CREW))])
    routes.include_router(page_router())
    return routes


def _crew_api(home: LiveHome) -> APIRouter:
    return mobile_router(CrewDoor(home))


#: Each names at every route the roles it admits; tests/web/test_every_route.py walks them all.
ROUTERS: tuple[Router, ...] = (
    health.router,
    openapi.router,
    static.router,
    session.router,
    me.router,
    users.router,
    events.router,
    *office.ROUTERS,
    public_ground.router,
    console_tables.router,
    home.router,
    login.router,
    console.router,
    desk.router,
    outages.router,
    _crew_page,
    _crew_api,
)


def routers(home: LiveHome) -> Iterator[APIRouter]:
    """Yield each router of this home."""
    for make in ROUTERS:
        yield make(home)
