"""The office of the small town: people of each role, calls, and a burst when one is wanted."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from domain.users import Role
from tests.web import small_town
from tests.web.house import House

Json = dict[str, Any]

#: Who calls about the burst: at its pipe, and a neighbour whose tap is dry.
FIRST, SECOND = small_town.homes_on(small_town.BURST_PIPE)[1:3]

#: Whose water runs all day.
ELSEWHERE = next(one for one in small_town.network().premises if small_town.FAR_ROAD in one.address)


class Office:
    """The house with the small town in it."""

    def __init__(self, house: House) -> None:
        self.house, self.home, self.clock = house, house.home, house.clock
        with self.home.writing("test") as work:
            small_town.load(work)
        self.client = cache(house.client)

    def get(self, path: str, role: Role = Role.DISPATCHER, **params: Any) -> Response:
        """Return the answer to a question."""
        return self.client(role).get(path, params=params)

    def post(self, path: str, body: object, role: Role = Role.DISPATCHER) -> Response:
        """Return the answer to a command."""
        return self.client(role).post(path, json=body)

    def done(self, path: str, body: object, role: Role = Role.DISPATCHER) -> Json:
        """Return what a command gave; it must have been carried out."""
        answer = self.post(path, body, role)
        assert answer.is_success, answer.text
        found: Json = answer.json()
        return found

    def call(self, **fields: object) -> Json:
        """Take a call and return what became of it."""
        return self.done("/api/tickets", fields, Role.AGENT)

    def burst(self) -> str:
        """Take two calls about one burst and return its incident, which they confirm."""
        first = self.call(address=FIRST.address, phone=FIRST.phone, text="路口水管爆了，水喷得老高")
        self.call(account=SECOND.account, text="家里没水了")
        return str(first["incident"]["id"])

    def story(self, incident: str, role: Role = Role.DISPATCHER) -> Json:
        """Return an incident with all that belongs to it."""
        answer = self.get(f"/api/incidents/{incident}", role)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def events(self) -> list[Json]:
        """Return the whole event log."""
        found: list[Json] = self.get("/api/events/log", limit=500).json()["items"]
        return found

    def phone(self) -> TestClient:
        """Return a phone of the crew user."""
        return self.house.phone()


def fault(answer: Response, status: int, field: str | None = None) -> str:
    """Return the sentence of a problem, which must have this status and name this field."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem.get("field") == field
    assert problem["detail"].count("\n") == 0
    return str(problem["detail"])
