"""The description of the API (OpenAPI), with who may do what and what can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts

from domain.users import Role
from mainbreak.server import cookies, csrf
from mainbreak.server.access import Everyone, roles_of
from mainbreak.server.home import LiveHome
from mainbreak.server.problems import MEDIA_TYPE, Problem
from mainbreak.server.throttle import Throttle

_SCHEMES = {
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": cookies.NAME,
        "description": "Of pages, from POST /api/session.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": csrf.HEADER,
        "description": "With the cookie, where something is changed; from GET /api/me.",
    },
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "Of phones and programs, from POST /api/tokens.",
    },
}

_SAID = {
    401: "Nobody is logged in, or no longer.",
    403: "Users of this role may not do this, or a page did not prove that it asked.",
    404: "There is no such thing.",
    409: "The thing is in a state from which this is not possible.",
    413: "The body is too long.",
    422: "Something in the request cannot be used; `field` names it.",
    429: "Too often; `Retry-After` says when to ask again.",
    503: "Nothing is imported yet, or the database is busy or away.",
}

_REFERENCE = {"$ref": "#/components/schemas/Problem"}
_METHODS = {"get", "put", "post", "delete", "patch"}
#: Routes that count failed log-ins.
_COUNTED = {("/api/session", "post"), ("/api/tokens", "post")}


def router(_home: LiveHome) -> APIRouter:
    """Return the route of the description."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/api/openapi.json")
    def read_openapi(_caller: Everyone, request: Request) -> JSONResponse:
        """Return the description of the API."""
        return JSONResponse(describe(request.app))

    return routes


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the app's description, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _describe(app)
    return app.openapi_schema


def _describe(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="mainbreak",
        version=version("mainbreak"),
        summary="Dispatch for water utilities: from the first call until the tap runs again.",
        routes=app.routes,
    )
    components = document.setdefault("components", {})
    components["securitySchemes"] = _SCHEMES
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path, method, route in _operations(app):
        operation = document["paths"].get(path, {}).get(method)
        if operation is not None:
            _add_roles(operation, method, route)
            _add_problems(operation, path, method, route)
    return document


def _operations(app: FastAPI) -> Iterator[tuple[str, str, Any]]:
    """Yield each (path, method, route) of the app."""
    for route in iter_route_contexts(app.routes):
        for method in route.methods or ():
            yield route.path_format or "", method.lower(), route


def _add_roles(operation: dict[str, Any], method: str, route: Any) -> None:
    admitted = roles_of(route.dependant) or frozenset()
    operation["x-roles"] = [role.value for role in Role if role in admitted]
    page: dict[str, list[str]] = {"cookie": []} if method == "get" else {"cookie": [], "csrf": []}
    ways = [{"bearer": []}, page]
    operation["security"] = [{}, *ways] if Role.PUBLIC in admitted else ways


def _add_problems(operation: dict[str, Any], path: str, method: str, route: Any) -> None:
    said = {422, 503} | ({401} if Role.PUBLIC.value in operation["x-roles"] else {401, 403})
    said |= {int(one) for one in operation.get("responses", {}) if one.isdigit()} & _SAID.keys()
    if "{" in path:
        said.add(404)
    if method != "get":
        said |= {404, 409}
    if "requestBody" in operation:
        said.add(413)
    if (path, method) in _COUNTED or _is_throttled(route.dependant):
        said |= {403, 429}
    responses = operation.setdefault("responses", {})
    for status in sorted(said):
        responses[str(status)] = {
            "description": _SAID[status],
            "content": {MEDIA_TYPE: {"schema": _REFERENCE}},
        }


def _is_throttled(dependant: Any) -> bool:
    own = isinstance(getattr(dependant.call, "__self__", None), Throttle)
    return own or any(map(_is_throttled, dependant.dependencies))
