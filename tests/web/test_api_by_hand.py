"""Incidents and tickets put together and apart over HTTP, and each answer undone as it says."""

from __future__ import annotations

import pytest

from domain.users import Role
from tests.web import small_town
from tests.web.office import ELSEWHERE, Json, Office, fault

#: Everybody on the burst's pipe, in the order of the town, and one whom no burst there leaves dry.
NEIGHBOURS, UPSTREAM = small_town.homes_on(small_town.BURST_PIPE), small_town.homes_on("N00")[0]


def undone(office: Office, answer: Json) -> Json:
    """Return what came of the request that an answer says takes it back."""
    undo = answer["undo"]
    assert undo["method"] == "POST"
    return office.done(undo["path"], undo["body"])


def tickets(office: Office) -> dict[str, list[str]]:
    """Return the tickets of each incident that is not over."""
    return {one["id"]: one["tickets"] for one in office.get("/api/incidents").json()["items"]}


def two(office: Office) -> tuple[str, str]:
    """Return the burst's incident of two calls, and another one that stands apart by hand."""
    first = office.burst()
    ticket = office.call(premises=UPSTREAM.id, text="家里没水")["ticket"]["id"]
    other = office.done(f"/api/tickets/{ticket}/detach", {})["incident"]["id"]
    assert other != first
    return first, other


def test_a_merge_is_answered_with_its_undo(office: Office) -> None:
    """Both incidents in the answer, the unmerge behind a button, and back again."""
    first, other = two(office)
    before = tickets(office)
    answer = office.done(f"/api/incidents/{other}/merge", {"into": first})
    assert answer["incident"]["id"] == first
    assert answer["incident"]["tickets"] == [*before[first], *before[other]]
    assert (answer["other"]["state"], answer["other"]["merged_into"]) == ("merged", first)
    assert answer["undo"] == {
        "method": "POST", "path": f"/api/incidents/{other}/unmerge", "body": {},
    }  # fmt: skip
    assert office.story(first)["merged"] == [other]
    again = office.done(f"/api/incidents/{other}/merge", {"into": first})
    assert (again["changed"], again["undo"]) == (False, answer["undo"])
    back = undone(office, answer)
    assert tickets(office) == before
    assert back["undo"]["path"] == f"/api/incidents/{other}/merge"
    undone(office, back)
    assert tickets(office) == {first: [*before[first], *before[other]]}


def test_a_detached_ticket_can_be_attached_again(office: Office) -> None:
    """The request to do so is in the answer; whom a ticket belongs to is read with it."""
    first, _ = two(office)
    before = tickets(office)
    ticket = before[first][1]
    answer = office.done(f"/api/tickets/{ticket}/detach", {})
    own = answer["incident"]["id"]
    assert answer["undo"]["body"] == {"incident": first}
    assert office.get(f"/api/tickets/{ticket}").json()["incident"] == own
    assert office.done(f"/api/tickets/{ticket}/detach", {})["changed"] is False
    undone(office, answer)
    assert tickets(office) == before
    assert office.get(f"/api/tickets/{ticket}").json()["incident"] == first


def test_a_split_can_be_merged_again(office: Office) -> None:
    """Sent twice it splits once."""
    first, _ = two(office)
    before = tickets(office)
    some = {"tickets": before[first][1:]}
    answer = office.done(f"/api/incidents/{first}/split", some)
    assert answer["incident"]["tickets"] == some["tickets"]
    assert office.done(f"/api/incidents/{first}/split", some)["changed"] is False
    undone(office, answer)
    assert tickets(office) == before


def test_what_was_decided_is_in_the_log_without_people(office: Office) -> None:
    """Ids and who decided, no phone and no words."""
    first, other = two(office)
    office.done(f"/api/incidents/{other}/merge", {"into": first})
    moved = [one for one in office.story(first)["log"] if one["kind"] == "ticket.attached"]
    assert moved[0]["actor"] == "dispatcher"
    assert moved[0]["payload"] == {"incident": first, "from": other, "by_hand": True}
    (merged,) = [one for one in office.story(other)["log"] if one["kind"] == "incident.merged"]
    assert merged["payload"]["into"] == first


