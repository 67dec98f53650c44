"""The crews' page in the browser: nothing reported is lost, all of it is seen at once."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from domain.states import VisitState
from tests.mobile_api.field import LEAK, SHUT, Field
from tests.mobile_api.handset import BATCH, Handset
from tests.web.visit import Visits

pytestmark = pytest.mark.browser


def kinds(field: Field) -> list[str]:
    """Return what the server has of crew C2, in the order of its device times."""
    with field.house.home.reading() as work:
        return [one.kind.value for one in work.reports.of_crew("C2")]


def test_reports_made_without_a_network_arrive_once_in_order(phones: Visits, field: Field) -> None:
    """They show at once, survive a reload, and a lost answer doubles none of them."""
    phone = Handset(phones)
    phone.cut()
    phone.drive_there()
    phone.shows("到场")
    phone.go(f"valves/{SHUT}.1")
    phone.press("已关到底")
    phone.shows("已关")
    phone.press("关不动")
    phone.page.locator(".choice").first.click()
    phone.press("报告")
    made = ["accepted", "en_route", "on_site", "valve_closed", "valve_stuck"]
    phone.line(f"待发 {len(made)}")
    assert phone.waiting() == made
    assert kinds(field) == []

    phone.hold_reports()
    phone.join()
    phone.seen.open("/crew#outbox")
    phone.page.reload()
    phone.page.wait_for_selector("html[data-ready]", state="attached")
    assert phone.waiting() == made
    phone.go(f"visit/{SHUT}.1")
    phone.shows("到场")

    phone.lose_answers(2)
    phone.sync()
    assert phone.waiting() == []
    assert kinds(field) == made
    states = [step["state"] for step in field.visits()[SHUT]["isolation"]["order"]]
    assert states[:2] == ["closed", "stuck"]


def test_a_report_can_be_undone_until_it_is_sent(phones: Visits, field: Field) -> None:
    """A slip of the thumb costs nothing; what was sent says that it stays."""
    phone = Handset(phones)
    phone.cut()
    phone.press("接受")
    phone.shows("接受", "#toast")
    phone.press("撤销")
    assert phone.waiting() == []
    phone.join()
    phone.press("接受")
    phone.sync()
    assert kinds(field) == ["accepted"]
    expect(phone.page.get_by_role("button", name="撤销")).to_have_count(0)
    phone.shows("不能撤销")


def test_what_contradicts_is_said_to_be_kept(phones: Visits, field: Field) -> None:
    """Dispatch took the work back while the crew was without a network."""
    phone = Handset(phones)
    phone.cut()
    phone.press("接受")
    with field.house.home.writing("test") as work:
        visit = work.visits.get(f"{SHUT}.1")
        planned = replace(visit.planned, state=VisitState.CANCELLED)
        work.visits.save([replace(visit, planned=planned)])
    phone.join()
    phone.go("outbox")
    phone.press("现在同步")
    phone.shows("您的报告已保留，调度会答复您")
    phone.go("today")
    phone.shows("1 项由调度处理")
    expect(phone.page.locator("#screen")).not_to_contain_text(SHUT)
    phone.shows(LEAK)


def test_a_log_in_that_ended_loses_nothing(phones: Visits, field: Field) -> None:
    """The page stays, keeps the report, and asks to log in again."""
    phone = Handset(phones)
    with field.house.home.admitting("test") as work:
        work.sessions.revoke_all("crew")
    phone.press("接受")
    phone.go("outbox")
    phone.press("现在同步")
    phone.line("重新登录")
    assert phone.waiting() == ["accepted"]
    assert phone.page.locator("#line").get_attribute("href") == "/login?next=%2Fcrew"


def test_one_unreadable_report_stops_no_other(phones: Visits, field: Field) -> None:
    """A request that cannot be read as a whole is taken apart."""
    phone = Handset(phones)
    phone.cut()
    phone.drive_there()
    script = """() => {
        const { key } = mainbreak.crew.outbox.all()[1];
        const item = JSON.parse(localStorage[key]);
        localStorage[key] = JSON.stringify({ ...item, reason: "\\ud800" });
    }"""
    phone.page.evaluate(script)
    phone.join()
    phone.go("outbox")
    phone.press("现在同步")
    phone.shows("未被接受")
    phone.line("全部发出")
    assert kinds(field) == ["accepted", "on_site"]


def test_reasons_are_asked_before_a_refusal(phones: Visits, field: Field) -> None:
    """Without one nothing is kept; with one it reaches the server."""
    phone = Handset(phones)
    phone.press("不能去")
    phone.press("报告")
    phone.shows("请选一个原因", "#sheet")
    assert phone.waiting() == []
    phone.page.locator(".choice", has_text="车辆故障").click()
    phone.page.locator("#reason").fill("爆胎")
    phone.press("报告")
    phone.sync()
    with field.house.home.reading() as work:
        assert [one.reason for one in work.reports.all()] == ["车辆故障 · 爆胎"]


def test_the_isolation_is_walked_through_to_the_end(phones: Visits, field: Field) -> None:
    """Each closed one hands over to the next; the last word asks once more."""
    order = field.close()
    phone = Handset(phones)
    phone.drive_there()
    phone.go(f"valves/{SHUT}.1")
    for n in range(len(order)):
        phone.shows(f"{n} / {len(order)}", "#title")
        phone.press("已关到底")
    phone.shows("都处理完了")
    phone.go(f"visit/{SHUT}.1")
    phone.press("完工")
    phone.shows("不能撤销", "#sheet")
    phone.page.locator("#sheet").get_by_role("button", name="完工").click()
    phone.sync()
    assert kinds(field)[-1] == "field_complete"
    assert SHUT not in field.visits()


def test_positions_are_sent_on_shift_only(phones: Visits, field: Field) -> None:
    """Where the browser allows it, and only then; they are the crew's, with their accuracy."""
    here = {"longitude": 113.9041, "latitude": 30.3043, "accuracy": 12}
    phone = Handset(phones, geolocation=here, permissions=["geolocation"])
    phone.page.wait_for_function("() => mainbreak.crew.position.last !== null")
    phone.page.evaluate("() => mainbreak.crew.position.send()")
    with field.house.home.reading() as work:
        fix = work.fixes.latest()["C2"]
    assert (fix.position.lon, fix.position.lat, fix.accuracy_m) == (113.9041, 30.3043, 12)
    field.house.clock.move(hours=14)
    late = Handset(phones, geolocation=here, permissions=["geolocation"])
    late.shows("未上班", "#title")
    assert late.page.evaluate("() => mainbreak.crew.position.last") is None


