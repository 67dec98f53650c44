"""The console in a browser: alive, still under the pointer, every decision a key away."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from domain.reports import ReportKind
from domain.users import Role
from tests.web.house import running
from tests.web.office import ELSEWHERE, Json, Office
from tests.web.test_console import on_site, order_of, report
from tests.web.visit import PATIENCE_MS, Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]

#: What the page draws; a leak shows as a marker more at each reading.
MARKERS = ".leaflet-symbol-pane .leaflet-marker-icon"


def console(visits: Visits, anchor: str = "", **options: Any) -> Visit:
    """Return the dispatcher's console."""
    return visits.visit(Role.DISPATCHER, **options).open(f"/console{anchor}")


def stuck(office: Office) -> tuple[str, Json]:
    """Return an incident whose first isolation valve will not close, and its outage."""
    incident, order = on_site(office)
    outage = office.story(incident)["outage"]
    first = outage["isolation"]["close"][0]
    report(office, order, ReportKind.VALVE_STUCK, valve=first, reason="丝杆断")
    return incident, outage


def read_again(page: Page) -> None:
    """Let the page read the day once more, to the end."""
    page.evaluate("mainbreak.refresh()")


def test_the_console_is_whole_and_silent(office: Office, visits: Visits) -> None:
    """All is drawn from the server's own files under its policy; every control has a name."""
    incident, _ = on_site(office)
    visit = console(visits)
    assert incident in visit.text("#panel")
    expect(visit.page.locator("#connection")).to_contain_text("实时")
    for pane in (".crew-spot", ".isolation .order", ".spot .burst"):
        expect(visit.page.locator(f".leaflet-symbol-pane {pane}").first).to_be_attached()
    expect(visit.page.locator(".visit-bar.is-going")).to_have_count(1)
    assert visit.unnamed() == []
    assert not visit.overflows()


def test_news_arrives_without_a_reload(office: Office, visits: Visits) -> None:
    """A call taken elsewhere makes a row and moves neither the map nor the selection."""
    visit = console(visits, "#day")
    expect(visit.page.locator("#incidents .empty")).to_be_visible()
    incident = office.burst()
    expect(visit.page.locator(f"#incident-{incident}")).to_be_visible()
    visit.page.click(f"#incident-{incident}")
    visit.page.mouse.move(700, 300)
    place = "(() => { const c = mainbreak.theMap.getCenter(); return [c.lat, c.lng]; })()"
    before = visit.page.evaluate(place)
    office.call(address=ELSEWHERE.address, text="水表漏水")
    expect(visit.page.locator("#incidents .row")).to_have_count(2)
    assert visit.page.evaluate(place) == before
    assert incident in visit.text("#panel")
    order = order_of(office, incident, "isolate")
    office.done(f"/api/work-orders/{order}/assign", {"crew": "C1"})
    expect(visit.page.locator("#part-log")).to_contain_text("关阀派给阀门班")


def test_the_list_stands_still_under_the_pointer(office: Office, visits: Visits) -> None:
    """While somebody points at a row nothing moves: a pill counts, and a click lets it happen."""
    first = office.call(address=ELSEWHERE.address, text="水表漏水")["incident"]["id"]
    visit = console(visits, "#day")
    visit.page.hover(f"#incident-{first}")
    burst = office.burst()
    expect(visit.page.locator("#changes")).to_have_text("有 1 处变化")
    visit.page.evaluate("mainbreak.showTab('closures')")  # it is about the incidents only
    expect(visit.page.locator("#changes")).to_be_hidden()
    visit.page.evaluate("mainbreak.showTab('incidents')")
    expect(visit.page.locator("#incidents .row")).to_have_count(1)
    visit.page.click("#changes")
    expect(visit.page.locator("#incidents .row").first).to_contain_text(burst)
    expect(visit.page.locator("#changes")).to_be_hidden()


def test_reading_again_leaks_nothing(office: Office, visits: Visits) -> None:
    """Ten readings leave as many markers, bars and listeners as one."""
    stuck(office)
    visit = console(visits)
    expect(visit.page.locator(".part-whose")).to_be_visible()
    counts = f"['{MARKERS}', '*'].map((all) => document.querySelectorAll(all).length)"
    read_again(visit.page)
    before = visit.page.evaluate(counts)
    for _ in range(10):
        read_again(visit.page)
    assert visit.page.evaluate(counts) == before


