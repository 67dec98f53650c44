"""道路不通: kept on the phone, closed for everybody when it arrives, told to the crews near it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from domain.users import Role
from tests.mobile_api.field import LEAK, SHUT, Field, report
from tests.mobile_api.handset import Handset
from tests.web.small_streets import crossing, load_streets
from tests.web.visit import Visits

PATH = "/api/closures"


def place(column: float, row: float) -> dict[str, float]:
    """Return a place of the town as a phone sends it."""
    at = crossing(column, row)
    return {"lon": at.lon, "lat": at.lat}


def impassable(number: int, **more: Any) -> dict[str, Any]:
    """Return a report that the middle street cannot be passed."""
    return report(number, "road_impassable", **(place(1.5, 1) | {"reason": "flood"} | more))


@pytest.fixture
def town(field: Field) -> Field:
    """Return the field with its streets."""
    with field.house.home.writing("test") as work:
        load_streets(work)
    return field


def closures(field: Field) -> list[dict[str, Any]]:
    """Return what a dispatcher sees."""
    found: list[dict[str, Any]] = field.house.client(Role.DISPATCHER).get(PATH).json()["items"]
    return found


def near(field: Field) -> list[dict[str, Any]]:
    """Return the closures that the phone is told of."""
    found: list[dict[str, Any]] = field.phone.get("/api/mobile/visits").json()["closures"]
    return found


def test_it_closes_the_street_with_or_without_a_visit(town: Field) -> None:
    """Sent three times it is one closure; its incident is that of the visit."""
    told = [town.send(impassable(1))[0]["outcome"] for _ in range(3)]
    assert told == ["applied"] * 3
    assert town.send(impassable(2, work_order="", **place(1.5, 3)))[0]["outcome"] == "applied"
    first, second = closures(town)
    assert (first["crew"], first["incident"], first["street"]) == ("C2", "E0001", "人民路")
    assert (second["crew"], second["incident"], second["street"]) == ("C2", None, "学府路")
    assert town.send(report(3, "on_site", order=""))[0]["field"] == "work_order"


def test_nothing_of_it_moves_the_visit(town: Field) -> None:
    """A crew that stands before a flood is still on its way."""
    before = town.visits()[SHUT]["state"]
    town.send(impassable(1))
    assert town.visits()[SHUT]["state"] == before


def test_without_streets_it_is_kept_and_shown(field: Field) -> None:
    """The dispatcher's tray has it; nothing is closed."""
    (told,) = field.send(impassable(1))
    assert told["outcome"] == "conflict"
    assert told["conflict"]["zh-CN"] == "没有导入道路，未能封路。"
    tray = field.house.client(Role.DISPATCHER).get("/api/conflicts").json()["items"]
    assert [one["kind"] for one in tray] == ["road_impassable"]
    assert closures(field) == []


def test_a_phone_hears_of_what_is_near_its_way(town: Field) -> None:
    """Its own always; another one only where the crew drives, and not once it is over."""
    client = town.house.client(Role.DISPATCHER)
    until = (town.house.clock() + timedelta(hours=1)).isoformat()
    client.post(PATH, json={"at": place(1.5, 1), "reason": "works", "until": until})
    town.house.clock.move(minutes=1)
    town.send(impassable(1, **place(0, 1.5)))
    own, other = near(town)
    assert (own["own"], own["street"], own["entry"]) == (True, "东湖街", False)
    assert (other["own"], other["visits"]) == (False, [f"{SHUT}.1", f"{LEAK}.1"])
    assert other["lines"]
    town.house.clock.move(hours=1)
    assert [one["id"] for one in near(town)] == [own["id"]]


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_said_without_a_network_it_closes_the_street_when_it_arrives(
    phones: Visits, town: Field
) -> None:
    """Where the phone is, in two taps; it waits in the outbox, and closes once."""
    at = crossing(1.5, 2.02)
    here = {"latitude": at.lat, "longitude": at.lon}
    phone = Handset(phones, geolocation=here, permissions=["geolocation"])
    phone.page.wait_for_function("mainbreak.crew.position.last")
    phone.cut()
    phone.press("道路不通")
    phone.shows("就在我现在的位置", "#sheet")
    phone.page.get_by_text("塌陷").click()
    phone.page.fill("#sheet textarea", "路面塌了")
    phone.press("报告并封路")
    phone.line("待发 1")
    assert phone.waiting() == ["road_impassable"]
    assert closures(town) == []
    phone.join()
    phone.sync()
    (made,) = closures(town)
    assert (made["street"], made["reason"], made["note"]) == ("解放路", "collapse", "路面塌了")
    phone.shows("塌陷 · 路面塌了")
    phone.go("today")
    phone.shows("解放路 · 封闭")
    phone.shows("我班报告")


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_visit_that_is_gone_tells_of_itself_not_of_the_road(phones: Visits, town: Field) -> None:
    """The road that was reported from it is no last word about the visit."""
    at = crossing(1.5, 2.02)
    here = {"latitude": at.lat, "longitude": at.lon}
    phone = Handset(phones, geolocation=here, permissions=["geolocation"])
    phone.page.wait_for_function("mainbreak.crew.position.last")
    phone.go(f"visit/{SHUT}.1")
    phone.press("接受")
    phone.press("道路不通")
    phone.press("报告并封路")
    phone.sync()
    phone.go(f"visit/{SHUT}.9")
    expect(phone.page.locator(".empty b")).to_have_text("接受")


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("language", "theme"), [("zh-CN", "light"), ("en", "dark")])
def test_without_a_position_the_road_is_tapped_on_the_map(
    phones: Visits, town: Field, language: str, theme: str
) -> None:
    """Large enough for a glove in both languages; leaving the map leaves the question."""
    phone = Handset(phones, language, color_scheme=theme)
    road = phone.page.locator("[data-key='today.road']")
    road.click()
    note = phone.page.locator(".map-note")
    expect(note).to_be_visible()
    assert phone.small() == []
    phone.go("today")
    phone.go("map")
    expect(note).to_have_count(0)
    phone.go("today")
    road.click()
    expect(note).to_be_visible()
    find = "mainbreak.theMap.latLngToContainerPoint"
    at = crossing(1.5, 1)
    phone.page.evaluate(f"mainbreak.theMap.setView([{at.lat}, {at.lon}], 16)")
    there = f"const at = {find}([{at.lat}, {at.lon}]); return [at.x, at.y];"
    x, y = phone.page.evaluate(f"(() => {{ {there} }})()")
    box = phone.page.locator("#map").bounding_box()
    assert box
    phone.page.mouse.click(box["x"] + x, box["y"] + y)
    expect(phone.page.locator("#sheet .choice")).to_have_count(6)
    assert phone.small() == []
    phone.page.locator("#sheet .act.is-primary").click()
    expect(phone.page.locator("#toast")).to_be_visible()
    assert phone.waiting() == ["road_impassable"]
