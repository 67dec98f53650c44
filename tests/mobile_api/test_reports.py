"""Reports: kept once, in order, whatever they say; a bad one stops no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from domain.reports import ReportKind
from mobile_api.bodies import MOST_ITEMS
from tests.mobile_api.field import LEAK, MEND, SHUT, Field, report
from tests.web.house import House

PATH = "/api/mobile/reports"


def post(phone: TestClient, body: Any) -> tuple[int, dict[str, Any]]:
    """Return status and document of one report."""
    answer = phone.post(PATH, json=body)
    return answer.status_code, answer.json()


def a_day(field: Field) -> list[dict[str, Any]]:
    """Return what a crew reports of the burst, from the acceptance to the end."""
    first, second, *others = field.close()
    return [
        report(1, "accepted"),
        report(2, "en_route", lon=113.902, lat=30.302),
        report(3, "on_site"),
        report(4, "paused", reason="等配件"),
        report(5, "on_site"),
        report(6, "valve_closed", isolation_valve=first),
        report(7, "valve_stuck", isolation_valve=second, reason="转不动"),
        *(report(10 + n, "valve_closed", isolation_valve=one) for n, one in enumerate(others)),
        report(90, "field_complete"),
    ]


def test_a_report_takes_effect(field: Field) -> None:
    """201, and the next reading shows it."""
    status, told = post(field.phone, report(1, "accepted"))
    assert status == 201
    assert told == {"id": str(UUID(int=1)), "outcome": "applied", "conflict": None}
    assert field.visits()[SHUT]["state"] == "accepted"


def test_each_report_sent_three_times_changes_nothing_more(field: Field) -> None:
    """One by one, then all in a batch, then one by one: the same answers, no further event."""
    day = a_day(field)
    first = [post(field.phone, one) for one in day]
    assert {status for status, _ in first} == {201}
    state, events = field.state(), field.last_event()
    again = field.send(*day)
    third = [post(field.phone, one) for one in day]
    assert {status for status, _ in third} == {200}
    assert [told for _, told in first] == again == [told for _, told in third]
    assert field.state() == state
    assert field.last_event() == events
    assert len(state["reports"]) == len(day)


def test_a_batch_equals_its_reports_one_by_one(field: Field) -> None:
    """In the order given; the same report twice in one batch counts once."""
    day = a_day(field)
    doubled = [one for pair in zip(day, day, strict=True) for one in pair]
    told = field.send(*doubled)
    assert told[::2] == told[1::2]
    assert {one["outcome"] for one in told} == {"applied"}
    assert len(field.state()["reports"]) == len(day)


def test_a_bad_item_is_refused_and_stops_no_other(field: Field) -> None:
    """The sentence names the field in both languages; what stands around it is kept."""
    bad = report(2, "en_route", lon=181.0)
    before, refused, after = field.send(report(1, "accepted"), bad, report(3, "on_site"))
    assert (before["outcome"], after["outcome"]) == ("applied", "applied")
    assert (refused["outcome"], refused["field"]) == ("refused", "lon")
    assert refused["detail"]["zh-CN"].startswith("lon：")
    status, problem = post(field.phone, bad)
    assert (status, problem["field"]) == (422, "lon")
    assert problem["detail"] == refused["detail"]["en"]


def test_what_is_no_report_at_all_is_refused(field: Field) -> None:
    """In a batch as alone."""
    nothing: list[Any] = [None, 17, "accepted", [], {}]
    *refused, kept = field.send(*nothing, report(1, "accepted"))
    assert [(one["outcome"], one["id"]) for one in refused] == [("refused", None)] * len(nothing)
    assert kept["outcome"] == "applied"
    assert {post(field.phone, item)[0] for item in nothing} == {422}


def test_a_batch_is_a_list(field: Field) -> None:
    """Anything else is one problem that says so."""
    bodies: list[Any] = [None, [], {}, {"items": {}}, {"items": "all"}]
    answers = [field.phone.post(f"{PATH}/batch", json=body) for body in bodies]
    assert {answer.status_code for answer in answers} == {422}
    types = {answer.headers["content-type"] for answer in answers}
    assert types == {"application/problem+json"}


def test_too_long_a_batch_is_refused_whole(field: Field) -> None:
    """Its sentence says how many are taken."""
    many = {"items": [report(n, "accepted") for n in range(MOST_ITEMS + 1)]}
    answer = field.phone.post(f"{PATH}/batch", json=many)
    assert answer.status_code == 422
    assert str(MOST_ITEMS) in answer.json()["detail"]
    assert field.state()["reports"] == []


def test_a_wrong_clock_loses_no_report(field: Field) -> None:
    """The time is kept as given, with when it was received beside it."""
    said = ("1970-01-01T00:00:00+00:00", "2099-12-31T23:59:59+08:00", "9998-12-31T12:00:00-12:00")
    told = field.send(*(report(n, "accepted", device_time=at) for n, at in enumerate(said)))
    assert {one["outcome"] for one in told} <= {"applied", "conflict"}
    kept = field.phone.get(PATH).json()["items"]
    times = [datetime.fromisoformat(one["device_time"]) for one in reversed(kept)]
    assert times == [datetime.fromisoformat(at) for at in said]
    assert {one["received_at"] for one in kept} == {field.house.clock().isoformat()}


def test_what_is_not_the_crews_is_kept_as_a_conflict(field: Field) -> None:
    """Another crew's order, one that never was: kept, explained, without effect."""
    before, orders = field.state(), (MEND, "W9999", "没有这个")
    for number, order in enumerate(orders):
        status, told = post(field.phone, report(number, "on_site", order=order))
        assert (status, told["outcome"]) == (201, "conflict")
        assert set(told["conflict"]) == {"zh-CN", "en"}
        assert order in told["conflict"]["zh-CN"]
    after = field.state()
    assert len(after.pop("reports")) == len(orders)
    before.pop("reports")
    assert after == before


