"""Versions of the plan, dispatchers' words about crews, and what-if, over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

import dispatch
from dispatch import Problem
from domain.plans import Plan
from domain.users import Role
from mainbreak.server.api import what_if
from operations.plan_day import Effort
from tests.web.office import Json, Office, fault
from tests.web.small_streets import crossing, load_streets
from tests.web.test_api_work import crews, orders

#: What is stored is tested on both databases in tests/operations.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

WHAT_IF = "/api/plan/what-if"


@pytest.fixture(autouse=True)
def short_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search in a blink."""
    monkeypatch.setattr(what_if, "EFFORT", Effort(seconds=0.15))


@pytest.fixture
def burst(office: Office) -> Office:
    """Return the office with a burst that is planned."""
    office.burst()
    office.done("/api/plan", {})
    return office


def test_each_version_says_what_it_changed(burst: Office) -> None:
    """Listed newest first, page by page, and each in full."""
    first = burst.get("/api/plan").json()
    assert {one["kind"] for one in first["changes"]} == {"added"}
    crew = orders(burst)["isolate"]["visit"]["crew"]
    burst.done(f"/api/crews/{crew}/away", {"reason": "病假"})
    second = burst.done("/api/plan", {})
    (change,) = [one for one in second["changes"] if one["kind"] == "moved"]
    assert (change["crew_before"], change["work_order"]) == (crew, orders(burst)["isolate"]["id"])
    assert change["cause"]["zh-CN"].endswith("不在岗")
    page = burst.get("/api/plan/versions", Role.MANAGER, limit=1).json()
    (newest,) = page["items"]
    assert (newest["number"], newest["changes"]) == (second["number"], second["changes"])
    assert newest["kinds"]["moved"] == 1
    rest = burst.get("/api/plan/versions", after=page["next"]).json()
    assert [one["number"] for one in rest["items"]] == [first["number"]]
    assert rest["next"] is None
    assert burst.get(f"/api/plan/versions/{first['number']}").json() == first


def test_two_versions_are_compared(burst: Office) -> None:
    """With what each version between said of the work order."""
    first = burst.get("/api/plan").json()["number"]
    crew = orders(burst)["isolate"]["visit"]["crew"]
    burst.done(f"/api/crews/{crew}/away", {})
    second = burst.done("/api/plan", {})["number"]
    found = burst.get("/api/plan/difference", before=first, after=second).json()
    assert (found["before"]["number"], found["after"]["number"]) == (first, second)
    moved = next(one for one in found["changes"] if one["kind"] == "moved")
    assert [one["number"] for one in moved["causes"]] == [second]
    assert moved["causes"][0]["cause"] == moved["cause"]
    asked = {"before": second, "after": first}
    assert "later version" in fault(burst.get("/api/plan/difference", **asked), 422, "after")
    fault(burst.get("/api/plan/difference", before=first, after=99), 404)
    fault(burst.get("/api/plan/versions/99"), 404)
    fault(burst.get("/api/plan/versions", after="x"), 422, "after")


def test_words_about_a_crew_and_their_opposites(office: Office) -> None:
    """Each is shown, is an event with who said it, and can be taken back once."""
    until = (office.clock() + timedelta(hours=1)).isoformat()
    locked = office.done("/api/crews/C1/lock", {"reason": "待命", "until": until})
    assert locked["locked"] | {"since": "", "until": ""} == {
        "since": "",
        "until": "",
        "reason": "待命",
        "made_by": "dispatcher",
        "in_force": True,
    }
    assert office.done("/api/crews/C1/unlock", {})["locked"] is None
    fault(office.post("/api/crews/C1/unlock", {}), 409)
    gone = office.done("/api/crews/C1/away", {})
    assert (gone["state"], gone["needs_you"], gone["visits"]) == ("away", False, 0)
    assert crews(office)["C1"] == gone
    assert office.done("/api/crews/C1/back", {})["state"] == "free"
    fault(office.post("/api/crews/C1/back", {}), 409)
    later = office.done("/api/crews/C1/away", {"since": until})
    assert (later["state"], later["away"]["in_force"]) == ("free", False)
    told = [(one["kind"], one["subject"], one["actor"]) for one in office.events()]
    said = [one for one in told if one[0].startswith(("crew.away", "crew.locked"))]
    assert said == [
        ("crew.locked", "C1", "dispatcher"),
        ("crew.locked_ended", "C1", "dispatcher"),
        ("crew.away", "C1", "dispatcher"),
        ("crew.away_ended", "C1", "dispatcher"),
        ("crew.away", "C1", "dispatcher"),
    ]


def test_a_crew_may_be_forbidden_a_work_order(burst: Office) -> None:
    """The next plan gives it to another; allowed again it says so no more."""
    isolate = orders(burst)["isolate"]
    crew, path = isolate["visit"]["crew"], f"/api/work-orders/{isolate['id']}"
    (word,) = burst.done(f"{path}/forbid", {"crew": crew, "reason": "钥匙坏了"})["forbidden"]
    assert (word["crew"], word["reason"], word["made_by"]) == (crew, "钥匙坏了", "dispatcher")
    burst.done("/api/plan", {})
    assert orders(burst)["isolate"]["visit"]["crew"] != crew
    assert "forbidden" in fault(burst.post(f"{path}/assign", {"crew": crew}), 409)
    assert burst.done(f"{path}/allow", {"crew": crew})["forbidden"] == []
    fault(burst.post(f"{path}/allow", {"crew": crew}), 409)
    kinds = [one["kind"] for one in burst.events() if one["kind"].startswith("crew.")]
    assert kinds[-2:] == ["crew.forbidden", "crew.allowed"]


