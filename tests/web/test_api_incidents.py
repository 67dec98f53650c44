"""Incidents and outages over HTTP: told in full, decided on by dispatchers only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.users import Role
from tests.web import small_town
from tests.web.office import FIRST, Office, fault

#: A pipe's middle that is far from the other pipes' ends.
AT = {"lon": FIRST.location.lon, "lat": FIRST.location.lat}
FAR = {"lon": 0.0, "lat": 0.0}


def test_an_incident_is_told_with_all_that_belongs_to_it(office: Office) -> None:
    """Tickets, outage with its closing order, work orders and the log, newest first."""
    story = office.story(office.burst())
    assert (story["symptom"], story["state"], story["pipe"]) == ("burst", "confirmed", "E11")
    assert [ticket["symptom"] for ticket in story["tickets"]] == ["burst", "no_water"]
    outage = story["outage"]
    assert outage["state"] == "predicted"
    assert outage["isolation"]["close"] == [step["id"] for step in outage["closing_order"]]
    assert [step["number"] for step in outage["closing_order"]] == [1, 2]
    assert outage["closing_order"][0]["road"] == small_town.BURST_ROAD
    assert sorted(order["kind"] for order in story["work_orders"]) == ["isolate", "repair"]
    kinds = [event["kind"] for event in story["log"]]
    assert {"ticket.received", "incident.opened", "outage.opened", "incident.confirmed"} <= set(
        kinds
    )
    assert [event["id"] for event in story["log"]] == sorted(
        (event["id"] for event in story["log"]), reverse=True
    )


def test_an_agent_reads_the_story_without_who_did_it(office: Office) -> None:
    """Actors are for dispatchers and managers."""
    incident = office.burst()
    assert {one["actor"] for one in office.story(incident, Role.AGENT)["log"]} == {None}
    assert "agent" in {one["actor"] for one in office.story(incident, Role.MANAGER)["log"]}


def test_incidents_are_listed_by_id_in_pages(office: Office) -> None:
    """Each once; those that are over only when asked for."""
    first = office.burst()
    second = office.done("/api/incidents", {"symptom": "manhole", "pipe": "E31"})["id"]
    page = office.get("/api/incidents", limit=1).json()
    assert ([one["id"] for one in page["items"]], page["next"]) == ([first], first)
    rest = office.get("/api/incidents", limit=1, after=first).json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([second], None)
    office.done(f"/api/incidents/{second}/dismiss", {})
    assert [one["id"] for one in office.get("/api/incidents").json()["items"]] == [first]
    everything = office.get("/api/incidents", state="all").json()["items"]
    assert [(one["id"], one["state"]) for one in everything] == [
        (first, "confirmed"),
        (second, "dismissed"),
    ]


@pytest.mark.parametrize("at", [{"pipe": "E11"}, AT])
def test_a_dispatcher_opens_an_incident_on_a_pipe_or_at_a_place(
    office: Office, at: dict[str, object]
) -> None:
    """What the dispatcher knows is enough for an outage and work orders."""
    made = office.post("/api/incidents", {"symptom": "burst", "note": "巡线发现"} | at)
    assert made.status_code == 201
    assert made.json()["pipe"] == "E11"
    assert made.json()["premises_count"] == 4


def test_what_cannot_be_opened_is_told(office: Office) -> None:
    """Unknown pipe 404; a place far from all, or half a place, 422."""
    assert "P9" in fault(office.post("/api/incidents", {"symptom": "burst", "pipe": "P9"}), 404)
    fault(office.post("/api/incidents", {"symptom": "burst"} | FAR), 422, "lon")
    for at in ({"lon": 113.9}, {}, {"pipe": "E11", "lon": 113.9, "lat": 30.3}):
        sentence = fault(office.post("/api/incidents", {"symptom": "burst"} | at), 422)
        assert "lon and lat" in sentence
    fault(office.post("/api/incidents", {"pipe": "E11"}), 422, "symptom")


def test_verifying_waits_for_the_work_and_dismissing_ends_it(office: Office) -> None:
    """409 while work is left; a dismissed incident has no second end."""
    incident = office.burst()
    assert "not resolved" in fault(office.post(f"/api/incidents/{incident}/verify", {}), 409)
    dropped = office.done(f"/api/incidents/{incident}/dismiss", {})
    assert dropped["state"] == "dismissed"
    story = office.story(incident)
    assert {order["state"] for order in story["work_orders"]} == {"cancelled"}
    assert {ticket["state"] for ticket in story["tickets"]} == {"closed"}
    fault(office.post(f"/api/incidents/{incident}/dismiss", {}), 409)
    fault(office.post(f"/api/incidents/{incident}/verify", {}), 409)


@pytest.mark.parametrize("verb", ["verify", "dismiss"])
def test_an_unknown_incident_is_told(office: Office, verb: str) -> None:
    """404 names the id, for reading and deciding."""
    assert "E9999" in fault(office.post(f"/api/incidents/E9999/{verb}", {}), 404)
    assert "E9999" in fault(office.get("/api/incidents/E9999"), 404)


def test_a_dispatcher_says_when_supply_is_back(office: Office) -> None:
    """The word carries its source and its age, and can be taken back."""
    outage = office.story(office.burst())["outage"]["id"]
    path, at = f"/api/outages/{outage}/etr", office.clock() + timedelta(hours=4)
    said = office.done(path, {"at": at.isoformat()})["etr"]
    assert (said["source"], said["at"][:19]) == ("dispatcher", at.isoformat()[:19])
    assert said["said_at"][:19] == office.clock().isoformat()[:19]
    assert office.done(path, {"at": None})["etr"] is None


def test_an_etr_that_cannot_be_is_refused(office: Office) -> None:
    """A time that passed, one without an offset, a number, an outage that is over or unknown."""
    incident = office.burst()
    outage = office.story(incident)["outage"]["id"]
    path, later = f"/api/outages/{outage}/etr", (office.clock() + timedelta(hours=1)).isoformat()
    for at in (
        office.clock().isoformat(),
        "2026-11-23T18:00:00",
        17,
        "later",
        "9999-12-31T23:59:59Z",
    ):
        fault(office.post(path, {"at": at}), 422, "at")
    fault(office.post(path, {}), 422, "at")
    assert "O9" in fault(office.post("/api/outages/O9/etr", {"at": later}), 404)
    office.done(f"/api/incidents/{incident}/dismiss", {})
    fault(office.post(path, {"at": later}), 409)


def test_outages_are_listed_until_they_are_over(office: Office) -> None:
    """The dismissed incident's outage is only in the list of all."""
    incident = office.burst()
    (outage,) = office.get("/api/outages").json()["items"]
    assert (outage["incident"], outage["premises_count"]) == (incident, 4)
    assert outage["critical_premises"] == ["S017"]
    office.done(f"/api/incidents/{incident}/dismiss", {})
    assert office.get("/api/outages").json()["items"] == []
    (over,) = office.get("/api/outages", state="all").json()["items"]
    assert over["state"] == "cancelled"


