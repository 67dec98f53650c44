"""The console's tables: whole for dispatchers, less for agents, nobody named, asked for once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.reports import CrewFix, Report, ReportKind
from domain.users import Role
from operations.record_report import record_report
from tests.web import small_town
from tests.web.house import House
from tests.web.office import FIRST, SECOND, Json, Office, fault

GROUND, DAY = "/api/console/ground", "/api/console/day"


def day(office: Office, role: Role = Role.DISPATCHER) -> Json:
    """Return the day's tables as this role gets them."""
    answer = office.get(DAY, role)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def order_of(office: Office, incident: str, kind: str) -> str:
    """Return the id of an incident's work order of this kind."""
    orders = office.story(incident)["work_orders"]
    return str(next(one["id"] for one in orders if one["kind"] == kind))


def report(
    office: Office,
    order: str,
    *kinds: ReportKind,
    valve: str | None = None,
    reason: str = "",
    crew: str = "C1",
) -> None:
    """Let a crew report, a minute between two."""
    for kind in kinds:
        office.clock.move(minutes=1)
        now = office.clock()
        said = Report(str(uuid4()), crew, order, kind, now, now, reason, valve)
        with office.home.writing(crew) as work:
            record_report(work, office.home.ground(work), said, now)


def on_site(office: Office) -> tuple[str, str]:
    """Return a burst's incident and its isolate order, with the valve crew on site."""
    incident = office.burst()
    order = order_of(office, incident, "isolate")
    office.done(f"/api/work-orders/{order}/assign", {"crew": "C1"})
    report(office, order, ReportKind.ACCEPTED, ReportKind.EN_ROUTE, ReportKind.ON_SITE)
    return incident, order


def test_the_day_is_told_from_the_call_to_the_crew_on_site(office: Office) -> None:
    """Incident, outage, clocks, the crew's visit with its states, who did it, the last event."""
    incident, order = on_site(office)
    tables = day(office)
    head, (outage,) = tables["day"], tables["outages"]
    (shown,) = head["incidents"]
    assert (shown["id"], shown["state"], len(shown["tickets"])) == (incident, "confirmed", 2)
    (visit,) = head["visits"]
    assert (head["crews"][visit["crew"]]["id"], visit["state"], visit["pinned"]) == (
        "C1", "on_site", True,
    )  # fmt: skip
    assert head["orders"][visit["order"]]["id"] == order
    assert visit["arrived"] == head["now"]
    steps = {one["step"]: one["met"] for one in shown["clocks"]}
    assert steps == {"onSite": visit["arrived"], "restore": None}
    assert outage["numbered"] == outage["close"]
    assert {"visit.on_site", "incident.opened"} <= {one["kind"] for one in head["log"]}
    assert head["people"]["dispatcher"] == "Dispatcher"
    assert tables["last_event"] == office.events()[-1]["id"]


def test_a_crew_is_where_it_was_seen_last(office: Office) -> None:
    """Before its first fix a crew stands where its shift begins; then the fix and its age count."""
    before = day(office)["day"]["crews"][0]
    now = office.clock()
    place = small_town.CREWS[2].position
    with office.home.writing("C1") as work:
        work.fixes.save([CrewFix("f1", "C1", now - timedelta(minutes=3), now, place, 5.0, 92.4)])
    after = day(office)["day"]["crews"][0]
    assert before["fix"] is None
    assert after["xy"] == [round(place.lon * 1e6), round(place.lat * 1e6)]
    assert after["fix"] == {"at": day(office)["day"]["now"] - 180, "heading": 92}


def test_a_stuck_valve_is_told_with_its_price(office: Office) -> None:
    """What failed, who said so and why, what to close instead under which numbers, who more."""
    incident, order = on_site(office)
    first, *_ = day(office)["outages"][0]["close"]
    report(office, order, ReportKind.VALVE_STUCK, valve=first, reason="丝杆断 13800138000")
    tables = day(office)
    (outage,) = tables["outages"]
    (failed,) = outage["failed"]
    assert (failed["id"], failed["reason"]) == (first, "丝杆断 ***")
    assert failed["at"] == tables["day"]["now"]
    assert first not in outage["proposal"]["close"]
    assert outage["proposal"]["out"] == outage["out"] + outage["proposal"]["more"]
    assert tables["day"]["valves"][first] == "inoperable"
    office.done(f"/api/outages/{outage['id']}/adopt", {})
    (adopted,) = day(office)["outages"]
    assert adopted["numbered"][: len(outage["numbered"])] == outage["numbered"]
    assert adopted["proposal"] is None
    assert incident == tables["day"]["incidents"][0]["id"]


