"""Criticality on the console: a layer on demand, lists whose rows lead to the place."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from domain.users import Role
from tests.web.visit import Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("office"),
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]

#: Pixels of the pipes' own canvas that are not empty.
INK = """() => { const canvas = document.querySelector(".leaflet-critical-pane canvas");
    if (!canvas) return 0;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, place) => place % 4 === 3 && value > 0).length; }"""
CENTRE = "() => { const c = mainbreak.theMap.getCenter(); return [c.lat, c.lng]; }"
SWITCH = "#layer-criticality"


def switched_on(visits: Visits, role: Role = Role.MANAGER, language: str = "zh-CN") -> Visit:
    """Return the console with the layer on."""
    visit = visits.visit(role, language).open("/console#day")
    visit.page.click("#layers-open")
    visit.page.click(SWITCH)
    expect(visit.page.locator(".critical-row").first).to_be_visible()
    return visit


def rows(page: Page) -> list[str]:
    """Return what the rows say."""
    return page.locator(".critical-row").all_inner_texts()


@pytest.mark.parametrize(
    ("language", "burst", "stuck"),
    [
        ("zh-CN", "若此处爆管，停水 96 户", r"若此阀门关不动，最多多停 \d+ 户（共 \d+ 户）"),
        (
            "en",
            "A burst here: 96 premises without water",
            r"If this isolation valve sticks, up to \d+ more premises \(\d+ in all\)",
        ),
    ],
)
def test_the_sentence_says_what_it_costs(
    visits: Visits, language: str, burst: str, stuck: str
) -> None:
    """Each row in the reader's language; every control has a name, nothing overflows."""
    visit = switched_on(visits, language=language)
    assert burst in rows(visit.page)[0]
    visit.page.click("#criticality [data-key='tab valves']")
    assert all(re.search(stuck, text) for text in rows(visit.page))
    assert visit.unnamed() == []
    assert not visit.overflows()


def test_it_is_asked_for_only_when_switched_on(visits: Visits) -> None:
    """Nothing of it is read with the page; off again, nothing of it is left on the map."""
    visit = visits.visit(Role.DISPATCHER).open("/console#day")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    assert visit.page.evaluate(INK) == 0
    expect(visit.page.locator("#criticality")).to_be_hidden()
    visit.page.click("#layers-open")
    visit.page.click(SWITCH)
    expect(visit.page.locator(".critical-row").first).to_be_visible()
    assert [one for one in asked if one.endswith("/api/console/criticality")]
    assert visit.page.evaluate(INK) > 100
    expect(visit.page.locator(".rank-spot").first).to_be_attached()
    visit.page.click("#criticality .quiet")
    expect(visit.page.locator("#criticality")).to_be_hidden()
    expect(visit.page.locator(".rank-spot")).to_have_count(0)
    expect(visit.page.locator(SWITCH)).not_to_be_checked()


def test_a_row_leads_to_its_place(visits: Visits) -> None:
    """By pointer and by keyboard; what is chosen is marked in the list and on the map."""
    page = switched_on(visits).page
    before = page.evaluate(CENTRE)
    page.locator(".critical-row").nth(5).click()
    expect(page.locator(".critical-row[aria-current=true] .rank")).to_have_text("6")
    there = page.evaluate(CENTRE)
    assert there != before
    page.click("#criticality [data-key='tab valves']")
    page.locator(".critical-row").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".rank.is-chosen text")).to_have_text("1")
    assert page.evaluate(CENTRE) != there


def test_v_folds_the_list_and_verifies_nothing(visits: Visits) -> None:
    """While the map has the focus; the legend stays."""
    page = switched_on(visits, Role.DISPATCHER).page
    page.focus("#map")
    page.keyboard.press("v")
    expect(page.locator("#critical-list")).to_be_hidden()
    expect(page.locator("#criticality .classes li")).to_have_count(4)
    page.keyboard.press("v")
    expect(page.locator("#critical-list")).to_be_visible()
