"""Grouping the tickets of one burst."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import gis
from domain.network import PipeNetwork
from domain.places import LonLat
from domain.tickets import Candidate, FoundBy, LocatedTicket, Snap, Ticket
from domain.words import Priority, Symptom
from tests.gis.drawing import draw

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
HERE = LonLat(114.3, 30.6)

#: ab is a segment; cd hangs on it; ef is a segment of its own.
STREETS = draw(
    """
R--%a---b%--c---d
    |
    e%%-f---g
""".replace("%%", "%-")
)


def _call(
    name: str,
    pipe: str | None,
    minutes: float,
    symptom: Symptom = Symptom.BURST,
    premises: str | None = None,
) -> LocatedTicket:
    snap = Snap(pipe, HERE, 0.0, 1.0) if pipe else None
    place = Candidate(HERE, FoundBy.ADDRESS, 0.9, "", premises=premises, snap=snap)
    ticket = Ticket(name, NINE + timedelta(minutes=minutes))
    return LocatedTicket(ticket, place, symptom, Priority.P2)


def _groups(*calls: LocatedTicket, network: PipeNetwork = STREETS) -> list[list[str]]:
    return [[one.id for one in group] for group in gis.group_tickets(network, calls)]


def test_one_segment_within_an_hour_is_one_incident() -> None:
    """The hour runs from the group's first ticket."""
    calls = [_call("t1", "ab", 0), _call("t2", "ab", 59), _call("t3", "ae", 61)]
    assert _groups(*calls) == [["t1", "t2"], ["t3"]]


def test_the_order_of_the_calls_does_not_matter() -> None:
    """Tickets come first received first, whatever order they are given in."""
    calls = [_call("t1", "ab", 0), _call("t2", "fg", 5), _call("t3", "ab", 9)]
    assert _groups(*calls) == _groups(*reversed(calls)) == [["t1", "t3"], ["t2"]]


def test_dry_callers_join_the_burst_that_dries_them() -> None:
    """No water at cd is what a burst on ab causes, so it is the same incident."""
    burst = _call("t1", "ab", 0)
    dry = _call("t2", "cd", 10, Symptom.NO_WATER)
    weak = _call("t3", "cd", 20, Symptom.LOW_PRESSURE)
    assert _groups(burst, dry, weak) == [["t1", "t2", "t3"]]


def test_dry_callers_before_the_burst_was_seen_join_too() -> None:
    """People miss the water before somebody sees it on the road."""
    assert _groups(_call("t1", "cd", 0, Symptom.NO_WATER), _call("t2", "ab", 9)) == [["t1", "t2"]]


def test_dry_callers_an_hour_later_or_elsewhere_stay_apart() -> None:
    """Neither another time nor upstream of the burst."""
    late = _call("t2", "cd", 61, Symptom.NO_WATER)
    assert _groups(_call("t1", "ab", 0), late) == [["t1"], ["t2"]]
    upstream = _call("t3", "Ra", 5, Symptom.NO_WATER)
    assert _groups(_call("t1", "cd", 0), upstream) == [["t1"], ["t3"]]


def test_a_second_burst_downstream_is_its_own() -> None:
    """Water seen on the road at fg is another hole."""
    assert _groups(_call("t1", "ab", 0), _call("t2", "fg", 5)) == [["t1"], ["t2"]]


def test_a_lone_sighting_beside_many_calls_joins_them() -> None:
    """One person sees water at fg while three report ab: likelier one burst than two."""
    many = [_call(f"t{n}", "ab", n) for n in range(3)]
    assert _groups(*many, _call("t9", "fg", 5)) == [["t0", "t1", "t2", "t9"]]
    two = [_call("t8", "fg", 5), _call("t9", "fg", 6)]
    assert _groups(*many, *two) == [["t0", "t1", "t2"], ["t8", "t9"]]


def test_other_symptoms_stand_alone_unless_repeated() -> None:
    """One premises calling twice about its meter is one incident; two premises are two."""
    meter = Symptom.LEAK_AT_METER
    calls = [
        _call("t1", "ab", 0, meter, "h1"),
        _call("t2", "ab", 10, meter, "h2"),
        _call("t3", "ab", 20, meter, "h1"),
        _call("t4", "ab", 90, meter, "h1"),
        _call("t5", "ab", 25, Symptom.WATER_QUALITY, "h1"),
    ]
    assert _groups(*calls) == [["t1", "t3"], ["t2"], ["t5"], ["t4"]]


def test_tickets_far_from_every_pipe_stand_alone() -> None:
    """Without a pipe there is no segment to share."""
    assert _groups(_call("t1", None, 0), _call("t2", None, 1)) == [["t1"], ["t2"]]


def test_a_closed_pipe_groups_by_itself() -> None:
    """It belongs to no segment, and not to every other closed pipe's."""
    network = draw("R---a-=-b---c-=-d")
    calls = [_call("t1", "ab", 0), _call("t2", "cd", 1), _call("t3", "ab", 2)]
    assert _groups(*calls, network=network) == [["t1", "t3"], ["t2"]]


def test_who_saw_the_water_says_which_pipe() -> None:
    """One witness outweighs several dry taps; most witnesses win."""
    dry = [_call(f"d{n}", "ab", n, Symptom.NO_WATER) for n in range(5)]
    seen = _call("s", "ae", 9, Symptom.LEAK_ON_ROAD)
    assert gis.probable_pipe(STREETS, [*dry, seen]) == "ae"
    assert gis.probable_pipe(STREETS, dry) == "ab"
    assert gis.probable_pipe(STREETS, [_call("t", None, 0)]) is None


def test_every_ticket_is_in_one_group() -> None:
    """Nothing is lost, nothing doubled."""
    symptoms = list(Symptom)
    pipes = ["ab", "bc", "cd", "ae", "ef", "fg", None]
    calls = [
        _call(f"t{n:02}", pipes[n % 7], (n * 37) % 200, symptoms[n % len(symptoms)])
        for n in range(70)
    ]
    together = sorted(name for group in _groups(*calls) for name in group)
    assert together == sorted(one.id for one in calls)
