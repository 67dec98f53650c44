"""Where words can mean over HTTP: how a place was found, why a person is asked, what is taken."""

from __future__ import annotations

import pytest

from domain.users import Role
from tests.web.office import ELSEWHERE, FIRST, Json, Office, fault

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def locate(office: Office, text: str) -> Json:
    """Return what the server answers."""
    return office.done("/api/locate", {"text": text}, Role.AGENT)


def test_a_sure_place_is_not_asked_for(office: Office) -> None:
    """The best is the premises, on its own pipe, and nobody has to confirm it."""
    found = locate(office, FIRST.address)
    assert (found["needs_confirmation"], found["reason"], found["hint"]) == (False, None, None)
    best = found["items"][0]
    assert best["premises"] == FIRST.id
    assert (best["pipe"], best["by_connection"], best["doubt"]) == (FIRST.link, True, None)
    assert best["side"] in {"left", "right"}
    assert 0 < best["distance_m"] < 50
    assert (best["radius_m"], best["corrections"], best["ignored"]) == (0, [], [])


def test_what_was_read_otherwise_is_said(office: Office) -> None:
    """A homophone is corrected, and the answer says from what."""
    found = locate(office, "仁民路19号")
    assert "仁民路→人民路" in found["items"][0]["corrections"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("啊啊啊", "nothing"), ("人民路与南园街路口附近", "several"), ("菜场对面", "unsure")],
)
def test_who_asks_knows_why(office: Office, text: str, reason: str) -> None:
    """Nothing found, several as likely, not sure: each has its word."""
    found = locate(office, text)
    assert found["needs_confirmation"]
    assert found["reason"] == reason


def test_a_far_place_says_how_far_its_pipe_is(office: Office) -> None:
    """The market lies in the middle of its block."""
    best = locate(office, "东湖菜场")["items"][0]
    assert best["doubt"] == "far"
    assert best["distance_m"] > 50
    assert not best["by_connection"]


def test_a_short_link_gets_a_hint_and_a_long_one_a_place(office: Office) -> None:
    """The one says nothing until it is opened; the other carries degrees, however long it is."""
    assert locate(office, "https://surl.amap.com/2AbcDeF")["hint"] == "short_link"
    lon, lat = ELSEWHERE.location.lon, ELSEWHERE.location.lat
    link = f"https://uri.amap.com/marker?position={lon},{lat}&coordinate=wgs84&name={'x' * 900}"
    found = locate(office, link)
    assert found["hint"] is None
    assert found["items"][0]["found_by"] == "coordinates"


@pytest.mark.parametrize("text", ["仁民路25号", "菜场对面", "北站街"])
def test_what_an_agent_chose_is_not_asked_for_again(office: Office, text: str) -> None:
    """A place too unsure or too wide to be taken by itself is taken when a person points at it."""
    found = locate(office, text)
    assert found["needs_confirmation"]
    best = found["items"][0]
    where = {"lon": best["lon"], "lat": best["lat"]}
    taken = office.call(address=best["label"], text="路上漏水", position=where)
    assert taken["ticket"]["place"]["label"] == best["label"]
    assert taken["ticket"]["place"]["confidence"] >= 0.8
    assert taken["incident"] is not None


def test_a_premises_picked_for_a_ticket_is_on_its_own_pipe(office: Office) -> None:
    """Its words lead nowhere: whom somebody picked counts, not what lies nearest to a point."""
    ticket = office.call(text="水很小")["ticket"]["id"]
    where = {"lon": FIRST.location.lon, "lat": FIRST.location.lat, "premises": ELSEWHERE.id}
    placed = office.done(f"/api/tickets/{ticket}/place", where, Role.AGENT)["ticket"]["place"]
    assert (placed["premises"], placed["pipe"]) == (ELSEWHERE.id, ELSEWHERE.link)
    assert placed["by_connection"]
    nobody = office.post(f"/api/tickets/{ticket}/place", where | {"premises": "S999"})
    assert "S999" in fault(nobody, 404)
