"""Until when supply is back at the latest, wherever the likely time is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from domain.incidents import Etr, EtrSource
from domain.users import Role
from tests.web.office import FIRST, Office
from tests.web.visit import Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]


def test_desk_public_page_and_console_show_both_times(office: Office, visits: Visits) -> None:
    """An agent also reads how sure that is and by what; in public the times stand alone."""
    office.burst()
    with office.home.writing("test") as work:
        (outage,) = work.outages.active()
        now = office.clock()
        at, latest = now + timedelta(hours=2), now + timedelta(hours=3, minutes=10)
        etr = Etr(at, EtrSource.PLAN, now, latest)
        work.outages.save([replace(outage, etr=etr)])
        work.commit()
    zone = office.home.settings.tzinfo
    likely, late = (f"{one.astimezone(zone):%H:%M}" for one in (at, latest))
    desk = visits.visit(Role.AGENT).open("/desk")
    desk.page.fill("#asked", FIRST.address)
    desk.page.press("#asked", "Enter")
    expect(desk.page.locator("#banner")).to_contain_text(likely)
    expect(desk.page.locator("#banner")).to_contain_text(f"最迟 {late}")
    expect(desk.page.locator("#script")).to_contain_text(f"最迟{late}（九成把握，按预设工时推算）")
    public = visits.visit().open("/outages")
    public.page.fill("#address", FIRST.address)
    public.page.click("#check")
    expect(public.page.locator("#answer")).to_contain_text(f"最迟 {late}")
    expect(public.page.locator("#answer")).not_to_contain_text("预设工时")
    expect(public.page.locator("#all")).to_contain_text(f"最迟 {late}")
    console = visits.visit(Role.DISPATCHER, "en").open("/console")
    expect(console.page.locator("#panel")).to_contain_text(f"by {late} at the latest")
