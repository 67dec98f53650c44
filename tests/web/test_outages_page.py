"""The public page: an address answered, all outages told, and nobody's secrets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from domain.users import Role
from tests.web.house import CREW
from tests.web.office import ELSEWHERE, FIRST, SECOND, Office
from tests.web.small_town import BURST_ROAD
from tests.web.visit import Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]


def ask(visit: Visit, address: str) -> str:
    """Type an address, send it with Enter, and return the answer's card."""
    visit.page.fill("#address", address)
    with visit.page.expect_response("**/api/public/answer"):
        visit.page.press("#address", "Enter")
    expect(visit.page.locator("#check")).not_to_have_text(re.compile("正在|Checking"))
    return visit.text("#answer")


def test_an_address_without_water_is_answered(office: Office, visits: Visits) -> None:
    """Who lives at a burst is told so, with what to do; nobody else's name or number appears."""
    office.burst()
    visit = visits.visit(width=1280).open("/outages")
    card = ask(visit, SECOND.address)
    assert SECOND.address in card
    assert "停水" in card
    assert visit.page.locator("#advice li").count() >= 3
    said = visit.page.content()
    for secret in (SECOND.phone, SECOND.account, SECOND.name, SECOND.id, FIRST.phone, "E0001"):
        assert secret not in said
    expect(visit.page.locator("#map .pin")).to_be_visible()


def test_an_address_with_water_and_an_unknown_one(office: Office, visits: Visits) -> None:
    """Nothing known is said as that, and a place that is not found as that."""
    office.burst()
    visit = visits.visit(language="en").open("/outages")
    assert "No known outage at" in ask(visit, ELSEWHERE.address)
    assert "was not found" in ask(visit, "Nowhere Lane 999")
    assert visit.page.locator("#map .pin").count() == 0


def test_an_empty_question_is_not_sent(office: Office, visits: Visits) -> None:
    """The page asks for an address and stays where it is."""
    visit = visits.visit().open("/outages")
    visit.page.click("#check")
    expect(visit.page.locator("#fault")).to_have_text("请输入路名和门牌号。")
    expect(visit.page.locator("#address")).to_be_focused()


def test_a_new_outage_appears_by_itself(office: Office, visits: Visits) -> None:
    """The table, the map and the answer that stands follow the events."""
    visit = visits.visit().open("/outages")
    expect(visit.page.locator("#all")).to_contain_text("现在没有已知的停水。")
    assert "没有查到" in ask(visit, SECOND.address)
    office.burst()
    expect(visit.page.locator("#all tbody tr")).to_have_count(1)
    expect(visit.page.locator("#all")).to_contain_text(BURST_ROAD)
    expect(visit.page.locator("#map .area-tag")).to_be_visible()
    expect(visit.page.locator("#answer")).not_to_contain_text("没有查到")


def test_both_languages_and_a_narrow_phone(office: Office, visits: Visits) -> None:
    """At 360 px nothing sticks out, every control has a name, and the switch is complete."""
    office.burst()
    visit = visits.visit(width=360, has_touch=True, is_mobile=True).open("/outages")
    ask(visit, SECOND.address)
    assert not visit.overflows()
    assert visit.unnamed() == []
    visit.page.click("#language")
    assert visit.text("h1") == "Is my water off?"
    left = visit.page.locator("main").inner_text().replace(SECOND.address, "")
    assert "停水" not in left
    assert not visit.overflows()


def test_too_many_questions_are_told(office: Office, visits: Visits) -> None:
    """Who asks too fast is told how long to wait; the answer before it stays."""
    visit = visits.visit().open("/outages")
    ask(visit, ELSEWHERE.address)
    visit.forgiven = ("429",)
    refusal = {
        "status": 429,
        "content_type": "application/problem+json",
        "body": '{"status": 429, "title": "Too Many Requests", "detail": "x", "retry_after": 7}',
    }
    visit.page.route("**/api/public/answer", lambda route: route.fulfill(**refusal))
    ask(visit, SECOND.address)
    expect(visit.page.locator("#fault")).to_have_text("查询太频繁，请 7 秒后再试。")
    expect(visit.page.locator("#answer")).to_contain_text(ELSEWHERE.address)


def test_without_scripts_the_page_says_so(
    office: Office, visits: Visits, chromium: Browser
) -> None:
    """Both languages say what is needed."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{visits.server}/outages")
    text = page.locator("main").inner_text()
    context.close()
    assert "脚本" in text
    assert "scripts" in text


def test_the_public_ground_holds_streets_only(office: Office) -> None:
    """No pipe, valve or crew leaves through it, and an unchanged one is not sent again."""
    answer = office.get("/api/public/ground", Role.PUBLIC)
    assert answer.status_code == 200
    assert list(answer.json()) == ["streets"]
    for secret in ("V-E11a", FIRST.account, CREW):
        assert secret not in answer.text
    known = {"If-None-Match": answer.headers["ETag"]}
    again = office.client(Role.PUBLIC).get("/api/public/ground", headers=known)
    assert again.status_code == 304
