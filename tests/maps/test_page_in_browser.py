"""The page in a browser: drawn, silent, offline, in both languages, by keyboard alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maps.page import day_page
from tests.maps.conftest import Open
from tests.maps.sample import CASES, CREWS, VISITS, picture, with_text

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page() -> str:
    """Return the sample day's page."""
    return day_page(picture())


def test_everything_of_the_day_is_drawn(page: str, open_page: Open) -> None:
    """Streets, pipes, the outage, dry premises, routes, crews and isolation valves show."""
    console = open_page(page)
    for pane in ("street", "pipe", "outage-band", "outage-core", "premises", "route", "label"):
        assert console.inked(pane) > 100, pane
    outline = console.page.locator
    assert outline(".crew-spot").count() == len(CREWS)
    assert outline(".isolation .order").count() >= 5
    assert outline(".symbol .burst").count() == 2
    assert outline(".visit-bar").count() == len(VISITS)


def test_the_page_opens_with_the_most_urgent_incident(page: str, open_page: Open) -> None:
    """The panel tells the burst: what to shut in which order, who is out, who comes when, why."""
    panel = open_page(page).text("#panel")
    for said in (
        "爆管 建设路×学府路",
        "按序号关",
        "将停水用水户",
        "预计恢复",
        "08:15 到",
        "理由：",
    ):
        assert said in panel, said


def test_the_language_changes_at_once(page: str, open_page: Open) -> None:
    """One switch turns every part of the page to English and back, without a reload."""
    console = open_page(page)
    console.page.click("#language")
    assert console.page.get_attribute("html", "lang") == "en"
    assert "Isolation" in console.text("#panel")
    assert console.text("#queue h2") == "Incidents"
    assert console.text("#timeline h2") == "Crews"
    assert "Nearest crew" in console.text(".reason")
    console.page.click("#language")
    assert console.text("#queue h2") == "事件"


def test_a_picture_in_english_opens_in_english(open_page: Open) -> None:
    """The picture's language is the first the reader sees."""
    console = open_page(day_page(picture("en")), "#day")
    assert "The day's plan" in console.text("#panel")


def test_the_queue_works_by_keyboard(page: str, open_page: Open) -> None:
    """J, K and the arrows move the selection and the panel; Escape leads back to the day."""
    console = open_page(page, "#day")
    chosen = "#incidents [aria-selected=true]"
    assert console.page.locator(chosen).count() == 0
    console.page.focus("#incidents")
    console.page.keyboard.press("j")
    assert "E0001" in console.text(chosen)
    console.page.keyboard.press("ArrowDown")
    assert "E0003" in console.text(chosen)
    assert "E0003" in console.text("#panel")
    console.page.keyboard.press("k")
    assert "E0001" in console.text(chosen)
    console.page.keyboard.press("Escape")
    assert "全天计划" in console.text("#panel")


def test_keys_filter_and_fold(page: str, open_page: Open) -> None:
    """A digit leaves one priority in the queue, L folds the legend, a question mark lists keys."""
    console = open_page(page, "#day")
    console.page.keyboard.press("3")
    wanted = sum(case[2] == 3 for case in CASES)
    assert console.page.locator("#incidents .row").count() == wanted
    console.page.keyboard.press("l")
    assert console.page.is_hidden("#legend")
    console.page.keyboard.press("?")
    assert console.page.is_visible("#keys")


def test_a_bar_and_a_marker_select(page: str, open_page: Open) -> None:
    """Clicking a visit in the timeline or an incident on the map opens that incident."""
    console = open_page(page, "#day")
    console.page.click(".visit-bar.kind-meter")
    assert "E0005" in console.text("#panel")
    console.page.keyboard.press("Escape")
    console.page.locator(".spot .burst").first.click()
    assert "E0001" in console.text("#panel")


def test_a_layer_can_be_switched_off(page: str, open_page: Open) -> None:
    """Without the pipes' layer no pipe is on the map; switching back draws it again."""
    console = open_page(page)
    before = console.inked("pipe")
    console.page.click("#layers-open")
    console.page.uncheck("#layer-pipes")
    assert console.inked("pipe") == 0
    console.page.check("#layer-pipes")
    assert console.inked("pipe") == before


def test_dark_follows_the_system_and_the_switch(page: str, open_page: Open) -> None:
    """The page starts as the system is and the switch turns it."""
    console = open_page(page, color_scheme="dark")
    assert console.page.get_attribute("html", "data-theme") == "dark"
    console.page.click("#theme")
    assert console.page.get_attribute("html", "data-theme") == "light"


def test_a_phone_stacks_everything(page: str, open_page: Open) -> None:
    """At 390 px nothing is wider than the screen and all parts are there."""
    console = open_page(page, width=390)
    wide = console.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    for part in ("#incidents", "#map", "#panel", "#timeline"):
        assert console.page.is_visible(part)


def test_a_callers_words_stay_words(open_page: Open) -> None:
    """Markup in a ticket, a title or a crew's name is shown, never obeyed."""
    hostile = "</script><img src=x onerror=alert(1)><b>"
    day = with_text(hostile)
    crew = replace(day.crews[0], name="<i>班")
    day = replace(day, title=hostile, crews=(crew, *day.crews[1:]))
    console = open_page(day_page(day))
    assert hostile in console.text(".calls")
    assert console.page.locator("img, .calls b, .crew-name i").count() == 0


def test_a_bare_network_is_a_page(open_page: Open) -> None:
    """No streets, no incidents, no plan: still a map, and it says travel is estimated."""
    day = picture()
    plan = replace(day.plan, routes=(), unassigned=(), cost={}, greedy_cost={})
    bare = replace(
        day, streets=None, tickets=(), incidents=(), outages=(), work_orders=(), plan=plan,
        route_lines={}, straight_line=True,
    )  # fmt: skip
    console = open_page(day_page(bare))
    assert "没有待办" in console.text("#incidents")
    assert "直线估算" in console.text("#method")
    assert console.inked("pipe") > 100
