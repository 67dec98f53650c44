"""Every route, whoever wrote it, says whom it admits, and admits nobody else."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import iter_route_contexts
from httpx2 import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from domain.users import Role, SessionKind
from mainbreak.server.csrf import HEADER, SAFE
from tests.web.access_table import MARKED, PAGE, Door, doors, table
from tests.web.house import ROLES, House, log_in, page_headers, token_headers

_REGENERATE = "run: python -m tests.web.access_table"


@pytest.fixture
def every_door(house: House) -> list[Door]:
    """Return all doors of the house, whose live streams end at once."""
    house.home.bell.close()
    return list(doors(house.app))


def knock(house: House, door: Door, headers: dict[str, str]) -> Response:
    """Return what the door answers to a request that is good for nothing but its log-in."""
    path = re.sub(r"\{[^}]*\}", "X1", door.path)
    body = None if door.method in SAFE else {}
    return house.client().request(door.method, path, headers=headers, json=body)


def is_page(door: Door) -> bool:
    """Return True if a browser goes there by itself."""
    return not door.path.startswith(("/api/", "/static/", "/health"))


def name_of(door: Door) -> str:
    """Return the door as the failures tell it."""
    return f"{door.method} {door.path}"


def test_every_route_says_whom_it_admits(every_door: list[Door]) -> None:
    """A route that says nothing would be open to everybody."""
    assert {"GET /api/me", "POST /api/session", "GET /api/events"} <= set(map(name_of, every_door))
    assert [name_of(door) for door in every_door if not door.roles] == []


def test_what_is_mounted_is_static_files(house: House) -> None:
    """An application mounted beside the routes would pass every check here by."""
    mounts = [one.original_route for one in iter_route_contexts(house.app.routes)]
    apps = [one.app for one in mounts if isinstance(one, Mount)]
    assert apps
    assert all(isinstance(one, StaticFiles) for one in apps)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", list(SessionKind))
def test_each_role_passes_where_it_is_admitted_and_nowhere_else(
    house: House, every_door: list[Door], role: Role, kind: SessionKind
) -> None:
    """By cookie and by token: admitted is never 401 or 403, another role always 403."""
    wrong = []
    for door in every_door:
        opened = log_in(house.home, role, kind)
        headers = page_headers(opened) if kind is SessionKind.PAGE else token_headers(opened)
        status = knock(house, door, headers).status_code
        admitted = role in (door.roles or ())
        # A wrong password in the body is also a 401; these bodies have none.
        if (status in {401, 403, 500}) if admitted else (status != 403):
            wrong.append((name_of(door), status))
    assert wrong == []


def test_nobody_passes_without_a_log_in_where_one_is_needed(
    house: House, every_door: list[Door]
) -> None:
    """The API answers 401, pages lead to the log-in."""
    wrong = []
    for door in every_door:
        answer = knock(house, door, {})
        if Role.PUBLIC in (door.roles or ()):
            right = answer.status_code not in {401, 403, 500}
        elif is_page(door):
            right = answer.status_code == 303
            right = right and answer.headers["Location"].startswith("/login?next=")
        else:
            right = answer.status_code == 401
        if not right:
            wrong.append((name_of(door), answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("sent", [None, "", "0" * 64])
def test_a_cookie_alone_changes_nothing(
    house: House, every_door: list[Door], sent: str | None
) -> None:
    """Another site can make a browser send the cookie, never the header."""
    wrong = []
    for door in (one for one in every_door if one.method not in SAFE):
        if Role.PUBLIC in (door.roles or ()):
            continue
        role = next(role for role in ROLES if role in (door.roles or ()))
        headers = page_headers(log_in(house.home, role))
        headers.pop(HEADER)
        if sent is not None:
            headers[HEADER] = sent
        if (status := knock(house, door, headers).status_code) != 403:
            wrong.append((name_of(door), status))
    assert wrong == []


def test_the_page_tells_who_may_do_what(house: House) -> None:
    """docs/access.md holds the table of the routes as they are."""
    found = MARKED.search(PAGE.read_text(encoding="utf-8"))
    assert found, f"no marks in {PAGE.name}"
    told = found[0].removeprefix(found[1]).removesuffix(found[2])
    assert told == table(house.app), _REGENERATE
