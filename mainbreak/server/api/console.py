"""The tables of the console: the ground once, the day again and again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from domain.travel import Unreachable
from domain.users import Role
from domain.words import Skill
from mainbreak.server.access import Caller, admit
from mainbreak.server.api.models.base import View
from mainbreak.server.api.models.visits import RivalView
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import PathId
from maps.criticality_data import criticality_data
from maps.encode import json_text
from maps.live_data import live_data, without_people
from maps.live_ground import Written
from operations.showing.console_picture import ConsoleGroundKeeper, console_picture
from operations.showing.crew_reach import crew_reach
from operations.showing.weighed_crews import weighed_crews

Office = Annotated[Caller, Depends(admit(Role.DISPATCHER, Role.MANAGER, Role.AGENT))]
Control = Annotated[Caller, Depends(admit(Role.DISPATCHER, Role.MANAGER))]
Dispatcher = Annotated[Caller, Depends(admit(Role.DISPATCHER))]

#: Kept by the browser and asked for again each time; 304 while nothing changed.
_REVALIDATE = "private, no-cache"
_JSON = "application/json"


class ReachView(View):
    """A crew that could take a work order."""

    crew: str
    fit: bool
    seconds: int | None
    missing: tuple[Skill, ...]
    small: bool
    off: bool
    why: Unreachable | None


class ReachList(View):
    """Every crew, the fit ones first, the nearest first."""

    items: tuple[ReachView, ...]


class RivalList(View):
    """The crews that the plan weighed for a work order, the next best first."""

    items: tuple[RivalView, ...]


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/console."""
    routes = APIRouter(prefix="/api/console", tags=["console"])
    keeper = ConsoleGroundKeeper()
    _add_tables(routes, home, keeper)
    _add_reach(routes, home)
    _add_rivals(routes, home)
    return routes


def _add_tables(routes: APIRouter, home: LiveHome, keeper: ConsoleGroundKeeper) -> None:
    @routes.get("/ground", response_class=Response, responses={304: {}})
    def read_console_ground(_caller: Office, request: Request) -> Response:
        """Return streets, pipes, premises, isolation valves and hydrants as the map draws them."""
        with home.reading() as work:
            written = keeper.of(home.ground(work)).drawn.written
        return _as_kept(written, request)

    @routes.get("/criticality", response_class=Response, responses={304: {}})
    def read_console_criticality(_caller: Control, request: Request) -> Response:
        """Return criticality as the map draws it: the segment of each pipe, the worst in lists."""
        return _as_kept(Written.of(criticality_data(*home.criticality())), request)

    @routes.get("/day", response_class=Response)
    def read_console_day(caller: Office) -> Response:
        """Return the day as it stands: incidents, outages, crews, visits, what waits."""
        with home.reading() as work:
            ground = home.ground(work)
            console = keeper.of(ground)
            zone = home.settings.tzinfo
            picture = console_picture(work, ground, console, home.clock(), zone)
        tables = live_data(picture, console.drawn)
        if caller.role is Role.AGENT:
            tables = without_people(tables)
        return Response(json_text(tables), media_type=_JSON)


def _as_kept(written: Written, request: Request) -> Response:
    """Return tables that a browser keeps and asks for again, packed if it can unpack them."""
    headers = {"ETag": written.etag, "Cache-Control": _REVALIDATE, "Vary": "Accept-Encoding"}
    if written.etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(written.packed, headers=headers, media_type=_JSON)
    return Response(written.text, headers=headers, media_type=_JSON)


def _add_reach(routes: APIRouter, home: LiveHome) -> None:
    @routes.get("/work-orders/{work_order}/crews")
    def list_crews_in_reach(_caller: Dispatcher, work_order: PathId) -> ReachList:
        """Return which crews could take a work order now, and how soon each would be there."""
        with home.reading() as work:
            found = crew_reach(work, home.ground(work), work_order, home.clock())
        return ReachList(
            items=tuple(
                ReachView(
                    crew=one.crew,
                    fit=one.fit,
                    seconds=one.seconds,
                    missing=one.missing,
                    small=one.too_small,
                    off=one.off_shift,
                    why=one.why_not,
                )
                for one in found
            )
        )


def _add_rivals(routes: APIRouter, home: LiveHome) -> None:
    @routes.get("/work-orders/{work_order}/rivals")
    def list_rivals(_caller: Control, work_order: PathId) -> RivalList:
        """Return the next best crews for a work order, or why no crew has it, crew by crew."""
        with home.reading() as work:
            found = weighed_crews(work, work_order)
        return RivalList(items=tuple(RivalView.of(one) for one in found))
