"""GET /api/criticality: worst first, page by page, for who plans and who dispatches."""

from __future__ import annotations

from typing import Any

import pytest

import gis
from domain.users import Role
from tests.web import small_town
from tests.web.office import Office, fault

SEGMENTS, VALVES = "/api/criticality/segments", "/api/criticality/isolation-valves"
LAYER = "/api/console/criticality"


def every(office: Office, path: str, limit: int) -> list[dict[str, Any]]:
    """Return all items, page by page."""
    found: list[dict[str, Any]] = []
    cursor = None
    while cursor or not found:
        page = office.get(path, limit=limit, **({"after": cursor} if cursor else {})).json()
        assert len(page["items"]) <= limit
        found += page["items"]
        cursor = page["next"]
        assert page["count"] >= len(found)
    return found


def test_segments_and_isolation_valves_come_worst_first(office: Office) -> None:
    """Each once, in the order of risk, with the figures of gis.isolate."""
    town = small_town.network()
    segments = every(office, SEGMENTS, 7)
    assert [one["rank"] for one in segments] == list(range(1, len(segments) + 1))
    assert len({one["pipe"] for one in segments}) == len(segments) == len(town.links)
    assert [one["risk"] for one in segments] == sorted(
        (one["risk"] for one in segments), reverse=True
    )
    for one in segments[:5]:
        isolation = gis.isolate(town, [one["pipe"]])
        assert one["premises_out"] == isolation.premises_count
        assert one["close"] == len(isolation.close)
    valves = every(office, VALVES, 20)
    assert len({one["id"] for one in valves}) == len(valves)
    assert valves == every(office, VALVES, 500)


def test_a_cursor_that_is_none_is_refused(office: Office) -> None:
    """One line that names the field."""
    for nonsense in ("x", "1.2.3 P", "1e99", "nan P1"):
        fault(office.get(SEGMENTS, after=nonsense), 422, "after")


@pytest.mark.parametrize("path", [SEGMENTS, VALVES, LAYER])
def test_only_dispatchers_and_managers_may_ask(office: Office, path: str) -> None:
    """Positions of isolation valves are for the office."""
    allowed = {Role.DISPATCHER, Role.MANAGER}
    for role in (Role.AGENT, Role.CREW, Role.ADMIN):
        assert office.get(path, role).status_code == 403, role
    assert office.client(Role.PUBLIC).get(path).status_code == 401
    for role in allowed:
        assert office.get(path, role).status_code == 200, role


def test_the_layer_is_kept_by_the_browser(office: Office) -> None:
    """304 while nothing was turned."""
    first = office.get(LAYER)
    assert len(first.json()["segment"]) == len(small_town.network().links)
    client = office.client(Role.DISPATCHER)
    again = client.get(LAYER, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_without_a_network_it_says_so(house: Any) -> None:
    """503, and what to do."""
    answer = house.client(Role.MANAGER).get(SEGMENTS)
    assert answer.status_code == 503
    assert "import network" in answer.json()["detail"]
