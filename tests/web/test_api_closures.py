"""Closures over HTTP: made, changed, confirmed, lifted; who may, and what a refusal names."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from domain.users import Role
from mainbreak.server import LiveHome
from maps.assets import STATIC
from operations.closures import touched
from tests.web.office import Json, Office, fault
from tests.web.small_streets import crossing, load_streets

#: What is stored is tested on both databases in tests/operations.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

PATH = "/api/closures"
MINE = "0b0e5f2c-6a0e-4a0c-9a55-2f4f7c1f0001"


@pytest.fixture
def town(office: Office) -> Office:
    """Return the office of the town with its streets."""
    with office.home.writing("test") as work:
        load_streets(work)
    return office


def spot(column: float, row: float) -> Json:
    """Return a place of the town as it is sent."""
    at = crossing(column, row)
    return {"lon": at.lon, "lat": at.lat}


def pairs(*places: tuple[float, float]) -> list[list[float]]:
    """Return places of the town as the corners of a shape."""
    return [[crossing(*one).lon, crossing(*one).lat] for one in places]


BOX = pairs((0.5, 0.5), (2.5, 0.5), (2.5, 1.5), (0.5, 1.5))
HERE: Json = {"at": spot(1.5, 1), "reason": "flood"}


def test_a_street_is_closed_listed_lifted_and_restored(town: Office) -> None:
    """The answer says what it touches; each step is an event."""
    made = town.done(PATH, HERE | {"entry": False, "note": " 没过轮胎 "})
    assert (made["id"], made["state"], made["street"]) == ("K-1", "in_force", "人民路")
    assert (made["streets"], made["metres"], made["note"]) == (1, 192, "没过轮胎")
    assert (made["made_by"], made["crew"], made["confirmed"]) == ("dispatcher", None, True)
    assert town.get(PATH, Role.MANAGER).json() == {"items": [made], "next": None}
    lifted = town.done(f"{PATH}/K-1/lift", {})
    assert (lifted["state"], lifted["lifted_by"]) == ("lifted", "dispatcher")
    assert town.get(PATH).json()["items"] == []
    assert town.get(PATH, state="all").json()["items"] == [lifted]
    assert town.done(f"{PATH}/K-1/restore", {}) == made
    kinds = [one["kind"] for one in town.events() if one["kind"].startswith("closure.")]
    assert kinds == ["closure.made", "closure.lifted", "closure.restored"]


def test_the_plan_and_the_console_drive_around_it(town: Office) -> None:
    """What stood in the answer before is not there any more: no kept drive outlives it."""
    incident = town.burst()
    (order,) = [one for one in town.story(incident)["work_orders"] if one["kind"] == "isolate"]
    town.done(f"/api/work-orders/{order['id']}/assign", {"crew": "C1"})
    before = town.get("/api/console/day").json()
    closed = town.done(PATH, {"ends": [spot(0, 0), spot(0, 1)], "reason": "works"})
    during = town.get("/api/console/day").json()
    town.done(f"{PATH}/{closed['id']}/lift", {})
    after = town.get("/api/console/day").json()
    routes = [[one["line"] for one in each["day"]["visits"]] for each in (before, during, after)]
    assert routes[0] == routes[2]
    assert routes[0] != routes[1]
    assert [len(each["closures"]) for each in (before, during, after)] == [0, 1, 0]


def test_a_preview_tells_the_same_and_keeps_nothing(town: Office) -> None:
    """Its courses are the streets that the map highlights."""
    seen = town.done(f"{PATH}/preview", {"shape": "area", "places": BOX, "reason": "snow"})
    assert (seen["shape"], seen["streets"], len(seen["courses"])) == ("area", 7, 7)
    by_name = {"street": "人民路", "crossings": ["东湖街", "西门街"], "reason": "works"}
    assert town.done(f"{PATH}/preview", by_name)["streets"] == 2
    assert town.get(PATH).json()["items"] == []


def test_a_span_begins_and_ends_by_the_clock(town: Office) -> None:
    """To come, in force, over; the list keeps it for a day."""
    now = town.clock.now
    until = (now + timedelta(hours=2)).isoformat()
    town.done(PATH, HERE | {"since": (now + timedelta(hours=1)).isoformat(), "until": until})
    states = []
    for hours in (0, 1, 1, 8):
        town.clock.move(hours=hours)
        states += [one["state"] for one in town.get(PATH).json()["items"]]
    assert states == ["to_come", "in_force", "over", "over"]


def test_a_change_leaves_what_it_does_not_name(town: Office) -> None:
    """``until`` null is until lifted; left out it stays."""
    until = (town.clock.now + timedelta(hours=2)).isoformat()
    made = town.done(PATH, HERE | {"until": until, "note": "水深"})
    client = town.client(Role.DISPATCHER)
    slowed = client.patch(f"{PATH}/K-1", json={"factor": 0.5}).json()
    assert slowed == made | {"factor": 0.5}
    open_ended = client.patch(f"{PATH}/K-1", json={"until": None, "entry": False}).json()
    assert (open_ended["until"], open_ended["entry"]) == (None, False)
    wider = client.patch(f"{PATH}/K-1", json={"ends": [spot(0, 1), spot(2, 1)]}).json()
    assert (wider["streets"], wider["factor"]) == (2, 0.5)
    fault(client.patch(f"{PATH}/K-1", json={"until": "2020-01-01T00:00:00Z"}), 422, "until")
    fault(client.patch(f"{PATH}/K-1", json={"at": spot(1, 1), "places": BOX}), 422)


def test_a_street_alone_renames_it(town: Office) -> None:
    """Beside crossings it is the street that is meant; empty it is the streets' own name."""
    made = town.done(PATH, HERE)
    client = town.client(Role.DISPATCHER)
    renamed = client.patch(f"{PATH}/K-1", json={"street": "铁路桥下"}).json()
    assert renamed == made | {"street": "铁路桥下"}
    assert client.patch(f"{PATH}/K-1", json={"factor": 0.5}).json()["street"] == "铁路桥下"
    assert client.patch(f"{PATH}/K-1", json={"street": ""}).json()["street"] == "人民路"
    by_name = {"street": "人民路", "crossings": ["东湖街", "西门街"]}
    moved = client.patch(f"{PATH}/K-1", json=by_name).json()
    assert (moved["street"], moved["streets"]) == ("人民路", 2)


