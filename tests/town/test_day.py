"""The made day: two bursts whose callers truly run dry, everyday faults, crews for all of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import routing
from domain.network import PipeNetwork
from domain.streets import StreetNetwork
from domain.tickets import Ticket
from domain.town import Town
from domain.words import Channel, Skill, Symptom
from tests.town.conftest import DAY, ZONE, town_on
from tests.town.oracle import dry_premises, segment
from tests.town.osm_streets import metres


def test_same_seed_same_town_other_seed_other_town(town_streets: StreetNetwork) -> None:
    """The seed alone decides the town."""
    one, same = (town_on(town_streets, 1200, seed=4, tickets=40) for _ in range(2))
    other = town_on(town_streets, 1200, seed=5, tickets=40)
    assert one == same
    assert one.network != other.network
    assert [t.text for t in one.tickets] != [t.text for t in other.tickets]


def test_tickets_are_numbered_in_order_of_arrival(town: Town) -> None:
    """One day, from seven in the morning to eight in the evening, at the town's own time."""
    assert [t.id for t in town.tickets] == [f"T{n:04d}" for n in range(1, 151)]
    times = [t.received_at for t in town.tickets]
    assert times == sorted(times)
    assert all(at.tzinfo is ZONE and at.date() == DAY and 7 <= at.hour < 20 for at in times)
    assert times[0].hour == 7
    assert times[-1].hour >= 18


def test_every_ticket_says_something_and_somewhere(town: Town) -> None:
    """No ticket is without words, none without a place; the ways to say it differ."""
    names = {name for place in town.places for name in (place.name, *place.aliases)}
    roads = {link.road for link in town.network.links if link.road}
    phones = {one.phone for one in town.network.premises if one.phone}
    how = Counter(_way(ticket, names, roads, phones) for ticket in town.tickets)
    assert all(ticket.text for ticket in town.tickets)
    assert how["nowhere"] == 0
    assert set(how) == {"account", "position", "address", "phone", "words"}
    assert min(how.values()) >= 8


def _way(ticket: Ticket, names: set[str], roads: set[str], phones: set[str]) -> str:
    if ticket.account:
        return "account"
    if ticket.position:
        return "position"
    if ticket.address:
        return "address"
    if ticket.phone in phones:
        return "phone"
    said = any(name in ticket.text for name in names | roads) or "单元" in ticket.text
    return "words" if said else "nowhere"


def test_channels_symptoms_and_words_vary(town: Town) -> None:
    """Some symptoms were picked by the agent, others are only in the words."""
    assert len({ticket.channel for ticket in town.tickets}) >= 6
    assert len({ticket.text for ticket in town.tickets}) > 120
    silent = sum(ticket.symptom is None for ticket in town.tickets)
    assert 40 < silent < 100
    picked = {ticket.symptom for ticket in town.tickets}
    assert len(picked - {None}) >= 8


def test_two_bursts_far_apart_on_a_wide_and_a_narrow_main(town: Town) -> None:
    """One on a DN400 or wider before ten, one on a narrower main after two, a kilometre apart."""
    (wide, morning), (narrow, afternoon) = town.truth.bursts
    links = town.network.link_by_id
    assert links[wide].dn >= 400
    assert 150 <= links[narrow].dn <= 300
    assert (morning.hour, afternoon.hour) == (9, 14)
    ends = [(links[pipe].path[0].lon, links[pipe].path[0].lat) for pipe in (wide, narrow)]
    assert metres(ends) > 1000


def test_callers_of_a_burst_run_dry_or_stand_at_the_pipe(town: Town) -> None:
    """The networkx oracle agrees with every caller, and they call soon after."""
    for (burst, at), least in zip(town.truth.bursts, (20, 10), strict=True):
        out = dry_premises(town.network, burst)
        dry = {one.link for one in town.network.premises if one.id in out}
        calls = _calls_of(town, burst, dry)
        assert len(calls) >= least
        assert all(at < one.received_at <= at + timedelta(minutes=36) for one in calls)
        inside = segment(town.network, burst)
        pipes = [town.truth.ticket_pipe[one.id] for one in calls]
        assert sum(("link", pipe) in inside for pipe in pipes) >= len(calls) * 0.75
        assert any(one.symptom in {Symptom.BURST, None} and one.position for one in calls)


