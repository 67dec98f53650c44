"""Bad input by phone: a ticket is always stored, nothing is lost, nothing is executed."""

from __future__ import annotations

from time import process_time
from uuid import uuid4

import pytest
from httpx2 import Response

from domain.datum import to_gcj02
from domain.users import Role
from tests.web.bad_calls import KEPT, LONG, MENDED, OFF_THE_GLOBE, REFUSED
from tests.web.office import FIRST, Json, Office

SAID = ("text", "address", "phone", "account")

#: Cases of KEPT that say no place at all.
NOWHERE = ("nothing at all", "10,000 emoji", "nowhere", "a broken link", "another continent")


def send(office: Office, body: bytes) -> Response:
    """Return the answer to a call as its bytes are sent."""
    headers = {"Content-Type": "application/json"}
    return office.client(Role.AGENT).post("/api/tickets", content=body, headers=headers)


def stored(office: Office, taken: Json) -> Json:
    """Return a ticket as it is read again, in full."""
    answer = office.get(f"/api/tickets/{taken['ticket']['id']}", Role.AGENT)
    assert answer.status_code == 200
    found: Json = answer.json()
    return found


def waiting(office: Office) -> set[str]:
    """Return the tickets that wait for a place in the dispatcher's list."""
    answer = office.get("/api/tickets", Role.DISPATCHER, unplaced=True, limit=500)
    assert answer.status_code == 200
    return {one["id"] for one in answer.json()["items"]}


def test_whatever_is_said_is_stored_as_it_was_said(office: Office) -> None:
    """201, each word kept; without a sure place it waits where the dispatcher looks.

    And after all of it every list still answers, and a good call opens its incident.
    """
    for case, call in KEPT.items():
        answer = office.post("/api/tickets", call, Role.AGENT)
        assert answer.status_code == 201, (case, answer.text[:500])
        ticket = stored(office, answer.json())
        assert {name: ticket[name] for name in SAID} == {
            name: call.get(name, "") for name in SAID
        }, case
        assert (ticket["place"] is None) == (ticket["id"] in waiting(office)), case
        if case in NOWHERE:
            assert (ticket["place"], ticket["incident"]) == (None, None), case
    for path in ("/api/tickets", "/api/incidents", "/api/console/day", "/api/outages"):
        assert office.get(path).status_code == 200, path
    assert office.burst()
    listed = office.get("/api/tickets", Role.MANAGER, limit=500, state="all").json()["items"]
    assert len(listed) == len(KEPT) + 2


def test_what_no_database_holds_is_replaced_sign_by_sign(office: Office) -> None:
    """The rest of the words stays, and the same call sent again is the same call."""
    for case, (plain, words) in MENDED.items():
        body = plain.replace(b"{", b'{"client_id": "%s", ' % str(uuid4()).encode(), 1)
        answer = send(office, body)
        assert answer.status_code == 201, (case, answer.text)
        ticket = stored(office, answer.json())
        assert {name: ticket[name] for name in words} == words, case
        assert send(office, body).json()["repeated"] is True, case


def test_a_position_off_the_globe_is_kept_as_words(office: Office) -> None:
    """Whoever places the ticket sees what the phone sent."""
    for case, (lon, lat) in OFF_THE_GLOBE.items():
        taken = office.call(text="没水", position={"lon": lon, "lat": lat})
        assert stored(office, taken)["text"] == f"没水\n({lon}, {lat})", case
        place = taken["ticket"]["place"]
        assert place is None or place["pipe"] == FIRST.link, case


def test_a_position_in_another_datum_is_kept_and_can_be_moved(office: Office) -> None:
    """Nobody can tell a place 500 m off by itself; a link says its datum, and an agent the pipe."""
    lon, lat = to_gcj02(FIRST.location)
    off = office.call(text="爆管", position={"lon": lon, "lat": lat})
    known = office.call(text="爆管", position={"lon": lon, "lat": lat, "datum": "gcj02"})
    assert known["ticket"]["place"]["pipe"] == FIRST.link
    assert abs(known["ticket"]["place"]["lon"] - FIRST.location.lon) < 1e-6
    told = office.call(text=f"爆管 https://uri.amap.com/marker?position={lon},{lat}")
    assert told["ticket"]["place"]["pipe"] == FIRST.link
    at = {"lon": FIRST.location.lon, "lat": FIRST.location.lat}
    moved = office.done(f"/api/tickets/{off['ticket']['id']}/place", at, Role.AGENT)
    assert moved["ticket"]["place"]["pipe"] == FIRST.link


def test_what_is_no_call_is_refused_in_one_sentence(office: Office) -> None:
    """As a problem that names what to change, and nothing is half stored."""
    for case, (body, word) in REFUSED.items():
        answer = send(office, body)
        assert answer.status_code in {413, 422}, (case, answer.text[:500])
        assert answer.headers["content-type"] == "application/problem+json", case
        detail = answer.json()["detail"]
        assert word in detail, case
        assert len(detail) < 200, case
        assert "\n" not in detail, case
    assert office.get("/api/tickets", state="all").json()["items"] == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_looking_for_it_fails_nowhere(office: Office) -> None:
    """An agent pastes it into the search first; nothing of it is stored."""
    for case, call in KEPT.items():
        text = call.get("address") or call.get("text") or ""
        for path in ("/api/locate", "/api/customers/find"):
            answer = office.post(path, {"text": text}, Role.AGENT)
            assert answer.status_code == 200, (case, path, answer.text[:500])
        answer = office.post("/api/answer", {"address": text or "x", "phone": text}, Role.AGENT)
        assert answer.status_code == 200, (case, answer.text[:500])
    for path in ("/api/locate", "/api/customers/find"):
        headers = {"Content-Type": "application/json"}
        half = office.client(Role.AGENT).post(path, content=rb'{"text": "\ud83d"}', headers=headers)
        assert half.status_code == 200, (path, half.text)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_long_call_is_taken_in_the_time_of_a_short_one(office: Office) -> None:
    """10,000 characters in each field cost less than a second more: the caller is on the line."""
    office.call(text="没水")
    short = _seconds(office, text="没水")
    long = min(_seconds(office, text=LONG, address=LONG, phone=LONG) for _ in range(2))
    assert long < short + 1.0


def _seconds(office: Office, **call: object) -> float:
    begun = process_time()
    office.call(**call)
    return process_time() - begun
