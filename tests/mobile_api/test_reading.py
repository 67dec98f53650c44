"""What a crew's phone reads: who it is, its day, the map around it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.network import IsolationValve, Operability
from domain.users import Role
from mainbreak.server.door import CrewDoor
from mobile_api.door import Door
from tests.mobile_api.field import LEAK, SHUT, Field, report
from tests.web import small_town
from tests.web.house import HandClock, House


def test_the_server_is_a_door(house: House) -> None:
    """What the API needs of the house, the house has."""
    door: Door = CrewDoor(house.home)
    assert door.speed == house.home.speed


def test_the_phone_learns_who_it_speaks_for(field: Field, clock: HandClock) -> None:
    """The crew is the log-in's; the clock is the server's."""
    me = field.phone.get("/api/mobile/me").json()
    assert me["crew"]["id"] == "C2"
    assert me["crew"]["name"] == "抢修班"
    assert me["on_shift"] is True
    assert me["desk_phone"] == "027-96510"
    assert me["now"] == clock().isoformat()
    clock.move(hours=14)
    assert field.house.phone().get("/api/mobile/me").json()["on_shift"] is False


def test_visits_come_in_the_order_they_are_made(field: Field) -> None:
    """Only the crew's own, with where to drive and by when."""
    visits = field.visits()
    assert list(visits) == [SHUT, LEAK]
    shut = visits[SHUT]
    assert (shut["priority"], shut["state"], shut["label"]) == ("P1", "assigned", "人民路1号")
    assert shut["due_on_site"] == "2026-11-23T00:40:00+00:00"
    assert shut["title"]["zh-CN"].startswith("关阀 ①")
    assert [shut["target"]["lon"], shut["target"]["lat"]] == pytest.approx(shut["route"][-1])
    assert set(shut["navigate"]) >= {"geo", "amap", "baidu", "apple"}
    assert visits[LEAK]["isolation"] is None


def test_a_place_given_as_coordinates_is_told_as_its_road(field: Field) -> None:
    """113.9021,30.3024 leads nobody to a door."""
    assert field.visits()[LEAK]["label"] == small_town.BURST_ROAD


def test_hazards_come_before_the_buttons(field: Field) -> None:
    """What a caller said of danger is the first thing a crew reads."""
    hazards = field.visits()[SHUT]["hazards"]
    assert "塌陷" in hazards[0]["zh-CN"]
    assert field.visits()[LEAK]["hazards"] == []


def test_isolation_valves_keep_their_numbers(field: Field) -> None:
    """A closed one stays listed, the next one waits for its turn, the target moves on."""
    order = field.visits()[SHUT]["isolation"]["order"]
    assert [step["number"] for step in order] == list(range(1, len(order) + 1))
    assert [step["state"] for step in order][:2] == ["next", "waiting"]
    assert all(step["dn"] == 200 and step["road"] for step in order)
    field.send(*(report(n, kind) for n, kind in enumerate(("accepted", "en_route", "on_site"), 1)))
    field.send(report(4, "valve_closed", isolation_valve=order[0]["id"]))
    after = field.visits()[SHUT]
    assert [step["state"] for step in after["isolation"]["order"]][:2] == ["closed", "next"]
    assert after["target"] == {"lon": order[1]["lon"], "lat": order[1]["lat"]}


def test_a_number_once_given_is_not_given_again(field: Field) -> None:
    """A second isolation adds the next number and leaves out what it no longer needs."""
    with field.house.home.writing("test") as work:
        (outage,) = work.outages.all()
        first, *others = outage.isolation.close
        spare = next(
            one.id for one in work.network.isolation_valves() if one.id not in outage.numbered
        )
        plan_b = replace(outage.isolation, close=(*others, spare))
        numbered = (*outage.numbered, spare)
        work.outages.save([replace(outage, isolation=plan_b, numbered=numbered)])
    order = field.visits()[SHUT]["isolation"]["order"]
    assert first not in {step["id"] for step in order}
    assert order[0]["number"] == 2
    assert (order[-1]["id"], order[-1]["number"]) == (spare, len(numbered))


def test_the_map_holds_what_lies_around_the_visits(field: Field) -> None:
    """Pipes with the dry ones named, the isolation valves to close; asked again, 304."""
    answer = field.phone.get("/api/mobile/ground")
    tables = answer.json()
    names = tables["pipes"]["id"]
    (outage,) = tables["outages"]
    assert outage["predicted"] is True
    assert small_town.BURST_PIPE in {names[row] for row in outage["pipes"]}
    assert {row[0] for row in tables["isolation_valves"]} == set(field.close())
    again = field.phone.get("/api/mobile/ground", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_far_pipes_are_not_sent(field: Field) -> None:
    """A phone on a meadow does not load the city."""
    far = small_town.network()
    with field.house.home.writing("test") as work:
        shifted = [
            replace(one, path=tuple(replace(at, lat=at.lat + 0.5) for at in one.path))
            if one.road == small_town.FAR_ROAD
            else one
            for one in far.links
        ]
        work.network.save(replace(far, links=tuple(shifted)))
    kept = set(field.phone.get("/api/mobile/ground").json()["pipes"]["id"])
    gone = {one.id for one in far.links if one.road == small_town.FAR_ROAD}
    assert kept
    assert not kept & gone


def test_an_isolation_valve_that_left_the_network_is_left_out(field: Field) -> None:
    """An import may drop it while it stands in a closing order."""
    first, *others = field.close()
    with field.house.home.writing("test") as work:
        town = work.network.load()
        left = tuple(one for one in town.isolation_valves if one.id != first)
        work.network.save(replace(town, isolation_valves=left))
    assert field.close() == others


def test_a_crew_that_is_not_on_the_list_is_told_so(field: Field) -> None:
    """The sentence says who can help."""
    with field.house.home.writing("test") as work:
        work.crews.save([one for one in small_town.CREWS if one.id != "C2"])
    for path in ("me", "visits", "ground", "reports"):
        answer = field.phone.get(f"/api/mobile/{path}")
        assert answer.status_code == 404, path
        assert "'C2'" in answer.json()["detail"]
        assert "dispatcher" in answer.json()["detail"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CREW])
def test_only_crews_may_ask(field: Field, role: Role) -> None:
    """A dispatcher has other pages; the public is asked to log in."""
    answer = field.house.client(role).get("/api/mobile/visits")
    assert answer.status_code == (401 if role is Role.PUBLIC else 403)


def test_a_stuck_one_is_no_longer_next(field: Field) -> None:
    """The crew goes on with the one after it while dispatch decides."""
    first = field.close()[0]
    with field.house.home.writing("test") as work:
        (outage,) = work.outages.all()
        work.outages.save([replace(outage, stuck=(first,))])
        known = {one.id: one for one in work.network.isolation_valves()}
        valve: IsolationValve = known[first]
        work.network.set_isolation_valve(replace(valve, operability=Operability.INOPERABLE))
    states = [step["state"] for step in field.visits()[SHUT]["isolation"]["order"]]
    assert states[:2] == ["stuck", "next"]
