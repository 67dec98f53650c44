"""What would have to be shut, and who would run dry: a question, nothing is stored."""

from __future__ import annotations

from fastapi import APIRouter

from mainbreak.server.api.models.isolations import IsolationBody, IsolationView
from mainbreak.server.api.turns import Dispatcher, refusing
from mainbreak.server.home import LiveHome
from operations.isolate_burst import isolate_burst


def router(home: LiveHome) -> APIRouter:
    """Return the route of /api/isolation."""
    routes = APIRouter(prefix="/api/isolation", tags=["outages"])

    @routes.post("")
    def find_isolation(_caller: Dispatcher, given: IsolationBody) -> IsolationView:
        """Return the isolation of a burst, as the isolation valves stand now; stores nothing."""
        with refusing("lon"), home.reading() as work:
            found = isolate_burst(
                work,
                given.at(),
                inoperable=given.inoperable,
                closed=given.closed,
                with_outages=given.with_outages,
                network=home.ground(work).network,
            )
        return IsolationView.of(found)

    return routes
