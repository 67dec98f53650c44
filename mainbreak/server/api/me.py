"""Who is calling, and what time it is."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from domain.users import Role
from mainbreak.server.access import Caller, Everyone
from mainbreak.server.home import LiveHome


class Me(BaseModel):
    """The caller, the server's clock, and what pages show.

    ``speed`` is how many seconds pass on that clock in a real one. ``csrf`` goes into the header
    X-CSRF-Token of a page's requests that change something.
    """

    login: str
    name: str
    role: Role
    crew: str | None
    csrf: str | None
    now: datetime
    speed: float
    language: str
    zone: str
    utility: str


def me_of(home: LiveHome, caller: Caller) -> Me:
    """Return what the caller is told about itself."""
    settings = home.settings
    return Me(
        login=caller.login,
        name=caller.name,
        role=caller.role,
        crew=caller.crew,
        csrf=caller.csrf,
        now=home.clock(),
        speed=home.speed,
        language=settings.language,
        zone=settings.zone,
        utility=settings.utility,
    )


def router(home: LiveHome) -> APIRouter:
    """Return the route of /api/me."""
    routes = APIRouter(prefix="/api/me", tags=["session"])

    @routes.get("")
    def read_me(caller: Everyone) -> Me:
        """Return who is calling; the public has role ``public`` and no login."""
        return me_of(home, caller)

    return routes
