"""Valve reports drive the outage: predicted before, actual after each one, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from domain.answers import AnswerKind
from domain.incidents import EtrSource, Outage, SupplyStep
from domain.network import Operability, Position
from domain.reports import Outcome, ReportKind
from domain.sentences import Sentence
from domain.states import IncidentState, OutageState
from domain.words import Symptom
from operations.answer_caller import Asked
from operations.incidents.actual_supply import dry_now
from operations.set_etr import set_etr
from operations.settle_conflict import settle_conflict
from operations.showing.opening_order import opening_order
from operations.showing.public_outages import public_outages
from operations.verify_and_close import verify_and_close
from storage import Database
from tests.gis.drawing import draw
from tests.operations.live_day import NINE, LiveDay

K, P = ReportKind, Position

#: Minutes after nine, who, for which order, what, about which isolation valve.
Said = tuple[float, str, str, ReportKind, str | None]

SHUT: tuple[Said, ...] = (
    (10, "C1", "W0001I", K.VALVE_CLOSED, "bc.b"),
    (20, "C1", "W0001I", K.VALVE_CLOSED, "de.d"),
    (25, "C1", "W0001I", K.FIELD_COMPLETE, None),
)
MENDED: Said = (60, "C2", "W0001R", K.FIELD_COMPLETE, None)
OPENED: tuple[Said, ...] = (
    (65, "C2", "W0001R", K.VALVE_OPENED, "de.d"),
    (70, "C2", "W0001R", K.VALVE_OPENED, "bc.b"),
)


def burst(day: LiveDay, premises: str = "cd1") -> None:
    """Open a burst with C1 to isolate and C2 to repair it."""
    day.calls(premises, Symptom.BURST)
    day.assign("W0001I", "C1")
    day.assign("W0001R", "C2")


def tell(day: LiveDay, story: Sequence[Said], heard_at: float | None = None) -> None:
    """Report what happened, in this order; at once, or all at one later instant."""
    for minute, crew, order, kind, valve in story:
        day.at(minute if heard_at is None else heard_at)
        stored = day.says(crew, order, kind, valve, ago=(heard_at or minute) - minute)
        assert stored.outcome is Outcome.APPLIED, stored.conflict


def steps_of(outage: Outage) -> list[tuple[float, str, Position, int, int]]:
    """Return the steps with minutes after nine."""
    return [
        (
            (one.at - NINE) / timedelta(minutes=1),
            one.isolation_valve,
            one.position,
            one.out,
            one.restored,
        )
        for one in outage.steps
    ]


def dry(day: LiveDay) -> set[str]:
    """Return who is without water now."""
    with day.work() as work:
        return set(dry_now(work, day.keeper.of(work), work.outages.get("O-E0001")))


def test_the_actual_set_grows_with_each_valve_to_the_predicted(day: LiveDay) -> None:
    """The first valve dries nobody: water still comes from the other side."""
    burst(day)
    assert dry(day) == set()
    tell(day, SHUT[:1])
    assert (day.outage().state, dry(day)) == (OutageState.IN_EFFECT, set())
    tell(day, SHUT[1:])
    assert dry(day) == set(day.outage().isolation.premises) == {"bc1", "bc2", "cd1", "cd2"}
    assert steps_of(day.outage()) == [(10, "bc.b", P.CLOSED, 0, 0), (20, "de.d", P.CLOSED, 4, 0)]


def test_supply_comes_back_with_the_valve_and_ends_the_outage(day: LiveDay) -> None:
    """Repaired, and nobody without water: restored when the crew says it opened it, no ETR left."""
    burst(day)
    tell(day, SHUT)
    with day.work() as work:
        set_etr(work, "O-E0001", NINE + timedelta(hours=3), EtrSource.DISPATCHER, day.now)
        work.commit()
    tell(day, (MENDED, *OPENED))
    outage = day.outage()
    assert outage.state is OutageState.RESTORED
    assert (outage.restored_at, outage.etr) == (NINE + timedelta(minutes=65), None)
    assert steps_of(outage)[2:] == [(65, "de.d", P.OPEN, 0, 4), (70, "bc.b", P.OPEN, 0, 0)]
    assert outage.closed == ()
    assert day.valve("bc.b").is_open
    assert day.valve("de.d").is_open
    assert day.incident().state is IncidentState.RESOLVED


def test_given_back_before_the_repair_is_no_end(day: LiveDay) -> None:
    """Everybody has water again, but the work goes on; the end of the repair is the end."""
    burst(day)
    tell(day, (*SHUT, OPENED[0]))
    assert day.outage().state is OutageState.PARTLY_RESTORED
    tell(day, [(90, "C2", "W0001R", K.FIELD_COMPLETE, None)])
    assert day.outage().state is OutageState.RESTORED
    assert day.outage().restored_at == NINE + timedelta(minutes=65)


def test_partly_restored_valve_by_valve(database: Database) -> None:
    """Two pockets behind two valves come back one after the other."""
    day = LiveDay(database, network=draw("R--a%--b%--c--d", premises="ab bc cd"))
    burst(day, "ab")
    tell(
        day,
        [
            (10, "C1", "W0001I", K.VALVE_CLOSED, "ab.a"),
            (12, "C1", "W0001I", K.FIELD_COMPLETE, None),
        ],
    )
    assert dry(day) == {"ab", "bc", "cd"}
    day.at(13)
    tell(day, [(13, "C1", "W0001I", K.VALVE_CLOSED, "bc.b"), MENDED])
    tell(day, [(62, "C2", "W0001R", K.VALVE_OPENED, "ab.a")])
    outage = day.outage()
    assert (outage.state, dry(day)) == (OutageState.PARTLY_RESTORED, {"bc", "cd"})
    assert outage.restored_at is None
    tell(day, [(66, "C2", "W0001R", K.VALVE_OPENED, "bc.b")])
    assert [(one.out, one.restored) for one in day.outage().steps] == [
        (3, 0),
        (3, 0),
        (2, 1),
        (0, 2),
    ]
    assert day.outage().restored_at == NINE + timedelta(minutes=66)


def test_missing_reports_of_openings_are_no_end(day: LiveDay) -> None:
    """In doubt the outage stays until the centre verifies; then what is shut counts as opened."""
    burst(day)
    tell(day, (*SHUT, MENDED))
    assert day.outage().state is OutageState.IN_EFFECT
    with day.work() as work:
        verify_and_close(work, day.keeper.of(work), "E0001", day.at(90))
        work.commit()
    assert day.outage().restored_at == NINE + timedelta(minutes=90)
    assert day.valve("bc.b").is_open


def test_one_valve_left_shut_without_harm_is_opened_by_the_centre(day: LiveDay) -> None:
    """Nobody was dry any more, so the outage had ended; verified, the rest counts as opened."""
    burst(day)
    tell(day, (*SHUT, MENDED, OPENED[0]))
    assert (day.outage().state, day.outage().closed) == (OutageState.RESTORED, ("bc.b",))
    assert not day.valve("bc.b").is_open
    with day.work() as work:
        verify_and_close(work, day.keeper.of(work), "E0001", day.at(90))
        work.commit()
    assert day.valve("bc.b").is_open
    assert day.outage().restored_at == NINE + timedelta(minutes=65)


def test_a_valve_that_will_not_open_keeps_its_premises_dry(database: Database) -> None:
    """It stays shut, is no barrier to choose again, and the outage goes on."""
    day = LiveDay(database, network=draw("R--a%--b--c", premises="ab bc"))
    burst(day, "ab")
    tell(
        day,
        [
            (10, "C1", "W0001I", K.VALVE_CLOSED, "ab.a"),
            (12, "C1", "W0001I", K.FIELD_COMPLETE, None),
            MENDED,
        ],
    )
    tell(day, [(62, "C2", "W0001R", K.VALVE_STUCK, "ab.a")])
    valve, outage = day.valve("ab.a"), day.outage()
    assert (valve.position, valve.operability) == (P.CLOSED, Operability.INOPERABLE)
    assert (outage.state, outage.closed, outage.stuck) == (OutageState.IN_EFFECT, ("ab.a",), ())
    assert dry(day) == {"ab", "bc"}
    with day.work() as work:
        verify_and_close(work, day.keeper.of(work), "E0001", day.at(90))
        work.commit()
    assert not day.valve("ab.a").is_open


def test_what_another_outage_keeps_shut_stays_shut(day: LiveDay) -> None:
    """The report is kept with the reason; a dispatcher may still take it over."""
    day.calls("cd1", Symptom.BURST)
    day.calls("de1", Symptom.BURST)
    for order, crew in (("W0001I", "C1"), ("W0002I", "C2")):
        day.assign(order, crew)
        day.says(crew, order, K.ON_SITE)
    day.says("C1", "W0001I", K.VALVE_CLOSED, "de.d")
    day.at(30)
    stored = day.says("C1", "W0001I", K.VALVE_OPENED, "de.d")
    assert stored.outcome is Outcome.CONFLICT
    assert stored.conflict == Sentence(
        "停水 O-E0002 仍需关闭阀门 de.d：请确认它没有被打开。",
        "Outage O-E0002 still needs isolation valve de.d shut: make sure that it is not open.",
    )
    assert not day.valve("de.d").is_open
    with day.work() as work:
        settle_conflict(work, day.keeper.of(work), stored.id, "take_report", day.now)
        work.commit()
    assert day.valve("de.d").is_open
    assert day.outage("O-E0001").closed == day.outage("O-E0002").closed == ()
    assert [one.position for one in day.outage("O-E0001").steps] == [P.CLOSED, P.OPEN]
    # What was taken over counts in every later reckoning too.
    day.at(40)
    day.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    assert [one.isolation_valve for one in day.outage("O-E0001").steps] == ["de.d", "de.d", "bc.b"]


def test_a_closed_valve_opened_to_feed_gives_water_back(database: Database) -> None:
    """A valve that is closed on other days feeds the dry part from the other side."""
    network = draw("R--a%--b%--c--d%--S", premises="ab bc cd")
    shut = network.isolation_valve_by_id["dS.d"]
    day = LiveDay(
        database,
        network=network.with_isolation_valves([replace(shut, position=P.CLOSED)]),
    )
    burst(day, "ab")
    tell(
        day,
        [
            (10, "C1", "W0001I", K.VALVE_CLOSED, "ab.a"),
            (11, "C1", "W0001I", K.VALVE_CLOSED, "bc.b"),
        ],
    )
    assert dry(day) == {"ab", "bc", "cd"}
    tell(day, [(20, "C1", "W0001I", K.VALVE_OPENED, "dS.d")])
    outage = day.outage()
    assert (outage.state, dry(day)) == (OutageState.PARTLY_RESTORED, {"ab"})
    assert (outage.steps[-1].out, outage.steps[-1].restored) == (1, 2)
    assert outage.closed == ("ab.a", "bc.b")
    tell(day, [(50, "C1", "W0001I", K.VALVE_CLOSED, "dS.d")])
    assert (day.outage().state, dry(day)) == (OutageState.IN_EFFECT, {"ab", "bc", "cd"})
    assert day.outage().closed == ("ab.a", "bc.b")


#: A whole life with a slip, a repetition and a repair; seven reports, 5,040 orders of arrival.
LIFE: tuple[Said, ...] = (
    (5, "C1", "W0001I", K.VALVE_CLOSED, "bc.b"),
    (8, "C1", "W0001I", K.VALVE_STUCK, "bc.b"),
    (15, "C1", "W0001I", K.VALVE_CLOSED, "bc.b"),
    (20, "C1", "W0001I", K.VALVE_CLOSED, "de.d"),
    MENDED,
    *OPENED,
)


@pytest.mark.parametrize("number", range(0, 5040, 1300))
def test_any_order_of_arrival_gives_the_same_steps(database: Database, number: int) -> None:
    """Late, out of order: the same state and the same steps as told in order."""
    day = LiveDay(database)
    burst(day)
    tell(day, list(permutations(LIFE))[number], heard_at=90)
    outage = day.outage()
    assert steps_of(outage) == [
        (15, "bc.b", P.CLOSED, 0, 0),
        (20, "de.d", P.CLOSED, 4, 0),
        (65, "de.d", P.OPEN, 0, 4),
        (70, "bc.b", P.OPEN, 0, 0),
    ]
    assert (outage.state, outage.restored_at) == (
        OutageState.RESTORED,
        NINE + timedelta(minutes=65),
    )
    assert (outage.began_at, outage.closed, outage.stuck) == (NINE + timedelta(minutes=5), (), ())
    assert all(day.valve(one).is_open and day.valve(one).can_turn for one in ("bc.b", "de.d"))


def test_a_late_closing_takes_the_end_back(database: Database) -> None:
    """Somebody is dry after all: not restored, whatever was thought before."""
    day = LiveDay(database)
    burst(day)
    tell(day, (*SHUT, MENDED, OPENED[0]))
    assert day.outage().state is OutageState.RESTORED
    day.at(80)
    day.says("C2", "W0001R", K.VALVE_CLOSED, "de.d", ago=10)
    assert (day.outage().state, day.outage().restored_at) == (OutageState.IN_EFFECT, None)
    assert dry(day) == {"bc1", "bc2", "cd1", "cd2"}


def test_steps_repeat_nothing(day: LiveDay) -> None:
    """The same valve closed twice is one step, from the first time."""
    burst(day)
    tell(day, (*SHUT[:2], (22, "C1", "W0001I", K.VALVE_CLOSED, "bc.b")))
    assert len(day.outage().steps) == 2
    assert day.outage().steps[0] == SupplyStep(NINE + timedelta(minutes=10), "bc.b", P.CLOSED, 0)


def test_a_caller_hears_what_the_valves_say(database: Database) -> None:
    """Will be off before the closing reaches them, no water then, restored once it is back."""
    day = LiveDay(database, network=draw("R--a%--b%--c--d", premises="ab bc cd"))
    burst(day, "ab")

    def heard(premises: str) -> AnswerKind:
        return day.answer(Asked(premises=premises)).kind

    tell(day, [(8, "C1", "W0001I", K.VALVE_CLOSED, "bc.b")])
    assert (heard("ab"), heard("cd")) == (AnswerKind.WILL_BE_OFF, AnswerKind.NO_WATER)
    tell(day, [(10, "C1", "W0001I", K.VALVE_CLOSED, "ab.a")])
    assert (heard("ab"), heard("cd")) == (AnswerKind.NO_WATER, AnswerKind.NO_WATER)
    tell(day, [MENDED, (62, "C2", "W0001R", K.VALVE_OPENED, "ab.a")])
    assert (heard("ab"), heard("cd")) == (AnswerKind.RESTORED, AnswerKind.NO_WATER)
    answer = day.answer(Asked(premises="ab"))
    assert answer.restored_at == NINE + timedelta(minutes=62)
    with day.work() as work:
        (public,) = public_outages(work, day.keeper.of(work), day.now)
    assert public.state is OutageState.PARTLY_RESTORED


def test_the_opening_order_gives_back_the_most_first(database: Database) -> None:
    """Held before the repair; then greedy, each with the number it had in the closing order."""
    day = LiveDay(database, network=draw("R--a%--b%--c--d%--e", premises="ab bc cd de"))
    burst(day, "ab")
    for valve in ("ab.a", "de.d", "bc.b"):
        tell(day, [(10, "C1", "W0001I", K.VALVE_CLOSED, valve)])

    def offered() -> list[tuple[int, str, str, int]]:
        with day.work() as work:
            steps = opening_order(work, day.keeper.of(work), work.outages.get("O-E0001"))
        return [(one.number, one.valve.id, one.state.value, one.gives_back) for one in steps]

    before = [(number, valve) for number, valve, state, _ in offered() if state == "held"]
    assert before == [(1, "ab.a")]
    tell(day, [MENDED])
    assert offered() == [
        (1, "ab.a", "next", 1),
        (3, "bc.b", "waiting", 2),
        (2, "de.d", "waiting", 1),
    ]
    tell(day, [(62, "C2", "W0001R", K.VALVE_OPENED, "ab.a")])
    assert offered()[0] == (1, "ab.a", "opened", 1)
    assert offered()[1] == (3, "bc.b", "next", 2)
