"""The console on many calls: suspects, who does not fit, tickets sorted by hand, what is major."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from domain.reports import ReportKind
from domain.users import Role
from tests.web import small_town
from tests.web.office import ELSEWHERE, Office
from tests.web.test_console import on_site, report
from tests.web.visit import Visit, Visits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]

#: Everybody on the burst's pipe, and one on the next.
NEIGHBOURS, BEYOND = small_town.homes_on(small_town.BURST_PIPE), small_town.homes_on("N11")[0]


def console(
    visits: Visits, anchor: str, role: Role = Role.DISPATCHER, language: str = "zh-CN"
) -> Visit:
    """Return the console with an incident selected and its story read."""
    visit = visits.visit(role, language).open(f"/console#{anchor}")
    expect(visit.page.locator(".part-whose")).to_be_visible()
    return visit


def major(office: Office) -> str:
    """Return an incident that five premises report within an hour."""
    first = office.burst()
    for one in (NEIGHBOURS[0], NEIGHBOURS[3]):
        office.call(premises=one.id, text="家里没水了")
    office.call(premises=BEYOND.id, text="没水了", incident=first)
    return first


def of_incident(office: Office, incident: str) -> list[str]:
    """Return the tickets of an incident."""
    return [one["id"] for one in office.story(incident)["tickets"]]


def test_a_major_incident_is_told_until_somebody_knows(office: Office, visits: Visits) -> None:
    """A banner for the manager, gone with N; the mark stays; the public page says none of it."""
    incident = major(office)
    visit = console(visits, incident, Role.MANAGER)
    banner = visit.page.locator("#major")
    expect(banner).to_contain_text(f"重大事件 {incident}")
    expect(banner).to_contain_text("60 分钟内 5 户报修")
    assert "重大" in visit.text(f"#incident-{incident} .marks")
    assert visit.unnamed() == []
    assert not visit.overflows()
    visit.page.keyboard.press("n")
    expect(banner).to_be_hidden()
    expect(visit.page.locator("#part-log")).to_contain_text("已知悉重大事件")
    assert "60 分钟内 5 户报修" in visit.text("#panel .chips")
    public = visits.visit().open("/outages")
    for inner in ("重大", "可能损坏", "责任", incident, "家里没水"):
        assert inner not in public.page.content(), inner


def test_suspects_are_listed_by_their_chance(office: Office, visits: Visits) -> None:
    """The likeliest first with its percent, in a list that points at the map and its legend."""
    incident = office.burst()
    visit = console(visits, incident, language="en")
    first = visit.page.locator(".suspect").first
    expect(first).to_contain_text(small_town.BURST_PIPE)
    expect(first).to_contain_text("%")
    assert "who called and who did not" in visit.text(".part-location")
    first.focus()
    assert visit.page.evaluate("mainbreak.state.suspect") == small_town.BURST_PIPE
    visit.page.keyboard.press("Enter")
    assert "May have failed" in visit.text("#legend")


def test_responsibility_is_adopted_or_decided(office: Office, visits: Visits) -> None:
    """A digger: third party, with the evidence to take; another choice needs a reason."""
    call = office.call(premises=NEIGHBOURS[1].id, text="挖掘机把水管挖断了，水喷得老高")
    incident = call["incident"]["id"]
    visit = console(visits, incident)
    assert "建议：第三方" in visit.text(".part-whose")
    assert "施工许可证号" in visit.text(".proofs")
    visit.page.click("[data-action=whose-adopt]")
    expect(visit.page.locator("#part-log")).to_contain_text("责任归第三方")
    assert office.story(incident)["responsibility"]["decided"] == "third_party"
    visit.page.click("[data-action=whose]")
    visit.page.get_by_role("button", name="供水单位").click()
    visit.page.fill(".reason-input", "我方工地未交底")
    visit.page.press(".reason-input", "Enter")
    expect(visit.page.locator(".part-whose .reason")).to_have_text("我方工地未交底")


def test_tickets_are_split_moved_and_put_back(office: Office, visits: Visits) -> None:
    """Ticks and keys alone: a split, its undo in the toast, a move to the incident in the list."""
    incident = major(office)
    other = office.call(premises=ELSEWHERE.id, text="水表漏水")["incident"]["id"]
    before = of_incident(office, incident)
    visit = console(visits, incident)
    visit.page.keyboard.press("u")
    expect(visit.page.locator(".regroup input").first).to_be_focused()
    for row in (2, 3):
        visit.page.locator(".regroup input").nth(row).check()
    visit.page.click("[data-action=regroup-own]")
    expect(visit.page.locator("#toast")).to_contain_text("2 单已拆成")
    assert of_incident(office, incident) == [before[0], before[1], before[4]]
    visit.page.click("#toast button")
    expect(visit.page.locator("#toast")).to_have_text("已撤销")
    assert of_incident(office, incident) == before
    visit.page.keyboard.press("u")
    visit.page.locator(".regroup input").nth(4).check()
    visit.page.locator("[data-action=regroup-move]").press("Enter")
    expect(visit.page.locator(".target").first).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".regroup")).to_contain_text(f"1 单移到 {other}")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#part-log")).to_contain_text(f"由人从 {incident} 移到 {other}")
    visit.page.keyboard.press("Control+z")
    expect(visit.page.locator("#toast")).to_have_text("已撤销")
    assert of_incident(office, incident) == before


def test_incidents_are_merged_on_the_map(office: Office, visits: Visits) -> None:
    """The other one is clicked, the consequence said; later its number leads to where it went."""
    incident = office.burst()
    other = office.call(premises=ELSEWHERE.id, text="水表漏水")["incident"]["id"]
    visit = console(visits, other)
    visit.page.keyboard.press("u")
    visit.page.click("[data-action=regroup-merge]")
    visit.page.keyboard.press("f")
    visit.page.evaluate("mainbreak.theMap.setZoom(15, { animate: false })")
    visit.page.locator(".spot .burst").click()
    expect(visit.page.locator(".regroup")).to_contain_text(f"{other} 的报修单全部归 {incident}")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#panel .panel-title")).to_contain_text(incident)
    assert office.story(other)["merged_into"] == incident
    visit.page.evaluate(f"mainbreak.set('incident', '{other}')")
    expect(visit.page.locator("#panel")).to_contain_text(f"已并入 {incident}")
    visit.page.get_by_role("button", name=f"已并入 {incident}").click()
    expect(visit.page.locator("#panel .panel-title")).to_contain_text(incident)


def test_a_refusal_says_what_to_do_instead(office: Office, visits: Visits) -> None:
    """A crew is on site: the incident stays, one line says which way round, nothing is lost."""
    incident, _ = on_site(office)
    other = office.call(premises=ELSEWHERE.id, text="水表漏水")["incident"]["id"]
    visit = console(visits, incident)
    visit.forgiven = ("Failed to load resource",)
    visit.page.keyboard.press("u")
    visit.page.click("[data-action=regroup-merge]")
    visit.page.locator(".target").first.click()
    visit.page.click("[data-action=regroup-go]")
    said = f"{incident} 已开工，不能并入别的事件。请改为把 {other} 并入 {incident}。"
    expect(visit.page.locator(".regroup .alert")).to_have_text(said)
    assert office.story(incident)["state"] == "confirmed"


def test_who_does_not_fit_is_marked_and_taken_in(office: Office, visits: Visits) -> None:
    """A ticket that the burst does not explain: the reason, a mark on the map, one click."""
    incident = office.burst()
    lone = office.call(premises=ELSEWHERE.id, text="水表漏水")
    other, ticket = lone["incident"]["id"], lone["ticket"]["id"]
    reason = {"zh-CN": "可能是户内故障", "en": "perhaps an indoor fault"}

    def doubt(route: Route) -> None:
        """Answer with the story as it is, and with the ticket in doubt wherever it is now."""
        answer = route.fetch()
        told = answer.json()
        here = any(one["id"] == ticket for one in told["tickets"])
        where = incident if here else other
        told["outliers"] = [{"ticket": ticket, "incident": where, "reason": reason}]
        route.fulfill(response=answer, json=told)

    visit = visits.visit(Role.DISPATCHER, "en")
    visit.page.route(f"**/api/incidents/{incident}", doubt)
    visit.open(f"/console#{incident}")
    outlier = visit.page.locator(".outlier")
    expect(outlier).to_contain_text(f"now in {other}")
    expect(outlier).to_contain_text("indoor fault")
    expect(visit.page.locator(".outlier-spot")).to_have_count(1)
    outlier.get_by_role("button", name="Attach here").click()
    expect(visit.page.locator("#toast")).to_contain_text(f"Moved to {incident}")
    outlier.get_by_role("button", name="Incident of its own").click()
    expect(visit.page.locator("#toast")).to_contain_text(f"{ticket} is now")
    visit.page.unroute_all(behavior="ignoreErrors")
    assert ticket not in of_incident(office, incident)


def test_still_out_after_the_repair_goes_on_as_a_child(office: Office, visits: Visits) -> None:
    """Called back at the desk: still dry. The child says from what it goes on, and leads there."""
    incident = office.call(premises=ELSEWHERE.id, text="水表漏水")["incident"]["id"]
    (order,) = office.story(incident)["work_orders"]
    office.done(f"/api/work-orders/{order['id']}/assign", {"crew": "C3"})
    states = ("ACCEPTED", "EN_ROUTE", "ON_SITE", "FIELD_COMPLETE")
    report(office, order["id"], *(ReportKind[one] for one in states), crew="C3")
    desk = visits.visit(Role.AGENT).open("/desk")
    desk.page.click("#tab-callbacks")
    desk.page.locator("#rows .row").click()
    desk.page.click("#still-out")
    expect(desk.page.locator(".toast")).to_contain_text("仍没水，已归后续事件")
    child = office.get("/api/incidents").json()["items"][-1]
    assert child["parent"] == incident
    visit = console(visits, child["id"])
    visit.page.get_by_role("button", name=f"源自 {incident}").click()
    expect(visit.page.locator("#panel .panel-title")).to_contain_text(incident)
    visit.page.get_by_role("button", name=f"后续 {child['id']}").click()
    expect(visit.page.locator("#panel .panel-title")).to_contain_text(child["id"])


def test_a_ticket_is_placed_by_number(office: Office, visits: Visits) -> None:
    """Its words are not sure enough: the candidates stand there; another look-up, 1, Enter."""
    office.burst()
    office.call(text="水很小，仁民路25号附近")
    visit = visits.visit(Role.DISPATCHER).open("/console#day")
    visit.page.click("#unplaced button")
    assert "仁民路→人民路" in visit.text("#panel .candidates")
    expect(visit.page.locator(".candidate-spot").first).to_be_attached()
    visit.page.fill(".ask-place", ELSEWHERE.address)
    visit.page.press(".ask-place", "Enter")
    expect(visit.page.locator(".candidate").first).to_contain_text(ELSEWHERE.address)
    visit.page.locator("#panel").focus()
    visit.page.keyboard.press("1")
    expect(visit.page.locator("[data-action=place]")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#unplaced")).to_be_empty()
