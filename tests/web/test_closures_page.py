"""Streets in the console: drawn, previewed, closed, lifted; the route is another one at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from domain.users import Role
from tests.web.office import Office
from tests.web.small_streets import crossing, load_streets
from tests.web.test_api_closures import HERE, MINE, PATH, spot
from tests.web.visit import Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]


@pytest.fixture
def town(office: Office) -> Office:
    """Return the office of the town with its streets, and crew C1 on its way."""
    with office.home.writing("test") as work:
        load_streets(work)
    incident = office.burst()
    (order,) = [one for one in office.story(incident)["work_orders"] if one["kind"] == "isolate"]
    office.done(f"/api/work-orders/{order['id']}/assign", {"crew": "C1"})
    return office


def streets(visits: Visits, role: Role = Role.DISPATCHER, language: str = "zh-CN") -> Visit:
    """Return the console on its streets' tab, the whole town in view."""
    visit = visits.visit(role, language=language).open("/console#day")
    visit.page.click("#tab-closures")
    middle = crossing(1.5, 1.5)
    visit.page.evaluate(f"mainbreak.theMap.setView([{middle.lat}, {middle.lon}], 16)")
    return visit


def click(page: Page, column: float, row: float) -> None:
    """Click the map at a place of the town."""
    at = crossing(column, row)
    find = f"mainbreak.theMap.latLngToContainerPoint([{at.lat}, {at.lon}])"
    x, y = page.evaluate(f"(() => {{ const at = {find}; return [at.x, at.y]; }})()")
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + x, box["y"] + y)


def route(page: Page) -> list[int]:
    """Return the drawn drive of the crew."""
    found: list[int] = page.evaluate("mainbreak.data('day').visits[0].line")
    return found


def test_an_area_is_drawn_and_the_route_goes_around_it(town: Office, visits: Visits) -> None:
    """B, four clicks, Enter: what it touches stands above the button; Ctrl Z opens it again."""
    visit = streets(visits)
    page, before = visit.page, route(visit.page)
    page.keyboard.press("b")
    page.get_by_role("button", name="画区域").click()
    for corner in ((-0.5, 0.3), (0.5, 0.3), (0.5, 0.7), (-0.5, 0.7)):
        click(page, *corner)
    expect(page.locator(".closure-form .outcome")).to_contain_text("东湖街 · 1 段 222 米")
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#view-closures .closure-row")).to_contain_text("东湖街")
    expect(page.locator("#toast")).to_contain_text("已封 东湖街")
    page.wait_for_function(f"JSON.stringify(mainbreak.data('day').visits[0].line) !== '{before}'")
    expect(page.locator(".closure-spot .is-closed")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator("#view-closures .closure-row")).to_have_count(0)
    assert route(page) == before
    assert visit.unnamed() == []


def test_a_street_is_taken_from_crossing_to_crossing(town: Office, visits: Visits) -> None:
    """One click is a stretch, a second one goes on to there; Escape keeps nothing."""
    page = streets(visits).page
    page.keyboard.press("b")
    click(page, 0.5, 2)
    expect(page.locator(".closure-form .outcome")).to_contain_text("解放路 · 1 段")
    click(page, 1.6, 2)
    expect(page.locator("[data-action=closure-save]")).to_contain_text("封闭 2 段")
    page.keyboard.press("Escape")
    expect(page.locator(".closure-form")).to_have_count(0)
    assert town.get(PATH).json()["items"] == []


def test_a_street_is_closed_without_a_mouse(town: Office, visits: Visits) -> None:
    """By its names, from the keyboard; a name that is none is refused in the reader's words."""
    visit = streets(visits)
    visit.forgiven = ("Failed to load resource",)
    page = visit.page
    page.keyboard.press("b")
    page.get_by_role("button", name="按路名").press("Enter")
    page.evaluate("mainbreak.theMap.setView([30, 113], 16)")
    for name, text in (("named", "人民路"), ("first", "东湖街"), ("last", "长江路")):
        page.fill(f"[data-key='name {name}']", text)
    expect(page.locator(".closure-form .alert")).to_contain_text("没有叫“长江路”的道路")
    page.fill("[data-key='name last']", "西门街")
    expect(page.locator(".closure-form .outcome")).to_contain_text("人民路 · 2 段")
    here = crossing(1.5, 1)
    page.wait_for_function(f"mainbreak.theMap.getBounds().contains([{here.lat}, {here.lon}])")
    page.press("[data-key='name last']", "Enter")
    expect(page.locator("[data-key='closure K-1']")).to_be_focused()


def test_a_reported_street_waits_on_top_until_it_is_confirmed(town: Office, visits: Visits) -> None:
    """G goes to it; confirmed it waits no more; lifted with an undo in the toast."""
    said = {"id": MINE, "kind": "road_impassable", "reason": "flood", **spot(1.5, 2)}
    said["device_time"] = town.clock.now.isoformat()
    town.phone().post("/api/mobile/reports", json=said)
    page = streets(visits).page
    need = page.locator("#needs .need", has_text="抢修班报解放路不通")
    need.click()
    expect(page.locator("[data-action=closure-confirm]")).to_be_focused()
    page.click("[data-action=closure-confirm]")
    page.mouse.move(700, 300)  # the queue stands still while somebody points into it
    expect(need).to_be_hidden()
    expect(page.locator(".closure-row .chip.is-unplaced")).to_have_count(0)
    page.click("[data-action=closure-lift]")
    expect(page.locator("#view-closures .closure-row")).to_have_count(0)
    page.locator("#toast button").click()
    expect(page.locator("#view-closures .closure-row")).to_have_count(1)
    page.click("[data-key='closure K-1']")
    page.click("[data-key='factor 0.5']")
    expect(page.locator(".closure-row .closure-chip")).to_have_text("车速 50%")


def test_a_slow_street_is_called_slow_and_bars_nobody(town: Office, visits: Visits) -> None:
    """It is entered by everybody: no question about entry, and never the word closed."""
    page = streets(visits).page
    page.keyboard.press("b")
    expect(page.locator("[data-key='mode street']")).to_be_focused()
    expect(page.locator("[data-key='entry false']")).to_have_count(1)
    page.click("[data-key='factor 0.5']")
    expect(page.locator("[data-key='entry false']")).to_have_count(0)
    click(page, 0.5, 2)
    page.click("[data-action=closure-save]")
    expect(page.locator("#toast")).to_contain_text("已设慢行 解放路")
    expect(page.locator(".undo")).to_contain_text("慢行解放路")
    detail = page.locator(".closure-row .planned-detail")
    expect(detail).to_be_visible()
    expect(detail).not_to_contain_text("驶入")


def test_a_manager_reads_and_closes_nothing(town: Office, visits: Visits) -> None:
    """In English and in the dark; nothing is wider than the window."""
    town.done(PATH, HERE)
    visit = streets(visits, Role.MANAGER, "en")
    assert "Flood · until lifted" in visit.text(".closure-row")
    visit.page.click("[data-key='closure K-1']")
    expect(visit.page.locator(".closure-row .planned-detail")).to_be_visible()
    expect(visit.page.locator("#view-closures [data-action], .choice")).to_have_count(0)
    assert not visit.overflows()
