"""The application: routers, middleware and problems around an open home."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from mainbreak.server import problems, static
from mainbreak.server.bodies import Bodies
from mainbreak.server.home import LiveHome
from mainbreak.server.openapi import describe
from mainbreak.server.routes import routers
from mainbreak.server.security_headers import SecurityHeaders
from mainbreak.server.tail import EventTail
from operations.access.passwords import prepare


def create_app(home: LiveHome) -> FastAPI:
    """Return the application that serves this home.

    While it runs it looks for new events and plans again, if the home has a replanner; the
    database is the opener's to close.
    """
    app = _App(
        title="mainbreak",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # it would send people to whatever host their request named
        lifespan=_running(home),
        generate_unique_id_function=_name_of,
    )
    app.state.home, app.state.tail = home, EventTail(home)
    problems.install(app)
    app.add_middleware(Bodies)
    app.add_middleware(SecurityHeaders)
    for router in routers(home):
        app.include_router(router)
    static.mount(app)
    return app


class _App(FastAPI):
    """FastAPI with our own description."""

    def openapi(self) -> dict[str, Any]:
        """Return the description of the API."""
        return describe(self)


def _name_of(route: APIRoute) -> str:
    """Return what a client's generator calls the operation: the function's name."""
    return route.name


def _running(home: LiveHome) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        home.bell.bind()
        tail: EventTail = app.state.tail
        looking = asyncio.create_task(tail.run())
        await asyncio.to_thread(prepare)
        if home.replanner is not None:
            home.replanner.start()
        try:
            yield
        finally:
            home.bell.close()
            await looking
            if home.replanner is not None:
                await asyncio.to_thread(home.replanner.stop)

    return lifespan
