"""The plan on the console: why this crew, what a word costs, what changed, what if."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from domain.plans import Blocked, Rival
from domain.sentences import Sentence
from domain.users import Role
from mainbreak.server.api import what_if
from operations.plan_day import Effort
from tests.web.office import Office
from tests.web.small_streets import load_streets
from tests.web.test_closures_page import click
from tests.web.test_console import on_site, order_of
from tests.web.visit import Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]


@pytest.fixture(autouse=True)
def short_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search in a blink."""
    monkeypatch.setattr(what_if, "EFFORT", Effort(seconds=0.15))


def planned(office: Office) -> str:
    """Return the isolate order of a burst, planned; two crews can shut isolation valves."""
    order = order_of(office, office.burst(), "isolate")
    office.done("/api/plan", {})
    return order


def weigh(office: Office, order: str, crew: str) -> None:
    """Let the plan have weighed another crew for a visit, five minutes later and dearer."""
    with office.home.writing("test") as work:
        (one,) = work.visits.of_orders([order])
        said = Sentence("晚 5 分到", "5 min later")
        eta = one.planned.eta + timedelta(minutes=5)
        rival = Rival(crew, None, eta, 310, -420, said)
        work.visits.save([replace(one, planned=replace(one.planned, rivals=(rival,)))])


def refuse(office: Office, order: str) -> None:
    """Let the plan say of each crew why it does not have an order that nobody has."""
    said = Sentence("已禁止做这张工单", "Forbidden this work order")
    with office.home.writing("test") as work:
        plan = work.plans.latest()
        assert plan
        crews = tuple(
            Rival(one.id, Blocked.FORBIDDEN, None, 0, None, said) for one in work.crews.all()
        )
        left = [
            replace(one, crews=crews) if one.work_order == order else one for one in plan.unassigned
        ]
        work.plans.save(replace(plan, unassigned=tuple(left)))


def console(visits: Visits, role: Role = Role.DISPATCHER, **options: object) -> Visit:
    """Return the console with nothing selected."""
    return visits.visit(role, **options).open("/console#day")  # type: ignore[arg-type]


def open_visit(page: Page, order: str) -> None:
    """Open a visit's card by its bar."""
    page.locator(f".visit-bar[data-key^='bar {order}.']").click()
    expect(page.locator(".panel h2")).to_contain_text("关阀")


def named(office: Office, order: str) -> str:
    """Return the name of the crew that has an order."""
    crews = {one["id"]: one for one in office.get("/api/crews").json()["items"]}
    found = [one for one in crews.values() if one["visit"] and one["visit"]["work_order"] == order]
    return str(found[0]["name"])


