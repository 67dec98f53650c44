"""A caller on the line: where is that, who is it, and what is to be said."""

from __future__ import annotations

import pytest

from domain.users import Role
from tests.web.office import ELSEWHERE, FIRST, SECOND, Office, fault


def test_words_are_located_best_first(office: Office) -> None:
    """An address that is known needs no question back; a place in a sentence does."""
    sure = office.done("/api/locate", {"text": FIRST.address}, Role.AGENT)
    assert sure["items"][0]["premises"] == FIRST.id
    assert sure["items"][0]["pipe"] == FIRST.link
    assert sure["needs_confirmation"] is False
    vague = office.done("/api/locate", {"text": "就在菜场旁边"}, Role.AGENT)
    assert vague["items"][0]["label"] == "东湖菜场"
    assert vague["needs_confirmation"] is True
    unknown = office.done("/api/locate", {"text": "火星"}, Role.AGENT)
    nothing = {"items": [], "needs_confirmation": True, "reason": "nothing", "hint": None}
    assert unknown == nothing


@pytest.mark.parametrize("asked", [FIRST.phone, FIRST.account, FIRST.address])
def test_a_customer_is_found_by_what_callers_give_and_shown_masked(
    office: Office, asked: str
) -> None:
    """Enough to recognise who it is, not enough to pass on."""
    found = office.done("/api/customers/find", {"text": asked}, Role.AGENT)["items"]
    assert found[0]["premises"] == FIRST.id
    assert found[0]["address"] == FIRST.address
    assert found[0]["phone"] == f"{FIRST.phone[:3]}****{FIRST.phone[-4:]}"
    assert found[0]["account"] == f"****{FIRST.account[-4:]}"
    assert FIRST.name not in str(found)


def test_who_was_looked_up_is_logged_with_ids_only(office: Office) -> None:
    """A manager sees which agent looked up which premises, and no phone."""
    office.done("/api/customers/find", {"text": FIRST.phone}, Role.AGENT)
    log = office.get("/api/events/log", Role.MANAGER, limit=500).json()["items"]
    looked = [one for one in log if one["kind"] == "customer.looked_up"]
    assert (looked[0]["subject"], looked[0]["actor"]) == (FIRST.id, "agent")
    assert FIRST.phone not in str(log)


@pytest.mark.parametrize("asked", [{"phone": FIRST.phone}, {"account": FIRST.account}])
def test_asking_whose_phone_or_account_it_is_is_logged(
    office: Office, asked: dict[str, str]
) -> None:
    """The answer tells the address; it is no way around the log of searches."""
    office.done("/api/answer", asked, Role.AGENT)
    log = office.get("/api/events/log", Role.MANAGER, limit=500).json()["items"]
    (looked,) = [one for one in log if one["kind"] == "customer.looked_up"]
    assert (looked["subject"], looked["actor"], looked["payload"]) == (FIRST.id, "agent", {})


def test_a_caller_is_told_about_the_outage_of_the_own_premises(office: Office) -> None:
    """By premises, account, phone or address: the same answer, with what it rests on."""
    incident = office.burst()
    answers = [
        office.done("/api/answer", asked, Role.AGENT)
        for asked in (
            {"premises": SECOND.id},
            {"account": SECOND.account},
            {"phone": SECOND.phone},
            {"address": SECOND.address},
        )
    ]
    for answer in answers:
        assert answer["kind"] == "will_be_off"
        assert (answer["incident"], answer["premises"]) == (incident, SECOND.id)
        assert answer["script"]["zh-CN"]
        assert answer["script"]["en"]
        assert answer["cause"]["en"]
        assert answer["place"]["lon"] == pytest.approx(SECOND.location.lon)


def test_a_caller_elsewhere_is_told_that_nothing_is_known(office: Office) -> None:
    """The burst is not everybody's."""
    office.burst()
    answer = office.done("/api/answer", {"premises": ELSEWHERE.id}, Role.AGENT)
    assert (answer["kind"], answer["incident"], answer["outage"]) == ("nothing_known", None, None)


def test_a_place_that_nobody_knows_is_told_as_such(office: Office) -> None:
    """No guess is read aloud."""
    answer = office.done("/api/answer", {"address": "火星"}, Role.AGENT)
    assert (answer["kind"], answer["premises"], answer["place"]) == ("place_unknown", None, None)


def test_bad_questions_name_the_field(office: Office) -> None:
    """404 for an unknown premises, 422 for a text that is too long."""
    assert "S999" in fault(office.post("/api/answer", {"premises": "S999"}, Role.AGENT), 404)
    for path in ("/api/locate", "/api/customers/find"):
        fault(office.post(path, {"text": "x" * 20_001}, Role.AGENT), 422, "text")
        fault(office.post(path, {}, Role.AGENT), 422, "text")
