"""Tickets over HTTP: taken, kept, listed, masked by role, given a place."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.users import Role
from tests.web.office import ELSEWHERE, FIRST, Office, fault

PHONE, ACCOUNT = "13912345678", "A-99887766"


def test_a_call_becomes_a_ticket_an_incident_and_an_event(office: Office) -> None:
    """One call about a burst opens an incident at the caller's pipe."""
    taken = office.call(address=FIRST.address, text="路口水管爆了", phone=PHONE)
    ticket = taken["ticket"]
    assert taken["opened"] is True
    assert taken["repeated"] is False
    assert ticket["symptom"] == "burst"
    assert ticket["priority"] == "P1"
    assert ticket["place"]["pipe"] == FIRST.link
    assert ticket["place"]["premises"] == FIRST.id
    assert ticket["incident"] == taken["incident"]["id"]
    assert taken["incident"]["premises_count"] == 4
    kinds = [one["kind"] for one in office.events()]
    assert kinds.index("ticket.received") < kinds.index("incident.opened")


def test_a_ticket_says_why_it_is_urgent(office: Office) -> None:
    """In both languages; the symptom alone needs no reason."""
    taken = office.call(account=FIRST.account, text="门口漏水，路面塌陷了")
    assert taken["ticket"]["priority"] == "P1"
    assert [set(one) for one in taken["ticket"]["priority_reasons"]] == [{"zh-CN", "en"}]
    assert "路面塌" in taken["ticket"]["priority_reasons"][0]["zh-CN"]
    plain = office.call(account=FIRST.account, text="门口漏水")
    assert (plain["ticket"]["priority"], plain["ticket"]["priority_reasons"]) == ("P3", [])


def test_a_second_call_joins_the_incident(office: Office) -> None:
    """The neighbour's call opens nothing."""
    first = office.call(address=FIRST.address, text="路口水管爆了")
    second = office.call(address=FIRST.address.replace("18", "19"), text="没水了")
    assert second["opened"] is False
    assert second["incident"]["id"] == first["incident"]["id"]
    assert second["incident"]["state"] == "confirmed"


def test_a_call_without_a_place_is_kept(office: Office) -> None:
    """Nothing a caller said is lost; the ticket waits for a place and is then put there."""
    taken = office.call(text="水管爆了，快来人", phone=PHONE)
    assert taken["incident"] is None
    assert taken["ticket"]["place"] is None
    waiting = office.get("/api/tickets", unplaced=True).json()["items"]
    assert [one["id"] for one in waiting] == [taken["ticket"]["id"]]
    at = {"lon": FIRST.location.lon, "lat": FIRST.location.lat}
    placed = office.done(f"/api/tickets/{taken['ticket']['id']}/place", at, Role.AGENT)
    assert placed["ticket"]["place"]["pipe"] == FIRST.link
    assert placed["incident"]["symptom"] == "burst"
    assert office.get("/api/tickets", unplaced=True).json()["items"] == []


def test_the_same_call_sent_again_changes_nothing(office: Office) -> None:
    """The client's own id makes a repeat harmless: 201, then 200 with the same ticket."""
    call = {"address": FIRST.address, "text": "爆管", "client_id": str(uuid4())}
    first = office.post("/api/tickets", call, Role.AGENT)
    before = office.events()
    again = office.post("/api/tickets", call, Role.AGENT)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"repeated": True, "opened": again.json()["opened"]}
    assert office.events() == before


def test_another_call_under_the_same_id_is_refused_and_not_shown_the_first(office: Office) -> None:
    """422 at the field, so that the client sends it again under an id of its own."""
    call = {"address": FIRST.address, "text": "爆管", "phone": PHONE, "client_id": str(uuid4())}
    office.post("/api/tickets", call, Role.AGENT)
    other = {"text": "没水了", "client_id": call["client_id"]}
    refused = office.post("/api/tickets", other, Role.DISPATCHER)
    assert (refused.status_code, refused.json()["field"]) == (422, "client_id")
    assert PHONE not in refused.text


@pytest.mark.parametrize("phone", ["139.1234.5678", "139  1234 5678", "(139) 1234-5678"])
def test_a_phone_in_a_callers_words_is_masked_however_it_is_written(
    office: Office, phone: str
) -> None:
    """Agents type what they hear."""
    office.call(address=FIRST.address, text=f"爆管了，打我电话{phone}")
    (seen,) = office.get("/api/tickets", Role.MANAGER).json()["items"]
    assert "***" in seen["text"]
    assert "5678" not in seen["text"]


