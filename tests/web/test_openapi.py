"""The description of the API is valid, whole, and says who may and what can go wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate

from domain.users import Role
from tests.web.access_table import doors
from tests.web.house import House


@pytest.fixture
def document(house: House) -> dict[str, Any]:
    """Return the description as it is served."""
    found: dict[str, Any] = house.client().get("/api/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each operation with its method and path."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_it_is_valid(document: dict[str, Any]) -> None:
    """By the rules of OpenAPI, as a tool reads them."""
    validate(document)
    assert document["info"]["title"] == "mainbreak"


def test_every_route_of_the_api_is_in_it(house: House, document: dict[str, Any]) -> None:
    """Pages and files are not; nothing of the API is left out but this description."""
    told = {name for name, _ in operations(document)}
    served = {f"{door.method} {door.path}" for door in doors(house.app)}
    of_the_api = {name for name in served if " /api/" in name} - {"GET /api/openapi.json"}
    assert of_the_api - told == set()
    assert told - served == set()


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    """Client generators make functions of them."""
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


def test_every_operation_says_what_it_does_and_belongs_somewhere(document: dict[str, Any]) -> None:
    """One sentence and a tag."""
    silent = [name for name, one in operations(document) if not one.get("description")]
    assert silent == []
    assert [name for name, one in operations(document) if not one.get("tags")] == []


def test_every_operation_says_whom_it_admits(house: House, document: dict[str, Any]) -> None:
    """The roles that the door checks; the public needs no scheme."""
    admitted = {f"{door.method} {door.path}": door.roles for door in doors(house.app)}
    for name, operation in operations(document):
        assert set(operation["x-roles"]) == {role.value for role in admitted[name] or ()}, name
        assert ({} in operation["security"]) is (Role.PUBLIC.value in operation["x-roles"]), name


def test_every_operation_says_what_can_go_wrong(document: dict[str, Any]) -> None:
    """As problems; with no shape of FastAPI's own left over."""
    for name, operation in operations(document):
        refusals = {code: one for code, one in operation["responses"].items() if code >= "400"}
        assert {"401", "422", "503"} <= set(refusals), name
        assert all("application/problem+json" in one["content"] for one in refusals.values()), name
    assert {"403", "429"} <= set(document["paths"]["/api/session"]["post"]["responses"])
    assert "403" in document["paths"]["/api/users"]["get"]["responses"]
    assert "404" in document["paths"]["/api/users/{login}/disable"]["post"]["responses"]
    assert "HTTPValidationError" not in str(document)