def test_the_map_is_drawn(phones: Visits) -> None:
    """Streets or pipes, the way, every isolation valve; the whole day has a door to each visit."""
    phone = Handset(phones)
    phone.go(f"visit/{SHUT}.1")
    drawn = """() => [...document.querySelectorAll(".leaflet-pipe-pane canvas")].some((from) => {
        const { width, height } = from, sheet = document.createElement("canvas");
        Object.assign(sheet, { width, height });
        const context = sheet.getContext("2d", { willReadFrequently: true });
        if (width) context.drawImage(from, 0, 0);
        return width && context.getImageData(0, 0, width, height).data.some(Boolean);
    })"""
    phone.page.wait_for_function(drawn)
    expect(phone.page.locator(".symbol.isolation").first).to_be_visible()
    phone.press("地图")
    expect(phone.page.locator(".symbol.door")).to_have_count(2)
    phone.page.locator(".symbol.door").first.dispatch_event("click")
    expect(phone.page.locator("#title")).to_contain_text("关阀")


SCREENS = ("today", "map", "outbox", f"visit/{SHUT}.1", f"valves/{SHUT}.1")


@pytest.mark.parametrize(
    ("language", "theme"), [("zh-CN", "light"), ("zh-CN", "dark"), ("en", "light"), ("en", "dark")]
)
def test_every_screen_fits_a_phone_and_a_glove(phones: Visits, language: str, theme: str) -> None:
    """Nothing wider than the phone, no target under 48 px, no text under 14, each control named."""
    phone = Handset(phones, language, color_scheme=theme)
    for screen in SCREENS:
        phone.go(screen)
        assert not phone.seen.overflows(), screen
        assert phone.small() == [], screen
        assert phone.seen.unnamed() == [], screen


def test_the_batch_is_what_the_page_sends(phones: Visits) -> None:
    """One request for all that waits, oldest first, each with id and device time."""
    phone = Handset(phones)
    phone.cut()
    phone.drive_there()
    phone.join()
    phone.go("outbox")
    with phone.page.expect_request(BATCH) as asked:
        phone.press("现在同步")
    items = json.loads(asked.value.post_data or "{}")["items"]
    assert [one["kind"] for one in items] == ["accepted", "en_route", "on_site"]
    assert len({one["id"] for one in items}) == len(items)
    assert sorted(one["device_time"] for one in items) == [one["device_time"] for one in items]


def test_valves_are_opened_again_after_the_repair(phones: Visits, field: Field) -> None:
    """Without a network too: done, then one after the other with what each gives back."""
    order = field.close()
    repair = field.repair()
    phone = Handset(phones)
    phone.go(f"visit/{repair}")
    phone.cut()
    for button in ("接受", "出发", "我到了", "完工"):
        phone.press(button)
    phone.page.locator("#sheet").get_by_role("button", name="完工").click()
    phone.press(f"开阀 0/{len(order)}")
    phone.shows("户恢复供水")
    for n in range(len(order)):
        phone.shows(f"{n} / {len(order)}", "#title")
        phone.press("已打开")
    phone.shows("都处理完了")
    phone.join()
    phone.sync()
    assert kinds(field)[-len(order) :] == ["valve_opened"] * len(order)
    with field.house.home.reading() as work:
        assert [one.state.value for one in work.outages.all()] == ["restored"]