def test_a_call_without_a_place_waits_on_the_console(office: Office) -> None:
    """It is listed with the time it must be answered by, until somebody places it."""
    office.call(text="没水了，小学对面")
    (waiting,) = day(office)["day"]["unlocated"]
    assert waiting["text"] == "没水了，小学对面"
    assert waiting["respond"] > waiting["at"]
    spot = {"lon": SECOND.location.lon, "lat": SECOND.location.lat}
    office.done(f"/api/tickets/{waiting['id']}/place", spot)
    after = day(office)["day"]
    assert after["unlocated"] == []
    assert [one["id"] for one in after["tickets"]] == [waiting["id"]]


def test_danger_does_not_wait_for_a_place(office: Office) -> None:
    """Nobody knows where the road caves in: the ticket is as urgent as its words all the same."""
    taken = office.call(text="路面塌陷了，快来人")
    assert taken["ticket"]["place"] is None
    assert taken["ticket"]["priority_reasons"]
    (waiting,) = day(office)["day"]["unlocated"]
    assert waiting["p"] == 1


def test_a_contradiction_shows_both_sides(office: Office) -> None:
    """A report that does not fit is told with what stands here; settled, it is gone."""
    incident = office.burst()
    order = order_of(office, incident, "isolate")
    report(office, order, ReportKind.FIELD_COMPLETE)
    (conflict,) = day(office)["day"]["conflicts"]
    assert (conflict["crewId"], conflict["orderId"]) == ("C1", order)
    assert conflict["kind"] == "field_complete"
    assert conflict["visitState"] == ""
    assert conflict["why"]["zh-CN"] != conflict["why"]["en"]
    office.done(f"/api/conflicts/{conflict['id']}/settle", {"choice": "keep_system"})
    assert day(office)["day"]["conflicts"] == []


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.MANAGER, Role.AGENT])
def test_nobody_is_named(office: Office, role: Role) -> None:
    """No phone, account or householder of the town is in either table, whoever asks."""
    office.call(
        account=FIRST.account, phone=FIRST.phone, text=f"我是{FIRST.name}，电话{FIRST.phone}，没水"
    )
    on_site(office)
    sent = office.get(GROUND, role).text + office.get(DAY, role).text
    for one in small_town.network().premises:
        assert one.phone not in sent
        assert one.account not in sent
        assert one.critical or one.name not in sent


def test_an_agent_gets_what_is_wrong_not_who_mends_it(office: Office) -> None:
    """Incidents and outages are the same; crews, visits, the log and people are left out."""
    on_site(office)
    whole, less = day(office), day(office, Role.AGENT)
    assert less["outages"] == whole["outages"]
    assert less["day"]["incidents"] == whole["day"]["incidents"]
    for kept_back in ("crews", "visits", "log", "conflicts", "unassigned"):
        assert less["day"][kept_back] == []
    assert less["day"]["people"] == {}


def test_the_ground_is_sent_once(office: Office) -> None:
    """With its mark 304 comes back, whatever the day does; plain and packed it is the same."""
    first = office.get(GROUND)
    tables = first.json()
    assert len(tables["pipes"]["id"]) == len(small_town.network().links)
    assert first.headers["cache-control"] == "private, no-cache"
    on_site(office)
    client = office.client(Role.DISPATCHER)
    again = client.get(GROUND, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get(GROUND, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert json.loads(plain.content) == tables


def test_another_network_is_another_ground(office: Office) -> None:
    """After an import the old mark is no good any more."""
    mark = office.get(GROUND).headers["etag"]
    network = small_town.network()
    with office.home.writing("test") as work:
        work.network.save(network.with_premises(network.premises[:-1]))
    fresh = office.client(Role.DISPATCHER).get(GROUND, headers={"If-None-Match": mark})
    assert fresh.status_code == 200
    assert fresh.headers["etag"] != mark


def test_crews_in_reach_are_listed_fit_and_near_first(office: Office) -> None:
    """Who lacks a skill stands behind those who could go, and it says which."""
    order = order_of(office, office.burst(), "isolate")
    items: list[dict[str, Any]] = office.get(f"/api/console/work-orders/{order}/crews").json()[
        "items"
    ]
    assert {one["crew"] for one in items} == {crew.id for crew in small_town.CREWS}
    assert [one["fit"] for one in items] == [True, True, False]
    assert items[0]["seconds"] <= items[1]["seconds"]
    assert (items[2]["crew"], items[2]["missing"]) == ("C2", ["valve"])


def test_an_unknown_order_is_told(office: Office) -> None:
    """404 and one sentence."""
    assert "W9" in fault(office.get("/api/console/work-orders/W9/crews"), 404)


def test_without_a_network_the_console_says_so(house: House) -> None:
    """No network, no map: 503 with the remedy, not a fault."""
    for path in (GROUND, DAY):
        answer = house.client(Role.DISPATCHER).get(path)
        assert "import network" in fault(answer, 503)
