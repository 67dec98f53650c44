"""The oracle itself, rule by rule: days small enough to be timed and priced by hand.

Places lie on one road: a crew's start, the orders, then homes and depots, in minutes of driving.
Times in the tests are minutes after ``NOW``; a stop reads depart, arrive, start, end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from dispatch import Problem, Running, solve
from dispatch.running import Begun
from domain.crews import Break, Depot
from domain.places import LonLat
from domain.travel import TravelMatrix
from domain.words import Priority, Skill
from tests.dispatch.exhaustive import left_over, search
from tests.dispatch.instances import HERE, NOW, at, on_a_line, team, work
from tests.dispatch.oracle import check, plan_of, score
from tests.dispatch.oracle_clock import Day, Impossible, Run, timed

P1 = Priority.P1


def clock(run: Run) -> list[tuple[float, float, float, float]]:
    """Return each stop as depart, arrive, start, end in minutes."""
    return [(s.depart / 60, s.eta / 60, s.start / 60, s.end / 60) for s in run.stops]


def runs(day: Problem, *sequences: list[int]) -> list[Run]:
    """Return the oracle's times."""
    return timed(Day(day), sequences)


def cannot(day: Problem, *sequences: list[int]) -> str:
    """Return why there are no times."""
    with pytest.raises(Impossible) as why:
        timed(Day(day), sequences)
    return str(why.value)


def test_a_crew_starts_with_its_shift_and_sets_out_after_the_report() -> None:
    """Rules 1, 2, 5 and 7: on shift at 60; the second order is only known at 150."""
    orders = [work("W0"), work("W1", released_at=at(150))]
    day = on_a_line([team("A", (1, 8))], orders, [0, 10, 30])
    # 60 + 10 = 70, half an hour of work; waits until 150 where it is, then 20 minutes' drive
    assert clock(runs(day, [0, 1])[0]) == [(60, 70, 70, 100), (150, 170, 170, 200)]


def test_travel_is_rounded_up_and_nonsense_is_no_way() -> None:
    """Rule 5: 61.2 s count 62; NaN, a negative time, infinity and 2^29 are no way."""
    for seconds, drive in ((61.2, 62), (60.0, 60)):
        travel = TravelMatrix(np.array([[0.0, seconds], [9.0, 0.0]]), {}, False, "drawn")
        day = Problem.build([work("W0")], [team("A")], travel, NOW)
        assert runs(day, [0])[0].stops[0].travel == drive
    for seconds in (np.nan, -1.0, np.inf, 2.0**29):
        travel = TravelMatrix(np.array([[0.0, seconds], [9.0, 0.0]]), {}, False, "drawn")
        assert "rule 5" in cannot(Problem.build([work("W0")], [team("A")], travel, NOW), [0])


def test_breaks_come_before_setting_out() -> None:
    """Rule 3: due at 35 while it works until 40; the second is due while it waits for a report."""
    breaks = Break(at(35), at(38), 1800), Break(at(120), at(130), 600)
    orders = [work("W0"), work("W1"), work("W2", released_at=at(125))]
    day = on_a_line([team("A", breaks=breaks)], orders, [0, 10, 10, 10])
    run = runs(day, [0, 1, 2])[0]
    # W0 10-40; break 40-70; W1 70-100; free at 100, would leave at 125; break 120-130; W2 130-160
    assert clock(run) == [(0, 10, 10, 40), (70, 70, 70, 100), (130, 130, 130, 160)]
    assert run.breaks == ((2400, 4200), (7200, 7800))
    assert score(day, plan_of(day, [[0, 1, 2]]))["breaks"] == 120  # 40 is 2 minutes after 38


