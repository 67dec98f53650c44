"""Many calls about one burst: one incident, five tickets, no extra work, and the manager told."""

from __future__ import annotations

import pytest

from domain.errors import BadInput
from domain.reports import ReportKind
from domain.words import Priority, Symptom
from operations.take_call import Call
from storage import Database
from tests.gis.drawing import draw
from tests.operations.by_hand import Hand
from tests.operations.live_day import LiveDay, street


@pytest.fixture
def hand(database: Database) -> Hand:
    """Return the hand of a dispatcher in a street with six premises on one segment."""
    return Hand(LiveDay(database, street("R--%a%--b%--c--f--d%--e%--S", "Ra bc cf fd eS")))


def low(hand: Hand, premises: str, minute: float) -> None:
    """Take a call about low pressure: nobody takes that for a burst, however many call."""
    hand.day.at(minute)
    hand.day.call(Call(premises=premises, symptom=Symptom.LOW_PRESSURE, phone="12345"))


def five(hand: Hand) -> list[str]:
    """Return five premises of one segment."""
    names = [one.id for one in hand.day.network.premises if one.link in {"bc", "cf", "fd"}]
    return names[:5]


def test_five_premises_within_an_hour_are_one_major_incident(hand: Hand) -> None:
    """One incident, five tickets, no work order more than before the fifth, P1, told once."""
    for number, premises in enumerate(five(hand)):
        before = hand.open_orders("E0001") if number else []
        low(hand, premises, 15 * number)
    incident = hand.day.incident()
    assert list(hand.held().values()) == [("T0001", "T0002", "T0003", "T0004", "T0005")]
    assert incident.collective_at == hand.day.now
    assert incident.priority is Priority.P1
    after = hand.open_orders("E0001")
    assert [one.id for one in after] == [one.id for one in before]
    assert {one.priority for one in after} == {Priority.P1}
    assert hand.told("incident.collective") == [{"tickets": 5, "callers": 5, "minutes": 60}]
    low(hand, five(hand)[0], 61)
    assert len(hand.told("incident.collective")) == 1


def test_four_are_not(hand: Hand) -> None:
    """Nor the fifth call of one of them."""
    for number, premises in enumerate([*five(hand)[:4], five(hand)[0]]):
        low(hand, premises, 10 * number)
    assert not hand.day.incident().is_collective
    assert hand.day.incident().priority is Priority.P3


def test_five_calls_of_one_household_are_one_caller(hand: Hand) -> None:
    """However it calls, the incident is not even confirmed."""
    for minute in range(5):
        low(hand, five(hand)[0], minute)
    assert len(hand.day.incident().tickets) == 5
    assert not hand.day.incident().is_collective
    assert hand.day.incident().state.value == "suspected"


@pytest.mark.parametrize(("minute", "collective"), [(60, True), (61, False)])
def test_the_hour_is_inclusive(hand: Hand, minute: float, collective: bool) -> None:
    """The fifth call joins by hand, whenever it comes: 60 minutes count, 61 do not."""
    for premises in five(hand)[:4]:
        low(hand, premises, 0)
    hand.day.at(minute)
    hand.day.call(Call(premises=five(hand)[4], symptom=Symptom.LOW_PRESSURE, incident="E0001"))
    assert len(hand.day.incident().tickets) == 5
    assert hand.day.incident().is_collective is collective


def test_without_the_fifth_it_is_collective_no_longer(hand: Hand) -> None:
    """Its urgency goes back too; the log keeps both, and bringing the ticket back tells anew."""
    for number, premises in enumerate(five(hand)):
        low(hand, premises, number)
    detached = hand.detach("T0003")
    incident = hand.day.incident()
    assert (incident.collective_at, incident.priority) == (None, Priority.P3)
    assert {one.priority for one in hand.open_orders("E0001")} == {Priority.P3}
    assert hand.told("incident.collective_ended") == [{"tickets": 4, "callers": 4, "minutes": 60}]
    assert len(hand.told("incident.collective")) == 1
    hand.undo(detached.undo)
    assert hand.day.incident().is_collective
    assert len(hand.told("incident.collective")) == 2


def test_begun_work_stays_urgent(hand: Hand) -> None:
    """A crew on its way is not told that it can take its time."""
    for number, premises in enumerate(five(hand)):
        low(hand, premises, number)
    (order,) = hand.open_orders("E0001")
    hand.day.assign(order.id, "C1")
    hand.day.says("C1", order.id, ReportKind.EN_ROUTE)
    hand.detach("T0003")
    assert not hand.day.incident().is_collective
    assert hand.day.incident().priority is Priority.P1


def test_a_manager_acknowledges_it_once(hand: Hand) -> None:
    """Twice is harmless; what is not collective has nothing to be seen."""
    low(hand, five(hand)[0], 0)
    with pytest.raises(BadInput, match="not collective"):
        hand.acknowledge("E0001")
    for number, premises in enumerate(five(hand)):
        low(hand, premises, number)
    assert hand.acknowledge("E0001") == hand.acknowledge("E0001")
    assert len(hand.told("incident.acknowledged")) == 1


def test_a_ticket_without_a_place_counts_by_its_number(database: Database) -> None:
    """The agent attached it; a hotline's number would be each caller's own."""
    day = LiveDay(database, draw("R--%a%--b--c--d%--S", premises="ab bc cd"))
    hand = Hand(day)
    for one in day.network.premises[:3]:
        day.calls(one.id, Symptom.NO_WATER)
    first = next(iter(hand.held()))
    for _ in range(2):
        day.call(Call(text="没水", phone="13900000001", incident=first))
    assert not day.incident(first).is_collective
    day.call(Call(text="没水", phone="12345", incident=first))
    assert day.incident(first).is_collective
