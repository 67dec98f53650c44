"""Whose an incident is: decided with a reason, decided again, taken back; the log keeps it all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import BadInput, UnknownId
from domain.incidents import Incident, Responsibility
from domain.states import IncidentState
from domain.words import Symptom
from operations.decide_responsibility import LONGEST_REASON, decide_responsibility
from tests.operations.live_day import LiveDay

UTILITY, CUSTOMER, THIRD_PARTY = Responsibility


def decide(day: LiveDay, whose: Responsibility | None, reason: str) -> Incident:
    """Return the day's incident after a decision."""
    with day.work() as work:
        decided = decide_responsibility(work, "E0001", whose, reason)
        work.commit()
    return decided


def decisions(day: LiveDay) -> list[dict[str, object]]:
    """Return what the log tells of decisions."""
    with day.work() as work:
        events = work.events.since(0, 1000)
    return [one.payload for one in events if one.kind == "incident.responsibility"]


@pytest.fixture
def burst(day: LiveDay) -> LiveDay:
    """Return a day with one incident."""
    day.calls("cd1", Symptom.BURST)
    return day


def test_it_is_stored_with_its_reason(burst: LiveDay) -> None:
    """Nobody had decided before."""
    assert burst.incident().responsibility is None
    decided = decide(burst, THIRD_PARTY, "  挖掘机挖断，\n 施工单位已签字 ")
    assert (decided.responsibility, decided.responsibility_reason) == (
        THIRD_PARTY,
        "挖掘机挖断， 施工单位已签字",
    )
    assert burst.incident() == decided


def test_it_is_decided_again_and_taken_back(burst: LiveDay) -> None:
    """Each time with a reason; the log keeps every decision, and says nothing of the same twice."""
    decide(burst, CUSTOMER, "表后")
    decide(burst, CUSTOMER, "表后")
    decide(burst, UTILITY, "现场看是表前")
    cleared = decide(burst, None, "等现场照片")
    assert (cleared.responsibility, cleared.responsibility_reason) == (None, "")
    assert decisions(burst) == [
        {"before": None, "after": "customer", "reason": "表后"},
        {"before": "customer", "after": "utility", "reason": "现场看是表前"},
        {"before": "utility", "after": None, "reason": "等现场照片"},
    ]


@pytest.mark.parametrize("reason", ["", "  \n ", "\x00\x07"])
def test_without_a_reason_nothing_is_decided(burst: LiveDay, reason: str) -> None:
    """One line names the field."""
    with pytest.raises(BadInput, match=r"^reason: .+") as refused:
        decide(burst, CUSTOMER, reason)
    assert "\n" not in str(refused.value)
    assert burst.incident().responsibility is None


def test_a_reason_is_bounded_and_holds_no_number_of_a_person(burst: LiveDay) -> None:
    """A long text is cut, a phone is hidden, control characters go."""
    long = decide(burst, CUSTOMER, "表" * 10_000)
    assert len(long.responsibility_reason) == LONGEST_REASON
    hidden = decide(burst, THIRD_PARTY, "司机\x00电话 13800135521，\U0001f69b 撞断")
    assert hidden.responsibility_reason == "司机电话 ***，\U0001f69b 撞断"


def test_a_merged_incident_is_decided_where_its_tickets_are(burst: LiveDay) -> None:
    """The sentence says which incident has them."""
    with burst.work() as work:
        merged = replace(work.incidents.get("E0001"), merged_into="E0002")
        work.incidents.save([replace(merged, state=IncidentState.MERGED)])
        with pytest.raises(BadInput, match="E0002"):
            decide_responsibility(work, "E0001", CUSTOMER, "表后")


def test_an_unknown_incident_is_told(day: LiveDay) -> None:
    """By its id."""
    with day.work() as work, pytest.raises(UnknownId, match="E0009"):
        decide_responsibility(work, "E0009", CUSTOMER, "表后")
