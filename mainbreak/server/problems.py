"""Every refusal and fault as application/problem+json: one sentence a person can act on."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from domain.errors import BadInput, IllegalMove, MainbreakError, NothingImported, UnknownId
from mainbreak.server import cookies
from mainbreak.server.plain_page import plain_page
from operations.access.log_in import TooManyTries, WrongLogin
from operations.access.users import LoginTaken

MEDIA_TYPE = "application/problem+json"

#: Seconds after which to ask again when the database was busy. Source: mainbreak default.
_BUSY_S = "1"

_LOG = logging.getLogger("mainbreak.server")

#: The first class that fits decides; every other MainbreakError is the database's trouble.
_STATUS: tuple[tuple[type[MainbreakError], HTTPStatus], ...] = (
    (UnknownId, HTTPStatus.NOT_FOUND),
    (NothingImported, HTTPStatus.SERVICE_UNAVAILABLE),
    (IllegalMove, HTTPStatus.CONFLICT),
    (LoginTaken, HTTPStatus.CONFLICT),
    (WrongLogin, HTTPStatus.UNAUTHORIZED),
    (TooManyTries, HTTPStatus.TOO_MANY_REQUESTS),
    (BadInput, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class Problem(BaseModel):
    """What every answer from 400 on says (RFC 9457); ``field`` names what to change."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = None
    retry_after: int | None = None


class NotLoggedIn(HTTPException):
    """Nobody is logged in, or no longer; ``stale`` if a cookie said otherwise."""

    def __init__(self, detail: str, *, stale: bool = False) -> None:
        super().__init__(HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": "Bearer"})
        self.stale = stale


def problem(
    status: int,
    detail: str,
    *,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return the answer that tells a problem."""
    wait = (headers or {}).get("Retry-After")
    said = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        field=field,
        retry_after=int(wait) if wait else None,
    )
    return JSONResponse(
        said.model_dump(exclude_none=True), status, dict(headers or {}), media_type=MEDIA_TYPE
    )


def install(app: FastAPI) -> None:
    """Let the app answer every refusal as a problem; faults: see ``faults.py``."""
    app.exception_handler(MainbreakError)(_on_domain_error)
    app.exception_handler(RequestValidationError)(_on_bad_request)
    app.exception_handler(HTTPException)(_on_http_error)


async def _on_domain_error(request: Request, error: MainbreakError) -> Response:
    fitting = (status for kind, status in _STATUS if isinstance(error, kind))
    status = next(fitting, HTTPStatus.SERVICE_UNAVAILABLE)
    headers = {}
    if isinstance(error, TooManyTries):
        headers["Retry-After"] = str(error.retry_after_s)
    elif status == HTTPStatus.SERVICE_UNAVAILABLE and not isinstance(error, NothingImported):
        headers["Retry-After"] = _BUSY_S
        _LOG.warning("%s %s: %s", request.method, request.url.path, error)
    return problem(status, str(error), headers=headers)


async def _on_bad_request(_request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    field = field_of(first.get("loc", ()))
    said = str(first.get("msg", "")).removeprefix("Value error, ").rstrip(".")
    sentence = said[:1].lower() + said[1:]
    detail = f"{field}: {sentence}." if field else f"The request: {sentence}."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, field=field or None)


def field_of(location: Sequence[Any]) -> str:
    """Return where in the request something stands, as a client names it: ``items.3.lon``."""
    return ".".join(str(part) for part in location[1:])


async def _on_http_error(request: Request, error: HTTPException) -> Response:
    if _is_page(request):
        return _page(request, error)
    answer = problem(error.status_code, _sentence(request, error), headers=error.headers)
    _forget_stale(request, error, answer)
    return answer


def _sentence(request: Request, error: HTTPException) -> str:
    if error.detail != HTTPStatus(error.status_code).phrase:
        return str(error.detail)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return f"There is nothing at {request.url.path}."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "another method")
        return f"{request.method} is not possible at {request.url.path}; allowed: {allowed}."
    return f"{error.detail}."


def _is_page(request: Request) -> bool:
    path = request.url.path
    return request.method in {"GET", "HEAD"} and not path.startswith(
        ("/api/", "/static/", "/health")
    )


def _page(request: Request, error: HTTPException) -> Response:
    if isinstance(error, NotLoggedIn):
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        to_login: Response = RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303)
        _forget_stale(request, error, to_login)
        return to_login
    return HTMLResponse(plain_page(error.status_code), error.status_code, error.headers)


def _forget_stale(request: Request, error: HTTPException, answer: Response) -> None:
    if isinstance(error, NotLoggedIn) and error.stale:
        secure = cookies.is_secure(request, request.app.state.home.settings)
        cookies.take_back(answer, secure=secure)
