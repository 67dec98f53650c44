"""Closures: what is meant, what is refused, and that the next answer obeys until the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.closures import ClosureReason, ClosureShape
from domain.errors import BadInput, NothingImported, UnknownId
from domain.places import LonLat
from domain.travel import Unreachable
from operations.change_closure import Changes, change_closure, confirm_closure
from operations.close_street import Wanted, close_street, preview_closure
from operations.closures import touched
from operations.closures.meant import Between, Crossings, Drawn, Here, Where
from operations.ground import GroundKeeper
from operations.lift_closure import lift_closure, restore_closure
from storage import Database
from tests.operations.closed_day import MIDDLE, TEN, ClosedDay, box
from tests.web.small_streets import crossing

#: At either end of the middle street, on other streets, so that neither lies on it.
WEST, EAST = crossing(0.5, 1), crossing(2.5, 1)


@pytest.fixture
def day(database: Database) -> ClosedDay:
    """Return the town's day at ten."""
    return ClosedDay(database)


def test_a_closed_street_is_driven_around_at_once_and_again_once_lifted(day: ClosedDay) -> None:
    """The way is longer by two streets to the north and back; undone it is as before."""
    before = day.seconds(WEST, EAST)
    made = day.close()
    assert (made.id, made.streets, made.closure.street) == ("K-1", 1, "人民路")
    around = day.seconds(WEST, EAST)
    assert isinstance(before, float)
    assert isinstance(around, float)
    assert around > before + 40.0
    day.do(lambda work, _: lift_closure(work, "K-1", "bob", day.now))
    assert day.seconds(WEST, EAST) == before
    day.do(lambda work, _: restore_closure(work, "K-1"))
    assert day.seconds(WEST, EAST) == around
    assert day.told() == ["closure.made K-1", "closure.lifted K-1", "closure.restored K-1"]


def test_streets_and_network_are_not_loaded_again_for_a_closure(day: ClosedDay) -> None:
    """The same engine goes on under a new metric; the versions of the ground stay."""
    before, metric = day.ground(), day.ground().travel.metric
    day.close()
    after = day.ground()
    assert after.travel is before.travel
    assert after.network is before.network
    assert after.version == before.version
    assert after.travel.metric != metric
    assert [one.id for one in after.closures] == ["K-1"]
    assert day.ground() is after


def test_a_note_does_not_make_a_new_metric(day: ClosedDay) -> None:
    """What nobody drives by throws no kept answer away."""
    day.close()
    metric = day.ground().travel.metric
    changes = Changes(note="水深半米")
    day.do(lambda work, ground: change_closure(work, ground, "K-1", changes, day.now))
    assert day.ground().closures[0].closure.note == "水深半米"
    assert day.ground().travel.metric == metric


def test_spans_begin_and_end_by_the_clock(day: ClosedDay) -> None:
    """Nobody touches anything: at eleven it is closed, at noon it is open."""
    free = day.seconds(WEST, EAST)
    day.close(since=TEN + timedelta(hours=1), until=TEN + timedelta(hours=2))
    assert day.seconds(WEST, EAST) == free
    day.later(hours=1)
    assert day.seconds(WEST, EAST) != free
    day.later(minutes=59, seconds=59)
    assert day.seconds(WEST, EAST) != free
    day.later(seconds=1)
    assert day.seconds(WEST, EAST) == free
    assert [one.id for one in day.ground().closures] == ["K-1"]
    day.later(days=2)
    day.close(Here(crossing(0, 1.5)))
    assert [one.id for one in day.ground().closures] == ["K-2"]


def test_a_restart_keeps_them(day: ClosedDay) -> None:
    """Another keeper over the same database drives by the same closures."""
    day.close()
    closed = day.seconds(WEST, EAST)
    day.keeper = GroundKeeper()
    assert day.seconds(WEST, EAST) == closed


def test_a_reader_that_began_earlier_brings_nothing_back(day: ClosedDay) -> None:
    """What was closed meanwhile stays closed, though its snapshot does not know it."""
    day.close()
    closed = day.seconds(WEST, EAST)
    metric = day.ground().travel.metric
    with day.work() as work:
        real = work.closures.version
        work.closures.version = lambda: real() - 1  # type: ignore[method-assign]
        assert day.keeper.of(work).travel.metric == metric
    assert day.seconds(WEST, EAST) == closed


def test_a_day_that_is_cleared_has_no_closures(day: ClosedDay) -> None:
    """Those who keep a copy hear of it."""
    before = day.seconds(WEST, EAST)
    day.close()
    day.do(lambda work, _: work.clear_day())
    assert day.ground().closures == ()
    assert day.seconds(WEST, EAST) == before


#: Ways of saying it, and how many streets each means.
MEANT: list[tuple[Where, int]] = [
    (box(0.5, 0.5, 2.5, 1.5), 7),
    (Drawn(ClosureShape.LINE, (crossing(1.1, 1), crossing(1.9, 1))), 1),
    (Between(crossing(0, 1), crossing(2, 1)), 2),
    (Between(crossing(0.4, 1), crossing(1.4, 1)), 2),
    (Between(crossing(1.4, 1), crossing(1.6, 1)), 1),
    (Crossings("人民路", "东湖街", "西门街"), 2),
    (Here(MIDDLE), 1),
]


