"""What agents and dispatchers read of a crew's arrival, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from domain.users import Role
from tests.web.office import FIRST, Office
from tests.web.test_etas import under_way
from tests.web.visit import Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]

SAID = {
    "zh-CN": ("抢修人员预计 08:", "抢修人员正在途中，预计 08:", "08:", "按现位置 · "),
    "en": ("Crew expected ", "A crew is on its way, expected ", "ETA 08:", "From its position · "),
}


@pytest.mark.parametrize("language", SAID)
def test_the_range_is_read_with_its_source_and_age(
    office: Office, visits: Visits, language: str
) -> None:
    """On the desk in the banner and the script, on the console on the crew's line."""
    incident, order = under_way(office)
    line, aloud, range_, rests = SAID[language]
    desk = visits.visit(Role.AGENT, language).open("/desk")
    desk.page.keyboard.type(FIRST.phone)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#banner")).to_contain_text(line)
    expect(desk.page.locator("#script .aloud")).to_contain_text(aloud)
    assert not desk.overflows()
    console = visits.visit(Role.DISPATCHER, language).open("/console")
    console.page.evaluate("id => mainbreak.set('incident', id)", incident)
    visit = console.page.locator(".visits .visit", has_text=order)
    expect(visit).to_contain_text(range_)
    expect(visit).to_contain_text(rests)
    assert not console.overflows()
