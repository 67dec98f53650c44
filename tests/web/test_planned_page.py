"""The console's planned shut-offs in a browser: the price before the button, by keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from domain.users import Role
from tests.web.office import Office
from tests.web.test_api_planned import PATH, announced, body
from tests.web.visit import Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]


def test_a_shutoff_is_drafted_with_its_price_told_before(office: Office, visits: Visits) -> None:
    """Who would be dry stands above the button; what is kept is listed and drawn."""
    visit = visits.visit(Role.DISPATCHER).open("/console")
    page = visit.page
    page.locator("#tab-planned").click()
    expect(page.locator("#view-planned")).to_contain_text("没有计划停水")
    page.locator("[data-action=planned-new]").press("Enter")
    page.locator("[name=pipes]").fill("E11")
    page.locator("[name=title]").fill("更换阀门")
    page.locator("[name=from]").fill("2026-11-24T22:00")
    page.locator("[name=to]").fill("2026-11-25T02:00")
    save = page.locator("[data-action=planned-save]")
    expect(save).to_contain_text("4 户停水")
    expect(page.locator(".planned-form .alert").first).to_contain_text("先通知消防部门")
    assert visit.unnamed() == []
    save.press("Enter")
    expect(page.locator(".planned-row")).to_contain_text("更换阀门")
    expect(page.locator(".planned-tag")).to_contain_text("S0001")
    kept = office.get(PATH).json()["items"][0]
    assert (kept["starts_at"], kept["ends_at"]) == ("2026-11-24T14:00:00Z", "2026-11-24T18:00:00Z")
    page.locator("[data-action=planned-approve]").click()
    page.locator("[data-action=planned-announce]").click()
    expect(page.locator(".chip.planned-announced")).to_be_visible()
    expect(page.locator("[data-action=planned-begin]")).to_be_disabled()
    assert not visit.overflows()


def test_a_notice_that_is_due_needs_somebody(office: Office, visits: Visits) -> None:
    """Overdue, it is asked for its reason, and stands among what needs a dispatcher."""
    name = office.done(PATH, body(office, "E11", hours=20))["id"]
    office.done(f"{PATH}/{name}/approve", {})
    page = visits.visit(Role.DISPATCHER, language="en").open("/console").page
    page.locator(f"#needs [data-key='notice {name}']").click()
    expect(page.locator(".planned-detail .alert").first).to_contain_text("Hydrants out: 1.")
    go = page.locator("[data-action=planned-announce]")
    expect(go).to_be_disabled()
    page.locator(".planned-reason").fill("the pipe broke at the flange")
    go.click()
    expect(page.locator(".chip.planned-announced")).to_be_visible()
    page.locator("#map").hover()  # no row moves under the pointer
    expect(page.locator(f"#needs [data-key='notice {name}']")).to_be_hidden()


def test_callers_and_the_public_see_the_window(office: Office, visits: Visits) -> None:
    """The desk's banner and the public's answer name both ends."""
    announced(office, "E11")
    page = visits.visit().open("/outages").page
    expect(page.locator("#all")).to_contain_text("计划停水")
    window = page.locator("#all [data-head=停水时段]")
    expect(window).to_contain_text("11月24日 14:30 至 18:30")
