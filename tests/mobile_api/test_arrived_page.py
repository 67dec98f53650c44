"""The phone stands at the work: the page asks, one tap answers, with the instant it stood there."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.mobile_api.field import SHUT, Field, report
from tests.mobile_api.handset import Handset
from tests.web import small_streets
from tests.web.visit import Visits

pytestmark = pytest.mark.browser

WORDS = {
    "zh-CN": ("08:31 已到现场？", "08:31 到了", "我到了"),
    "en": ("On site since 08:31?", "I arrived at 08:31", "I am here"),
}


@pytest.fixture
def field(field: Field) -> Field:
    """Return the field with streets; the crew set out and stands at its work for two minutes."""
    with field.house.home.writing("test") as work:
        small_streets.load_streets(work)
    field.send(report(0, "accepted"), report(0, "en_route") | {"id": str(uuid4())})
    there = field.visits()[SHUT]["target"]
    start = small_streets.crossing(0, 0)
    for place in ({"lon": start.lon, "lat": start.lat}, there, there, there):
        at = field.house.clock().isoformat()
        fix = {"id": str(uuid4()), "device_time": at, "accuracy_m": 5} | place
        sent = field.phone.post("/api/mobile/positions", json={"items": [fix]})
        assert sent.json()["stored"] == 1
        field.house.clock.move(seconds=60)
    return field


@pytest.mark.parametrize(("language", "theme"), [("zh-CN", "light"), ("en", "dark")])
def test_one_tap_says_since_when(phones: Visits, field: Field, language: str, theme: str) -> None:
    """The question, the answer beside the ordinary button; then nothing is asked any more."""
    question, answer, ordinary = WORDS[language]
    phone = Handset(phones, language, color_scheme=theme)
    phone.shows(question)
    phone.go(f"visit/{SHUT}.1")
    phone.shows(question)
    expect(phone.page.get_by_role("button", name=ordinary, exact=True)).to_be_visible()
    assert not phone.seen.overflows()
    assert phone.small() == []
    seen = field.visits()[SHUT]["arrival_seen_at"]
    phone.press(answer)
    expect(phone.page.locator("#screen")).not_to_contain_text(question)
    phone.page.wait_for_function(
        "() => mainbreak.crew.outbox.all().every((one) => one.state === 'sent')"
    )
    visit = field.visits()[SHUT]
    assert (visit["state"], visit["arrival_seen_at"]) == ("on_site", None)
    assert datetime.fromisoformat(visit["on_site_at"]) == datetime.fromisoformat(seen)
