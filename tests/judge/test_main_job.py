"""The main job on real input, through the real command line, judged by the second checker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.judge import tiny
from tests.judge.command import must_run, plan
from tests.judge.kentucky import CRS, spots_on_pipes, write_crews, write_tickets
from tests.oracles.plan_checker import problems, ticket_states
from tests.oracles.plan_files import read_files

BUNDLED = ROOT / "data" / "pipes_network" / "town"


def planned(tickets: Path, crews: Path, out: Path) -> dict[str, Any]:
    """Plan the day, demand that nothing is wrong with it, and return plan.json."""
    plan(out.parent, tickets, crews, out)
    assert problems(tickets, crews, out) == []
    document: dict[str, Any] = json.loads((out / "plan.json").read_text("utf-8"))
    assert any(route["visits"] for route in document["routes"])
    return document


@pytest.mark.slow
def test_bundled_day(tmp_path: Path) -> None:
    """The town that comes with the tree: about 150 tickets, two bursts among them, 12 crews."""
    must_run(tmp_path, "import", "network", BUNDLED / "network.geojson")
    must_run(tmp_path, "import", "streets", BUNDLED / "streets.osm")
    for what in ("premises", "places", "crews"):
        must_run(tmp_path, "import", what, BUNDLED / f"{what}.csv")
    tickets, crews, out = BUNDLED / "tickets.csv", BUNDLED / "crews.csv", tmp_path / "out"
    day = planned(tickets, crews, out)
    assert day["travel"]["straight_line"] is False
    isolated = [one for one in day["incidents"] if one["isolation"]]
    assert len(isolated) >= 2
    assert any(len(one["tickets"]) > 3 for one in isolated)
    states = list(ticket_states(read_files(tickets, crews, out)).values())
    assert states.count("planned") > len(states) / 2


@pytest.mark.slow
@pytest.mark.shelf
def test_town_along_real_streets(shelf: Path, tmp_path: Path) -> None:
    """A town made along the streets of Heidelberg: 5,000 premises, 120 tickets, 15 crews."""
    streets = shelf / "osm" / "heidelberg.osm.pbf"
    size = ("--premises", 5000, "--tickets", 120, "--crews", 15, "--seed", 1)
    must_run(tmp_path, "town", *size, "--out", "town", "--streets", streets)
    town = tmp_path / "town"
    day = planned(town / "tickets.csv", town / "crews.csv", tmp_path / "out")
    assert day["travel"]["straight_line"] is False
    assert any(one["isolation"] for one in day["incidents"])


@pytest.mark.slow
@pytest.mark.shelf
def test_epanet_network(shelf: Path, tmp_path: Path) -> None:
    """A real EPANET network, no streets: 60 tickets by coordinates, straight lines flagged."""
    inp = shelf / "inp" / "ky8_v.inp"
    said = must_run(tmp_path, "import", "network", inp, "--isolation-valves", "TCV", "--crs", CRS)
    assert "阀门 488" in said
    spots = spots_on_pipes(inp, 60, seed=8)
    write_tickets(tmp_path / "tickets.csv", spots, seed=8)
    write_crews(tmp_path / "crews.csv", spots[::7])
    day = planned(tmp_path / "tickets.csv", tmp_path / "crews.csv", tmp_path / "out")
    assert day["travel"]["straight_line"] is True
    located = [ticket for incident in day["incidents"] for ticket in incident["tickets"]]
    assert len(located) == 60
    assert all(one["pipe"] for one in day["incidents"])


def test_the_same_seed_gives_the_same_plan(tmp_path: Path) -> None:
    """Two runs on the same small day leave the same plan."""
    (tmp_path / "tiny.inp").write_text(tiny.INP)
    (tmp_path / "tickets.csv").write_text(tiny.tickets_csv(), encoding="utf-8")
    (tmp_path / "crews.csv").write_text(tiny.crews_csv(), encoding="utf-8")
    must_run(tmp_path, "import", "network", "tiny.inp", "--crs", tiny.CRS)
    for out in ("one", "two"):
        plan(tmp_path, Path("tickets.csv"), Path("crews.csv"), Path(out), "--seconds", 2)
    one, two = ((tmp_path / out / "plan.json").read_bytes() for out in ("one", "two"))
    assert one == two
