"""Attach, detach, merge, split: each told with how to undo it, none undone by itself."""

from __future__ import annotations

import pytest

from domain.errors import BadInput, UnknownId
from domain.reports import ReportKind
from domain.states import IncidentState, OutageState, WorkOrderState
from domain.words import Symptom, WorkOrderKind
from operations.calling.by_hand import Undo, Verb
from operations.take_call import Call
from tests.operations.by_hand import Hand
from tests.operations.live_day import NINE, LiveDay

K = ReportKind


@pytest.fixture
def hand(day: LiveDay) -> Hand:
    """Return the hand of a dispatcher before the first call."""
    return Hand(day)


def two(hand: Hand) -> None:
    """Take two calls about a burst on cd (E0001) and one about another on ab (E0002)."""
    hand.day.calls("cd1", Symptom.BURST)
    hand.day.at(1)
    hand.day.calls("bc1", Symptom.NO_WATER)
    hand.day.at(2)
    hand.day.calls("ab1", Symptom.BURST)
    assert hand.held() == {"E0001": ("T0001", "T0002"), "E0002": ("T0003",)}


def sets_out(hand: Hand, order: str) -> None:
    """Have a crew set out for an order."""
    hand.day.assign(order, "C1")
    hand.day.says("C1", order, K.EN_ROUTE)


def test_a_detached_ticket_opens_its_own_incident(hand: Hand) -> None:
    """With its own work; the incident it left keeps the rest."""
    two(hand)
    decided = hand.detach("T0002")
    assert decided.undo == Undo(Verb.ATTACH, "T0002", "E0001")
    assert hand.held() == {"E0001": ("T0001",), "E0002": ("T0003",), "E0003": ("T0002",)}
    assert [one.kind for one in hand.open_orders("E0003")] == [WorkOrderKind.INSPECT]
    assert hand.told("ticket.detached") == [{"incident": "E0001", "into": "E0003", "by_hand": True}]


def test_detaching_twice_detaches_once(hand: Hand) -> None:
    """The second answer says the same, and how to undo it still."""
    two(hand)
    first = hand.detach("T0002")
    told = hand.day.told()
    again = hand.detach("T0002")
    assert (again.changed, again.incident, again.undo) == (False, first.incident, first.undo)
    assert hand.day.told() == told
    assert hand.detach("T0003").undo is None


def test_a_detach_is_undone_by_attaching(hand: Hand) -> None:
    """The incident it had opened goes, with its work, into the one it came back to."""
    two(hand)
    hand.undo(hand.detach("T0002").undo)
    assert hand.held() == {"E0001": ("T0001", "T0002"), "E0002": ("T0003",)}
    gone = hand.day.incident("E0003")
    assert (gone.state, gone.merged_into) == (IncidentState.MERGED, "E0001")
    assert hand.open_orders("E0003") == []


def test_a_ticket_without_a_place_goes_back_to_wait_for_one(hand: Hand) -> None:
    """It had been attached by the agent; undone, it is there again."""
    two(hand)
    hand.day.call(Call(text="没水", incident="E0001"))
    decided = hand.detach("T0004")
    assert decided.incident is None
    assert hand.held()["E0001"] == ("T0001", "T0002")
    assert hand.detach("T0004").changed is False
    attached = hand.undo(decided.undo)
    assert attached is not None
    assert attached.undo == Undo(Verb.DETACH, "T0004")
    assert hand.held()["E0001"] == ("T0001", "T0002", "T0004")


def test_a_ticket_moves_from_one_incident_to_another(hand: Hand) -> None:
    """In the order of the calls; sent twice it moves once."""
    two(hand)
    decided = hand.attach("T0002", "E0002")
    assert hand.held() == {"E0001": ("T0001",), "E0002": ("T0002", "T0003")}
    assert hand.attach("T0002", "E0002").changed is False
    assert hand.attach("T0002", "E0002").undo == decided.undo
    hand.undo(decided.undo)
    assert hand.held() == {"E0001": ("T0001", "T0002"), "E0002": ("T0003",)}


def test_the_last_ticket_takes_its_incident_along(hand: Hand) -> None:
    """Nothing is left behind that nobody would look after; undone, both are there again."""
    two(hand)
    decided = hand.attach("T0003", "E0001")
    assert decided.undo == Undo(Verb.UNMERGE, "E0002")
    assert hand.held() == {"E0001": ("T0001", "T0002", "T0003")}
    assert hand.attach("T0003", "E0001").undo == decided.undo
    hand.undo(decided.undo)
    assert hand.held() == {"E0001": ("T0001", "T0002"), "E0002": ("T0003",)}