def test_a_stuck_valve_is_decided_with_one_key(office: Office, visits: Visits) -> None:
    """It stands first, says what it costs, and A adopts the plan; numbers stay what they were."""
    incident, outage = stuck(office)
    first = outage["isolation"]["close"][0]
    visit = console(visits, "#day")
    assert first in visit.text("#needs .need")
    visit.page.keyboard.press("g")
    alert = visit.text(".decision")
    for said in (f"① {first} 关不动", "阀门班", "丝杆断", "多停"):
        assert said in alert, said
    visit.page.keyboard.press("Escape")
    visit.page.click(f"#incident-{incident}")
    visit.page.keyboard.press("a")
    expect(visit.page.locator("#toast")).to_have_text("已采用方案 B")
    expect(visit.page.locator(".decision")).to_have_count(0)
    assert first in visit.text(".turn.is-stuck")
    assert office.story(incident)["outage"]["proposal"] is None


def test_a_crew_is_assigned_by_hand_and_that_is_undone(office: Office, visits: Visits) -> None:
    """S lists the crews, the chosen one's cost is read first; Ctrl Z undoes what it says."""
    incident = office.burst()
    visit = console(visits, f"#{incident}")
    visit.page.keyboard.press("s")
    options = visit.page.locator(".crew-option")
    expect(options).to_have_count(3)
    expect(options.last).to_be_disabled()
    expect(options.last).to_contain_text("缺技能")
    options.first.click()
    expect(visit.page.locator(".price")).to_contain_text("以后的计划都把它留给它")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#undo")).to_contain_text("撤销：指派")
    expect(visit.page.locator("#panel .visits")).to_contain_text("已固定")
    visit.page.keyboard.press("Control+z")
    expect(visit.page.locator("#toast")).to_have_text("已撤销")
    expect(visit.page.locator("#undo")).to_be_hidden()
    expect(visit.page.locator("#panel .visits")).not_to_contain_text("已固定")


def test_the_restoration_time_is_told_with_source_and_age(office: Office, visits: Visits) -> None:
    """E opens the editor; a time in whole five minutes is kept, by the dispatcher's word."""
    incident = office.burst()
    visit = console(visits, f"#{incident}")
    visit.page.keyboard.press("e")
    visit.page.get_by_role("button", name="+60 分").click()
    visit.page.click("[data-action=etr-save]")
    expect(visit.page.locator(".part-outage")).to_contain_text("调度 · 0 秒前")
    etr = office.story(incident)["outage"]["etr"]
    assert etr["source"] == "dispatcher"
    assert etr["at"][14:16] in {"30", "35"}


def test_a_ticket_gets_its_place_by_a_click_on_the_map(office: Office, visits: Visits) -> None:
    """The ticket waits in the queue; a click and Enter put it on the map and into an incident."""
    ticket = office.call(text="没水了，小学对面")["ticket"]["id"]
    visit = console(visits, "#day")
    visit.page.click("#unplaced button")
    assert "没水了，小学对面" in visit.text("#panel")
    expect(visit.page.locator("[data-action=place]")).to_be_disabled()
    box = visit.page.locator("#map").bounding_box()
    assert box
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#unplaced")).to_be_empty()
    expect(visit.page.locator("#toast")).to_contain_text(ticket)
    assert ticket in visit.text("#part-log")


def test_a_place_chosen_before_the_words_are_looked_up_stays(
    office: Office, visits: Visits
) -> None:
    """A slow answer brings candidates, and takes nothing away."""
    ticket = office.call(text="没水了，小学对面")["ticket"]["id"]
    visit = console(visits, "#day")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/api/locate", hold)
    with visit.page.expect_request("**/api/locate"):
        visit.page.click("#unplaced button")
    box = visit.page.locator("#map").bounding_box()
    assert box
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(visit.page.locator("[data-action=place]")).to_be_enabled()
    with visit.page.expect_response("**/api/locate"):
        held[0].continue_()
    expect(visit.page.locator("#panel")).not_to_contain_text("正在查找地点")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#unplaced")).to_be_empty()
    expect(visit.page.locator("#toast")).to_contain_text(ticket)


def test_a_contradiction_is_settled_in_the_tray(office: Office, visits: Visits) -> None:
    """Both sides stand beside each other; 2 keeps what the system has."""
    order = order_of(office, office.burst(), "isolate")
    report(office, order, ReportKind.FIELD_COMPLETE)
    visit = console(visits, "#day")
    visit.page.click("#tab-conflicts")
    for side in ("班组回报", "系统现状"):
        assert side in visit.text(".sides")
    visit.page.keyboard.press("2")
    expect(visit.page.locator("#view-conflicts")).to_contain_text("没有冲突")
    assert office.get("/api/conflicts").json()["items"] == []


