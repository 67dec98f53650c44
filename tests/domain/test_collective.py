"""The collective rule against the issue's own vectors, and against counting every window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.collective import Heard, collective_since, heard
from domain.households import households
from domain.places import LonLat
from domain.tickets import Candidate, FoundBy, LocatedTicket, Ticket
from domain.words import Channel, Priority, Symptom

TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
HERE = LonLat(114.3, 30.6)


def at(minute: float) -> datetime:
    """Return an instant so many minutes after ten."""
    return TEN + timedelta(minutes=minute)


def calls(*minutes: float) -> list[Heard]:
    """Return calls of as many households."""
    return [Heard(at(minute), f"H{number}") for number, minute in enumerate(minutes)]


def test_five_households_within_an_hour_are_collective_from_the_fifth_on() -> None:
    """Both ends of the hour count; the order in which they are told does not."""
    five = calls(0, 10, 20, 30, 60)
    assert collective_since(five) == at(60)
    assert collective_since(reversed(five)) == at(60)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(calls(0, 10, 20, 30), id="four"),
        pytest.param(calls(0, 10, 20, 30, 61), id="61 minutes"),
        pytest.param([Heard(at(minute), "H") for minute in range(5)], id="one household"),
        pytest.param([*calls(0, 1, 2, 3), Heard(at(4), "H0")], id="four and one of them again"),
        pytest.param([], id="none"),
    ],
)
def test_less_is_not(told: list[Heard]) -> None:
    """The issue's vectors."""
    assert collective_since(told) is None


def test_a_household_that_calls_again_counts_in_the_later_hour_too() -> None:
    """It is as much without water as before."""
    told = [*calls(0, 50, 55, 60, 70), Heard(at(65), "H0")]
    assert collective_since(told[:5]) is None
    assert collective_since(told) == at(70)


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from("ABCDEFG")), max_size=14))
def test_it_is_what_counting_every_window_finds(said: list[tuple[int, str]]) -> None:
    """An hour that ends with each call, counted by itself."""
    ends = [
        end
        for end, _ in said
        if len({who for minute, who in said if end - 60 <= minute <= end}) >= 5
    ]
    found = collective_since([Heard(at(minute), who) for minute, who in said])
    assert found == (at(min(ends)) if ends else None)


def ticket(name: str, phone: str = "", channel: Channel = Channel.PHONE) -> Ticket:
    """Return a ticket about no water."""
    return Ticket(name, TEN, channel, phone=phone, symptom=Symptom.NO_WATER)


def placed(one: Ticket, premises: str | None, symptom: Symptom = Symptom.NO_WATER) -> LocatedTicket:
    """Return the ticket at a premises, or at a bare place."""
    place = Candidate(HERE, FoundBy.ADDRESS, 1.0, "", premises)
    return LocatedTicket(one, place, symptom, Priority.P2)


def whose(*tickets: tuple[Ticket, str | None]) -> list[str]:
    """Return the household of each ticket, by its premises if it has one."""
    located = {one.id: placed(one, premises) for one, premises in tickets}
    found = households((one for one, _ in tickets), located)
    return [found[one.id] for one, _ in tickets]


def test_premises_make_the_household_then_the_number() -> None:
    """A neighbour's phone makes no one household of two; who has no place is known by number."""
    mobile, other = "13800135521", "+86 138 0013 5521"
    first, second = whose((ticket("T1", mobile), "P1"), (ticket("T2", mobile), "P2"))
    assert first != second
    first, second = whose((ticket("T1", mobile), "P1"), (ticket("T2", other), None))
    assert first == second
    first, second = whose((ticket("T1", mobile), None), (ticket("T2", other), None))
    assert first == second


@pytest.mark.parametrize("phone", ["12345", "027-12345", ""])
def test_a_shared_number_is_no_caller(phone: str) -> None:
    """What a hotline hands on is each caller's own."""
    first, second = whose((ticket("T1", phone), None), (ticket("T2", phone), None))
    assert first != second
    first, second = whose((ticket("T1", phone), "P1"), (ticket("T2", phone), "P1"))
    assert first == second


def test_only_customers_with_signs_of_a_burst_are_heard() -> None:
    """Not the crew's own note, nor a sensor, nor who calls about the colour of the water."""
    for channel, symptom in product(Channel, Symptom):
        one = ticket("T1", channel=channel)
        own = channel in {Channel.CREW, Channel.SCADA}
        sign = symptom in {
            Symptom.BURST,
            Symptom.NO_WATER,
            Symptom.LOW_PRESSURE,
            Symptom.LEAK_ON_ROAD,
            Symptom.CONSTRUCTION_DAMAGE,
        }
        counted = heard([one], {"T1": placed(one, "P1", symptom)})
        assert bool(counted) is (sign and not own)
    assert heard([ticket("T2")], {}) == (Heard(TEN, "ticket T2"),)
