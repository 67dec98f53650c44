"""The demo's web app: the written files, and a crew's visits of the stored plan."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from domain.errors import BadInput
from domain.plans import Plan, Route
from mainbreak.bootstrap import Home
from mainbreak.demo import HOST, free_port
from mainbreak.settings import Settings
from mainbreak.web import create_app
from tests.storage import examples
from tests.storage.conftest import clock


@pytest.fixture
def plan() -> Plan:
    """Return a plan whose crew C2 has one visit, and whose crew C1 has none."""
    visits = tuple(v for v in examples.PLAN.routes[0].visits if v.work_order == "W0001I")
    return replace(examples.PLAN, routes=(Route("C2", visits), Route("C1", ())))


@pytest.fixture
def client(tmp_path: Path, plan: Plan) -> TestClient:
    """Return a client of the app on a stored plan and a folder with a map."""
    home = Home(Settings(database_url=f"sqlite:///{tmp_path / 'day.sqlite'}"), clock)
    with home.work() as work:
        work.incidents.save(examples.INCIDENTS)
        work.work_orders.save(examples.WORK_ORDERS)
        work.plans.save(plan)
        work.commit()
    (tmp_path / "map.html").write_text("<!doctype html><title>map</title>")
    return TestClient(create_app(home, tmp_path))


def test_the_front_page_is_the_map(client: TestClient) -> None:
    """The printed address alone is enough."""
    answer = client.get("/")
    assert answer.status_code == 200
    assert "<title>map</title>" in answer.text


def test_a_crew_sees_its_visits_in_order_with_where_to_drive(
    client: TestClient, plan: Plan
) -> None:
    """The navigation target is the work order's place."""
    (visit,) = client.get("/api/mobile/crews/C2/visits").json()
    assert visit["work_order"] == "W0001I"
    assert (visit["lon"], visit["lat"]) == (examples.B.lon, examples.B.lat)
    assert visit["reason_zh"] == plan.routes[0].visits[0].reason.zh
    assert visit["eta"].endswith("Z")


def test_a_crew_without_work_gets_an_empty_list(client: TestClient) -> None:
    """Nothing to do is no error."""
    assert client.get("/api/mobile/crews/C1/visits").json() == []


def test_an_unknown_crew_is_a_problem_in_words(client: TestClient) -> None:
    """The answer is problem+json and names the crew."""
    answer = client.get("/api/mobile/crews/C99/visits")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "C99" in answer.json()["detail"]


def test_only_the_written_files_are_served(client: TestClient, tmp_path: Path) -> None:
    """The database beside them is not."""
    assert (tmp_path / "day.sqlite").exists()
    assert client.get("/day.sqlite").status_code == 404
    assert client.get("/..%2Fday.sqlite").status_code == 404


def test_a_taken_port_is_passed_over() -> None:
    """Two demos can run beside each other; both on loopback."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port


def test_a_port_no_machine_has_is_refused_in_words() -> None:
    """The remedy is in the line."""
    with pytest.raises(BadInput, match="--port"):
        free_port(70_000)
