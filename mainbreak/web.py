"""The web app of the demo: the written files, and the crews' visits. Loopback only, no log-in."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, RedirectResponse

from mainbreak.bootstrap import Home
from mobile_api import visits_router
from operations.write_plan import MAP, OUTAGES, PLAN, REJECTED


def create_app(home: Home, out: Path) -> FastAPI:
    """Return the app that serves the planned day in ``out``."""
    app = FastAPI(title="mainbreak", docs_url=None, redoc_url=None)
    app.include_router(visits_router(home.work))

    @app.get("/", include_in_schema=False)
    def index() -> RedirectResponse:
        """Go to the map."""
        return RedirectResponse(f"/{MAP}")

    def serve(name: str) -> None:
        @app.get(f"/{name}", name=name)
        def file() -> FileResponse:
            """Return one file of the planned day."""
            return FileResponse(out / name, headers={"Cache-Control": "no-cache"})

    for name in (MAP, PLAN, OUTAGES, REJECTED):
        serve(name)
    return app