def test_a_break_may_make_the_next_one_due() -> None:
    """Rule 3: half an hour from 0 on puts the departure off to 30, when the next is due."""
    breaks = Break(at(0), at(0), 1800), Break(at(30), at(30), 600)
    day = on_a_line([team("A", breaks=breaks)], [work("W0")], [0, 10])
    run = runs(day, [0])[0]
    assert clock(run) == [(40, 50, 50, 80)]
    assert run.breaks == ((0, 1800), (1800, 2400))


def test_who_is_called_off_rests_afterwards() -> None:
    """Rule 3: its break is due, it drives to W0, and goes to the burst at once."""
    orders, begun = [work("W0"), work("W1", priority=P1)], {"A": Begun("W0", on_site=False)}
    crew = team("A", breaks=(Break(at(0), at(30), 1800),))
    day = on_a_line([crew], orders, [0, 30, 10], running=Running(begun=begun))
    run = runs(day, [1, 0])[0]
    assert clock(run) == [(0, 10, 10, 40), (70, 90, 90, 120)]
    assert run.breaks == ((2400, 4200),)
    plan = solve(day, seconds=5)
    assert check(day, plan) == []
    assert [visit.work_order for visit in plan.routes[0].visits] == ["W1", "W0"]


def test_a_break_not_due_at_the_last_departure_is_not_planned() -> None:
    """Rule 3: due at 1 minute, and the crew left at 0."""
    day = on_a_line([team("A", breaks=(Break(at(1), at(9), 600),))], [work("W0")], [0, 10])
    assert runs(day, [0])[0].breaks == ()


def test_what_the_van_lacks_is_picked_up_on_the_way() -> None:
    """Rule 4: one clamp on board, each order takes one; the far depot would be a detour."""
    depots = [Depot("far", "far", HERE, 60), Depot("near", "near", HERE, 300)]
    orders = [work(f"W{i}", parts=(("clamp", 1),)) for i in range(3)]
    crew = team("A", stock=(("clamp", 1),))
    day = on_a_line([crew], orders, [0, 10, 20, 20, 60, 5], depots=depots)
    run = runs(day, [0, 1, 2])[0]
    # W0 from the van 10-40; W1 by "near" at 5: 5 back, 5 minutes' loading, 15 on: 65; W2 has plenty
    assert clock(run) == [(0, 10, 10, 40), (40, 65, 65, 95), (95, 95, 95, 125)]
    assert [(s.depot, s.travel, s.pickup) for s in run.stops] == [
        ("", 600, 0),
        ("near", 1200, 300),
        ("", 0, 0),
    ]
    assert score(day, plan_of(day, [[0, 1, 2]]))["travel"] == 1800


def test_of_equal_depots_the_first_and_none_is_none() -> None:
    """Rule 4: two at one place; without any the visit cannot be made."""
    orders = [work("W0", parts=(("clamp", 1),))]
    pair = [Depot("one", "one", HERE, 900), Depot("two", "two", HERE, 0)]
    day = on_a_line([team("A")], orders, [0, 10, 5, 5], depots=pair)
    assert runs(day, [0])[0].stops[0].depot == "one"
    assert "rule 4" in cannot(on_a_line([team("A")], orders, [0, 10]), [0])


def test_work_waits_for_its_window_and_misses_it() -> None:
    """Rule 6: arrives at 10, opens at 30; a window that closed at 9 is missed, at 10 it is not."""

    def day(opens: float, closes: float) -> Problem:
        return on_a_line([team("A")], [work("W0", window=(at(opens), at(closes)))], [0, 10])

    assert clock(runs(day(30, 60), [0])[0]) == [(0, 10, 30, 60)]
    assert clock(runs(day(0, 10), [0])[0]) == [(0, 10, 10, 40)]
    assert "rule 6" in cannot(day(0, 9), [0])