def test_each_way_of_saying_it_touches_what_is_meant(day: ClosedDay) -> None:
    """A preview stores nothing and says the same as the closure."""
    for where, streets in MEANT:
        seen = preview_closure(day.ground(), Wanted(where, ClosureReason.WORKS), "ann", day.now)
        assert (seen.streets, len(seen.courses)) == (streets, streets)
        before = len(day.ground().closures)
        made = day.close(where)
        assert made.streets == streets
        assert made.metres == pytest.approx(seen.metres)
        assert len(day.ground().closures) == before + 1


BOW = Drawn(ClosureShape.AREA, (crossing(0, 0), crossing(1, 1), crossing(1, 0.2), crossing(0, 1.2)))


#: No closure can be there, and what the refusal says.
NOWHERE: list[tuple[Where, str]] = [
    (BOW, "places"),
    (Drawn(ClosureShape.AREA, (crossing(0, 0), crossing(1, 1))), "places"),
    (Drawn(ClosureShape.LINE, (crossing(0, 0), crossing(0, 0))), "places"),
    (Drawn(ClosureShape.LINE, ()), "places"),
    (Drawn(ClosureShape.LINE, tuple(crossing(i / 600, 0) for i in range(501))), "at most 500"),
    (Drawn(ClosureShape.AREA, tuple(LonLat(*p) for p in ((0, 0), (1, 0), (1, 1)))), "places"),
    (box(0.2, 0.2, 0.4, 0.4), "touches no street"),
    (Here(LonLat(120.0, 30.0)), "at: no street within"),
    (Between(crossing(1, 1), crossing(1, 1)), "ends"),
    (Crossings("人民路", "东湖街", "长江路"), "no street is called"),
    (Crossings("人民路", "滨江路", "东湖街"), "do not meet"),
    (Crossings("", "滨江路", "东湖街"), "crossings"),
]


def test_what_cannot_be_a_closure_is_refused_in_a_line(day: ClosedDay) -> None:
    """Nothing is stored, and the sentence names what to change."""
    for where, word in NOWHERE:
        with pytest.raises(BadInput) as refused:
            day.close(where, reason=ClosureReason.WORKS)
        assert word in str(refused.value)
        assert "\n" not in str(refused.value)
    assert day.ground().closures == ()
    assert day.told() == []


