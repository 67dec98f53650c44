"""`mainbreak outage ID`: both versions of an isolation, and who is out, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.reports import ReportKind
from domain.symptoms import Symptom
from mainbreak.cli import app
from operations.isolate_incident import adopt_proposal
from storage import open_database
from tests.operations.live_day import LiveDay

K = ReportKind


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return a database in which de.d stuck while bc.b was shut, and plan B was adopted."""
    url = f"sqlite:///{tmp_path}/day.sqlite"
    database = open_database(url)
    day = LiveDay(database)
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001I", "C1")
    day.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    day.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    with day.work() as work:
        adopt_proposal(work, day.keeper.of(work), "O-E0001", day.now)
        work.commit()
    day.says("C1", "W0001I", K.VALVE_CLOSED, "eS.e")
    database.close()
    return url


def test_both_versions_are_shown(url: str) -> None:
    """New valves and premises, old ones kept, numbers unchanged."""
    answer = CliRunner().invoke(app, ["--db", url, "outage", "O-E0001", "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    (plan_b,) = told["plan_b"]
    assert plan_b["before"] == {"close": ["bc.b", "de.d"], "premises_count": 4}
    assert plan_b["after"] == {"close": ["bc.b", "eS.e"], "premises_count": 6}
    assert plan_b["premises_added"] == ["de1", "de2"]
    assert [(one["number"], one["id"], one["state"]) for one in told["closing_order"]] == [
        (1, "bc.b", "closed"),
        (2, "de.d", "stuck"),
        (3, "eS.e", "closed"),
    ]
    assert told["predicted"] == len(told["out"]) == 6
    assert [one["out"] for one in told["steps"]] == [0, 6]


def test_it_reads_well_too(url: str) -> None:
    """The same in words and tables; an unknown outage is one line."""
    answer = CliRunner().invoke(app, ["--db", url, "outage", "O-E0001"])
    for said in ("6 of 6 premises out", "before: shut bc.b, de.d; 4", "after: shut bc.b, eS.e; 6"):
        assert said in answer.output, answer.output
    assert CliRunner().invoke(app, ["--db", url, "outage", "O-9"]).exit_code == 1
