"""Planned shut-offs over HTTP: who may do what, what is refused, and the list."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from domain.users import Role
from tests.web.office import Json, Office, fault

PATH = "/api/planned-shutoffs"


def body(office: Office, *pipes: str, hours: float = 30, **more: object) -> Json:
    """Return work on pipes that begins in so many hours and takes four."""
    starts = office.clock.now + timedelta(hours=hours)
    window = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=4)).isoformat()}
    return {"pipes": list(pipes), "title": "更换阀门"} | window | more


def announced(office: Office, *pipes: str, **more: object) -> str:
    """Return the id of an announced shut-off."""
    name = office.done(PATH, body(office, *pipes, **more))["id"]
    office.done(f"{PATH}/{name}/approve", {}, Role.MANAGER)
    office.done(f"{PATH}/{name}/announce", {})
    return str(name)


def test_a_preview_says_what_a_draft_will_and_keeps_nothing(office: Office) -> None:
    """Consequence before button."""
    asked = office.done(f"{PATH}/preview", body(office, "E11"))
    assert office.get(PATH).json() == {"items": [], "next": None}
    kept = office.done(PATH, body(office, "E11"))
    assert asked == {name: kept[name] for name in asked}
    assert (kept["id"], kept["state"], kept["notice_h"]) == ("S0001", "draft", 24)
    assert kept["premises_count"] == 4
    assert kept["hydrants_out"] == ["H1"]
    assert "消防" in kept["warnings"][0]["zh-CN"]
    assert kept["tell_by"] == "2026-11-23T06:30:00Z"


def test_it_lives_from_draft_to_restored_and_the_log_tells_each_step(office: Office) -> None:
    """A dispatcher drafts, a manager approves; each step is an event with its actor."""
    name = announced(office, "E11")
    fault(office.post(f"{PATH}/{name}/begin", {}), 409)
    office.clock.move(hours=30)
    office.client.cache_clear()  # yesterday's log-ins have ended
    running = office.done(f"{PATH}/{name}/begin", {})
    assert running["state"] == "in_effect"
    told = office.done("/api/answer", {"premises": running["isolation"]["premises"][0]}, Role.AGENT)
    assert (told["kind"], told["outage"]) == ("no_water", name)
    ended = office.done(f"{PATH}/{name}/end", {})
    assert (ended["state"], ended["restored_at"]) == ("restored", "2026-11-24T06:30:00Z")
    fault(office.post(f"{PATH}/{name}/cancel", {}), 409)
    mine = [(one["kind"], one["actor"]) for one in office.events() if one["subject"] == name]
    assert mine == [
        ("planned_shutoff.drafted", "dispatcher"),
        ("planned_shutoff.approved", "manager"),
        ("planned_shutoff.announced", "dispatcher"),
        ("planned_shutoff.in_effect", "dispatcher"),
        ("planned_shutoff.restored", "dispatcher"),
    ]
    assert office.get(PATH).json()["items"] == []
    assert [one["id"] for one in office.get(PATH, state="all").json()["items"]] == [name]


def test_too_late_is_refused_in_a_line_until_somebody_answers_for_it(office: Office) -> None:
    """The line says by when it should have been, and which field to fill."""
    name = office.done(PATH, body(office, "E11", hours=20))["id"]
    office.done(f"{PATH}/{name}/approve", {})
    said = fault(office.post(f"{PATH}/{name}/announce", {}), 422, "late_reason")
    assert "should have been announced by 2026-11-23 04:30+08:00, 24 h before" in said
    told = office.done(f"{PATH}/{name}/announce", {"late_reason": "断阀"}, Role.MANAGER)
    assert told["state"] == "announced"


def test_what_cannot_be_is_refused(office: Office) -> None:
    """Each names its field."""
    fault(office.post(PATH, body(office, "E11", hours=-1)), 422, "starts_at")
    backwards = body(office, "E11") | {"ends_at": office.clock.now.isoformat()}
    fault(office.post(PATH, backwards), 422, "ends_at")
    fault(office.post(PATH, body(office, "E11", title="  ")), 422, "title")
    fault(office.post(PATH, body(office, "X99")), 404)
    fault(office.post(PATH, body(office, lon=100.0, lat=20.0)), 422, "lon")
    fault(office.post(PATH, body(office, "E11", inoperable=["X"])), 404)
    fault(office.post(f"{PATH}/S9/approve", {}), 404)


def test_a_draft_sent_again_is_the_same(office: Office) -> None:
    """201, then 200; another one under the id is refused."""
    mine = "0b0e5f2c-6a0e-4a0c-9a55-2f4f7c1f0001"
    sent = body(office, "E11", client_id=mine)
    first, again = office.post(PATH, sent), office.post(PATH, sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    fault(office.post(PATH, sent | {"title": "别的"}), 422, "client_id")


def test_pages_follow_the_cursor(office: Office) -> None:
    """Each is shown once."""
    names = [office.done(PATH, body(office, "E11"))["id"] for _ in range(3)]
    first = office.get(PATH, limit=2).json()
    rest = office.get(PATH, limit=2, after=first["next"]).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == names
    assert rest["next"] is None


def test_the_list_is_masked_counted_paged_and_logged(office: Office) -> None:
    """Exactly the isolation's premises; no whole phone, whoever asks."""
    kept = office.done(PATH, body(office, "E11"))
    path = f"{PATH}/{kept['id']}/premises"
    first = office.get(path, Role.AGENT, limit=3).json()
    rest = office.get(path, Role.AGENT, limit=3, after=first["next"]).json()
    rows = first["items"] + rest["items"]
    assert [one["id"] for one in rows] == kept["isolation"]["premises"]
    assert {one["phone"][3:7] for one in rows} == {"****"}
    assert first["totals"]["by_road"] == [{"road": "人民路", "premises": 4}]
    fault(office.get(path, after="nobody"), 422, "after")
    logged = [one for one in office.events() if one["kind"] == "customer.listed"]
    assert logged == []  # dispatchers do not see who looked up whom
    told = office.get("/api/events/log", Role.MANAGER, limit=500).json()["items"]
    assert sum(one["kind"] == "customer.listed" for one in told) == 3


def test_the_file_opens_in_a_spreadsheet(office: Office) -> None:
    """UTF-8 with its mark, a row each, nothing that runs."""
    name = office.done(PATH, body(office, "E11"))["id"]
    answer = office.get(f"{PATH}/{name}/premises.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="premises.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "premises"
    assert len(rows) == 5
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_everybody_reads_of_what_is_announced_roughly(office: Office) -> None:
    """No draft, no id of ours; the window stands there."""
    office.done(PATH, body(office, "E00"))
    name = announced(office, "E11", hours=40)
    items = office.get("/api/public/outages", Role.AGENT).json()["items"]
    assert [one["state"] for one in items] == ["announced"]
    (one,) = items
    assert name not in str(items)
    assert one["planned"] == {
        "starts_at": "2026-11-24T16:30:00Z",
        "ends_at": "2026-11-24T20:30:00Z",
    }
    assert one["premises_count"] == 10
    assert one["polygon"]