def test_a_merged_incident_gives_its_tickets_and_loses_its_work(hand: Hand) -> None:
    """Its predicted outage and its orders are cancelled; what it brought stays on file."""
    two(hand)
    hand.day.assign("W0002I", "C1")
    decided = hand.merge("E0002", "E0001")
    assert decided.incident == hand.day.incident("E0001")
    assert hand.held() == {"E0001": ("T0001", "T0002", "T0003")}
    merged = hand.day.incident("E0002")
    assert (merged.state, merged.merged_into) == (IncidentState.MERGED, "E0001")
    assert hand.day.outage("O-E0002").state is OutageState.CANCELLED
    assert hand.day.order("W0002I").state is WorkOrderState.CANCELLED
    assert not hand.day.visit("W0002I.1").is_live
    assert hand.told("incident.merged") == [
        {"from": "suspected", "into": "E0001", "tickets": ["T0003"]}
    ]
    assert hand.merge("E0002", "E0001").changed is False


def test_the_clock_of_a_merged_incident_runs_from_the_first_call(hand: Hand) -> None:
    """And from its own first again when it is undone."""
    two(hand)
    started = hand.day.incident("E0002").opened_at
    decided = hand.merge("E0001", "E0002")
    assert hand.day.incident("E0002").opened_at == NINE
    hand.undo(decided.undo)
    assert hand.day.incident("E0002").opened_at == started
    assert hand.day.incident("E0001").opened_at == NINE


def test_an_unmerged_incident_has_work_again(hand: Hand) -> None:
    """New orders under new ids, a new predicted outage; undone by merging once more."""
    two(hand)
    decided = hand.merge("E0002", "E0001")
    back = hand.undo(decided.undo)
    assert back is not None
    assert back.undo == Undo(Verb.MERGE, "E0002", "E0001")
    assert hand.held() == {"E0001": ("T0001", "T0002"), "E0002": ("T0003",)}
    kinds = {one.kind for one in hand.open_orders("E0002")}
    assert kinds == {WorkOrderKind.ISOLATE, WorkOrderKind.REPAIR}
    with hand.day.work() as work:
        live = [one for one in work.outages.active() if one.incident == "E0002"]
    assert [one.isolation.burst for one in live] == [("ab",)]
    assert hand.told("incident.unmerged") == [{"from": "E0001", "tickets": ["T0003"]}]
    assert hand.unmerge("E0002").changed is False
    hand.undo(back.undo)
    assert hand.held() == {"E0001": ("T0001", "T0002", "T0003")}


def test_only_what_is_still_there_comes_back(hand: Hand) -> None:
    """A ticket that moved on meanwhile stays where a person put it."""
    two(hand)
    hand.day.calls("ab2", Symptom.NO_WATER)
    assert hand.held()["E0002"] == ("T0003", "T0004")
    hand.merge("E0002", "E0001")
    hand.detach("T0004")
    hand.unmerge("E0002")
    assert hand.held() == {
        "E0001": ("T0001", "T0002"), "E0002": ("T0003",), "E0003": ("T0004",),
    }  # fmt: skip


def test_a_chain_of_merges_can_be_taken_apart_at_either_link(hand: Hand) -> None:
    """Who was merged first comes out of where it is now."""
    two(hand)
    hand.day.calls("eS1", Symptom.BURST)
    hand.merge("E0001", "E0002")
    hand.merge("E0002", "E0003")
    assert hand.merge("E0001", "E0003").changed is False
    assert hand.unmerge("E0001").undo == Undo(Verb.MERGE, "E0001", "E0003")
    hand.unmerge("E0002")
    assert hand.held() == {
        "E0001": ("T0001", "T0002"), "E0002": ("T0003",), "E0003": ("T0004",),
    }  # fmt: skip


def test_begun_work_is_not_merged_away(hand: Hand) -> None:
    """The other way round it can be; if both have begun they stay two."""
    two(hand)
    sets_out(hand, "W0001I")
    told = hand.day.told()
    with pytest.raises(BadInput, match=r"Merge E0002 into E0001 instead\.$"):
        hand.merge("E0001", "E0002")
    assert hand.day.told() == told
    hand.merge("E0002", "E0001")
    assert hand.day.order("W0001I").state is WorkOrderState.ASSIGNED
    hand.unmerge("E0002")
    (order,) = [one.id for one in hand.open_orders("E0002") if one.kind is WorkOrderKind.ISOLATE]
    hand.day.assign(order, "C2")
    hand.day.says("C2", order, K.EN_ROUTE)
    with pytest.raises(BadInput, match="they stay two"):
        hand.merge("E0001", "E0002")


def test_shut_isolation_valves_keep_an_incident(hand: Hand) -> None:
    """Also when the crew that shut one was called off."""
    two(hand)
    sets_out(hand, "W0001I")
    hand.day.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    hand.day.says("C1", "W0001I", K.CANNOT_COMPLETE)
    with pytest.raises(BadInput, match="Merge E0002 into E0001 instead"):
        hand.merge("E0001", "E0002")
    assert hand.day.outage("O-E0001").closed == ("bc.b",)


@pytest.mark.parametrize(
    ("one", "into", "said"),
    [("E0001", "E0001", "^into: "), ("E0001", "E9", "E9"), ("E9", "E0001", "E9")],
)
def test_what_cannot_be_merged_is_told(hand: Hand, one: str, into: str, said: str) -> None:
    """Into itself, into nothing, nothing into something."""
    two(hand)
    with pytest.raises((BadInput, UnknownId), match=said):
        hand.merge(one, into)