def test_a_visit_says_why_and_a_crew_is_forbidden(office: Office, visits: Visits) -> None:
    """The card has the reason and the rivals; forbidding says who is next; the undo its name."""
    order = planned(office)
    crew, other = named(office, order), {"阀门班": "综合班", "综合班": "阀门班"}
    weigh(office, order, {"阀门班": "C3", "综合班": "C1"}[crew])
    visit = console(visits)
    page, panel = visit.page, visit.page.locator("#panel")
    open_visit(page, order)
    expect(panel.locator(".reason").first).not_to_be_empty()
    expect(panel.locator(".rival").first).to_contain_text(f"{other[crew]}计划多花 5 分")
    expect(panel.locator(".rival .is-late-text")).to_contain_text("08:")
    expect(panel).to_contain_text("九成在")
    page.keyboard.press("i")
    expect(panel.locator(".chips")).to_contain_text("已固定")
    expect(page.locator("#undo")).to_contain_text(f"撤销：指派{crew}")
    page.keyboard.press("x")
    expect(panel.locator(".decision")).to_contain_text(f"次选{other[crew]}")
    page.keyboard.press("Enter")
    expect(page.locator("#undo")).to_contain_text(f"撤销：禁止{crew}")
    expect(panel.get_by_role("button", name="解除")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_have_text("已撤销")
    expect(panel.locator(".chips")).to_contain_text("已固定")
    assert visit.unnamed() == []


def test_a_crew_goes_away_and_comes_back(office: Office, visits: Visits) -> None:
    """What it has begun waits on top for a dispatcher; every word about it can be taken back."""
    on_site(office)
    page = console(visits).page
    row, panel = page.locator(".line[data-crew=C1] .crew-name"), page.locator("#panel")
    row.get_by_role("button").click()
    page.click("[data-action=lock]")
    expect(row).to_contain_text("锁定")
    expect(page.locator("#undo")).to_contain_text("撤销：锁定阀门班")
    page.click("[data-action=away]")
    expect(panel.locator(".decision")).to_contain_text("已开始的 1 单留着")
    page.click("[data-key='why broken']")
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("离岗")
    expect(panel.locator(".chips")).to_contain_text("车辆故障")
    page.mouse.move(700, 300)
    expect(page.locator("#needs")).to_contain_text("阀门班离岗，还有 1 单已开始")
    page.keyboard.press("Control+z")
    expect(row).to_contain_text("锁定")
    expect(row).not_to_contain_text("离岗")


def test_the_plan_says_what_changed_and_who_has_nothing(office: Office, visits: Visits) -> None:
    """Each version with its causes and its price; what nobody has, crew by crew."""
    order = planned(office)
    for crew in ("C1", "C3"):
        office.done(f"/api/work-orders/{order}/forbid", {"crew": crew, "reason": ""})
    office.done("/api/plan", {})
    refuse(office, order)
    page = console(visits, Role.MANAGER, width=1280).page
    page.keyboard.press("h")
    changed = page.locator(".change.is-taken_out", has_text="关阀")
    expect(changed).to_contain_text("现在没人做")
    expect(changed.locator(".reason")).not_to_be_empty()
    expect(page.locator(".totals .total-row")).to_have_count(2)
    page.locator(".version").last.click()
    expect(page.locator(".change.is-added").first).to_be_visible()
    page.click("#panel [data-action=unassigned]")
    page.click(f"[data-key='reasons {order}']")
    reasons = page.locator(".crew-reasons li")
    expect(reasons).to_have_count(3)
    expect(reasons.filter(has_text="阀门班")).to_contain_text("已禁止")
    expect(page.locator("[data-action=what-if]")).to_have_count(0)


def test_what_if_is_asked_by_keys_and_changes_nothing(office: Office, visits: Visits) -> None:
    """In English, in the dark, on a small screen: the answer says that nothing was changed."""
    planned(office)
    before = office.get("/api/events/log", limit=500).json()["items"]
    visit = console(visits, language="en", width=1280, color_scheme="dark")
    page = visit.page
    page.keyboard.press("w")
    expect(page.locator("[data-key='suppose extra']")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-key='suppose away']")).to_be_focused()
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".nothing")).to_contain_text("Nothing was changed")
    expect(page.locator(".supposed")).to_contain_text("阀门班 away")
    expect(page.locator(".change.is-moved").first).to_contain_text("综合班")
    expect(page.locator(".totals .total-row")).to_have_count(2)
    assert not visit.overflows()
    assert visit.unnamed() == []
    assert office.get("/api/events/log", limit=500).json()["items"] == before


def test_a_street_is_only_supposed_to_be_closed(office: Office, visits: Visits) -> None:
    """It is drawn as a closure is, counted in the answer, and not one of the closures."""
    with office.home.writing("test") as work:
        load_streets(work)
    planned(office)
    page = console(visits).page
    page.keyboard.press("w")
    page.click("[data-key='suppose closed']")
    page.click("[data-action=suppose-draw]")
    click(page, 0.5, 2)
    page.click("[data-action=closure-save]")
    expect(page.locator(".supposed")).to_contain_text("封 解放路")
    page.click("[data-action=whatif-go]")
    expect(page.locator("#panel")).to_contain_text("什么都没有改动")
    expect(page.locator("#panel")).to_contain_text("假设封 1 段")
    assert office.get("/api/closures").json()["items"] == []


def test_a_diverted_crew_waits_on_top_until_it_accepts(office: Office, visits: Visits) -> None:
    """The tray names the crew and the work it was turned to; its bar has the sign."""
    order = planned(office)
    with office.home.writing("test") as work:
        (one,) = work.visits.of_orders([order])
        work.visits.save([replace(one, planned=replace(one.planned, interrupts="W9"))])
    page = console(visits).page
    expect(page.locator("#needs")).to_contain_text("改道去关阀")
    expect(page.locator(".visit-bar.is-diverted")).to_have_count(1)
    page.keyboard.press("g")
    expect(page.locator(".panel .chips")).to_contain_text("改道自")


def test_the_timeline_is_walked_and_filtered_by_keys(office: Office, visits: Visits) -> None:
    """A name or a skill leaves some crews; the arrows go from line to line; Enter opens a card."""
    on_site(office)
    page = console(visits).page
    lines = page.locator("#timeline-scroll .line")
    expect(lines).to_have_count(3)
    page.fill("#crew-find", "综合")
    expect(lines).to_have_count(1)
    expect(page.locator("#timeline-count")).to_have_text("1 / 3 班")
    page.fill("#crew-find", "")
    page.locator("#timeline-scroll").focus()
    for key, found in (("ArrowDown", "阀门班"), ("ArrowRight", "关阀"), ("ArrowLeft", "阀门班")):
        page.keyboard.press(key)
        expect(page.locator("#timeline-scroll :focus")).to_contain_text(found)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("阀门班")
    page.keyboard.press("Escape")
    expect(page.locator(".crew-name button", has_text="阀门班")).to_be_focused()
    page.select_option("#crew-look", "free")
    expect(lines).to_have_count(2)