def _calls_of(town: Town, burst: str, dry: set[str | None]) -> list[Ticket]:
    return [ticket for ticket in town.tickets if town.truth.ticket_pipe[ticket.id] in {burst, *dry}]


def test_the_sensor_speaks_first(town: Town) -> None:
    """The first call of the first burst is the pressure sensor's."""
    alarms = [ticket for ticket in town.tickets if ticket.channel is Channel.SCADA]
    assert len(alarms) == 1
    assert town.truth.ticket_pipe[alarms[0].id] == town.truth.bursts[0][0]


def test_truth_names_a_pipe_for_every_ticket(town: Town) -> None:
    """What each ticket was made for is a pipe of the network."""
    assert set(town.truth.ticket_pipe) == {ticket.id for ticket in town.tickets}
    assert set(town.truth.ticket_pipe.values()) <= set(town.network.link_by_id)


def test_places_have_names_of_their_own(town: Town) -> None:
    """No two places share a name or an alias."""
    said = [name for place in town.places for name in (place.name, *place.aliases)]
    assert len(said) == len(set(said))
    assert len(town.places) >= 30
    assert any("医院" in name for name in said)
    assert any("桥" in name for name in said)


@pytest.mark.parametrize("count", [1, 3, 12, 15])
def test_every_skill_is_held(town_streets: StreetNetwork, count: int) -> None:
    """However few the crews, nothing is left that nobody can do."""
    small = town_on(town_streets, 400, tickets=10, crews=count)
    assert {skill for crew in small.crews for skill in crew.skills} == set(Skill)
    assert len({crew.id for crew in small.crews}) == count
    for crew in small.crews:
        assert 2 <= crew.size <= 5
        assert crew.size >= 4 or Skill.LARGE_MAIN not in crew.skills


def test_crews_cover_the_day_from_three_depots(town: Town) -> None:
    """Early, late and night shifts, several crews for most skills, three depots."""
    assert [crew.name for crew in town.crews][-1] == "十二班"
    starts = {crew.shift.start.hour for crew in town.crews}
    assert starts == {8, 13, 20}
    assert len({crew.position for crew in town.crews}) == 3
    held = Counter(skill for crew in town.crews for skill in crew.skills)
    assert sum(many >= 3 for many in held.values()) >= 6
    for hour in (8, 13):
        on = [crew for crew in town.crews if crew.shift.start.hour == hour]
        needed = {Skill.VALVE, Skill.PIPE, Skill.LARGE_MAIN, Skill.METER}
        assert needed <= {skill for crew in on for skill in crew.skills}


@pytest.mark.parametrize(("premises", "tickets"), [(1, 1), (4, 9), (60, 30), (400, 1000)])
def test_small_towns_work(town_streets: StreetNetwork, premises: int, tickets: int) -> None:
    """A town of any size has the premises and tickets asked for."""
    small = town_on(town_streets, premises, tickets=tickets, crews=2)
    assert len(small.network.premises) == premises
    assert len(small.tickets) == tickets


def test_nonsense_is_refused(town_streets: StreetNetwork) -> None:
    """A town without premises is no town."""
    with pytest.raises(ValueError, match="at least one"):
        town_on(town_streets, 0)
    motorways = replace(town_streets, classes=("motorway",) * len(town_streets.classes))
    with pytest.raises(ValueError, match="no street"):
        town_on(motorways, 10)


@pytest.mark.shelf
@pytest.mark.slow
def test_a_town_on_heidelberg(shelf: Path) -> None:
    """Pipes lie along the dense middle of a real city, and its bursts leave callers dry."""
    streets = routing.build_streets(shelf / "osm" / "heidelberg.osm.pbf")
    town = town_on(streets, 5000, tickets=120, crews=15)
    assert len(town.network.premises) == 5000
    assert len(town.tickets) == 120
    assert 1100 <= len(town.network.links) <= 1350
    assert _width(town.network) < 6000
    for burst, _ in town.truth.bursts:
        assert dry_premises(town.network, burst)
    assert len(town.truth.bursts) == 2


def _width(network: PipeNetwork) -> float:
    lons = [node.position.lon for node in network.nodes]
    lats = [node.position.lat for node in network.nodes]
    return metres([(min(lons), min(lats)), (max(lons), max(lats))])
