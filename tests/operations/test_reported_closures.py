"""A crew says that a road cannot be passed: closed at once, once, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.closures import Closure, ClosureReason, ClosureShape
from domain.errors import BadInput
from domain.places import LonLat
from domain.reports import Outcome
from operations.change_closure import Changes, change_closure, confirm_closure
from operations.closures.meant import Here
from operations.closures.reported import STANDS
from operations.closures.reported_by import crew_of, unconfirmed
from operations.lift_closure import lift_closure
from operations.settle_conflict import settle_conflict
from storage import Database
from tests.operations.closed_day import MIDDLE, TEN, ClosedDay
from tests.web.small_streets import crossing, load_streets


@pytest.fixture
def day(database: Database) -> ClosedDay:
    """Return the town's day at ten."""
    return ClosedDay(database)


def standing(day: ClosedDay) -> list[Closure]:
    """Return the closures that stand."""
    return [one.closure for one in day.ground().closures]


def test_the_street_between_its_crossings_is_closed_at_once(day: ClosedDay) -> None:
    """Until four hours from now, with no way in where it is flooded, marked as that crew's."""
    assert day.report(day.said()).outcome is Outcome.APPLIED
    (made,) = standing(day)
    assert (made.shape, made.factor, made.entry) == (ClosureShape.STREET, 0.0, False)
    assert set(made.places) == {crossing(1, 1), crossing(2, 1)}
    assert (made.reason, made.note, made.street) == (ClosureReason.FLOOD, "没过轮胎", "人民路")
    assert (made.since, made.until, made.made_at) == (TEN, TEN + STANDS, TEN)
    assert crew_of(made) == "C2"


def test_the_same_report_again_makes_nothing(day: ClosedDay) -> None:
    """A phone that did not hear the answer sends it again."""
    first = [day.report(day.said()) for _ in range(2)]
    assert first[0] == first[1]
    assert day.told() == ["closure.made K-1"]


def test_another_crew_at_the_same_street_keeps_it_closed_longer(day: ClosedDay) -> None:
    """One closure stands, not two; what a dispatcher left open-ended is not shortened."""
    day.report(day.said())
    day.later(hours=1)
    day.report(day.said(2, crew="C1"))
    (made,) = standing(day)
    assert (made.id, made.until) == ("K-1", day.now + STANDS)
    day.do(lambda work, _: lift_closure(work, "K-1", "ann", day.now))
    day.report(day.said(3))
    assert [one.id for one in standing(day)] == ["K-2"]
    assert day.told() == [
        "closure.made K-1", "closure.reported K-1", "closure.lifted K-1", "closure.made K-2",
    ]  # fmt: skip


def test_what_is_closed_later_or_may_be_entered_does_not_stand_for_a_flood(day: ClosedDay) -> None:
    """Works of tomorrow close nothing today, and works let crews in whom the water does not."""
    tomorrow = day.now + timedelta(days=1)
    day.close(reason=ClosureReason.WORKS, since=tomorrow, until=tomorrow + timedelta(days=1))
    day.close(reason=ClosureReason.WORKS)
    day.report(day.said())
    made = standing(day)[-1]
    assert (made.id, made.since, made.entry) == ("K-3", TEN, False)
    day.report(day.said(2, reason="works"))
    assert len(standing(day)) == 3


def test_an_older_word_does_not_close_what_was_opened_since(day: ClosedDay) -> None:
    """It came out of a pocket after the dispatcher had opened the street: it waits for a look."""
    day.report(day.said())
    seen = day.later(minutes=10)
    day.later(minutes=10)
    day.do(lambda work, _: lift_closure(work, "K-1", "ann", day.now))
    day.later(minutes=10)
    late = day.report(day.said(2, crew="C1", device_time=seen))
    assert late.outcome is Outcome.CONFLICT
    assert standing(day) == []
    day.do(lambda work, ground: settle_conflict(work, ground, late.id, "take_report", day.now))
    assert [one.id for one in standing(day)] == ["K-2"]
    day.report(day.said(3, position=crossing(1, 1.5), device_time=seen))
    assert [one.id for one in standing(day)] == ["K-2", "K-3"]


