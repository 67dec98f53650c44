"""The whole way of one burst over HTTP: from the first call until the centre has verified it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from domain.users import Role
from storage import Database
from storage.tables import metadata
from tests.web.house import OPEN_SESAME
from tests.web.office import ELSEWHERE, FIRST, SECOND, Json, Office

#: How often each report is sent: phones send again what they got no answer for.
TIMES = 3


class Phone:
    """A crew's phone: it logs in for a token and sends each report three times."""

    def __init__(self, office: Office, crew: str) -> None:
        self._office, self.crew = office, crew
        self._client = office.house.client()
        given = {"login": f"phone-{crew.lower()}", "password": OPEN_SESAME, "label": "phone"}
        answer = self._client.post("/api/tokens", json=given)
        assert answer.status_code == 201, answer.text
        self._client.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def visits(self) -> list[Json]:
        """Return the crew's visits."""
        found: list[Json] = self._client.get("/api/mobile/visits").json()["items"]
        return found

    def report(self, kind: str, work_order: str, **more: object) -> None:
        """Send a report three times; the second and the third change nothing at all."""
        body = {"id": str(uuid4()), "work_order": work_order, "kind": kind}
        body |= {"device_time": self._office.clock().isoformat()} | more
        first = self._send(body)
        assert (first.status_code, first.json()["outcome"]) == (201, "applied"), first.text
        stored = content(self._office.home.database)
        for _ in range(TIMES - 1):
            again = self._send(body)
            assert (again.status_code, again.json()) == (200, first.json())
        assert content(self._office.home.database) == stored
        self._office.clock.move(minutes=5)

    def _send(self, body: Mapping[str, object]) -> Any:
        return self._client.post("/api/mobile/reports", json=body)


def content(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }


@pytest.fixture
def phones(office: Office) -> dict[str, Phone]:
    """Return a phone of each crew, whose users an administrator adds."""
    for crew in ("C1", "C2", "C3"):
        user = {"login": f"phone-{crew.lower()}", "name": f"Crew {crew}", "role": "crew"}
        office.done("/api/users", user | {"password": OPEN_SESAME, "crew": crew}, Role.ADMIN)
    return {crew: Phone(office, crew) for crew in ("C1", "C2", "C3")}


def told(office: Office, premises: str) -> Json:
    """Return what an agent tells a caller of these premises."""
    return office.done("/api/answer", {"premises": premises}, Role.AGENT)


def nothing_elsewhere(office: Office) -> None:
    """Hold that a caller far from the burst hears that nothing is known, by phone and in public."""
    assert told(office, ELSEWHERE.id)["kind"] == "nothing_known"
    public = office.done("/api/public/answer", {"address": ELSEWHERE.address}, Role.PUBLIC)
    assert public["kind"] == "nothing_known"


def assigned(office: Office, incident: str) -> dict[str, Json]:
    """Return the incident's work orders by kind, each with the visit of its crew."""
    return {one["kind"]: one for one in office.story(incident)["work_orders"]}


def test_a_burst_from_the_first_call_to_the_call_back(
    office: Office, phones: dict[str, Phone]
) -> None:
    """Call, incident, isolation, plan, reports, verified, closed; callers are told all along."""
    nothing_elsewhere(office)
    assert told(office, SECOND.id)["kind"] == "nothing_known"
    incident = office.burst()
    isolation = office.done("/api/isolation", {"pipe": office.story(incident)["pipe"]})
    assert isolation["close"] == office.story(incident)["outage"]["isolation"]["close"]
    nothing_elsewhere(office)

    office.done("/api/plan", {})
    work = assigned(office, incident)
    shut(office, phones, incident, work["isolate"])
    dry = told(office, SECOND.id)
    assert (dry["kind"], dry["incident"]) == ("no_water", incident)
    assert dry["cause"]["en"]
    assert dry["etr"]["at"] > office.clock().isoformat()
    public = office.done("/api/public/answer", {"address": FIRST.address}, Role.PUBLIC)
    assert (public["kind"], public["etr"]["at"]) == ("no_water", dry["etr"]["at"])
    nothing_elsewhere(office)

    mend(office, phones, incident, work["repair"])
    assert told(office, SECOND.id)["kind"] == "no_water", "a crew's word closes nothing"
    closed = office.done(f"/api/incidents/{incident}/verify", {})
    assert (closed["state"], closed["outage_state"]) == ("closed", "restored")
    over = office.story(incident)
    assert {ticket["state"] for ticket in over["tickets"]} == {"closed"}
    assert told(office, SECOND.id)["kind"] == "restored"
    nothing_elsewhere(office)
    check_log(office, incident)


def shut(office: Office, phones: dict[str, Phone], incident: str, order: Json) -> None:
    """Let the crew of the isolation drive there and shut what the phone tells it."""
    phone = phones[order["visit"]["crew"]]
    (visit,) = phone.visits()
    assert visit["work_order"] == order["id"]
    assert visit["navigate"]["geo"].startswith("geo:")
    for kind in ("accepted", "en_route", "on_site"):
        phone.report(kind, order["id"])
    for step in visit["isolation"]["order"]:
        phone.report("valve_closed", order["id"], isolation_valve=step["id"])
    phone.report("field_complete", order["id"])
    outage = office.story(incident)["outage"]
    assert outage["state"] == "in_effect"
    assert sorted(outage["closed"]) == sorted(outage["isolation"]["close"])
    assert phone.visits() == []


