"""When crews arrive, over HTTP: the same range everywhere, and never in public."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from domain.users import Role
from tests.web.office import FIRST, Json, Office
from tests.web.small_streets import crossing, load_streets

NOW = "2026-11-23T08:30:00+08:00"


def under_way(office: Office) -> tuple[str, str]:
    """Return an incident and its repair order; the phone's crew is under way to it, and seen."""
    incident = office.burst()
    found = office.get("/api/work-orders").json()["items"]
    order = next(one["id"] for one in found if one["kind"] == "repair")
    office.done(f"/api/work-orders/{order}/assign", {"crew": "C2"})
    body = {"id": str(uuid4()), "work_order": order, "kind": "en_route", "device_time": NOW}
    assert office.phone().post("/api/mobile/reports", json=body).status_code == 201
    here = crossing(0, 0)
    fix = {"id": str(uuid4()), "device_time": NOW, "lon": here.lon, "lat": here.lat}
    office.phone().post("/api/mobile/positions", json={"items": [fix]})
    return incident, order


def bare(eta: Json) -> Json:
    """Return what every answer has of an ETA, as instants."""
    times = {name: datetime.fromisoformat(eta[name]) for name in ("p50", "p90", "as_of")}
    return times | {"source": eta["source"]}


def test_the_office_and_the_phone_see_one_range(office: Office) -> None:
    """Crews, work orders, the incident and the phone; with source and age, in this order."""
    incident, order = under_way(office)
    crews = {one["id"]: one for one in office.get("/api/crews").json()["items"]}
    eta = crews["C2"]["visit"]["eta_range"]
    assert eta["source"] == "live"
    times = bare(eta)
    assert times["as_of"] == datetime.fromisoformat(NOW) <= times["p50"] < times["p90"]
    assert "到达" in eta["said"]["zh-CN"]
    assert "expected" in eta["said"]["en"]
    story = office.story(incident)
    (visit,) = [one for one in story["visits"] if one["work_order"] == order]
    orders = {one["id"]: one for one in office.get("/api/work-orders").json()["items"]}
    phone = office.phone().get("/api/mobile/visits").json()["items"][0]
    for one in (visit, orders[order]["visit"], phone):
        assert bare(one["eta_range"]) == times


def test_an_agent_can_say_when_somebody_comes(office: Office) -> None:
    """In the script and beside it; the public hears nothing of crews."""
    under_way(office)
    home = FIRST
    answer = office.post("/api/answer", {"premises": home.id}, Role.AGENT).json()
    assert answer["crew_eta"]["source"] == "live"
    assert "抢修人员正在途中，预计" in answer["script"]["zh-CN"]
    assert "A crew is on its way, expected" in answer["script"]["en"]
    asked = {"address": home.address}
    public = office.post("/api/public/answer", asked, Role.PUBLIC).json()
    assert "crew_eta" not in public
    assert "expected" not in public["script"]["en"]


def test_the_console_draws_the_range(office: Office) -> None:
    """By the clock of the page's day, with the instant of the fix."""
    _, order = under_way(office)
    day = office.get("/api/console/day").json()["day"]
    rows = [one["id"] for one in day["orders"]]
    (visit,) = [one for one in day["visits"] if one["order"] == rows.index(order)]
    eta = visit["range"]
    assert eta["source"] == "live"
    assert eta["at"] == 8.5 * 3600 <= eta["p50"] < eta["p90"]


def test_who_is_there_has_no_eta(office: Office) -> None:
    """An arrival that happened is told as such."""
    _, order = under_way(office)
    body = {"id": str(uuid4()), "work_order": order, "kind": "on_site", "device_time": NOW}
    office.phone().post("/api/mobile/reports", json=body)
    crews = {one["id"]: one for one in office.get("/api/crews").json()["items"]}
    assert crews["C2"]["visit"]["eta_range"] is None


def test_a_phone_that_stands_at_the_work_asks_and_tells(office: Office) -> None:
    """The office hears of it once, the crew is asked; the visit waits for the crew's word."""
    with office.home.writing("test") as work:
        load_streets(work)
    incident, order = under_way(office)
    place = next(
        one["place"] for one in office.get("/api/work-orders").json()["items"] if one["id"] == order
    )
    for second in (0, 60, 120):
        office.clock.move(seconds=60)
        at = office.clock().isoformat()
        fix = {"id": str(uuid4()), "device_time": at, "accuracy_m": 6} | place
        told = office.phone().post("/api/mobile/positions", json={"items": [fix]}).json()
        assert told["stored"] == 1, second
    visit = office.phone().get("/api/mobile/visits").json()["items"][0]
    assert visit["state"] == "en_route"
    assert visit["arrival_seen_at"] is not None
    seen = [one for one in office.story(incident)["log"] if one["kind"] == "arrival.seen"]
    assert [one["payload"]["work_order"] for one in seen] == [order]
    day = office.get("/api/console/day").json()["day"]
    rows = [one["id"] for one in day["orders"]]
    assert [one["seen"] is not None for one in day["visits"] if one["order"] == rows.index(order)]
    said = {"id": str(uuid4()), "work_order": order, "kind": "on_site"}
    at = visit["arrival_seen_at"]
    office.phone().post("/api/mobile/reports", json=said | {"device_time": at})
    visit = office.phone().get("/api/mobile/visits").json()["items"][0]
    assert (visit["state"], visit["arrival_seen_at"]) == ("on_site", None)
    assert datetime.fromisoformat(visit["on_site_at"]) == datetime.fromisoformat(at)