def test_a_caller_is_seen_in_full_where_one_calls_back_and_nowhere_else(office: Office) -> None:
    """Agents and dispatchers read phone and account of one ticket; lists and managers do not."""
    text = f"爆管了，打我电话{PHONE}"
    taken = office.call(address=FIRST.address, text=text, phone=PHONE, account=ACCOUNT)
    path = f"/api/tickets/{taken['ticket']['id']}"
    for role in (Role.AGENT, Role.DISPATCHER):
        full = office.get(path, role).json()
        assert (full["phone"], full["account"], full["text"]) == (PHONE, ACCOUNT, text)
    masked = [
        office.get(path, Role.MANAGER).json(),
        *(
            office.get("/api/tickets", role).json()["items"][0]
            for role in (Role.AGENT, Role.MANAGER)
        ),
        office.story(taken["incident"]["id"])["tickets"][0],
    ]
    for one in masked:
        assert (one["phone"], one["account"]) == ("139****5678", "****7766")
        assert PHONE not in str(one)


def test_reading_a_ticket_is_logged_without_what_was_read(office: Office) -> None:
    """Who read which caller's record is known afterwards."""
    taken = office.call(address=FIRST.address, text="爆管", phone=PHONE)
    office.get(f"/api/tickets/{taken['ticket']['id']}", Role.AGENT)
    log = office.get("/api/events/log", Role.MANAGER, limit=500).json()["items"]
    (read,) = [one for one in log if one["kind"] == "ticket.read"]
    assert (read["subject"], read["actor"], read["payload"]) == (taken["ticket"]["id"], "agent", {})
    assert PHONE not in str(log)


def test_pages_are_newest_first_and_lose_nothing(office: Office) -> None:
    """Following the cursor shows each ticket once, also when calls come in between."""
    made = []
    for number in range(5):
        office.clock.move(minutes=1)
        made.append(office.call(text=f"问题{number}")["ticket"]["id"])
    seen: list[str] = []
    cursor: str | None = None
    while True:
        asked = {"limit": 2} | ({"after": cursor} if cursor else {})
        page = office.get("/api/tickets", **asked).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
        office.clock.move(minutes=1)
        office.call(text="又来一个")
    assert seen == made[::-1]


def test_tickets_are_found_by_state_and_incident(office: Office) -> None:
    """Filters leave only what was asked for."""
    taken = office.call(address=FIRST.address, text="爆管")
    office.call(address=ELSEWHERE.address, text="水表漏水")
    found = office.get("/api/tickets", incident=taken["incident"]["id"]).json()["items"]
    assert [one["id"] for one in found] == [taken["ticket"]["id"]]
    assert len(office.get("/api/tickets", state="open").json()["items"]) == 2
    assert office.get("/api/tickets", state="closed").json()["items"] == []
    assert office.get("/api/tickets", incident="E9999").json()["items"] == []


def test_what_is_not_there_is_told(office: Office) -> None:
    """404 for an unknown ticket or premises, 422 for an unknown cursor."""
    at = {"lon": FIRST.location.lon, "lat": FIRST.location.lat}
    assert "T9999" in fault(office.get("/api/tickets/T9999"), 404)
    assert "T9999" in fault(office.post("/api/tickets/T9999/place", at), 404)
    assert "S999" in fault(office.post("/api/tickets", {"premises": "S999"}, Role.AGENT), 404)
    assert "T9999" in fault(office.get("/api/tickets", after="T9999"), 422)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "x" * 20_001}, "text"),
        ({"phone": "1" * 20_001}, "phone"),
        ({"symptom": "flood"}, "symptom"),
        ({"priority": 1}, "priority"),
        ({"channel": "fax"}, "channel"),
        ({"client_id": "17"}, "client_id"),
        ({"position": {"lon": "181", "lat": None}}, "position.lat"),
        ({"position": {"lon": 114}}, "position.lat"),
        ({"adress": "人民路1号"}, "adress"),
    ],
)
def test_a_bad_call_names_the_field(office: Office, body: dict[str, object], field: str) -> None:
    """The sentence says what to change."""
    assert field in fault(office.post("/api/tickets", body, Role.AGENT), 422, field)


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 501}, {"state": "new"}, {"after": "\0"}])
def test_a_bad_question_names_the_field(office: Office, asked: dict[str, object]) -> None:
    """Limits hold for questions too."""
    fault(office.get("/api/tickets", **asked), 422, next(iter(asked)))