def test_work_waits_for_other_crews_and_for_work_under_way() -> None:
    """Rule 6: B waits for A's end at 50; work under way ends at 70 and W2 after it."""
    running = Running(ends={"U": at(70)})
    orders = [work("W0"), work("W1", after=("W0",)), work("W2", after=("U", "ended"))]
    day = on_a_line([team("A"), team("B")], orders, [0, 0, 20, 5, 5], running=running)
    a, b = runs(day, [0, 2], [1])
    assert clock(a) == [(0, 20, 20, 50), (50, 65, 70, 100)]
    assert clock(b) == [(0, 5, 50, 80)]


def test_two_crews_begin_together() -> None:
    """Rule 6: A is there at 10, B at 40, W0 opens at 45: both begin at 45, by two crews only."""
    orders = [work("W0", together="W1", window=(at(45), at(60))), work("W1", together="W0")]
    day = on_a_line([team("A"), team("B")], orders, [0, 30, 10, 10 + 60])
    a, b = runs(day, [0], [1])
    assert (clock(a), clock(b)) == ([(0, 10, 45, 75)], [(0, 40, 45, 75)])
    assert "rule 6" in cannot(day, [0, 1], [])
    assert any("rule 11" in one for one in check(day, _without(day)))


def _without(day: Problem) -> object:
    """Return the pair's plan with one of the two put among the unassigned."""
    plan = plan_of(day, [[0], [1]])
    routes = (plan.routes[0], replace(plan.routes[1], visits=()))
    one = plan_of(day, [[], []]).unassigned[1]
    return replace(plan, routes=routes, unassigned=(one,))


def test_two_crews_that_wait_for_each_other_never_begin() -> None:
    """Rule 6: A does W0 before W1, B does W2 before W3, W0 after W3 and W2 after W1."""
    orders = [work("W0", after=("W3",)), work("W1"), work("W2", after=("W1",)), work("W3")]
    day = on_a_line([team("A"), team("B")], orders, [0, 0, 5, 5, 5, 5])
    assert "each other" in cannot(day, [0, 1], [2, 3])


def test_the_shift_its_overtime_and_the_way_home() -> None:
    """Rule 8: an hour's shift; done at 40, home at 65 only within five minutes' overtime."""
    where = [0, 10, 35]

    def day(overtime_s: int, home: LonLat | None) -> Problem:
        crew = team("A", (0, 1), overtime_s=overtime_s, home=home)
        return on_a_line([crew], [work("W0")], where if home else where[:2])

    assert runs(day(0, None), [0])[0].back is None
    assert "rule 8" in cannot(day(299, HERE), [0])
    late = day(300, HERE)
    assert runs(late, [0])[0].back == 65 * 60
    cost = score(late, plan_of(late, [[0]]))
    assert cost["travel"] == (10 + 25) * 60
    assert cost["overtime"] == 3 * 300


def test_begun_work_goes_on_now() -> None:
    """Rule 9: on site, 90 minutes left in a shift of 60: it ends then, and nothing follows."""
    orders = [work("W0"), work("W1")]
    running = Running(begun={"A": Begun("W0", on_site=True, remaining_s=5400)})
    crew = team("A", (-1, 1), breaks=(Break(at(-10), at(0), 600),))
    day = on_a_line([crew], orders, [0, 10, 10], running=running)
    run = runs(day, [0])[0]
    assert clock(run) == [(0, 0, 0, 90)]
    assert (run.stops[0].travel, run.breaks) == (0, ())
    assert "rule 8" in cannot(day, [0, 1])
    assert "rule 9" in cannot(day, [1, 0])
    assert score(day, plan_of(day, [[0]]))["overtime"] == 3 * 1800


def test_begun_work_has_its_parts_and_its_window() -> None:
    """Rule 9: on its way to a window that has closed, a clamp short; the next order needs one."""
    depots = [Depot("D", "D", HERE, 0)]
    clamps = {"parts": (("clamp", 2),)}
    orders = [work("W0", window=(at(-60), at(5)), **clamps), work("W1", parts=(("clamp", 1),))]
    running = Running(begun={"A": Begun("W0", on_site=False)})
    crew = team("A", stock=(("clamp", 1),))
    day = on_a_line([crew], orders, [0, 10, 10, 0], depots=depots, running=running)
    run = runs(day, [0, 1])[0]
    assert clock(run) == [(0, 10, 10, 40), (40, 60, 60, 90)]
    assert [stop.depot for stop in run.stops] == ["", "D"]