def test_a_proposal_that_is_not_there_cannot_be_adopted(office: Office) -> None:
    """409 for the state, 404 for the id, 422 for a body without the isolation valve."""
    outage = office.story(office.burst())["outage"]["id"]
    fault(office.post(f"/api/outages/{outage}/adopt", {}), 409)
    fault(office.post(f"/api/outages/{outage}/retry", {"isolation_valve": "V-E11a"}), 409)
    fault(office.post(f"/api/outages/{outage}/retry", {}), 422, "isolation_valve")
    fault(office.post("/api/outages/O9/adopt", {}), 404)
    fault(office.post("/api/outages/O9/retry", {"isolation_valve": "V-E11a"}), 404)


def test_an_isolation_is_thought_through_and_stores_nothing(office: Office) -> None:
    """By pipe and by place the same; for one that will not close more must be shut."""
    before = office.events()
    by_pipe = office.done("/api/isolation", {"pipe": "E11"})
    assert by_pipe["close"] == ["V-E11a", "V-E11b"]
    assert by_pipe["premises_count"] == 4
    assert office.done("/api/isolation", AT) == by_pipe
    larger = office.done("/api/isolation", {"pipe": "E11", "inoperable": ["V-E11a"]})
    assert "V-E11a" not in larger["close"]
    assert len(larger["close"]) == 4
    together = office.done("/api/isolation", {"pipe": "E11", "with_outages": ["E12"]})
    assert set(together["premises"]) > set(by_pipe["premises"])
    assert office.events() == before


@pytest.mark.parametrize(
    "asked",
    [
        {"pipe": "P9"},
        {"pipe": "E11", "inoperable": ["V9"]},
        {"pipe": "E11", "closed": ["V9"]},
        {"pipe": "E11", "with_outages": ["O9"]},
    ],
)
def test_an_isolation_of_what_is_not_there_is_told(
    office: Office, asked: dict[str, object]
) -> None:
    """404 names the id."""
    assert "9" in fault(office.post("/api/isolation", asked), 404)


def test_an_isolation_far_from_every_pipe_is_refused(office: Office) -> None:
    """422 names the field."""
    fault(office.post("/api/isolation", FAR), 422, "lon")
    fault(office.post("/api/isolation", {"pipe": "E11", "closed": [""]}), 422, "closed.0")
