"""What happens, as it happens: the live stream, and the log to page through."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from domain.errors import BadInput
from domain.events import Event
from domain.users import Role
from mainbreak.server.access import Caller, admit, good_session
from mainbreak.server.event_view import shown_to
from mainbreak.server.events_stream import EventStream
from mainbreak.server.home import LiveHome
from mainbreak.server.tail import EventTail
from mainbreak.server.throttle import throttled

#: The greatest id either database counts to, and the digits of one that is certainly smaller.
_GREATEST = 2**63 - 1
_MOST_DIGITS = 18

#: Streams at a time, and those the public may take: a crowd, or one who opens many, must not keep
#: the office out. Source: mainbreak default; each costs a connection and little else.
_MOST_STREAMS, _MOST_OF_PUBLIC = 2_000, 1_500

Listener = Annotated[Caller, Depends(admit(*Role, strict=True))]
Reader = Annotated[Caller, Depends(admit(Role.DISPATCHER, Role.MANAGER, Role.ADMIN))]
Id = Annotated[int, Query(ge=0, le=_GREATEST)]


class LoggedEvent(BaseModel):
    """One thing that happened."""

    id: int
    at: str
    kind: str
    subject: str
    actor: str
    payload: dict[str, Any]


class EventPage(BaseModel):
    """A page of the log, oldest first; ``next`` is the ``after`` of the page behind it."""

    items: list[LoggedEvent]
    next: int | None


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/events."""
    routes = APIRouter(prefix="/api/events", tags=["events"])

    @routes.get(
        "",
        response_class=Response,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
        dependencies=[Depends(throttled(600, 60))],
    )
    def stream_events(
        request: Request,
        caller: Listener,
        last_event_id: Annotated[int | None, Query(ge=0, le=_GREATEST)] = None,
        resume: Annotated[str | None, Header(alias="Last-Event-ID")] = None,
    ) -> EventStream:
        """Stream what happens after the last event seen, or from now on (server-sent events)."""
        tail: EventTail = request.app.state.tail
        most = _MOST_OF_PUBLIC if caller.role is Role.PUBLIC else _MOST_STREAMS
        if tail.listeners >= most:
            raise HTTPException(503, "Too many live streams; ask again soon.", {"Retry-After": "5"})
        newest, wanted = tail.newest(), _resumed(resume, last_event_id)
        unknown = wanted is not None and wanted > newest
        position = newest if wanted is None or unknown else wanted
        return EventStream(
            tail,
            position,
            lambda event: shown_to(caller, event),
            lambda: _is_good(home, caller),
            reset=unknown,
        )

    @routes.get("/log")
    def list_events(
        caller: Reader, after: Id = 0, limit: Annotated[int, Query(ge=1, le=500)] = 100
    ) -> EventPage:
        """Return the log after an event, oldest first, as this role sees it."""
        with home.reading() as work:
            found = work.events.since(after, limit)
        items = [_logged(event, shown) for event in found if (shown := shown_to(caller, event))]
        return EventPage(items=items, next=found[-1].id if len(found) == limit else None)

    return routes


def _resumed(header: str | None, query: int | None) -> int | None:
    """Return where to go on: the header is newer than the address a browser connects again to."""
    if not header:
        return query
    if header.isascii() and header.isdigit() and len(header) <= _MOST_DIGITS:
        return int(header)
    raise BadInput("Last-Event-ID: send the id of an event, or leave the header out.")


def _is_good(home: LiveHome, caller: Caller) -> bool:
    return caller.session is None or good_session(home, caller.session.id) is not None


def _logged(event: Event, shown: dict[str, Any]) -> LoggedEvent:
    return LoggedEvent(id=event.id, **shown)
