"""The console while water goes and comes back: actual beside predicted, a line a valve."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from domain.reports import ReportKind
from tests.web.office import Office
from tests.web.test_console import on_site, order_of, report
from tests.web.test_console_page import console
from tests.web.visit import Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]


def test_the_outage_is_followed_valve_by_valve(office: Office, visits: Visits) -> None:
    """Partly restored after the first opening; each step with who is back and what it cost."""
    incident, order = on_site(office)
    for valve in ("V-E11a", "V-E11b"):
        report(office, order, ReportKind.VALVE_CLOSED, valve=valve)
    report(office, order, ReportKind.FIELD_COMPLETE)
    repair = order_of(office, incident, "repair")
    office.done(f"/api/work-orders/{repair}/assign", {"crew": "C2"})
    office.clock.move(minutes=40)
    visit = console(visits, f"#{incident}")
    expect(visit.page.locator(".part-outage .figures")).to_contain_text("4/ 4")
    expect(visit.page.locator(".part-outage")).to_contain_text("（H1），请通知消防部门")
    expect(visit.page.locator(".supply-step")).to_have_count(2)
    report(office, repair, ReportKind.FIELD_COMPLETE, crew="C2")
    office.clock.move(minutes=5)
    report(office, repair, ReportKind.VALVE_OPENED, valve="V-E11a", crew="C2")
    visit.page.evaluate("mainbreak.refresh()")
    expect(visit.page.locator(".supply-step.is-open")).to_contain_text("恢复 4 户")
    expect(visit.page.locator(".part-isolation")).to_contain_text("已恢复 · 还有 1 个关着")
    expect(visit.page.locator(".turn.is-opened")).to_contain_text("V-E11a")
    expect(visit.page.locator("#part-log")).to_contain_text("V-E11a 已打开")
    expect(visit.page.locator("#isolation-extent")).to_have_text("隔离管道 200 米，存水 6,283 升")
    assert not visit.overflows()