def test_begun_work_refuses_with_the_remedy(office: Office) -> None:
    """409 in one line; the other way round it is done."""
    first, other = two(office)
    order = next(one["id"] for one in office.story(first)["work_orders"] if one["kind"] == "repair")
    office.done(f"/api/work-orders/{order}/assign", {"crew": "C2"})
    phone = office.phone()
    body = {"id": "6f0f5a4e-0d0c-4d67-9d6a-5b3d5f0f9a11", "work_order": order, "kind": "en_route"}
    sent = phone.post(
        "/api/mobile/reports", json=body | {"device_time": office.clock().isoformat()}
    )
    assert sent.status_code == 201, sent.text
    said = fault(office.post(f"/api/incidents/{first}/merge", {"into": other}), 409)
    assert said.endswith(f"Merge {other} into {first} instead.")
    office.done(f"/api/incidents/{other}/merge", {"into": first})


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("/api/incidents/E0001/merge", {"into": "E0001"}, 422, "into"),
        ("/api/incidents/E0001/merge", {"into": "E9"}, 404, None),
        ("/api/incidents/E0001/merge", {}, 422, "into"),
        ("/api/incidents/E9/merge", {"into": "E0001"}, 404, None),
        ("/api/incidents/E0001/unmerge", {}, 409, None),
        ("/api/incidents/E0001/split", {"tickets": []}, 422, "tickets"),
        ("/api/incidents/E0001/split", {"tickets": ["T9"]}, 422, "tickets"),
        ("/api/incidents/E0001/split", {"tickets": ["T0001", "T0002"]}, 422, "tickets"),
        ("/api/incidents/E0001/acknowledge", {}, 409, None),
        ("/api/incidents/E0001/still-out", {"ticket": "T0001"}, 409, None),
        ("/api/incidents/E0001/still-out", {"ticket": "T0003"}, 422, "ticket"),
        ("/api/incidents/E0001/still-out", {"ticket": "T9"}, 404, None),
        ("/api/tickets/T9/detach", {}, 404, None),
        ("/api/tickets/T0001/attach", {"incident": "E9"}, 404, None),
        ("/api/tickets/T0001/attach", {"incident": "E0002", "x": 1}, 422, "x"),
    ],
)
def test_what_cannot_be_is_told(
    office: Office, path: str, body: Json, status: int, field: str | None
) -> None:
    """One line that names the field or the thing."""
    assert two(office) == ("E0001", "E0002")
    before = office.events()
    fault(office.post(path, body), status, field)
    assert office.events() == before


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/api/incidents/E0001/merge", {Role.DISPATCHER}),
        ("/api/incidents/E0001/unmerge", {Role.DISPATCHER}),
        ("/api/incidents/E0001/split", {Role.DISPATCHER}),
        ("/api/incidents/E0001/acknowledge", {Role.DISPATCHER, Role.MANAGER}),
        ("/api/incidents/E0001/still-out", {Role.AGENT, Role.DISPATCHER}),
        ("/api/tickets/T0001/detach", {Role.DISPATCHER}),
        ("/api/tickets/T0001/attach", {Role.DISPATCHER}),
    ],
)
def test_each_role_may_do_its_part(office: Office, path: str, may: set[Role]) -> None:
    """Who may not is told so before anything is looked at."""
    for role in (Role.AGENT, Role.DISPATCHER, Role.MANAGER, Role.CREW):
        answer = office.post(path, {"into": "E9"}, role)
        assert (answer.status_code == 403) is (role not in may), (role, answer.text)


def test_a_collective_incident_waits_to_be_acknowledged(office: Office) -> None:
    """It is P1 in the list, and unseen until a manager says to know; the story tells who."""
    first = office.call(premises=NEIGHBOURS[0].id, text="水压很小")["incident"]["id"]
    for one in (*NEIGHBOURS[1:], ELSEWHERE):
        taken = office.call(premises=one.id, text="水压很小", incident=first, phone="12345")
    incident = taken["incident"]
    assert len(incident["tickets"]) == 5
    assert (incident["priority"], incident["acknowledged_at"]) == ("P1", None)
    assert incident["collective_at"] is not None
    path = f"/api/incidents/{incident['id']}"
    seen = office.done(f"{path}/acknowledge", {}, Role.MANAGER)
    assert seen["acknowledged_at"] is not None
    again = office.done(f"{path}/acknowledge", {})
    assert again["acknowledged_at"] == seen["acknowledged_at"]
    log = office.story(incident["id"])["log"]
    assert [one["actor"] for one in log if one["kind"] == "incident.acknowledged"] == ["manager"]
    told = [one for one in office.events() if one["kind"] == "incident.collective"]
    assert [one["payload"] for one in told] == [{"tickets": 5, "callers": 5, "minutes": 60}]


def test_the_story_names_suspects_and_who_does_not_fit(office: Office) -> None:
    """Likeliest first, with their roads; the lone caller elsewhere with a reason to read."""
    first, other = two(office)
    story = office.story(first)
    best = story["suspects"][0]
    assert best["pipe"] == story["pipe"] == small_town.BURST_PIPE
    assert best["road"] == small_town.BURST_ROAD
    assert best["pipes_count"] >= 1
    chances = [one["probability"] for one in story["suspects"]]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1.0 + 1e-9
    (outlier,) = story["outliers"]
    assert (outlier["ticket"], outlier["incident"]) == ("T0003", other)
    assert "second burst or an indoor fault" in outlier["reason"]["en"]
    assert "户内故障" in outlier["reason"]["zh-CN"]
    assert office.story(other)["outliers"] == []


def test_a_ticket_that_was_brought_from_elsewhere_is_an_outlier(office: Office) -> None:
    """A person may be right; the page shows that the area does not reach there."""
    first, other = two(office)
    office.done(f"/api/incidents/{other}/merge", {"into": first})
    (outlier,) = office.story(first)["outliers"]
    assert (outlier["ticket"], outlier["incident"]) == ("T0003", first)
    assert outlier["reason"]["en"].startswith("outside the area")


def test_a_child_is_named_by_its_parent(office: Office) -> None:
    """Dirty water while the burst is open: both stories lead to each other."""
    first = office.burst()
    taken = office.call(premises=NEIGHBOURS[1].id, text="水发黄有味道")
    assert taken["ticket"]["symptom"] == "water_quality"
    assert taken["incident"]["parent"] == first
    assert office.story(first)["children"] == [taken["incident"]["id"]]
