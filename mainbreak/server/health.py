"""Whether it is up, its database answers and its planner is ready."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from mainbreak.server.access import Everyone
from mainbreak.server.home import LiveHome


class Health(BaseModel):
    """Both are well; anything else is a problem of status 503.

    The planner is ``compiling`` until its first search can begin, plans being greedy until then;
    ``off`` where this server makes none.
    """

    status: Literal["ok"]
    database: Literal["ok"]
    planner: Literal["ready", "compiling", "off"]


def router(home: LiveHome) -> APIRouter:
    """Return the route of /health."""
    routes = APIRouter(tags=["service"])

    @routes.get("/health")
    def read_health(_caller: Everyone) -> Health:
        """Say that the server and its database answer; 503 if the database does not."""
        with home.reading() as work:
            work.events.last_id()
        return Health(status="ok", database="ok", planner=_planner(home))

    return routes


def _planner(home: LiveHome) -> Literal["ready", "compiling", "off"]:
    if home.solver is None:
        return "off"
    return "ready" if home.solver.is_warm else "compiling"
