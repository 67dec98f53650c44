"""The small town in the middle of a day: one burst being shut, one stuck valve, one conflict."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from domain.users import Role
from tests.web.office import ELSEWHERE, FIRST, Json, Office
from tests.web.small_streets import load_streets


def make_busy(office: Office) -> Json:
    """Let the morning happen; return real ids and places by the names requests know them by."""
    with office.home.writing("test") as work:
        load_streets(work)
    incident = office.burst()
    office.done(
        "/api/work-orders/" + _order(office, incident, "isolate") + "/assign", {"crew": "C1"}
    )
    office.done("/api/plan", {})
    story, repair = office.story(incident), _order(office, incident, "repair")
    _report(office, "accepted", repair)
    office.call(text="不知道在哪里，水管坏了", phone="13912345678")
    other = office.call(address=ELSEWHERE.address, text="水表漏水")
    conflict = _report(office, "on_site", _order(office, incident, "isolate"))
    _report(office, "valve_stuck", repair, isolation_valve="V-E11a", reason="锈死")
    _report(office, "valve_closed", repair, isolation_valve="V-E11b")
    shutoff = office.done("/api/planned-shutoffs", _planned(office))
    closed = {"at": {"lon": FIRST.location.lon, "lat": FIRST.location.lat}, "reason": "works"}
    closure = office.done("/api/closures", closed)
    return {
        "closure_id": closure["id"],
        "shutoff_id": shutoff["id"],
        "ticket_id": story["tickets"][0]["id"],
        "incident_id": incident,
        "incident": incident,
        "into": other["incident"]["id"],
        "ticket": story["tickets"][0]["id"],
        "outage_id": story["outage"]["id"],
        "work_order_id": repair,
        "work_order": repair,
        "report_id": conflict["id"],
        "login": "manager",
        "crew": "C2",
        "pipe": "E11",
        "isolation_valve": "V-E11a",
        "premises": FIRST.id,
        "address": FIRST.address,
        "account": FIRST.account,
        "phone": FIRST.phone,
        "text": "路口水管爆了",
        "lon": FIRST.location.lon,
        "lat": FIRST.location.lat,
        "after": story["tickets"][0]["id"],
    }


def _planned(office: Office) -> Json:
    starts = office.clock.now + timedelta(hours=30)
    ends = starts + timedelta(hours=4)
    window = {"starts_at": starts.isoformat(), "ends_at": ends.isoformat()}
    return {"pipes": ["E21"], "title": "更换阀门"} | window


def _order(office: Office, incident: str, kind: str) -> str:
    found = (one for one in office.story(incident)["work_orders"] if one["kind"] == kind)
    return str(next(found)["id"])


def _report(office: Office, kind: str, work_order: str, **more: object) -> Json:
    body = {"id": str(uuid4()), "work_order": work_order, "kind": kind} | more
    body |= {"device_time": office.clock().isoformat()}
    answer = office.house.phone(Role.CREW).post("/api/mobile/reports", json=body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found
