"""What everybody may know: areas without pipes, answers without ids."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shapely.geometry import Point, Polygon

from domain.users import Role
from operations.showing.public_outages import public_outages
from tests.web import small_town
from tests.web.office import ELSEWHERE, FIRST, SECOND, Json, Office, fault

OUTAGES, ANSWER = "/api/public/outages", "/api/public/answer"


def listed(office: Office) -> list[Json]:
    """Return the public list."""
    found: list[Json] = office.get(OUTAGES, Role.PUBLIC).json()["items"]
    return found


def test_an_outage_is_an_area_with_its_roads_its_cause_and_few_homes_rounded(
    office: Office,
) -> None:
    """Four premises are ten; the area holds all of them."""
    office.burst()
    (outage,) = listed(office)
    assert outage["state"] == "predicted"
    assert outage["premises_count"] == 10
    assert outage["area"] == {"zh-CN": "人民路一带", "en": "Around 人民路"}
    assert outage["cause"] == {"zh-CN": "爆管", "en": "burst main"} or outage["cause"]["en"]
    areas = [Polygon(ring) for ring in outage["polygon"]]
    for one in small_town.homes_on(small_town.BURST_PIPE):
        spot = Point(one.location.lon, one.location.lat)
        assert any(area.contains(spot) for area in areas)


def test_nothing_public_names_premises_incidents_valves_or_pipes(office: Office) -> None:
    """Neither the list nor an answer carries an id of the office."""
    incident = office.burst()
    story = office.story(incident)
    ids = [
        incident,
        story["outage"]["id"],
        small_town.BURST_PIPE,
        *story["outage"]["isolation"]["close"],
        *story["outage"]["isolation"]["premises"],
        *(ticket["id"] for ticket in story["tickets"]),
        *(order["id"] for order in story["work_orders"]),
    ]
    told = json.dumps(listed(office), ensure_ascii=False)
    told += json.dumps(ask(office, FIRST.address), ensure_ascii=False)
    told += json.dumps(ask(office, SECOND.address), ensure_ascii=False)
    assert [one for one in ids if one in told] == []


def ask(office: Office, address: str) -> Json:
    """Return the public answer about an address."""
    return office.done(ANSWER, {"address": address}, Role.PUBLIC)


def test_one_callers_guess_is_no_public_outage(office: Office) -> None:
    """A suspected incident is not in the list."""
    office.call(address=FIRST.address, text="好像爆管了")
    assert listed(office) == []


def test_anybody_may_ask_about_an_address(office: Office) -> None:
    """The dry street is told so, another one that nothing is known; the place is rough."""
    office.burst()
    dry = ask(office, SECOND.address)
    assert dry["kind"] == "will_be_off"
    assert "premises" not in dry
    assert "incident" not in dry
    assert dry["place"]["lon"] == round(SECOND.location.lon, 4)
    assert ask(office, ELSEWHERE.address)["kind"] == "nothing_known"
    assert ask(office, "火星")["kind"] == "place_unknown"


@pytest.mark.parametrize("asked", [FIRST.phone, FIRST.account])
def test_nobody_finds_a_home_by_phone_or_account(office: Office, asked: str) -> None:
    """A phone in the address leads nowhere, and no other field is taken."""
    office.burst()
    answer = ask(office, asked)
    assert (answer["kind"], answer["place"]) == ("place_unknown", None)
    fault(office.post(ANSWER, {"address": "人民路", "phone": asked}, Role.PUBLIC), 422, "phone")


def test_an_address_is_needed(office: Office) -> None:
    """The sentence names the field."""
    fault(office.post(ANSWER, {}, Role.PUBLIC), 422, "address")
    fault(office.post(ANSWER, {"address": ""}, Role.PUBLIC), 422, "address")


def test_questions_of_one_address_are_counted(office: Office) -> None:
    """Nobody reads the town house by house."""
    answers = [office.post(ANSWER, {"address": "火星"}, Role.PUBLIC) for _ in range(21)]
    assert [one.status_code for one in answers] == [200] * 20 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    office.clock.move(minutes=2)
    assert office.post(ANSWER, {"address": "火星"}, Role.PUBLIC).status_code == 200


def test_the_list_is_worked_out_once_for_all_who_ask(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A town that asks at once costs one look; an event or a minute later it is looked at anew."""
    worked_out: list[None] = []

    def counted(*about: Any) -> Any:
        worked_out.append(None)
        return public_outages(*about)

    monkeypatch.setattr("mainbreak.server.api.public.public_outages", counted)
    assert [listed(office) for _ in range(5)] == [[]] * 5
    assert len(worked_out) == 1
    office.burst()
    assert len(listed(office)) == 1
    assert len(worked_out) == 2
    office.clock.move(minutes=1)
    assert len(listed(office)) == 1
    assert len(worked_out) == 3


@pytest.mark.parametrize("words", ["没水了，电话{}", "户号{}没水"])
def test_nor_by_a_number_inside_other_words(office: Office, words: str) -> None:
    """A sentence around it gives away no more."""
    office.burst()
    for number in (FIRST.phone, FIRST.account):
        answer = ask(office, words.format(number))
        assert (answer["kind"], answer["place"]) == ("place_unknown", None)