def test_a_report_without_what_it_needs_is_still_kept(field: Field) -> None:
    """Without its reason, or its isolation valve, it goes to dispatch."""
    kinds = ("declined", "paused", "cannot_complete", "valve_closed", "valve_stuck")
    told = field.send(*(report(n, kind) for n, kind in enumerate(kinds)))
    assert {one["outcome"] for one in told} == {"conflict"}
    assert len(field.state()["reports"]) == len(kinds)


def test_half_a_position_is_no_position(field: Field) -> None:
    """The report counts without it."""
    (told,) = field.send(report(1, "accepted", lon=113.9))
    assert told["outcome"] == "applied"
    (kept,) = field.phone.get(PATH).json()["items"]
    assert (kept["lon"], kept["lat"]) == (None, None)


def test_every_kind_of_report_is_taken(field: Field) -> None:
    """No kind of the domain is unknown at the door, in whatever order they come."""
    items = [
        report(n, kind.value, order=LEAK, reason="试", isolation_valve=field.close()[0])
        for n, kind in enumerate(ReportKind)
    ]
    told = field.send(*items)
    assert {one["outcome"] for one in told} <= {"applied", "conflict"}
    assert len(field.state()["reports"]) == len(ReportKind)


def test_an_id_another_crew_used_is_refused(field: Field) -> None:
    """Neither crew's report is shown to the other."""
    field.send(report(1, "accepted"))
    with field.house.home.admitting("test") as work:
        work.users.save(replace(work.users.get("crew"), crew="C1"))
    status, problem = post(field.house.phone(), report(1, "on_site", order=MEND))
    assert (status, problem["field"]) == (422, "id")
    assert field.house.phone().get(PATH).json()["items"] == []


def test_own_reports_newest_first_in_pages(field: Field) -> None:
    """A page names the next one; behind the last there is none."""
    day = a_day(field)
    field.send(*day)
    found: list[str] = []
    after: str | None = None
    while True:
        query = {"limit": 3} | ({"after": after} if after else {})
        page = field.phone.get(PATH, params=query).json()
        found += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert found == [one["id"] for one in reversed(day)]
    assert field.phone.get(PATH, params={"after": "nothing"}).status_code == 404
    assert field.phone.get(PATH, params={"limit": 0}).status_code == 422


def test_a_report_is_kept_with_all_it_said(field: Field) -> None:
    """Reason, place and time come back as they were sent."""
    sent = report(1, "declined", reason="  车辆故障 🚧 ", lon=113.9, lat=30.3)
    field.send(sent)
    (kept,) = field.phone.get(PATH).json()["items"]
    assert (kept["kind"], kept["reason"]) == ("declined", "车辆故障 🚧")
    assert (kept["lon"], kept["lat"]) == (113.9, 30.3)
    assert (
        kept["device_time"]
        == datetime.fromisoformat(sent["device_time"]).astimezone(UTC).isoformat()
    )


def test_without_a_network_the_report_stays_in_the_phone(house: House) -> None:
    """503: nothing is wrong with the report, so it is not refused."""
    answer = house.phone().post(f"{PATH}/batch", json={"items": [report(1, "accepted")]})
    assert answer.status_code == 503
