"""The streets under the public's map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.responses import Response

from mainbreak.server.access import Everyone
from mainbreak.server.home import LiveHome
from mainbreak.server.throttle import throttled
from operations.showing.public_ground import PublicGroundKeeper

#: Asked again each time, and answered 304 as long as the streets are the same.
_CACHE = "public, no-cache"


def router(home: LiveHome) -> APIRouter:
    """Return the route of /api/public/ground."""
    routes = APIRouter(prefix="/api/public", tags=["public"])
    keeper = PublicGroundKeeper()

    @routes.get("/ground", response_class=Response, dependencies=[Depends(throttled(120, 60))])
    def read_public_ground(
        _caller: Everyone, known: Annotated[str | None, Header(alias="If-None-Match")] = None
    ) -> Response:
        """Return streets, parks and water as the pages draw them; no pipe, valve or crew."""
        with home.reading() as work:
            found = keeper.of(home.ground(work))
        headers = {"ETag": found.tag, "Cache-Control": _CACHE}
        if known is not None and found.tag in known:
            return Response(status_code=304, headers=headers)
        return Response(found.body, media_type="application/json", headers=headers)

    return routes
