"""The crews' page: one file, everything in it comes through the API."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

#: Served as /static/crew; the page's scripts and styles.
STATIC = Path(__file__).resolve().parent / "static"


def page_router() -> APIRouter:
    """Return the route of /crew; who may open it, the house decides where it includes this."""
    routes = APIRouter()

    @routes.get("/crew", include_in_schema=False)
    def crew() -> FileResponse:
        """Return the page."""
        return FileResponse(STATIC / "crew.html", headers={"Cache-Control": "no-cache"})

    return routes
