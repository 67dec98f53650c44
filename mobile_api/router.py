"""The crews' routes under /api/mobile; the crew is always the token's."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from mobile_api.bodies import Batch, FixBody, ReportBody, open_schema
from mobile_api.documents import Document, outcome_document
from mobile_api.door import Caller, Door
from mobile_api.faults import Fault, both, read, refused
from mobile_api.intake import Kept, keep_batch, keep_fixes, keep_report
from mobile_api.reading import day_of, ground_of, me_of, reports_of

#: Reports in one answer: at the most, and unless asked otherwise. Source: mainbreak default.
MOST_REPORTS, SOME_REPORTS = 500, 100

#: A body as it came: its items are read one by one, see ``faults.py``.
Payload = Annotated[Any, Body()]
Tag = Annotated[str | None, Header(alias="If-None-Match")]
Limit = Annotated[int, Query(ge=1, le=MOST_REPORTS)]


def router(door: Door) -> APIRouter:
    """Return every route of a crew's phone."""
    routes = APIRouter(prefix="/api/mobile", tags=["crew"])
    _add_reading(routes, door)
    _add_reports(routes, door)
    _add_positions(routes, door)
    return routes


def _add_reading(routes: APIRouter, door: Door) -> None:
    crew = Depends(door.crew)

    @routes.get("/me")
    def me(caller: Caller = crew) -> Document:
        """Return who the phone speaks for, its shift, and the server's clock."""
        return me_of(door, caller)

    @routes.get("/visits")
    def visits(caller: Caller = crew) -> Document:
        """Return the crew's visits that have not ended, in the order it makes them."""
        return day_of(door, caller)

    @routes.get("/ground")
    def ground(if_none_match: Tag = None, caller: Caller = crew) -> Response:
        """Return the map around the crew's visits: streets, pipes, which of them are dry."""
        content, tag = ground_of(door, caller)
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if if_none_match == tag:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="application/json", headers=headers)

    @routes.get("/reports", responses={404: {}})
    def reports(
        limit: Limit = SOME_REPORTS, after: str | None = None, caller: Caller = crew
    ) -> Document:
        """Return the crew's own reports, newest first, with what became of each."""
        return reports_of(door, caller, limit, after)


def _add_reports(routes: APIRouter, door: Door) -> None:
    crew = Depends(door.crew)

    @routes.post(
        "/reports",
        status_code=201,
        responses={200: {"description": "It was there before."}},
        openapi_extra=_takes(ReportBody),
    )
    def report(payload: Payload, caller: Caller = crew) -> JSONResponse:
        """Keep one report: 201, or 200 with the same answer if its id was there before."""
        body = read(ReportBody, payload)
        kept = body if isinstance(body, Fault) else keep_report(door, caller, body)
        if isinstance(kept, Fault):
            return refused(kept)
        if not kept.repeated:
            door.changed()
        return JSONResponse(outcome_document(kept.report), 200 if kept.repeated else 201)

    @routes.post("/reports/batch", response_model=None, openapi_extra=_takes(Batch, ReportBody))
    def batch(payload: Payload, caller: Caller = crew) -> Document | JSONResponse:
        """Keep reports in the order given; each has its own outcome, a bad one stops no other."""
        body = read(Batch, payload)
        if isinstance(body, Fault):
            return refused(body)
        kept = keep_batch(door, caller, body.items)
        if any(isinstance(one, Kept) and not one.repeated for one in kept):
            door.changed()
        return {"items": [_told(raw, one) for raw, one in zip(body.items, kept, strict=True)]}


def _add_positions(routes: APIRouter, door: Door) -> None:
    crew = Depends(door.crew)

    @routes.post("/positions", response_model=None, openapi_extra=_takes(Batch, FixBody))
    def positions(payload: Payload, caller: Caller = crew) -> Document | JSONResponse:
        """Keep GPS fixes; say how many were new, and which could not be used."""
        body = read(Batch, payload)
        if isinstance(body, Fault):
            return refused(body)
        stored, bad = keep_fixes(door, caller, body.items)
        return {"stored": stored, "refused": [{"index": row} | _why(one) for row, one in bad]}


def _told(raw: Any, kept: Kept | Fault) -> Document:
    """Return what became of one item of a batch."""
    if isinstance(kept, Kept):
        return outcome_document(kept.report)
    named = raw.get("id") if isinstance(raw, dict) else None
    return {"id": named if isinstance(named, str) else None, "outcome": "refused"} | _why(kept)


def _why(fault: Fault) -> Document:
    return {"field": fault.field, "detail": both(fault.said)}


def _takes(body: type[BaseModel], item: type[BaseModel] | None = None) -> dict[str, Any]:
    """Return a request body for OpenAPI: items are read one by one, not by FastAPI."""
    schema = open_schema(body)
    if item is not None:
        schema["properties"]["items"]["items"] = open_schema(item)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