def test_what_the_crews_repaired_is_verified_here(office: Office, visits: Visits) -> None:
    """Resolved is not closed: V closes it, and it leaves the queue."""
    incident = office.call(address=ELSEWHERE.address, text="水表漏水")["incident"]["id"]
    (order,) = office.story(incident)["work_orders"]
    office.done(f"/api/work-orders/{order['id']}/assign", {"crew": "C3"})
    states = ("ACCEPTED", "EN_ROUTE", "ON_SITE", "FIELD_COMPLETE")
    report(office, order["id"], *(ReportKind[one] for one in states), crew="C3")
    visit = console(visits, f"#{incident}")
    assert "回访后销账" in visit.text(".decision")
    visit.page.keyboard.press("v")
    expect(visit.page.locator(f"#incident-{incident}")).to_have_count(0)
    assert office.story(incident)["state"] == "closed"


def test_an_incident_that_is_none_is_dismissed_after_a_question(
    office: Office, visits: Visits
) -> None:
    """It asks once and says how many tickets; Escape leaves everything as it was."""
    incident = office.call(address=ELSEWHERE.address, text="水表漏水")["incident"]["id"]
    visit = console(visits, f"#{incident}")
    visit.page.click("[data-action=ask-dismiss]")
    assert "1 单" in visit.text(".decision")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".decision")).to_have_count(0)
    visit.page.click("[data-action=ask-dismiss]")
    visit.page.click("[data-action=dismiss]")
    expect(visit.page.locator(f"#incident-{incident}")).to_have_count(0)
    assert office.story(incident)["state"] == "dismissed"


def test_a_lost_connection_is_said_and_nothing_is_sent(office: Office, chromium: Browser) -> None:
    """Silence makes the bar amber; a command is refused in words; back again, news is there."""
    expect.set_options(timeout=PATIENCE_MS)
    incident = office.burst()
    with ExitStack() as open_:
        first = open_.enter_context(ExitStack())
        port = first.enter_context(running(office.home)).port
        visit = console(open_.enter_context(Visits(chromium, office.home, port)), f"#{incident}")
        visit.forgiven = ("Failed to load resource",)
        first.close()
        expect(visit.page.locator("#offline")).to_contain_text("连接中断")
        expect(visit.page.locator("#connection")).to_be_hidden()
        visit.page.keyboard.press("e")
        visit.page.get_by_role("button", name="+60 分").click()
        visit.page.click("[data-action=etr-save]")
        expect(visit.page.locator("#toast")).to_contain_text("连不上服务器")
        other = office.call(address=ELSEWHERE.address, text="水表漏水")["incident"]["id"]
        open_.enter_context(running(office.home, port))
        expect(visit.page.locator("#offline")).to_be_hidden()
        expect(visit.page.locator(f"#incident-{other}")).to_be_visible()


def test_search_finds_incidents_crews_and_valves(office: Office, visits: Visits) -> None:
    """A slash, some signs, Enter: what was meant is selected."""
    incident = office.burst()
    visit = console(visits, "#day")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("阀门班")
    expect(visit.page.locator("#found")).to_contain_text("阀门班")
    visit.page.fill("#search", incident)
    visit.page.keyboard.press("Enter")
    assert incident in visit.text("#panel .panel-title")
    expect(visit.page.locator("#found")).to_be_hidden()


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_it_fits_in_english_and_dark(office: Office, visits: Visits, width: int) -> None:
    """No part is wider than the window; below 1280 the incident is a drawer over the map."""
    incident, _ = stuck(office)
    visit = console(visits, f"#{incident}", language="en", width=width, color_scheme="dark")
    assert visit.page.get_attribute("html", "data-theme") == "dark"
    assert "will not close" in visit.text(".decision")
    assert not visit.overflows()
    for part in ("#now", "#map", "#incidents", "#timeline", "#panel"):
        expect(visit.page.locator(part)).to_be_in_viewport()


def test_a_manager_reads_and_decides_nothing(office: Office, visits: Visits) -> None:
    """The same page without a button that changes the field."""
    incident, _ = stuck(office)
    visit = visits.visit(Role.MANAGER).open(f"/console#{incident}")
    assert "关不动" in visit.text(".decision")
    expect(visit.page.locator("#panel [data-action]")).to_have_count(0)
