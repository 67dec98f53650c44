"""After the works: dirty water goes on from them for a day, and so does who is still out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.answers import AnswerKind
from domain.clocks import due_on_site
from domain.errors import BadInput, UnknownId
from domain.incidents import Incident
from domain.reports import ReportKind
from domain.states import IncidentState, OutageState, TicketState
from domain.words import Symptom, WorkOrderKind
from operations.answer_caller import Asked
from operations.calling.by_hand import Undo, Verb
from tests.operations.by_hand import Hand
from tests.operations.live_day import NINE, LiveDay
from tests.operations.test_live_life import live_through

K = ReportKind

#: Minutes after nine at which the centre verified, and a day later.
BACK, DAY = 200, 24 * 60


@pytest.fixture
def hand(day: LiveDay) -> Hand:
    """Return the hand of a dispatcher after a burst on cd that was repaired and verified."""
    live_through(day)
    day.at(BACK)
    hand = Hand(day)
    hand.verify("E0001")
    return hand


def calls(hand: Hand, premises: str, symptom: Symptom, minute: float) -> Incident:
    """Return the incident of a call so many minutes after the water was back."""
    hand.day.at(BACK + minute)
    incident = hand.day.calls(premises, symptom).incident
    assert incident is not None
    return incident


@pytest.mark.parametrize("symptom", [Symptom.NO_WATER, Symptom.LOW_PRESSURE])
def test_who_is_still_out_opens_a_child_since_the_parents_start(
    hand: Hand, symptom: Symptom
) -> None:
    """Its clocks run from there, for the caller was never back; the parent stays closed."""
    child = calls(hand, "bc2", symptom, 10)
    assert (child.id, child.parent, child.opened_at) == ("E0002", "E0001", NINE)
    (order,) = hand.open_orders("E0002")
    assert (order.kind, order.released_at) == (WorkOrderKind.INSPECT, NINE)
    assert order.due_on_site == due_on_site(child.priority, NINE)
    assert hand.day.incident("E0001").state is IncidentState.CLOSED
    assert hand.told("incident.continues") == [{"parent": "E0001", "backdated": True}]


def test_the_second_still_out_joins_the_child(hand: Hand) -> None:
    """However far apart in time; a third dry premises makes it a burst, with the same clock."""
    calls(hand, "bc2", Symptom.NO_WATER, 10)
    child = calls(hand, "cd2", Symptom.NO_WATER, 200)
    assert (child.id, child.tickets) == ("E0002", ("T0003", "T0004"))
    assert calls(hand, "cd1", Symptom.NO_WATER, 205).symptom is Symptom.BURST
    assert hand.day.incident("E0002").opened_at == NINE
    assert {one.released_at for one in hand.open_orders("E0002")} == {NINE}


@pytest.mark.parametrize(("minute", "parent"), [(DAY, "E0001"), (DAY + 1, None)])
@pytest.mark.parametrize("symptom", [Symptom.NO_WATER, Symptom.WATER_QUALITY])
def test_a_day_later_it_is_another_matter(
    hand: Hand, symptom: Symptom, minute: float, parent: str | None
) -> None:
    """24 hours count, a minute more does not."""
    incident = calls(hand, "bc2", symptom, minute)
    assert incident.parent == parent
    assert (incident.opened_at == NINE) is (symptom is Symptom.NO_WATER and parent is not None)


@pytest.mark.parametrize(
    ("premises", "symptom"),
    [("ab1", Symptom.NO_WATER), ("ab1", Symptom.WATER_QUALITY), ("cd1", Symptom.BURST)],
)
def test_what_the_outage_did_not_have_is_new(hand: Hand, premises: str, symptom: Symptom) -> None:
    """Others' dry taps and dirty water, and whatever is seen on the road."""
    assert calls(hand, premises, symptom, 10).parent is None


def test_dirty_water_after_works_is_flushed_as_their_child(hand: Hand) -> None:
    """From its own call on; further ones of the outage join it, others do not."""
    child = calls(hand, "bc2", Symptom.WATER_QUALITY, 60)
    assert (child.parent, child.opened_at) == ("E0001", hand.day.now)
    (order,) = hand.open_orders(child.id)
    assert order.kind is WorkOrderKind.FLUSH
    assert calls(hand, "cd1", Symptom.WATER_QUALITY, 700).tickets == ("T0003", "T0004")
    assert calls(hand, "bc1", Symptom.NO_WATER, 710).id == "E0003"
    assert calls(hand, "eS1", Symptom.WATER_QUALITY, 720).id == "E0004"
    assert [one.id for one in hand.open_orders(child.id)] == [order.id]


def test_dirty_water_during_the_works_is_their_child_too(day: LiveDay) -> None:
    """The incident is open, the outage in effect."""
    day.calls("cd1", Symptom.BURST)
    child = day.calls("bc2", Symptom.WATER_QUALITY).incident
    assert child is not None
    assert (child.id, child.parent) == ("E0002", "E0001")
    assert day.incident("E0001").tickets == ("T0001",)


def test_while_the_outage_lasts_who_lacks_water_belongs_to_it(day: LiveDay) -> None:
    """The repair is done and nobody has said that the isolation valves are open."""
    live_through(day)
    assert day.incident().state is IncidentState.RESOLVED
    assert day.calls("cd2", Symptom.NO_WATER).incident == day.incident()
    assert day.outage().state is OutageState.IN_EFFECT


