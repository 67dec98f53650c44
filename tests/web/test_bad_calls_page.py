"""Bad input on the pages: what people wrote is shown as they wrote it, and does nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from domain.users import Role
from tests.web.bad_calls import HTML, KEPT, LONG
from tests.web.office import ELSEWHERE, FIRST, Office
from tests.web.visit import Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]

#: What the words in HTML would have done to the page.
DONE = "document.title === '666' || [...document.images].some((one) => one.src.endsWith('/x'))"


def take_all(office: Office) -> str:
    """Take every bad call, some of them where an incident is; return that incident."""
    incident = office.burst()
    for call in KEPT.values():
        office.call(**call)
    at = {"lon": FIRST.location.lon, "lat": FIRST.location.lat}
    for call in (KEPT["HTML"], KEPT["SQL"], KEPT["10,000 characters"], KEPT["marks of direction"]):
        office.call(**{**call, "position": at, "incident": incident})
    return incident


def unharmed(visit: Visit) -> None:
    """Nothing that was written ran, and the page is as wide as its window."""
    assert visit.page.evaluate(DONE) is False
    assert not visit.overflows()


def test_the_console_shows_words_as_words(office: Office, visits: Visits) -> None:
    """The list, the panel of an incident with such tickets, and its log."""
    incident = take_all(office)
    office.call(**{**KEPT["HTML"], "position": {"lon": 113.9061, "lat": 30.3061}})
    visit = visits.visit(Role.DISPATCHER).open(f"/console#{incident}")
    expect(visit.page.locator("#panel")).to_contain_text(incident)
    for row in visit.page.locator("#incidents .row").all():
        row.click()
        expect(visit.page.locator("#panel")).not_to_be_empty()
        unharmed(visit)
    expect(visit.page.locator("body")).to_contain_text("<img src=x")


def test_the_desk_shows_words_as_words(office: Office, visits: Visits) -> None:
    """Both lists, an opened ticket, and a search for it."""
    take_all(office)
    visit = visits.visit(Role.AGENT).open("/desk")
    for tab in ("#tab-unplaced", "#tab-recent"):
        visit.page.click(tab)
        expect(visit.page.locator("#rows .row").first).to_be_visible()
        unharmed(visit)
    visit.page.locator("#rows .row", has_text="<img src=x").first.click()
    expect(visit.page.locator("body")).to_contain_text(HTML[:20])
    unharmed(visit)
    for asked in (HTML, "(" * 5_000, LONG[:9_000]):
        visit.page.keyboard.press("Escape")
        visit.page.fill("#asked", asked)
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("#banner:visible, #choices:visible").first).to_be_visible()
        unharmed(visit)
        expect(visit.page.locator("#make")).to_be_in_viewport()
    assert visit.page.input_value("#f-address") == asked


def test_a_long_text_is_saved_whole_from_the_page(office: Office, visits: Visits) -> None:
    """No field cuts what is pasted; what is too long for the server stays, and it says how long."""
    visit = visits.visit(Role.AGENT).open("/desk")
    visit.page.fill("#f-address", ELSEWHERE.address)
    visit.page.fill("#f-text", LONG)
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#result")).to_be_visible()
    (taken,) = office.get("/api/tickets", state="all").json()["items"]
    assert office.get(f"/api/tickets/{taken['id']}").json()["text"] == LONG
    visit.page.keyboard.press("Escape")
    visit.forgiven = ("Failed to load resource",)
    visit.page.evaluate("document.getElementById('f-text').removeAttribute('maxlength')")
    visit.page.fill("#f-text", "x" * 20_001)
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#fault")).to_contain_text("20000")
    assert visit.page.input_value("#f-text") == "x" * 20_001