def test_a_split_makes_two_of_one(hand: Hand) -> None:
    """Undone by merging back; sent twice it splits once."""
    two(hand)
    hand.day.calls("cd2", Symptom.LEAK_ON_ROAD)
    hand.day.call(Call(text="没水", incident="E0001"))
    assert hand.held()["E0001"] == ("T0001", "T0002", "T0004", "T0005")
    decided = hand.split("E0001", "T0004", "T0005")
    assert decided.undo == Undo(Verb.MERGE, "E0003", "E0001")
    assert hand.held() == {
        "E0001": ("T0001", "T0002"), "E0002": ("T0003",), "E0003": ("T0004", "T0005"),
    }  # fmt: skip
    assert hand.told("incident.split") == [{"into": "E0003", "tickets": ["T0004", "T0005"]}]
    assert [one.kind for one in hand.open_orders("E0003")] == [WorkOrderKind.REPAIR]
    again = hand.split("E0001", "T0005", "T0004")
    assert (again.changed, again.incident, again.undo) == (False, decided.incident, decided.undo)
    hand.undo(decided.undo)
    assert hand.held()["E0001"] == ("T0001", "T0002", "T0004", "T0005")


@pytest.mark.parametrize(
    ("tickets", "said"),
    [
        ((), "Name some"),
        (("T0003",), "T0003"),
        (("T0001", "T0002"), "Leave some"),
        (("T9",), "T9"),
    ],
)
def test_what_cannot_be_split_is_told(hand: Hand, tickets: tuple[str, ...], said: str) -> None:
    """Nothing, another incident's, all, and what is not there."""
    two(hand)
    with pytest.raises(BadInput, match=rf"^tickets: .*{said}"):
        hand.split("E0001", *tickets)


def test_a_ticket_with_a_place_stays_with_those_without(hand: Hand) -> None:
    """An incident of which nobody knows the place would be found by no crew."""
    hand.day.calls("cd1", Symptom.BURST)
    hand.day.call(Call(text="没水", incident="E0001"))
    hand.day.calls("ab1", Symptom.BURST)
    told = hand.day.told()
    for decide in (
        lambda: hand.detach("T0001"),
        lambda: hand.attach("T0001", "E0002"),
        lambda: hand.split("E0001", "T0001"),
        lambda: hand.split("E0001", "T0002"),
    ):
        with pytest.raises(BadInput, match="place"):
            decide()
    assert hand.day.told() == told


def test_what_has_ended_is_not_moved(hand: Hand) -> None:
    """A closed ticket, and incidents that are merged or over, each say so."""
    two(hand)
    hand.merge("E0002", "E0001")
    with pytest.raises(BadInput, match="merged into E0001"):
        hand.attach("T0001", "E0002")
    with pytest.raises(BadInput, match="not merged"):
        hand.unmerge("E0001")
    hand.undo(Undo(Verb.DISMISS, "E0001"))
    for decide in (lambda: hand.detach("T0001"), lambda: hand.attach("T0001", "E0002")):
        with pytest.raises(BadInput, match="T0001 is closed"):
            decide()
    with pytest.raises(BadInput, match="E0001, which has its tickets, is dismissed"):
        hand.unmerge("E0002")
    with pytest.raises(BadInput, match="dismissed"):
        hand.split("E0001", "T0002")


def test_what_a_person_decided_stands(hand: Hand) -> None:
    """Later calls do not gather the tickets again; the household's next call follows its first."""
    two(hand)
    hand.detach("T0002")
    hand.day.at(3)
    assert hand.day.calls("cd2", Symptom.BURST).incident == hand.day.incident("E0001")
    assert hand.held()["E0003"] == ("T0002",)
    again = hand.day.calls("bc1", Symptom.LOW_PRESSURE)
    assert again.incident == hand.day.incident("E0003")
    hand.attach("T0002", "E0001")
    hand.day.at(4)
    assert hand.day.calls("bc1", Symptom.LOW_PRESSURE).incident == hand.day.incident("E0001")


def test_what_the_agent_said_stands_too(hand: Hand) -> None:
    """The household's next call, of another symptom, joins where the agent put the first."""
    two(hand)
    hand.day.call(Call(premises="eS1", symptom=Symptom.NO_WATER, incident="E0002"))
    assert hand.day.calls("eS1", Symptom.LOW_PRESSURE).incident == hand.day.incident("E0002")
    assert hand.detach("T0004").incident == hand.day.incident("E0003")


def test_a_repeated_call_is_told_where_it_is_now(hand: Hand) -> None:
    """Not the incident that was merged."""
    call = Call(premises="ab1", symptom=Symptom.BURST, client_id="7f2c")
    hand.day.calls("cd1", Symptom.BURST)
    hand.day.call(call)
    hand.merge("E0002", "E0001")
    hand.undo(Undo(Verb.DISMISS, "E0001"))
    repeated = hand.day.call(call)
    assert repeated.incident == hand.day.incident("E0001")