def test_restored_but_not_verified_is_restored(day: LiveDay) -> None:
    """The crews have opened everything: who is out now is out for another reason."""
    live_through(day)
    for valve in ("bc.b", "de.d"):
        day.says("C2", "W0001R", K.VALVE_OPENED, valve)
    assert day.outage().state is OutageState.RESTORED
    child = day.calls("cd2", Symptom.NO_WATER).incident
    assert child is not None
    assert (child.parent, child.opened_at) == ("E0001", NINE)
    assert day.incident("E0001").tickets == ("T0001", "T0002")


def test_an_inspection_that_was_done_is_not_joined(day: LiveDay) -> None:
    """The same household is dry still: somebody has to come again, on the first clock."""
    day.calls("ab1", Symptom.NO_WATER)
    day.assign("W0001", "C1")
    day.says("C1", "W0001", K.FIELD_COMPLETE)
    day.at(90)
    child = day.calls("ab1", Symptom.NO_WATER).incident
    assert child is not None
    assert (child.parent, child.opened_at) == ("E0001", NINE)


def test_a_call_back_that_says_still_out_opens_the_child(hand: Hand) -> None:
    """A ticket of its own at the same place; the first one stays closed where it was."""
    hand.day.at(BACK + 30)
    decided = hand.still_out("E0001", "T0001")
    child = decided.incident
    assert child is not None
    assert (child.id, child.parent, child.opened_at) == ("E0002", "E0001", NINE)
    assert (child.tickets, child.symptom) == (("T0003",), Symptom.NO_WATER)
    with hand.day.work() as work:
        assert work.tickets.get("T0001").state is TicketState.CLOSED
        answer = work.tickets.placed(["T0003"])["T0003"]
    assert (answer.place.premises, answer.ticket.received_at) == ("cd1", hand.day.now)
    assert hand.told("ticket.still_out") == [{"ticket": "T0003", "incident": "E0002"}]
    again = hand.still_out("E0001", "T0001")
    assert (again.changed, again.incident) == (False, child)
    assert calls(hand, "bc2", Symptom.NO_WATER, 40).id == "E0002"
    assert hand.still_out("E0001", "T0002").undo is None
    assert hand.day.incident("E0002").tickets == ("T0003", "T0004", "T0005")


def test_a_call_back_is_undone_by_dismissing_the_child(hand: Hand) -> None:
    """Somebody clicked the wrong line; then it can be said again."""
    decided = hand.still_out("E0001", "T0001")
    assert decided.undo == Undo(Verb.DISMISS, "E0002")
    hand.undo(decided.undo)
    assert hand.held() == {}
    assert hand.still_out("E0001", "T0001").changed


def test_a_call_back_that_cannot_be_is_told(hand: Hand) -> None:
    """Another's ticket, one that is not there, one of works that go on, and too late."""
    hand.day.calls("ab1", Symptom.BURST)
    for incident, ticket, said in (
        ("E0001", "T0003", "^ticket: T0003"),
        ("E0002", "T0003", "its work goes on"),
        ("E0001", "T9", "T9"),
        ("E9", "T0001", "E9"),
    ):
        with pytest.raises((BadInput, UnknownId), match=said):
            hand.still_out(incident, ticket)
    hand.day.at(BACK + DAY + 1)
    with pytest.raises(BadInput, match="more than 24 hours"):
        hand.still_out("E0001", "T0001")


def test_a_call_back_before_the_water_is_back_is_too_early(day: LiveDay) -> None:
    """The repair is done, the outage is not."""
    live_through(day)
    with pytest.raises(BadInput, match="not restored yet"):
        Hand(day).still_out("E0001", "T0001")


def test_the_caller_hears_of_the_child_and_what_it_goes_on_from(hand: Hand) -> None:
    """Since the first start, because of the first cause; neighbours hear that they are back."""
    assert hand.day.answer(Asked(premises="bc2")).kind is AnswerKind.RESTORED
    calls(hand, "bc2", Symptom.NO_WATER, 10)
    answer = hand.day.answer(Asked(premises="bc2"))
    assert (answer.kind, answer.incident, answer.since) == (AnswerKind.SUSPECTED, "E0002", NINE)
    assert answer.cause is not None
    assert answer.cause.en == "supply not back since a burst DN100 main at 建设路"
    assert answer.cause.zh == "建设路DN100水管爆裂抢修后仍未恢复供水"
    assert "建设路DN100水管爆裂抢修后仍未恢复供水" in answer.script.zh
    public = hand.day.answer(Asked(premises="bc2", in_public=True))
    assert public.kind in {AnswerKind.RESTORED, AnswerKind.SUSPECTED}


def test_dirty_water_is_told_with_its_works(hand: Hand) -> None:
    """Since the call; water is back all the same, and who only asks hears that."""
    calls(hand, "bc2", Symptom.WATER_QUALITY, 10)
    answer = hand.day.answer(Asked(premises="bc2"))
    assert (answer.kind, answer.incident) == (AnswerKind.SUSPECTED, "E0002")
    assert answer.since == NINE + timedelta(minutes=BACK + 10)
    assert answer.cause is not None
    assert answer.cause.en == "water quality at 建设路 after a burst DN100 main at 建设路"
    assert hand.day.answer(Asked(premises="cd1")).kind is AnswerKind.RESTORED