def test_a_report_that_comes_late_closes_from_now(day: ClosedDay) -> None:
    """Kept on a phone for six hours, or by one that is years behind: nobody has looked since."""
    day.report(day.said(1, device_time=TEN - timedelta(hours=6)))
    day.report(day.said(2, position=crossing(1, 1.5), device_time=TEN.replace(year=2020)))
    day.report(day.said(3, position=crossing(2, 1.5), device_time=TEN.replace(year=2030)))
    first, second, third = standing(day)
    assert [one.until for one in (first, second, third)] == [TEN + STANDS] * 3
    assert first.since == TEN - timedelta(hours=6)
    assert second.since == TEN - timedelta(hours=12)
    assert third.since == TEN


@pytest.mark.parametrize("where", [None, LonLat(0.0, 0.0)], ids=["nowhere", "the sea"])
def test_a_report_that_closes_nothing_waits_for_a_dispatcher(
    day: ClosedDay, where: LonLat | None
) -> None:
    """It is kept with the reason, and taking it over says why that cannot be."""
    kept = day.report(day.said(position=where))
    assert kept.outcome is Outcome.CONFLICT
    assert kept.conflict is not None
    assert standing(day) == []
    with pytest.raises(BadInput, match="cannot be taken over"):
        day.do(lambda work, ground: settle_conflict(work, ground, kept.id, "take_report", day.now))
    day.do(lambda work, ground: settle_conflict(work, ground, kept.id, "keep_system", day.now))


def test_without_streets_it_is_kept_and_closes_once_there_are_some(database: Database) -> None:
    """The dispatcher takes it over after the import; the four hours count from then."""
    day = ClosedDay(database, with_streets=False)
    kept = day.report(day.said())
    assert kept.outcome is Outcome.CONFLICT
    day.do(lambda work, _: load_streets(work))
    day.later(hours=5)
    day.do(lambda work, ground: settle_conflict(work, ground, kept.id, "take_report", day.now))
    (made,) = standing(day)
    assert made.until == day.now + STANDS


def test_it_waits_for_a_look_until_a_dispatcher_has_had_one(day: ClosedDay) -> None:
    """Confirming is enough; what a dispatcher made needs none."""
    day.report(day.said())
    day.close()
    with day.work() as work:
        assert unconfirmed(work, work.closures.standing()) == {"K-1"}
    day.do(lambda work, _: confirm_closure(work, "K-1"))
    with day.work() as work:
        assert unconfirmed(work, work.closures.standing()) == frozenset()


def test_the_same_values_saved_are_a_look_too(day: ClosedDay) -> None:
    """Once; no values at all are none, and what a dispatcher made has none to wait for."""

    def save(closure: str, changes: Changes) -> list[str]:
        day.do(lambda work, ground: change_closure(work, ground, closure, changes, day.now))
        with day.work() as work:
            return sorted(unconfirmed(work, work.closures.standing()))

    day.report(day.said())
    day.close(Here(crossing(0, 1.5)))
    until = standing(day)[0].until
    assert save("K-1", Changes()) == ["K-1"]
    assert save("K-1", Changes(until=until, factor=0.0, entry=False)) == []
    assert save("K-1", Changes(until=until)) == []
    assert save("K-2", Changes(factor=0.0)) == []
    assert day.told() == ["closure.made K-1", "closure.made K-2", "closure.confirmed K-1"]


#: What a crew says, and what it means: the reason, the words, whether work crews may enter.
SAID: list[tuple[str, ClosureReason, str, bool]] = [
    ("flood", ClosureReason.FLOOD, "", False),
    ("collapse 坑很深", ClosureReason.COLLAPSE, "坑很深", False),
    ("works", ClosureReason.WORKS, "", True),
    ("树倒了", ClosureReason.OTHER, "树倒了", True),
    ("", ClosureReason.OTHER, "", True),
]


def test_the_first_word_may_say_why(day: ClosedDay) -> None:
    """Other words are kept as they are."""
    for number, (said, reason, note, entry) in enumerate(SAID):
        day.report(
            replace(
                day.said(number), reason=said, position=crossing(number % 3 + 0.5, number // 3 + 1)
            )
        )
        made = standing(day)[-1]
        assert (made.reason, made.note, made.entry) == (reason, note, entry)


def test_a_fix_beside_the_road_means_the_road(day: ClosedDay) -> None:
    """Ten metres off, as phones are."""
    beside = LonLat(MIDDLE.lon, MIDDLE.lat + 0.0001)
    day.report(day.said(position=beside))
    assert set(standing(day)[0].places) == {crossing(1, 1), crossing(2, 1)}
