"""Work orders, crews, the plan and the tray of conflicts over HTTP."""

from __future__ import annotations

from uuid import uuid4

from domain.users import Role
from tests.web.office import Json, Office, fault

NOW = "2026-11-23T08:30:00+08:00"


def orders(office: Office) -> dict[str, Json]:
    """Return the work orders by kind."""
    found = office.get("/api/work-orders").json()["items"]
    return {one["kind"]: one for one in found}


def report(office: Office, kind: str, work_order: str, **more: object) -> Json:
    """Send a crew's report and return what became of it."""
    body = {"id": str(uuid4()), "work_order": work_order, "kind": kind, "device_time": NOW} | more
    answer = office.phone().post("/api/mobile/reports", json=body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def test_there_is_no_plan_until_somebody_asks(office: Office) -> None:
    """404 says how to get one; then it gives each order to a crew that can do it."""
    office.burst()
    assert "POST /api/plan" in fault(office.get("/api/plan"), 404)
    made = office.done("/api/plan", {})
    assert office.get("/api/plan").json() == made
    crews = {
        visit["work_order"]: route["crew"] for route in made["routes"] for visit in route["visits"]
    }
    kinds = orders(office)
    assert crews[kinds["repair"]["id"]] == "C2"
    assert crews[kinds["isolate"]["id"]] in {"C1", "C3"}
    assert made["unassigned"] == []
    assert made["violations"] == []
    first = made["routes"][0]["visits"][0]
    assert first["reason"]["zh-CN"]
    assert first["depart"] <= first["eta"] <= first["start"] <= first["end"]


def test_the_plan_says_when_supply_is_back(office: Office) -> None:
    """Its word is the ETR until a person says otherwise."""
    incident = office.burst()
    office.done("/api/plan", {})
    etr = office.story(incident)["outage"]["etr"]
    assert etr["source"] == "plan"
    assert etr["latest"] > etr["at"] > office.clock().isoformat()


def test_work_orders_carry_their_visit(office: Office) -> None:
    """Before the plan nobody goes; afterwards who, and when."""
    office.burst()
    assert orders(office)["isolate"]["visit"] is None
    office.done("/api/plan", {})
    isolate = orders(office)["isolate"]
    assert (isolate["state"], isolate["visit"]["state"]) == ("assigned", "assigned")
    assert isolate["skills"] == ["valve"]
    assert isolate["premises_dry_after"] == 4


def test_a_dispatcher_gives_work_to_a_crew_and_takes_it_back(office: Office) -> None:
    """The visit is pinned and the next plan keeps it; null leaves it to the plan."""
    office.burst()
    office.done("/api/plan", {})
    isolate = orders(office)["isolate"]
    other = {"C1": "C3", "C3": "C1"}[isolate["visit"]["crew"]]
    path = f"/api/work-orders/{isolate['id']}/assign"
    given = office.done(path, {"crew": other})
    assert (given["visit"]["crew"], given["visit"]["pinned"]) == (other, True)
    office.done("/api/plan", {})
    assert orders(office)["isolate"]["visit"]["crew"] == other
    freed = office.done(path, {"crew": None})
    assert freed["visit"] is None or freed["visit"]["pinned"] is False


def test_what_cannot_be_assigned_is_told(office: Office) -> None:
    """404 for the order and the crew; 422 for a body without a crew."""
    office.burst()
    isolate = orders(office)["isolate"]["id"]
    assert "W9" in fault(office.post("/api/work-orders/W9/assign", {"crew": "C1"}), 404)
    path = f"/api/work-orders/{isolate}/assign"
    assert "C9" in fault(office.post(path, {"crew": "C9"}), 404)
    fault(office.post(path, {}), 422, "crew")
    fault(office.post(path, {"crew": ""}), 422, "crew")


def test_a_manager_reads_and_decides_nothing(office: Office) -> None:
    """403 for every command."""
    incident = office.burst()
    isolate = orders(office)["isolate"]["id"]
    for path in (
        "/api/plan",
        f"/api/incidents/{incident}/verify",
        f"/api/incidents/{incident}/dismiss",
        f"/api/work-orders/{isolate}/assign",
        "/api/isolation",
    ):
        fault(office.post(path, {}, Role.MANAGER), 403)
    for path in (
        "/api/work-orders",
        "/api/crews",
        "/api/incidents",
        "/api/outages",
        "/api/tickets",
    ):
        assert office.get(path, Role.MANAGER).status_code == 200


def test_crews_are_where_their_phones_say(office: Office) -> None:
    """From the shift's start to the last fix, and stale when that is old."""
    crew = crews(office)["C2"]
    assert (crew["state"], crew["fix_at"], crew["stale"]) == ("free", None, False)
    fix = {"id": str(uuid4()), "device_time": NOW, "lon": 113.9041, "lat": 30.3041}
    sent = office.phone().post("/api/mobile/positions", json={"items": [fix]})
    assert sent.json()["stored"] == 1
    crew = crews(office)["C2"]
    assert crew["position"] == {"lon": 113.9041, "lat": 30.3041}
    assert crew["fix_at"].startswith("2026-11-23T00:30:00")
    assert crew["stale"] is False
    office.clock.move(minutes=11)
    assert crews(office)["C2"]["stale"] is True


def crews(office: Office) -> dict[str, Json]:
    """Return the crews by id."""
    return {one["id"]: one for one in office.get("/api/crews").json()["items"]}


def test_a_crew_shows_what_it_has_begun(office: Office) -> None:
    """Its state is its visit's; out of its shift it is off."""
    office.burst()
    office.done("/api/plan", {})
    repair = orders(office)["repair"]["id"]
    assert crews(office)["C2"]["visit"]["work_order"] == repair
    report(office, "accepted", repair)
    crew = crews(office)["C2"]
    assert (crew["state"], crew["visit"]["state"]) == ("accepted", "accepted")
    office.clock.move(hours=11)
    assert crews(office)["C1"]["state"] == "off_shift"


def test_a_contradiction_waits_in_the_tray_until_a_dispatcher_settles_it(office: Office) -> None:
    """The report is kept with the reason in both languages; settled once."""
    office.burst()
    office.done("/api/plan", {})
    isolate = orders(office)["isolate"]["id"]
    sent = report(office, "on_site", isolate)
    assert sent["outcome"] == "conflict"
    (conflict,) = office.get("/api/conflicts").json()["items"]
    assert (conflict["id"], conflict["crew"], conflict["work_order"]) == (sent["id"], "C2", isolate)
    assert conflict["conflict"]["zh-CN"]
    assert conflict["conflict"]["en"]
    path = f"/api/conflicts/{sent['id']}/settle"
    fault(office.post(path, {"choice": "toss_a_coin"}), 422, "choice")
    assert office.done(path, {"choice": "keep_system"})["outcome"] == "settled"
    assert office.get("/api/conflicts").json()["items"] == []
    fault(office.post(path, {"choice": "keep_system"}), 409)
    missing = f"/api/conflicts/{uuid4()}/settle"
    fault(office.post(missing, {"choice": "keep_system"}), 404)


def test_a_phone_in_a_crews_reason_is_masked_in_the_office(office: Office) -> None:
    """A crew writes down whom it rang; managers and agents read why, not the number."""
    incident = office.burst()
    office.done("/api/plan", {})
    repair = orders(office)["repair"]["id"]
    assert report(office, "paused", repair, reason="等 139 1234 5678 开门")["outcome"] == "applied"
    (said,) = {one["said"] for one in office.story(incident)["visits"] if one["said"]}
    assert said == "等 *** 开门"