def test_too_many_streets_are_refused_before_they_are_drawn(
    day: ClosedDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box touches seven: as many are closed, one more is not, nor shown, nor moved to."""
    seven, few = box(0.5, 0.5, 2.5, 1.5), Here(MIDDLE)
    monkeypatch.setattr(touched, "MOST_STREETS", 7)
    assert day.close(seven).streets == 7
    monkeypatch.setattr(touched, "MOST_STREETS", 6)
    match = "^places: this touches 7 streets, at most 6 .* Draw it smaller, or several.$"
    wanted = Wanted(seven, ClosureReason.SNOW)
    with pytest.raises(BadInput, match=match):
        day.close(seven)
    with pytest.raises(BadInput, match=match):
        preview_closure(day.ground(), wanted, "ann", day.now)
    day.close(few)
    wider = Changes(where=seven)
    with pytest.raises(BadInput, match=match):
        day.do(lambda work, ground: change_closure(work, ground, "K-2", wider, day.now))
    assert [one.streets for one in day.ground().closures] == [7, 1]


#: Terms that make no sense, and what the refusal says.
NONSENSE: list[tuple[dict[str, object], str]] = [
    ({"until": TEN}, "until: it ends before it begins"),
    ({"since": TEN + timedelta(hours=2), "until": TEN + timedelta(hours=1)}, "until"),
    ({"since": TEN - timedelta(hours=2), "until": TEN - timedelta(hours=1)}, "has passed"),
    ({"factor": 1.0}, "factor"),
    ({"factor": -0.5}, "factor"),
    ({"factor": 1e-9}, "factor"),
    ({"factor": 5e-324}, "factor"),
    ({"factor": float("nan")}, "factor"),
]


def test_terms_that_make_no_sense_are_refused(day: ClosedDay) -> None:
    """Each names its field."""
    for terms, word in NONSENSE:
        with pytest.raises(BadInput, match=word):
            day.close(**terms)
    assert day.ground().closures == ()


def test_unknown_things_are_refused(day: ClosedDay) -> None:
    """No incident, no closure of such an id."""
    with pytest.raises(UnknownId):
        day.close(incident="E9999")
    with pytest.raises(UnknownId):
        day.do(lambda work, _: lift_closure(work, "K-7", "ann", day.now))


def test_without_streets_the_remedy_is_named(database: Database) -> None:
    """There is nothing to close yet."""
    with pytest.raises(NothingImported, match="import streets"):
        ClosedDay(database, with_streets=False).close()


def test_sent_again_it_is_the_same(day: ClosedDay) -> None:
    """One closure."""
    wanted = Wanted(Here(MIDDLE), ClosureReason.FLOOD, client_id="a1")
    act = [
        day.do(lambda work, ground: close_street(work, ground, wanted, "ann", day.now))
        for _ in range(2)
    ]
    assert [new for _, new in act] == [True, False]
    assert act[0][0].closure == act[1][0].closure
    assert day.told() == ["closure.made K-1"]


#: What is no second sending of a flood at the middle street.
OTHERS: list[dict[str, object]] = [
    {"reason": ClosureReason.SNOW},
    {"where": Here(crossing(0, 1.5))},
    {"where": Drawn(ClosureShape.LINE, (crossing(1, 1), crossing(2, 1)))},
    {"where": box(0.5, 0.5, 2.5, 1.5)},
    {"factor": 0.5},
    {"entry": False},
]


def test_another_closure_under_a_known_id_is_refused(day: ClosedDay) -> None:
    """It is not taken for the first one: that would leave its streets open, unsaid."""
    day.close(client_id="a1")
    for other in OTHERS:
        with pytest.raises(BadInput, match="client_id: it made closure K-1 already"):
            day.close(client_id="a1", **other)  # type: ignore[arg-type]
    assert day.told() == ["closure.made K-1"]


def test_an_id_that_made_something_else_is_refused(day: ClosedDay) -> None:
    """A call's ticket is no closure that is missing."""
    day.do(lambda work, _: work.requests.remember("a2", "T0001"))
    with pytest.raises(BadInput, match="client_id: it made T0001 already") as refused:
        day.close(client_id="a2")
    assert not isinstance(refused.value, UnknownId)


def test_a_closure_is_changed_and_widened(day: ClosedDay) -> None:
    """Until, how slow, and where; a change of nothing tells nothing."""
    day.close(until=TEN + timedelta(hours=1))
    for changes in (
        Changes(until=None),
        Changes(factor=0.5, entry=False),
        Changes(where=Between(crossing(0, 1), crossing(2, 1))),
        Changes(),
    ):
        day.do(lambda work, ground, c=changes: change_closure(work, ground, "K-1", c, day.now))
    (now,) = day.ground().closures
    assert (now.closure.until, now.closure.factor, now.closure.entry) == (None, 0.5, False)
    assert (now.streets, now.closure.street) == (2, "人民路")
    assert day.told() == ["closure.made K-1", *["closure.changed K-1"] * 3]
    past = Changes(until=TEN - timedelta(hours=1))
    with pytest.raises(BadInput, match="until"):
        day.do(lambda work, ground: change_closure(work, ground, "K-1", past, day.now))


def test_a_closure_is_renamed(day: ClosedDay) -> None:
    """It is called after its streets again where the name is taken away; a move keeps a new one."""
    day.close()
    for changes, name in (
        (Changes(street=" 人民路桥 "), "人民路桥"),
        (Changes(note="水深"), "人民路桥"),
        (Changes(street=""), "人民路"),
        (Changes(where=Here(crossing(0, 1.5)), street="涵洞"), "涵洞"),
    ):
        day.do(lambda work, ground, c=changes: change_closure(work, ground, "K-1", c, day.now))
        assert day.ground().closures[0].closure.street == name


def test_what_was_lifted_is_not_lifted_changed_or_confirmed(day: ClosedDay) -> None:
    """And what stands is not restored."""
    day.close()
    with pytest.raises(BadInput, match="stands"):
        day.do(lambda work, _: restore_closure(work, "K-1"))
    day.do(lambda work, _: lift_closure(work, "K-1", "bob", day.now))
    with pytest.raises(BadInput, match="lifted already by bob"):
        day.do(lambda work, _: lift_closure(work, "K-1", "ann", day.now))
    with pytest.raises(BadInput, match="Restore it first"):
        day.do(lambda work, ground: change_closure(work, ground, "K-1", Changes(), day.now))
    with pytest.raises(BadInput, match="Restore it first"):
        day.do(lambda work, _: confirm_closure(work, "K-1"))


def test_nobody_drives_into_a_flood(day: ClosedDay) -> None:
    """Work inside, entry forbidden: there is no drive, for that reason."""
    day.close(entry=False)
    assert day.seconds(WEST, MIDDLE) is Unreachable.CLOSED
    assert day.seconds(crossing(0, 0.5), MIDDLE) is Unreachable.CLOSED
    changes = Changes(entry=True)
    day.do(lambda work, ground: change_closure(work, ground, "K-1", changes, day.now))
    assert isinstance(day.seconds(WEST, MIDDLE), float)


def test_an_answer_begun_earlier_opens_nothing_that_began_since(day: ClosedDay) -> None:
    """Only a clock that was set back does."""
    day.close(since=TEN + timedelta(seconds=30))
    open_s = day.seconds(WEST, EAST)
    day.later(seconds=40)
    closed_s = day.seconds(WEST, EAST)
    with day.database.unit_of_work(lambda: TEN, actor="test") as late:
        assert day.keeper.of(late).travel.metric == 1
    assert day.seconds(WEST, EAST) == closed_s != open_s
    day.later(hours=-1)
    assert day.seconds(WEST, EAST) == open_s