def mend(office: Office, phones: dict[str, Phone], incident: str, order: Json) -> None:
    """Let the crew of the repair do its work; the incident is resolved, not closed."""
    office.done("/api/plan", {})
    order = assigned(office, incident)["repair"]
    phone = phones[order["visit"]["crew"]]
    for kind in ("accepted", "en_route", "on_site", "field_complete"):
        phone.report(kind, order["id"])
    story = office.story(incident)
    assert story["state"] == "resolved"
    assert {one["state"] for one in story["work_orders"]} == {"done"}
    assert {ticket["state"] for ticket in story["tickets"]} == {"open"}


#: What the log tells of it, in this order; other events may stand between.
STORY = (
    ("ticket.received", "agent"),
    ("incident.opened", "agent"),
    ("outage.opened", "agent"),
    ("incident.confirmed", "agent"),
    ("plan.made", "dispatcher"),
    ("visit.accepted", "phone"),
    ("visit.en_route", "phone"),
    ("visit.on_site", "phone"),
    ("isolation_valve.changed", "phone"),
    ("outage.in_effect", "phone"),
    ("visit.field_complete", "phone"),
    ("work_order.done", "phone"),
    ("visit.accepted", "phone"),
    ("visit.on_site", "phone"),
    ("visit.field_complete", "phone"),
    ("incident.resolved", "phone"),
    ("incident.verified", "dispatcher"),
    ("isolation_valve.changed", "dispatcher"),
    ("outage.restored", "dispatcher"),
    ("ticket.closed", "dispatcher"),
    ("incident.closed", "dispatcher"),
)


def check_log(office: Office, incident: str) -> None:
    """Hold that the log tells the story in order, by whom, and names nobody who called."""
    log = office.events()
    rest = iter(log)
    for kind, actor in STORY:
        found = next((one for one in rest if one["kind"] == kind and actor in one["actor"]), None)
        assert found is not None, (kind, actor)
    assert [one["id"] for one in log] == sorted(one["id"] for one in log)
    reports = [one for one in log if one["kind"] == "report.applied"]
    assert len(reports) == 4 + 2 + 4
    for secret in (FIRST.phone, FIRST.address, SECOND.account, SECOND.name):
        assert secret not in str(log)


def test_a_stuck_isolation_valve_makes_a_plan_b_that_a_dispatcher_adopts(
    office: Office, phones: dict[str, Phone]
) -> None:
    """The crew says it will not close; the larger isolation is proposed, adopted and shut."""
    incident = office.burst()
    office.done("/api/plan", {})
    order = assigned(office, incident)["isolate"]
    phone = phones[order["visit"]["crew"]]
    for kind in ("accepted", "en_route", "on_site"):
        phone.report(kind, order["id"])
    phone.report("valve_stuck", order["id"], isolation_valve="V-E11a", reason="锈死")
    outage = office.story(incident)["outage"]
    assert outage["stuck"] == ["V-E11a"]
    assert "V-E11a" not in outage["proposal"]["close"]
    adopted = office.done(f"/api/outages/{outage['id']}/adopt", {})
    assert adopted["proposal"] is None
    assert adopted["isolation"]["close"] == outage["proposal"]["close"]
    numbers = {step["id"]: step["number"] for step in adopted["closing_order"]}
    assert numbers["V-E11b"] == next(
        step["number"] for step in outage["closing_order"] if step["id"] == "V-E11b"
    )
    retried = office.done(f"/api/outages/{outage['id']}/retry", {"isolation_valve": "V-E11a"})
    assert retried["stuck"] == []


def test_the_event_log_shows_both_versions_of_an_isolation(
    office: Office, phones: dict[str, Phone]
) -> None:
    """While the outage runs two valves stick: new valves, new premises, the old ones kept."""
    incident = office.burst()
    office.done("/api/plan", {})
    order = assigned(office, incident)["isolate"]
    phone = phones[order["visit"]["crew"]]
    outage = office.story(incident)["outage"]
    phone.report("valve_closed", order["id"], isolation_valve="V-E11b")
    assert office.story(incident)["outage"]["state"] == "in_effect"
    for valve in ("V-E11a", "V-E10b"):
        phone.report("valve_stuck", order["id"], isolation_valve=valve, reason="锈死")
    adopted = office.done(f"/api/outages/{outage['id']}/adopt", {})
    (told,) = (one for one in office.events() if one["kind"] == "outage.plan_b")
    before, after = told["payload"]["before"], told["payload"]["after"]
    assert before["close"] == outage["isolation"]["close"]
    assert after["close"] == adopted["isolation"]["close"]
    assert before["premises_count"] < after["premises_count"] == adopted["premises_count"]
    had, has = set(outage["isolation"]["premises"]), set(adopted["isolation"]["premises"])
    assert set(told["payload"]["premises_added"]) == has - had
    assert had < has
    kept = {step["id"]: step["number"] for step in outage["closing_order"]}
    now = {step["id"]: step["number"] for step in adopted["closing_order"]}
    assert kept.items() <= now.items()


def test_an_outage_is_followed_valve_by_valve(office: Office, phones: dict[str, Phone]) -> None:
    """Actual beside predicted, a step a valve with its customer-minutes, who comes back first."""
    incident = office.burst()
    office.done("/api/plan", {})
    order = assigned(office, incident)["isolate"]
    phone = phones[order["visit"]["crew"]]
    outage = office.story(incident)["outage"]
    assert (outage["supply"]["predicted"], outage["supply"]["out"]) == (4, 0)
    for valve in outage["isolation"]["close"]:
        phone.report("valve_closed", order["id"], isolation_valve=valve)
    office.clock.move(minutes=30)
    outage = office.story(incident)["outage"]
    assert outage["supply"]["out"] == outage["supply"]["predicted"] == 4
    assert [one["out"] for one in outage["supply"]["steps"]] == [0, 4]
    assert outage["supply"]["customer_minutes"] >= 4 * 30
    assert {one["state"] for one in outage["opening_order"]} == {"held"}
