"""Where a caller's words can mean."""

from __future__ import annotations

from fastapi import APIRouter

from mainbreak.server.api.models.candidates import Candidates, LocateBody
from mainbreak.server.api.turns import Desk
from mainbreak.server.home import LiveHome


def router(home: LiveHome) -> APIRouter:
    """Return the route of /api/locate."""
    routes = APIRouter(prefix="/api/locate", tags=["tickets"])

    @routes.post("")
    def locate_words(_caller: Desk, given: LocateBody) -> Candidates:
        """Return the places the words can mean, best first; a POST, for they are personal."""
        with home.reading() as work:
            found = home.ground(work).gazetteer.locate(given.text)
        return Candidates.of(given.text, found)

    return routes
