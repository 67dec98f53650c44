"""Grouping the tickets of one burst."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import gis
from domain.network import PipeNetwork
from domain.places import LonLat
from domain.tickets import Candidate, FoundBy, LocatedTicket, Snap, Ticket
from domain.words import Priority, Symptom
from tests.gis.drawing import draw

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)

#: A letter's length is 100 m here: two trees of streets, each on a source of its own, and between
#: them a pipe whose status is closed.
TOWN = """
R--%a---%b--%c---d    S--%p---%q--%r---t
    |            |        |            |
    e%---f---g   h----==--x   u---v---%y
"""


def town(picture: str = TOWN, homes: int = 3) -> PipeNetwork:
    """Return the drawn town ten times as large, with homes on every pipe."""
    drawn = draw(picture)
    here = drawn.nodes[0].position

    def far(place: LonLat) -> LonLat:
        east, north = place.lon - here.lon, place.lat - here.lat
        return LonLat(here.lon + 10 * east, here.lat + 10 * north)

    links = tuple(
        replace(one, path=tuple(map(far, one.path)), length_m=10 * one.length_m)
        for one in drawn.links
    )
    nodes = tuple(replace(one, position=far(one.position)) for one in drawn.nodes)
    large = replace(drawn, nodes=nodes, links=links)
    drawn_homes = draw(picture, premises=" ".join(one.id for one in links)).premises
    return large.with_premises(
        replace(one, id=f"{one.id}{n}", location=far(one.location))
        for one in drawn_homes
        for n in range(homes)
    )


NETWORK = town()


def call(
    name: str,
    pipe: str | None,
    minutes: float = 0,
    symptom: Symptom = Symptom.NO_WATER,
    premises: str | None = None,
    network: PipeNetwork = NETWORK,
) -> LocatedTicket:
    """Return a located ticket in the middle of a pipe."""
    here = network.nodes[0].position
    snap = None
    if pipe:
        one, other = network.link_by_id[pipe].path[0], network.link_by_id[pipe].path[-1]
        here = LonLat((one.lon + other.lon) / 2, (one.lat + other.lat) / 2)
        snap = Snap(pipe, here, 0.0, 1.0)
    place = Candidate(here, FoundBy.ADDRESS, 0.9, "", premises=premises, snap=snap)
    ticket = Ticket(name, NINE + timedelta(minutes=minutes))
    return LocatedTicket(ticket, place, symptom, Priority.P2)


def groups(*calls: LocatedTicket, network: PipeNetwork = NETWORK) -> list[list[str]]:
    """Return the ids of each group."""
    return [[one.id for one in group] for group in gis.group_tickets(network, calls)]


def test_five_dry_on_one_pipe_within_an_hour_are_one_incident() -> None:
    """A sixth a minute later may join some of them, but no group lasts more than an hour."""
    calls = [call(f"t{n}", "bc", 12 * n, premises=f"bc{n}") for n in range(3)]
    calls += [call("t3", "cd", 50), call("t4", "cd", 60)]
    assert groups(*calls) == [["t0", "t1", "t2", "t3", "t4"]]
    assert len(groups(*calls, call("t5", "cd", 61))) == 2
    assert groups(calls[0], call("t5", "bc", 61)) == [["t0"], ["t5"]]


def test_the_order_of_the_calls_does_not_matter() -> None:
    """Tickets come first received first, whatever order they are given in."""
    calls = [call("t1", "bc"), call("t2", "qr", 5), call("t3", "cd", 9), call("t4", "qr", 11)]
    found = {str(groups(*some)) for some in permutations(calls)}
    assert found == {str([["t1", "t3"], ["t2", "t4"]])}


def test_who_hangs_on_the_burst_joins_however_far() -> None:
    """No water at dh, 700 m on, is what the water on ab causes, before it was seen too."""
    burst = call("t1", "bc", 9, Symptom.BURST)
    dry = [call("t0", "dh", 0), call("t2", "dh", 10), call("t3", "cd", 20)]
    assert groups(burst, *dry) == [["t0", "t1", "t2", "t3"]]


def test_nobody_joins_across_a_closed_pipe_however_near() -> None:
    """Pipes dh and px end at the same closed pipe, and have each their own source."""
    calls = [call("t1", "dh"), call("t2", "dh", 1), call("t3", "px", 2), call("t4", "px", 3)]
    assert groups(*calls) == [["t1", "t2"], ["t3", "t4"]]


def test_two_bursts_far_from_each_other_stay_two() -> None:
    """Water seen at two ends of the town, and callers around both."""
    west = [call("w0", "ef", 0, Symptom.BURST), call("w1", "ef", 2), call("w2", "fg", 4)]
    east = [call("e0", "ty", 1, Symptom.BURST), call("e1", "ty", 3), call("e2", "uv", 5)]
    assert groups(*west, *east[:2]) == [["w0", "w1", "w2"], ["e0", "e1"]]


def test_water_seen_far_off_is_its_own_and_next_door_is_not() -> None:
    """A pipe on which water is seen may be the wrong one by a house or two, not by streets."""
    seen = Symptom.LEAK_ON_ROAD
    near = replace(call("t2", "cd", 1, seen), place=call("", "bc").place)
    assert groups(call("t1", "bc", 0, seen), near, call("t3", "fg", 2, seen)) == [
        ["t1", "t2"],
        ["t3"],
    ]


def test_calls_of_one_household_stay_together() -> None:
    """Whatever they say, and whoever else called."""
    calls = [call("t1", "bc", 0, premises="bc0"), call("t2", "bc", 9, premises="bc0")]
    assert groups(*calls, call("t3", "qr", 4)) == [["t1", "t2"], ["t3"]]


def test_other_symptoms_stand_alone_unless_repeated() -> None:
    """One premises calling twice about its meter is one incident; two premises are two."""
    meter = Symptom.LEAK_AT_METER
    calls = [
        call("t1", "ab", 0, meter, "h1"),
        call("t2", "ab", 10, meter, "h2"),
        call("t3", "ab", 20, meter, "h1"),
        call("t4", "ab", 90, meter, "h1"),
        call("t5", "ab", 25, Symptom.WATER_QUALITY, "h1"),
    ]
    assert groups(*calls) == [["t1", "t3"], ["t2"], ["t5"], ["t4"]]


def test_tickets_far_from_every_pipe_stand_alone() -> None:
    """Without a pipe there is no burst to share."""
    assert groups(call("t1", None), call("t2", None, 1)) == [["t1"], ["t2"]]


def test_a_closed_pipe_groups_by_itself() -> None:
    """It belongs to no segment, and not to every other closed pipe's."""
    network = draw("R---a-=-b---c-=-d")
    calls = [call(f"t{n}", pipe, n, network=network) for n, pipe in enumerate(("ab", "cd", "ab"))]
    assert groups(*calls, network=network) == [["t0", "t2"], ["t1"]]


def test_every_ticket_is_in_one_group() -> None:
    """Nothing is lost, nothing doubled."""
    symptoms = list(Symptom)
    pipes = ["ab", "bc", "cd", "ae", "ef", "fg", "qr", "hx", None]
    calls = [
        call(f"t{n:02}", pipes[n % len(pipes)], (n * 37) % 200, symptoms[n % len(symptoms)])
        for n in range(90)
    ]
    together = sorted(name for group in groups(*calls) for name in group)
    assert together == sorted(one.id for one in calls)