def test_sent_again_it_is_the_same(town: Office) -> None:
    """201, then 200."""
    first, again = (town.post(PATH, HERE | {"client_id": MINE}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    for other in (
        HERE | {"reason": "snow"},
        HERE | {"at": spot(0.5, 2)},
        {"places": BOX} | FLOODED,
    ):
        fault(town.post(PATH, other | {"client_id": MINE}), 422, "client_id")


def test_an_id_that_made_a_ticket_makes_no_closure(town: Office) -> None:
    """The id is at fault: nothing is missing."""
    town.done("/api/tickets", {"channel": "phone", "text": "没水", "client_id": MINE})
    fault(town.post(PATH, HERE | {"client_id": MINE}), 422, "client_id")


def test_an_id_that_made_a_closure_makes_no_ticket(town: Office) -> None:
    """A call is not lost as one whose ticket is missing."""
    town.done(PATH, HERE | {"client_id": MINE})
    call = {"channel": "phone", "text": "没水", "client_id": MINE}
    fault(town.post("/api/tickets", call), 422, "client_id")


BAD: list[tuple[Json, str | None]] = [
    ({"at": spot(1.5, 1)}, "reason"),
    (HERE | {"reason": "aliens"}, "reason"),
    ({"reason": "flood"}, None),
    (HERE | {"places": BOX}, None),
    ({"reason": "flood", "places": pairs((0, 0), (1, 1), (1, 0), (0, 1))}, "places"),
    ({"reason": "flood", "places": pairs((0, 0), (1, 1))}, "places"),
    ({"reason": "flood", "places": pairs((0.2, 0.2), (0.4, 0.2), (0.4, 0.4))}, "places"),
    ({"reason": "flood", "places": pairs(*[(i / 200, 0) for i in range(501)])}, "places"),
    ({"reason": "flood", "places": [[999, 0], [0, 0], [1, 1]]}, "places.0.0"),
    ({"reason": "flood", "at": {"lon": 0, "lat": 0}}, "at"),
    ({"reason": "flood", "ends": [spot(1, 1), spot(1, 1)]}, "ends"),
    ({"reason": "flood", "street": "人民路", "crossings": ["东湖街", "长江路"]}, "crossings"),
    (HERE | {"factor": 1}, "factor"),
    (HERE | {"factor": -1}, "factor"),
    (HERE | {"until": "soon"}, "until"),
    (HERE | {"until": "2020-01-01T00:00:00Z"}, "until"),
    (HERE | {"colour": "red"}, "colour"),
]


FLOODED: Json = {"reason": "flood", "entry": False}

#: Refused for where they are, or for when.
BAD_PLACES: list[Json] = [
    {"reason": "flood", "places": pairs((0, 0), (1, 1), (1, 0), (0, 1))},
    {"reason": "flood", "places": pairs((0, 0), (1, 0), (2, 0))},
    {"reason": "flood", "places": pairs((0, 0), (1, 1))},
    {"reason": "flood", "places": pairs((0.2, 0.2), (0.4, 0.2), (0.4, 0.4))},
    {"reason": "flood", "at": {"lon": 0, "lat": 0}},
    {"reason": "flood", "ends": [spot(1, 1), spot(1, 1)]},
    {"reason": "flood", "ends": [spot(0, 0), spot(2, 2)]},
    {"reason": "flood", "street": "人民路", "crossings": ["东湖街", "长江路"]},
    {"reason": "flood", "street": "人民路", "crossings": ["滨江路", "东湖街"]},
    HERE | {"until": "2020-01-01T00:00:00Z"},
]


def test_what_cannot_be_is_refused_in_a_line(town: Office) -> None:
    """Each names its field, and nothing is kept."""
    for body, field in BAD:
        fault(town.post(PATH, body), 422, field)
        fault(town.post(f"{PATH}/preview", body), 422, field)
    fault(town.post(PATH, HERE | {"incident": "E9999"}), 404)
    assert town.get(PATH, state="all").json()["items"] == []


def test_the_console_says_each_refusal_in_the_reader_s_words(
    town: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each pattern of ``live/closure_refusals.js`` fits a sentence of the server; none is left."""
    script = (STATIC / "js/live/closure_refusals.js").read_text("utf-8")
    patterns = [re.compile(one) for one in re.findall(r"^ *\[/(.+)/, \(", script, re.MULTILINE)]
    incident = town.burst()
    (order,) = [one for one in town.story(incident)["work_orders"] if one["kind"] == "isolate"]
    answers = [town.post(PATH, body) for body in BAD_PLACES]
    with monkeypatch.context() as few:
        few.setattr(touched, "MOST_STREETS", 6)
        answers.append(town.post(PATH, {"places": BOX} | FLOODED))
    town.done(PATH, {"places": pairs((-1, 0.5), (3.5, 0.5), (3.5, 3.5), (-1, 3.5))} | FLOODED)
    answers.append(town.post(f"/api/work-orders/{order['id']}/assign", {"crew": "C1"}))
    left = {one["work_order"]: one for one in town.done("/api/plan", {})["unassigned"]}
    assert "道路封闭" in left[order["id"]]["detail"]["zh-CN"]
    assert "the road is closed" in left[order["id"]]["detail"]["en"]
    (reach,) = [one for one in _reach(town, order["id"]) if one["crew"] == "C1"]
    assert (reach["fit"], reach["why"]) == (False, "closed")
    town.done(f"{PATH}/K-1/lift", {})
    answers.append(town.post(f"{PATH}/K-1/lift", {}))
    town.done(PATH, HERE | {"client_id": MINE})
    answers.append(town.post(PATH, {"places": BOX} | FLOODED | {"client_id": MINE}))
    said = [str(one.json()["detail"]) for one in answers]
    assert [one for one in said if not any(each.search(one) for each in patterns)] == []
    assert [one.pattern for one in patterns if not any(map(one.search, said))] == []


def _reach(town: Office, order: str) -> list[Json]:
    found: list[Json] = town.get(f"/api/console/work-orders/{order}/crews").json()["items"]
    return found


def test_what_is_not_there_or_is_over_says_so(town: Office) -> None:
    """404 for no such closure, 409 for one in another state."""
    for step in ("lift", "restore", "confirm"):
        fault(town.post(f"{PATH}/K-9/{step}", {}), 404)
    town.done(PATH, HERE)
    fault(town.post(f"{PATH}/K-1/restore", {}), 409)
    town.done(f"{PATH}/K-1/lift", {})
    for step in ("lift", "confirm"):
        fault(town.post(f"{PATH}/K-1/{step}", {}), 409)


def test_without_streets_the_remedy_is_named(office: Office) -> None:
    """An administrator imports them."""
    assert "import streets" in fault(office.post(PATH, HERE), 503)
    assert office.get(PATH).json()["items"] == []


def test_a_crew_s_report_waits_for_a_look(town: Office) -> None:
    """It stands at once, is the crew's, and is confirmed by a dispatcher; the crew hears of it."""
    said = {
        "id": MINE,
        "kind": "road_impassable",
        "device_time": town.clock.now.isoformat(),
        "reason": "collapse 路面塌了",
        **spot(1.5, 1),
    }
    phone = town.phone()
    assert phone.post("/api/mobile/reports", json=said).json()["outcome"] == "applied"
    assert phone.post("/api/mobile/reports", json=said).status_code == 200
    (made,) = town.get(PATH).json()["items"]
    assert (made["crew"], made["confirmed"], made["entry"]) == ("C2", False, False)
    assert (made["reason"], made["note"]) == ("collapse", "路面塌了")
    assert town.done(f"{PATH}/K-1/confirm", {})["confirmed"]


def test_the_planner_is_woken_by_whatever_changes_a_street(
    town: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each change once; what changes nothing wakes nobody."""
    woken: list[str] = []
    monkeypatch.setattr(LiveHome, "changed", lambda _home: woken.append("woken"))
    said = {"id": MINE, "kind": "road_impassable", "reason": "flood", **spot(0.5, 2)}
    said["device_time"] = town.clock.now.isoformat()
    for _ in range(2):
        town.post(PATH, HERE | {"client_id": MINE})
        town.phone().post("/api/mobile/reports", json=said)
    assert len(woken) == 2
    town.client(Role.DISPATCHER).patch(f"{PATH}/K-1", json={"factor": 0.5})
    for step in ("lift", "restore"):
        town.done(f"{PATH}/K-1/{step}", {})
    assert len(woken) == 5
    town.done(f"{PATH}/preview", HERE)
    fault(town.post(PATH, {"reason": "flood", "at": {"lon": 0, "lat": 0}}), 422, "at")
    assert len(woken) == 5


def test_pages_follow_the_cursor(town: Office) -> None:
    """Each is shown once."""
    for column in range(3):
        town.done(PATH, {"at": spot(column + 0.5, 0), "reason": "works"})
    for state in ("standing", "all"):
        first = town.get(PATH, state=state, limit=2).json()
        rest = town.get(PATH, state=state, limit=2, after=first["next"]).json()
        assert [one["id"] for one in first["items"] + rest["items"]] == ["K-1", "K-2", "K-3"]
        assert rest["next"] is None