def test_refusals_of_words(office: Office) -> None:
    """What is not there is 404, a time that has passed names its field, a manager may not."""
    for word in ("lock", "unlock", "away", "back"):
        assert "C9" in fault(office.post(f"/api/crews/C9/{word}", {}), 404)
        fault(office.post(f"/api/crews/C1/{word}", {}, Role.MANAGER), 403)
    past = {"until": office.clock().isoformat()}
    fault(office.post("/api/crews/C1/lock", past), 422, "until")
    fault(office.post("/api/crews/C1/away", past), 422, "until")
    fault(office.post("/api/work-orders/W9/forbid", {"crew": "C1"}), 404)
    fault(office.post("/api/work-orders/W9/allow", {"crew": "C1"}), 404)


def test_what_if_a_crew_were_ill(burst: Office) -> None:
    """Nothing is stored; the answer compares cost, work, lateness, times of restoration."""
    last = burst.events()[-1]["id"]
    crew = orders(burst)["repair"]["visit"]["crew"]
    found = burst.done(WHAT_IF, {"away": [crew]})
    assert [one["work_order"] for one in found["unassigned_after"]] == [
        orders(burst)["repair"]["id"]
    ]
    assert found["unassigned_before"] == []
    assert found["cost"][-1]["term"] == "total"
    assert found["cost"][-1]["after"] > found["cost"][-1]["before"]
    (etr,) = found["etrs"]
    assert etr["before"] is not None
    assert etr["after"] is None
    assert found["said"][0]["zh-CN"] == "没人做的工单多 1 个"
    assert burst.events()[-1]["id"] == last
    assert orders(burst)["repair"]["visit"]["crew"] == crew


def test_what_if_there_were_a_crew_more(burst: Office) -> None:
    """It is called +1 unless it has a name."""
    place = crossing(1, 1)
    more = {
        "skills": ["valve", "pipe"],
        "size": 6,
        "lon": place.lon,
        "lat": place.lat,
        "shift_end": (burst.clock() + timedelta(hours=9)).isoformat(),
    }
    found = burst.done(WHAT_IF, {"crews": [more]})
    assert found["crews"] == [{"id": "+1", "name": "+1"}]
    assert found["number"] == burst.get("/api/plan").json()["number"]
    ended = more | {"shift_end": burst.clock().isoformat()}
    fault(burst.post(WHAT_IF, {"crews": [ended]}), 422, "crews")


def test_what_if_a_street_were_closed(burst: Office) -> None:
    """The live engine goes on driving through it."""
    with burst.home.writing("test") as work:
        load_streets(work)
    burst.done("/api/plan", {})
    drives = [one["travel_s"] for one in _visits(burst)]
    lines = [
        {
            "shape": "line",
            "places": [[crossing(0, row).lon, crossing(0, row).lat] for row in (0, 3)],
            "reason": "flood",
        }
    ]
    found = burst.done(WHAT_IF, {"closures": lines})
    assert found["closed"]["streets"] >= 3
    assert found["cost"][-1]["after"] >= found["cost"][-1]["before"]
    assert burst.get("/api/closures").json()["items"] == []
    burst.done("/api/plan", {})
    assert [one["travel_s"] for one in _visits(burst)] == drives
    far = [{"at": {"lon": 0.0, "lat": 0.0}, "reason": "flood"}]
    assert burst.post(WHAT_IF, {"closures": far}).status_code == 422


def _visits(office: Office) -> list[Json]:
    plan = office.get("/api/plan").json()
    return [visit for route in plan["routes"] for visit in route["visits"]]


def test_refusals_of_what_if(burst: Office) -> None:
    """Nothing supposed, an unknown crew or order, a manager."""
    assert "at least one" in burst.post(WHAT_IF, {}).json()["detail"]
    assert "C9" in fault(burst.post(WHAT_IF, {"away": ["C9"]}), 404)
    pair = {"crew": "C1", "work_order": "W9"}
    assert "W9" in fault(burst.post(WHAT_IF, {"forbidden": [pair]}), 404)
    fault(burst.post(WHAT_IF, {"away": ["C1"]}, Role.MANAGER), 403)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let the first search wait until somebody lets it go on."""
    begun, go_on, search = threading.Event(), threading.Event(), dispatch.solve

    def solve(problem: Problem, *, seed: int, seconds: float) -> Plan:
        begun.set()
        assert go_on.wait(20.0)
        return search(problem, seed=seed, seconds=seconds)

    monkeypatch.setattr(dispatch, "solve", solve)
    yield begun
    go_on.set()


def test_one_what_if_at_a_time(burst: Office, slow: threading.Event) -> None:
    """A second one is told when to come back."""
    body = {"away": ["C1"]}
    first = threading.Thread(target=lambda: burst.post(WHAT_IF, body), daemon=True)
    first.start()
    assert slow.wait(20.0)
    answer = burst.client(Role.DISPATCHER).post(WHAT_IF, json=body)
    fault(answer, 429)
    assert answer.headers["Retry-After"] == "5"
