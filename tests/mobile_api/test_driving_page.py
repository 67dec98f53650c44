"""The way in words on the crew's page, without a network too, and the choice of the app."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.mobile_api.field import LEAK, SHUT, Field
from tests.mobile_api.handset import Handset
from tests.web import small_streets
from tests.web.visit import Visits

pytestmark = pytest.mark.browser

TOLD = {
    "zh-CN": ["沿北站街行驶 450 米", "右转进入人民路", "到达目的地"],
    "en": ["Drive 450 m along 北站街", "Turn right on to 人民路", "You are there"],
}

TOTAL = {"zh-CN": "3 步 · 830 米 · 1 分", "en": "3 steps · 830 m · 1 min"}


@pytest.fixture
def field(field: Field) -> Field:
    """Return the field with the streets of its town imported."""
    with field.house.home.writing("test") as work:
        small_streets.load_streets(work)
    return field


def legs(phone: Handset) -> Locator:
    """Return the folded list."""
    return phone.page.locator(".legs")


@pytest.mark.parametrize(("language", "theme"), [("zh-CN", "dark"), ("en", "light")])
def test_the_way_is_told_row_by_row(phones: Visits, language: str, theme: str) -> None:
    """Folded with its total; opened by the keyboard it fits the phone and the glove."""
    phone = Handset(phones, language, color_scheme=theme)
    phone.go(f"visit/{SHUT}.1")
    expect(legs(phone).locator("summary")).to_contain_text(TOTAL[language])
    expect(legs(phone).locator(".leg").first).not_to_be_visible()
    legs(phone).locator("summary").press("Enter")
    expect(legs(phone).locator(".leg-do")).to_have_text(TOLD[language])
    expect(legs(phone).locator(".leg svg.arrow")).to_have_count(3)
    assert not phone.seen.overflows()
    assert phone.small() == []
    phone.page.evaluate("() => mainbreak.crew.day.refresh()")
    expect(legs(phone).locator(".leg").first).to_be_visible()


def test_the_way_is_kept_without_a_network(phones: Visits) -> None:
    """Also over a reload, also that of the next drive; there one is told nothing any more."""
    phone = Handset(phones)
    phone.page.route("**/api/mobile/visits", lambda route: route.abort())
    phone.page.reload()
    phone.page.wait_for_selector("html[data-ready]", state="attached")
    phone.cut()
    phone.go(f"visit/{SHUT}.1")
    legs(phone).locator("summary").click()
    expect(legs(phone).locator(".leg-do")).to_have_text(TOLD["zh-CN"])
    expect(legs(phone).locator(".meta").last).to_contain_text("从您")
    for button in ("接受", "出发", "我到了"):
        phone.press(button)
    expect(legs(phone)).to_have_count(0)
    phone.go(f"visit/{LEAK}.1")
    legs(phone).locator("summary").click()
    expect(legs(phone).locator(".leg-do").last).to_have_text("到达目的地")
    expect(legs(phone).locator(".meta").last).to_have_text("从上一处作业点算起")
    phone.join()


def test_on_the_way_the_next_step_is_shown_by_the_phones_own_position(phones: Visits) -> None:
    """Without a network too; off the way it is the whole again."""
    start = {"longitude": 113.906, "latitude": 30.3045, "accuracy": 5}
    phone = Handset(phones, geolocation=start, permissions=["geolocation"])
    phone.page.wait_for_function("() => mainbreak.crew.position.last !== null")
    phone.cut()
    phone.go(f"visit/{SHUT}.1")
    head = legs(phone).locator("summary")
    expect(head).to_contain_text("行车路线")
    for button in ("接受", "出发"):
        phone.press(button)
    expect(head).to_have_text("右转进入人民路前方 280 米")
    phone.page.context.set_geolocation({"longitude": 113.9045, "latitude": 30.302001})
    expect(head).to_have_text("到达目的地前方 240 米")
    head.click()
    expect(legs(phone).locator("[aria-current=step]")).to_have_text("到达目的地")
    assert phone.small() == []
    phone.page.context.set_geolocation({"longitude": 113.9045, "latitude": 30.304})
    expect(head).to_contain_text("行车路线")
    phone.join()


def offered(phone: Handset) -> list[str]:
    """Return the apps on the sheet, in order."""
    phone.page.get_by_role("button", name=re.compile("^(Navigate|导航)$")).first.click()
    found = phone.page.locator("#sheet .stack a").all_inner_texts()
    phone.page.keyboard.press("Escape")
    return found


def test_the_apps_one_knows_come_first_and_the_last_used_before_them(phones: Visits) -> None:
    """Chinese ones for who reads Chinese; a web page opens beside this one."""
    phone = Handset(phones)
    phone.go(f"visit/{SHUT}.1")
    assert offered(phone)[:4] == ["高德地图", "百度地图", "腾讯地图", "谷歌地图"]
    phone.page.get_by_role("button", name="导航").first.click()
    tencent = phone.page.get_by_role("link", name="腾讯地图")
    assert (tencent.get_attribute("href") or "").startswith("https://apis.map.qq.com/")
    assert tencent.get_attribute("rel") == "noopener noreferrer"
    tencent.evaluate("link => { link.removeAttribute('href'); link.click(); }")
    phone.page.keyboard.press("Escape")
    assert offered(phone)[0] == "腾讯地图"
    english = Handset(phones, "en")
    english.go(f"visit/{SHUT}.1")
    assert offered(english)[:2] == ["Google Maps", "OsmAnd"]


AGENTS = {
    "androidamap://navi?": "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120 Mobile",
    "iosamap://navi?": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari",
}


def test_a_phone_gets_the_apps_own_scheme(phones: Visits) -> None:
    """It opens without a network, where a web page would not."""
    for scheme, agent in AGENTS.items():
        phone = Handset(phones, user_agent=agent)
        phone.go(f"visit/{SHUT}.1")
        phone.page.get_by_role("button", name="导航").first.click()
        amap = phone.page.get_by_role("link", name="高德地图")
        assert (amap.get_attribute("href") or "").startswith(scheme)
        assert amap.get_attribute("target") is None
        expect(phone.page.get_by_role("link", name="苹果地图")).to_have_count(
            int("iPhone" in agent)
        )
