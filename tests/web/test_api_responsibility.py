"""Whose an incident is, over HTTP: suggested to all of the office, decided by dispatchers."""

from __future__ import annotations

import pytest

from domain.users import Role
from tests.web.office import FIRST, Office, fault


def test_a_dispatcher_decides_and_the_office_sees_it(office: Office) -> None:
    """Beside what the calls suggest, in both languages."""
    call = office.call(account=FIRST.account, text="挖掘机把水管挖断了")
    incident = call["incident"]["id"]
    before = office.story(incident, Role.AGENT)["responsibility"]
    assert (before["decided"], before["reason"]) == (None, "")
    assert before["suggestion"]["responsibility"] == "third_party"
    assert set(before["suggestion"]["reason"]) == {"zh-CN", "en"}
    path = f"/api/incidents/{incident}/responsibility"
    given = {"responsibility": "third_party", "reason": "施工单位承认"}
    answer = office.done(path, given)
    assert (answer["decided"], answer["reason"]) == ("third_party", "施工单位承认")
    assert office.story(incident, Role.AGENT)["responsibility"] == answer
    again = office.done(path, {"responsibility": None, "reason": "等证据"})
    assert (again["decided"], again["suggestion"]) == (None, before["suggestion"])
    kinds = [one["kind"] for one in office.story(incident)["log"]]
    assert kinds.count("incident.responsibility") == 2


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_others_do_not_decide(office: Office, role: Role) -> None:
    """They see it."""
    path = f"/api/incidents/{office.burst()}/responsibility"
    given = {"responsibility": "utility", "reason": "表前"}
    assert office.post(path, given, role).status_code == 403


def test_what_cannot_be_decided_is_told(office: Office) -> None:
    """No reason, no such word, no such incident."""
    path = f"/api/incidents/{office.burst()}/responsibility"
    fault(office.post(path, {"responsibility": "utility", "reason": " "}), 422, "reason")
    fault(office.post(path, {"responsibility": "mine", "reason": "x"}), 422, "responsibility")
    fault(office.post(path, {"responsibility": "utility"}), 422, "reason")
    missing = {"responsibility": "utility", "reason": "表前"}
    assert "E9" in fault(office.post("/api/incidents/E9/responsibility", missing), 404)