@pytest.mark.parametrize("why", ["not eligible", "no way", "waits", "under way", "together"])
def test_begun_work_that_does_not_count(why: str) -> None:
    """Rule 9, at its end: as if it had not been begun, any order may come first."""
    wait = {"waits": ("W1",), "under way": ("U",)}.get(why, ())
    partner = {"together": "W1"} if why == "together" else {}
    orders = [
        work("W0", after=wait, **partner),
        work("W1", together="W0" if partner else ""),
        work("W2"),
    ]
    barred = frozenset({("A", "W0")}) if why == "not eligible" else frozenset()
    begun = {"A": Begun("W0", True, 60)}
    running = Running(begun=begun, barred=barred, ends={"U": at(5)})
    day = on_a_line([team("A")], orders, [0, 10, 10, 10], running=running)
    if why == "no way":
        seconds = day.travel.seconds.copy()
        seconds[0, 1] = np.inf
        travel = replace(day.travel, seconds=seconds)
        day = Problem.build(orders, day.crews, travel, NOW, running=running)
    run = runs(day, [2])[0]
    assert clock(run) == [(0, 10, 10, 40)]
    assert run.stops[0].interrupts == ""


def test_the_first_crew_that_has_begun_it_counts() -> None:
    """Rule 9: A and B have both begun W0; B may begin with anything, not before its shift."""
    begun = {"A": Begun("W0", True, 600), "B": Begun("W0", True, 600)}
    crews = [team("A", (1, 8)), team("B")]
    orders = [work("W0"), work("W1"), work("W2")]
    day = on_a_line(crews, orders, [0, 0, 10, 10, 10], running=Running(begun=begun))
    a, b = runs(day, [0, 1], [2])
    assert clock(a) == [(0, 0, 0, 10), (60, 60, 60, 90)]
    assert clock(b) == [(0, 10, 10, 40)]


def test_a_crew_on_its_way_drives_on() -> None:
    """Rule 9: under way it drives from where it is, and does the whole work."""
    running = Running(begun={"A": Begun("W0", on_site=False)})
    day = on_a_line([team("A")], [work("W0"), work("W1")], [0, 10, 10], running=running)
    assert clock(runs(day, [0, 1])[0]) == [(0, 10, 10, 40), (40, 40, 40, 70)]
    assert "rule 9" in cannot(day, [1, 0])


@pytest.mark.parametrize(
    ("on_site", "depart", "price"), [(True, 15, 1800), (False, 0, 600)], ids=["site", "way"]
)
def test_an_emergency_interrupts(on_site: bool, depart: float, price: float) -> None:
    """Rule 9: on site it makes safe for a quarter of an hour first; the rest is all done anew."""
    orders = [work("W0", interruptible=True), work("W1", priority=P1)]
    running = Running(begun={"A": Begun("W0", on_site, 600 if on_site else 0)})
    crews = [team("A", (-1, 8)), team("B")]
    day = on_a_line(crews, orders, [0, 0, 5, 20], running=running)
    a, b = runs(day, [1], [0])
    assert a.stops[0].interrupts == "W0"
    assert clock(a) == [(depart, depart + 20, depart + 20, depart + 50)]
    assert clock(b) == [(0, 5, 5, 35)]
    assert clock(runs(day, [1, 0], [])[0])[1][3] == depart + 50 + 15 + 30
    assert score(day, plan_of(day, [[1], [0]]))["interrupt"] == price
    assert "taken away" in cannot(day, [], [0])


