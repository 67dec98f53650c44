"""The open house: what its app starts and stops, and what a change wakes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from fastapi.testclient import TestClient

from dispatch import ApartSolver
from domain.errors import BadInput
from domain.plans import Plan
from mainbreak.server import LiveHome, create_app
from tests.storage import examples


@dataclass
class Notebook:
    """A replanner that only notes what it is told."""

    told: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Note it."""
        self.told.append("start")

    def wake(self) -> None:
        """Note it."""
        self.told.append("wake")

    def plan_now(self) -> Plan:
        """Return some plan."""
        return examples.PLAN

    def stop(self) -> None:
        """Note it."""
        self.told.append("stop")


def test_the_replanner_runs_while_the_app_does(home: LiveHome) -> None:
    """It is started once, woken by a change, and stopped at the end."""
    notebook = Notebook()
    house = replace(home, replanner=notebook)
    with TestClient(create_app(house)) as client:
        assert notebook.told == ["start"]
        assert client.get("/health").status_code == 200
        house.changed()
    assert notebook.told == ["start", "wake", "stop"]


def test_health_says_whether_a_search_can_begin(home: LiveHome) -> None:
    """Compiling until a process is ready; off where nobody searches."""
    solver = ApartSolver(processes=1)
    with TestClient(create_app(replace(home, solver=solver))) as client:
        assert solver.wait_until_warm(60.0)
        assert client.get("/health").json()["planner"] == "ready"
        solver.close()
        assert client.get("/health").json()["planner"] == "compiling"
    with TestClient(create_app(home)) as client:
        assert client.get("/health").json()["planner"] == "off"


def test_one_home_serves_again_after_it_stopped(home: LiveHome) -> None:
    """A second app on the same home has live streams again."""
    for _ in range(2):
        with TestClient(create_app(home)):
            assert not home.bell.closed
        assert home.bell.closed


def _write_and_fail(home: LiveHome) -> None:
    with home.writing("lin") as work:
        work.events.append("test.lost", "x", {})
        raise BadInput("no.")


def test_writing_stores_all_or_nothing(home: LiveHome) -> None:
    """Leaving without an error commits; an error stores nothing and is told as it is."""
    with home.writing("lin") as work:
        work.events.append("test.stored", "x", {})
    with pytest.raises(BadInput, match="no"):
        _write_and_fail(home)
    with home.reading() as work:
        work.events.append("test.read", "x", {})
    with home.reading() as work:
        found = [event for event in work.events.since(0, 100) if event.kind.startswith("test.")]
    assert [(event.kind, event.actor) for event in found] == [("test.stored", "lin")]
