"""Scripts, styles, pictures and words of the pages, from the folders they lie in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import maps.assets
import mobile_api.page
from mainbreak.server.access import Everyone
from maps.words import PAGES, page_words

#: What stands under /static/NAME.
FOLDERS: dict[str, Path] = {
    "maps": maps.assets.STATIC,
    "office": Path(__file__).resolve().parent.parent / "static" / "office",
    "crew": mobile_api.page.STATIC,
}

#: Asked again each time and answered 304 while nothing changed: an update is seen at once.
_CACHE = {"Cache-Control": "no-cache"}


class _Files(StaticFiles):
    """Files that a browser asks for anew each time."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers.update(_CACHE)
        return answer


def mount(app: FastAPI) -> None:
    """Serve the folders; nothing of theirs is secret."""
    for name, folder in FOLDERS.items():
        app.mount(f"/static/{name}", _Files(directory=folder, check_dir=False), name=name)


def router(_home: Any) -> APIRouter:
    """Return the route of the pages' words."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/static/words/{page}.json")
    def read_words(_caller: Everyone, page: str) -> JSONResponse:
        """Return a page's words in both languages."""
        if page not in PAGES:
            raise HTTPException(404, f"There are no words of a page {page[:40]!r}.")
        return JSONResponse(page_words(page), headers=_CACHE)

    return routes