def test_work_that_is_not_interruptible_stays() -> None:
    """Rule 9: on site the emergency must wait for its end, or for another crew."""
    orders = [work("W0"), work("W1", priority=P1)]
    running = Running(begun={"A": Begun("W0", True, 600)})
    day = on_a_line([team("A", (-1, 8))], orders, [0, 5, 20], running=running)
    assert "interruptible" in cannot(day, [1, 0])
    assert clock(runs(day, [0, 1])[0])[1] == (10, 25, 25, 55)


def test_who_may_do_what() -> None:
    """Rule 10: skills, levels, people, barred and pinned."""
    crews = [
        team("A", skills=frozenset({Skill.PIPE}), size=1),
        team("B", levels=((Skill.PIPE, 2),)),
    ]
    orders = [
        work("both"),
        work("level", levels=((Skill.PIPE, 2),)),
        work("large", crew_size=3),
        work("valve", skills=frozenset({Skill.PIPE, Skill.VALVE})),
        work("barred"),
        work("pinned", crew_size=3),
        work("away"),
        work("kept"),
    ]
    running = Running(
        barred=frozenset({("B", "barred"), ("A", "kept")}),
        pinned={"pinned": "A", "away": "C", "kept": "A"},
    )
    day = Day(on_a_line(crews, orders, [0] * 10, running=running))
    assert [i for i in range(8) if day.may[0][i]] == [0, 4, 7]
    assert [i for i in range(8) if day.may[1][i]] == [0, 1, 2, 3]


def test_each_order_has_one_line() -> None:
    """Rule 12: left out, named twice, unknown, without a reason."""
    day = on_a_line([team("A")], [work("W0")], [0, 10])
    plan, empty = plan_of(day, [[0]]), plan_of(day, [[]])
    assert check(day, plan) == check(day, empty) == []
    assert check(day, replace(plan, routes=()))
    assert check(day, replace(plan, unassigned=empty.unassigned))
    mute = replace(empty.unassigned[0].detail, zh="")
    assert check(day, replace(empty, unassigned=(replace(empty.unassigned[0], detail=mute),)))


def test_times_are_neither_sooner_nor_later() -> None:
    """Every time is as early as the rules allow; whoever does not ask for that may be later."""
    day = on_a_line([team("A")], [work("W0")], [0, 10])
    plan = plan_of(day, [[0]])
    (visit,) = plan.routes[0].visits
    for by in (timedelta(minutes=1), timedelta(minutes=-1)):
        names = ("depart", "eta", "start", "end")
        moved = replace(visit, **{name: getattr(visit, name) + by for name in names})
        other = replace(plan, routes=(replace(plan.routes[0], visits=(moved,)),))
        assert check(day, other)
        assert bool(check(day, other, earliest=False)) == (by < timedelta(0))


def test_the_search_of_all_plans_finds_the_shorter_way() -> None:
    """Three orders on one road: out and no way back is the least driving, all are done."""
    free = {"waiting": dict.fromkeys(Priority, 0.0)}
    orders = [work(f"W{i}") for i in range(3)]
    day = on_a_line([team("A")], orders, [0, 30, 10, 20])
    day = replace(day, weights=replace(day.weights, **free))
    best = search(day)
    assert best.complete_way == best.all_way == ((1, 2, 0),)
    assert best.of_complete == best.of_all == 1800


def test_what_fits_is_planned_even_where_it_costs_more() -> None:
    """Rule 13: with dear roads the best plan does nothing, the best complete one does both."""
    orders = [work("W0", together="W1"), work("W1", together="W0")]
    day = on_a_line([team("A"), team("B")], orders, [0, 0, 60, 60])
    day = replace(day, weights=replace(day.weights, travel=99.0))
    best = search(day)
    assert best.all_way == ((), ())
    assert sorted(best.complete_way) == [(0,), (1,)]
    assert best.of_all < best.of_complete
    assert left_over(day, [[], []]) == [((0,), (1,)), ((1,), (0,))]
