"""The desk: a caller is found, answered and written down, with the keyboard alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from domain.users import Role
from tests.web.office import ELSEWHERE, FIRST, SECOND, Office
from tests.web.visit import Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]

WORDS = "楼道里的表在哗哗漏水"


def ask(visit: Visit, text: str) -> str:
    """Look somebody up with the keyboard and return what the banner says."""
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#asked")).to_be_focused()
    visit.page.keyboard.type(text)
    visit.page.keyboard.press("Enter")
    return visit.text("#banner")


def tickets(office: Office) -> list[dict[str, Any]]:
    """Return every ticket, newest first."""
    found: list[dict[str, Any]] = office.get("/api/tickets", state="all").json()["items"]
    return found


def test_a_caller_is_found_answered_and_attached(office: Office, visits: Visits) -> None:
    """Phone, Enter, Enter: the answer is read aloud and the ticket is on the incident."""
    incident = office.burst()
    visit = visits.visit(Role.AGENT).open("/desk")
    banner = ask(visit, SECOND.phone)
    assert incident in banner
    assert SECOND.address in banner
    assert len(visit.text("#script .aloud")) > 20
    card = visit.text("#cards")
    assert SECOND.phone not in card
    assert SECOND.name not in card
    expect(visit.page.locator("#attach")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#result")).to_contain_text(f"已并入 {incident}")
    newest = tickets(office)[0]
    assert newest["incident"] == incident
    assert newest["place"]["premises"] == SECOND.id
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#banner")).to_be_hidden()
    expect(visit.page.locator("#asked")).to_be_focused()


def test_a_new_ticket_is_written_by_keyboard(office: Office, visits: Visits) -> None:
    """N, the fields, Ctrl Enter: what the caller said is stored word for word."""
    visit = visits.visit(Role.AGENT).open("/desk")
    ask(visit, ELSEWHERE.address)
    visit.page.locator("#make").wait_for()
    visit.page.keyboard.press("n")
    expect(visit.page.locator("#f-symptom")).to_be_focused()
    visit.page.select_option("#f-symptom", "leak_at_meter")
    visit.page.fill("#f-text", WORDS)
    visit.page.fill("#f-phone", "13912345678")
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_contain_text("新开事件")
    taken = tickets(office)[0]
    assert taken["text"] == WORDS
    assert taken["symptom"] == "leak_at_meter"
    assert taken["place"]["premises"] == ELSEWHERE.id
    expect(visit.page.locator(".toast")).to_contain_text(taken["id"])


def test_the_place_the_agent_writes_counts(office: Office, visits: Visits) -> None:
    """Somebody calls from home about a leak elsewhere: the ticket is put where the leak is."""
    visit = visits.visit(Role.AGENT).open("/desk")
    ask(visit, ELSEWHERE.phone)
    expect(visit.page.locator("#f-address")).to_have_value(ELSEWHERE.address)
    visit.page.fill("#f-address", FIRST.address)
    visit.page.fill("#f-text", WORDS)
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_be_visible()
    taken = tickets(office)[0]
    assert taken["place"]["premises"] == FIRST.id
    assert visit.page.locator("#result").inner_text().startswith(taken["id"])


def test_what_was_cleared_by_mistake_comes_back(office: Office, visits: Visits) -> None:
    """Esc empties the call; Ctrl Z brings back the words and the answer."""
    visit = visits.visit(Role.AGENT).open("/desk")
    ask(visit, ELSEWHERE.phone)
    visit.page.fill("#f-text", WORDS)
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#banner")).to_be_hidden()
    expect(visit.page.locator("#f-text")).to_have_value("")
    visit.page.keyboard.press("Control+z")
    expect(visit.page.locator("#f-text")).to_have_value(WORDS)
    expect(visit.page.locator("#banner")).to_be_visible()


def test_a_double_click_makes_one_ticket(office: Office, visits: Visits) -> None:
    """Two clicks on attach, and Enter right after, are one call."""
    office.burst()
    before = len(tickets(office))
    visit = visits.visit(Role.AGENT).open("/desk")
    ask(visit, SECOND.address)
    visit.page.dblclick("#attach")
    expect(visit.page.locator("#result")).to_be_visible()
    assert len(tickets(office)) == before + 1


def test_a_lost_answer_is_asked_again_without_a_second_ticket(
    office: Office, visits: Visits
) -> None:
    """The server stored the call but the answer got lost: saving again finds the same ticket."""
    visit = visits.visit(Role.AGENT).open("/desk")
    visit.forgiven = ("Failed to load resource",)

    def cut_off(route: Route) -> None:
        route.fetch()
        route.abort()

    visit.page.route("**/api/tickets", cut_off, times=1)
    visit.page.fill("#f-address", ELSEWHERE.address)
    visit.page.fill("#f-text", WORDS)
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#fault")).to_contain_text("连不上服务器")
    assert visit.page.input_value("#f-text") == WORDS
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_contain_text("没有再开第二张")
    assert [one["text"] for one in tickets(office)] == [WORDS]


def test_a_call_without_a_place_is_kept_and_placed_later(office: Office, visits: Visits) -> None:
    """Words alone are enough; the ticket waits in the list until an address is found."""
    visit = visits.visit(Role.AGENT).open("/desk")
    visit.page.fill("#f-text", WORDS)
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_contain_text("已存，地点待定")
    visit.page.keyboard.press("Escape")
    visit.page.click("#tab-unplaced")
    visit.page.locator("#rows .row").click()
    expect(visit.page.locator("#open-ticket")).to_contain_text(WORDS)
    visit.page.fill("#asked", ELSEWHERE.address)
    visit.page.press("#asked", "Enter")
    expect(visit.page.locator("#put")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#result")).to_be_visible()
    placed = tickets(office)[0]
    assert placed["text"] == WORDS
    assert placed["place"]["pipe"] == ELSEWHERE.link
    expect(visit.page.locator("#tab-unplaced")).to_have_text(re.compile("0"))


def test_a_click_on_the_map_is_a_place(office: Office, visits: Visits) -> None:
    """Who can only be found on the map gets an answer for that place."""
    visit = visits.visit(Role.AGENT).open("/desk")
    visit.page.click("#map", position={"x": 190, "y": 140})
    assert visit.text("#banner h2")
    expect(visit.page.locator("#map .pin")).to_be_visible()
    visit.page.fill("#f-text", WORDS)
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_be_visible()
    assert tickets(office)[0]["place"]["found_by"] == "coordinates"


def test_the_agent_is_asked_where_it_may_be_several(office: Office, visits: Visits) -> None:
    """A road heard wrong, a number nobody has: choices say why, how and how sure; 2 takes one."""
    visit = visits.visit(Role.AGENT).open("/desk")
    visit.page.fill("#asked", "仁民路25号")
    visit.page.press("#asked", "Enter")
    said = visit.text("#choices")
    for part in ("仁民路→人民路", "可能", "%", "范围内", "请"):
        assert part in said, part
    rows = visit.page.locator("#choices .choice")
    expect(visit.page.locator("#map .pick")).to_have_count(rows.count())
    chosen = visit.text("#choices .choice >> nth=1").splitlines()[1]
    visit.page.keyboard.press("2")
    assert chosen in visit.text("#banner")
    assert "坐席选定" in visit.text("#cards")
    visit.page.fill("#f-text", WORDS)
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_be_visible()
    assert tickets(office)[0]["place"]["label"] == chosen


def test_a_shared_place_is_pasted(office: Office, visits: Visits) -> None:
    """A short link says what to paste instead; a long one of a map service is a place."""
    visit = visits.visit(Role.AGENT, "en").open("/desk")
    visit.page.fill("#asked", "https://surl.amap.com/2AbcDeF")
    visit.page.press("#asked", "Enter")
    assert "paste the long address" in visit.text("#hint")
    lon, lat = ELSEWHERE.location.lon, ELSEWHERE.location.lat
    link = (
        f"https://uri.amap.com/marker?position={lon},{lat}&coordinate=wgs84&name={'%E6%88%91' * 30}"
    )
    visit.page.fill("#asked", link)
    visit.page.press("#asked", "Enter")
    assert visit.text("#banner h2")
    expect(visit.page.locator("#hint")).to_be_hidden()
    visit.page.fill("#f-text", WORDS)
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_be_visible()
    placed = tickets(office)[0]["place"]
    assert placed["found_by"] == "coordinates"
    assert (round(placed["lon"], 6), round(placed["lat"], 6)) == (round(lon, 6), round(lat, 6))


def test_who_was_found_can_be_moved_on_the_map_and_back(office: Office, visits: Visits) -> None:
    """Somebody calls from home about a spot elsewhere: a click says where, Ctrl Z takes it back."""
    visit = visits.visit(Role.AGENT).open("/desk")
    ask(visit, ELSEWHERE.phone)
    visit.page.click("#map", position={"x": 60, "y": 60})
    expect(visit.page.locator("#f-address")).to_have_value("地图上的点")
    expect(visit.page.locator(".toast")).to_contain_text("地点改为地图上的点")
    visit.page.locator("#make").wait_for()
    visit.page.locator("#make").focus()
    visit.page.keyboard.press("Control+z")
    expect(visit.page.locator("#f-address")).to_have_value(ELSEWHERE.address)


def test_words_of_danger_say_why_it_is_urgent(office: Office, visits: Visits) -> None:
    """A road that caves in is P1, and the agent reads which word made it so."""
    visit = visits.visit(Role.AGENT).open("/desk")
    ask(visit, ELSEWHERE.address)
    visit.page.fill("#f-text", "路面塌陷了，水往外冒")
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_contain_text("塌")
    expect(visit.page.locator("#result")).to_contain_text("P1")


def test_a_leak_behind_the_meter_is_the_customers(office: Office, visits: Visits) -> None:
    """Whose it seems to be stands with the ticket, for the agent to tell the caller."""
    visit = visits.visit(Role.AGENT).open("/desk")
    ask(visit, ELSEWHERE.address)
    visit.page.fill("#f-text", "水表后面的管子漏水")
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#whose")).to_contain_text("建议：用户")
    expect(visit.page.locator("#after")).to_be_focused()


def test_the_answer_follows_the_day(office: Office, visits: Visits) -> None:
    """A new restoration time replaces the old one, with a mark of what changed."""
    incident = office.burst()
    outage = office.story(incident)["outage"]["id"]
    visit = visits.visit(Role.AGENT).open("/desk")
    ask(visit, SECOND.address)
    office.done(f"/api/outages/{outage}/etr", {"at": "2026-11-23T05:15:00+00:00"})
    expect(visit.page.locator("#banner .news")).to_be_visible()
    expect(visit.page.locator("#banner")).to_contain_text("13:15")


def test_many_customers_are_chosen_from_by_number(office: Office, visits: Visits) -> None:
    """A name finds several; a digit takes one of them."""
    visit = visits.visit(Role.AGENT).open("/desk")
    visit.page.fill("#asked", SECOND.name)
    visit.page.press("#asked", "Enter")
    chosen = visit.text("#choices .choice >> nth=1")
    visit.page.keyboard.press("2")
    banner = visit.text("#banner")
    assert re.search(r"[路街]\d+号", chosen)
    assert any(part in chosen for part in banner.splitlines()[1].split(" · "))


def test_a_phone_number_is_shown_only_when_asked_for(office: Office, visits: Visits) -> None:
    """A ticket's caller is masked until the agent asks; then the number is there in full."""
    office.call(address=FIRST.address, phone="13912345678", text="没水")
    visit = visits.visit(Role.AGENT).open("/desk")
    visit.page.click("#tab-recent")
    assert "13912345678" not in visit.page.content()
    visit.page.locator("#rows .row").click()
    reveal = visit.page.get_by_role("button", name="显示号码")
    reveal.click()
    expect(visit.page.locator("#cards")).to_contain_text("13912345678")


def test_keys_languages_and_names(office: Office, visits: Visits) -> None:
    """The list of keys opens with a key; English is complete; every control has a name."""
    office.burst()
    visit = visits.visit(Role.DISPATCHER, "en").open("/desk")
    ask(visit, SECOND.address)
    assert visit.unnamed() == []
    assert not visit.overflows()
    visit.page.keyboard.press("?")
    assert "Only asked" in visit.text("#keys")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#banner")).to_be_visible()
    visit.page.click("#language")
    assert visit.text("#make b") == "新报修单"
    visit.page.keyboard.press("q")
    expect(visit.page.locator("#banner")).to_be_hidden()
    visit.page.click("#user button")
    visit.page.wait_for_url(f"{visits.server}/login")


def test_crews_have_no_desk(office: Office) -> None:
    """The page is for agents and dispatchers; others are refused, the public logs in first."""
    assert office.get("/desk", Role.AGENT).status_code == 200
    assert office.get("/desk", Role.CREW).status_code == 403
    assert office.get("/desk", Role.PUBLIC).headers["location"] == "/login?next=%2Fdesk"
