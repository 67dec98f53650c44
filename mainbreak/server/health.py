"""Whether it is up, and its database answers."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from mainbreak.server.access import Everyone
from mainbreak.server.home import LiveHome


class Health(BaseModel):
    """Both are well; anything else is a problem of status 503."""

    status: Literal["ok"]
    database: Literal["ok"]


def router(home: LiveHome) -> APIRouter:
    """Return the route of /health."""
    routes = APIRouter(tags=["service"])

    @routes.get("/health")
    def read_health(_caller: Everyone) -> Health:
        """Say that the server and its database answer; 503 if the database does not."""
        with home.reading() as work:
            work.events.last_id()
        return Health(status="ok", database="ok")

    return routes
