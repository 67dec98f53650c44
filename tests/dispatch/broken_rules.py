"""Each rule broken alone: how to spoil the full day or its plan, and what the referee says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dispatch import Problem
from domain.plans import Blocked, Plan, Route, Unassigned
from domain.sentences import Sentence
from domain.words import Priority, Skill
from tests.dispatch.days import at, crew
from tests.dispatch.full_day import (
    WHY,
    full_day,
    full_plan,
    with_crew,
    with_order,
    with_route,
    with_running,
    with_visit,
    without,
    without_way,
)

Spoiled = tuple[Problem, Plan]
HALF = timedelta(milliseconds=500)


def plan_with(work: str, **changes: object) -> Callable[[], Spoiled]:
    """Return how to make the day and its plan with one visit changed."""
    return lambda: (full_day(), with_visit(full_plan(), work, **changes))


def day_with(change: Callable[[Problem], Problem]) -> Callable[[], Spoiled]:
    """Return how to make a changed day and the plan that no longer fits it."""
    return lambda: (change(full_day()), full_plan())


def route_with(crew_id: str, **changes: object) -> Callable[[], Spoiled]:
    """Return how to make the day and its plan with one route changed."""
    return lambda: (full_day(), with_route(full_plan(), crew_id, **changes))


def by_the_farther_depot() -> Spoiled:
    """Crew A goes by X, with all times right for that."""
    plan = with_visit(
        full_plan(), "P", depot="X", travel_s=1800, eta=at(170), start=at(170), end=at(200)
    )
    plan = with_visit(plan, "W", depart=at(200), eta=at(220), start=at(220), end=at(250))
    return full_day(), with_route(plan, "A", back=at(290))


def same_crew_for_a_pair() -> Spoiled:
    """T2 is together with E1R, which crew C does as well."""
    day = with_order(full_day(), "T1", together="")
    day = with_order(day, "T2", together="E1R")
    return with_order(day, "E1R", together="T2"), full_plan()


def two_routes() -> Spoiled:
    """Crew F has its empty route twice."""
    plan = full_plan()
    return full_day(), replace(plan, routes=(*plan.routes, Route("F", ())))


def named(work: str) -> Spoiled:
    """One more line among the unassigned."""
    plan, line = full_plan(), Unassigned(work, Blocked.NO_TIME_LEFT, WHY)
    return full_day(), replace(plan, unassigned=(*plan.unassigned, line))


#: Rule, what is spoiled, how, and what the referee says after the rule's name.
CASES: list[tuple[str, Callable[[], Spoiled], str]] = [
    ("known_names", plan_with("P", depot="Q"), "P, crew A: depot Q is unknown"),
    ("known_names", plan_with("N", work_order="Q"), "Q is none of the 12 work orders"),
    ("known_names", plan_with("N", crew="A"), "N names crew A in crew C's route"),
    ("known_names", lambda: named("Q"), "Q is none of the 12 work orders"),
    ("known_names", route_with("F", crew="Q"), "crew Q is none of the 6 crews"),
    ("sound_times", plan_with("N", eta=at(140) + HALF), "N, crew C: 2026-11-22T10:20:00.500000"),
    ("sound_times", plan_with("N", eta=at(140).replace(tzinfo=None)), "N, crew C: 2026-11-22"),
    ("sound_times", route_with("A", back=at(280) + HALF), "crew A: 2026-11-22T12:40:00.500000"),
    ("sound_times", route_with("A", breaks=((at(100), at(130) + HALF),)), "crew A: 2026-11-22T10"),
    (
        "shift_start",
        plan_with("T2", depart=at(25), eta=at(55)),
        "T2, crew C: departs 300 s before its shift starts 2026-11-22T08:30:00+00:00",
    ),
    ("not_in_the_past", plan_with("E1I", depart=at(-1), eta=at(19)), "E1I, crew A: departs 60 s"),
    (
        "release",
        plan_with("T1", depart=at(52), eta=at(62)),
        "T1, crew A: departs 180 s before its release 2026-11-22T08:55:00+00:00",
    ),
    (
        "no_overlap",
        plan_with("E1R", depart=at(99), eta=at(109)),
        "E1R, crew C: departs 60 s before T2 ends",
    ),
    ("breaks", route_with("A", breaks=()), "crew A: has none, due are 2026-11-22T09:40:00+00:00"),
    ("breaks", route_with("A", breaks=((at(101), at(131)),)), "crew A: has 2026-11-22T09:41"),
    (
        "breaks",
        plan_with("P", depart=at(125), eta=at(145)),
        "P, crew A: departs 300 s before its break ends",
    ),
    ("breaks", route_with("F", breaks=((at(0), at(30)),)), "crew F: has 2026-11-22T08:00:00+00:00"),
    (
        "parts",
        by_the_farther_depot,
        "P, crew A: lacks clamp, goes by X; depot Y is the nearest, 600 s in all",
    ),
    (
        "parts",
        plan_with("P", depot="", pickup_s=0, eta=at(140)),
        "P, crew A: lacks clamp, goes by none; depot Y is the nearest, 600 s in all",
    ),
    (
        "parts",
        plan_with("W", depot="Y", pickup_s=600, eta=at(210)),
        "W, crew A: lacks nothing, goes by depot Y",
    ),
    (
        "parts",
        day_with(lambda day: with_order(day, "E1R", parts=(("clamp", 1),))),
        "E1R, crew C: lacks clamp, goes by none; depot Y is the nearest, 600 s in all",
    ),
    (
        "pickup",
        plan_with("P", pickup_s=540, eta=at(149)),
        "P, crew A: picks up for 540 s instead of 600 s",
    ),
    (
        "reachable",
        day_with(lambda day: without_way(day, ("orders", "T2"), ("orders", "E1R"))),
        "E1R, crew C: no way from T2",
    ),
    (
        "travel",
        plan_with("E1R", travel_s=540, eta=at(109)),
        "E1R, crew C: 540 s from T2, the matrix says 600 s",
    ),
    (
        "travel",
        plan_with("P", travel_s=540, eta=at(149)),
        "P, crew A: 540 s from T1 by depot Y, the matrix says 600 s",
    ),
    (
        "arrival",
        plan_with("E1R", eta=at(109)),
        "E1R, crew C: arrives 2026-11-22T09:49:00+00:00 instead of 2026-11-22T09:50:00+00:00",
    ),
    ("arrival", plan_with("P", eta=at(140)), "P, crew A: arrives 2026-11-22T10:20:00+00:00"),
    (
        "after_arrival",
        plan_with("E1R", start=at(109), end=at(139)),
        "E1R, crew C: begins 60 s before the crew arrives",
    ),
    (
        "window",
        lambda: (
            full_day(),
            with_route(with_visit(full_plan(), "W", start=at(209), end=at(239)), "A", back=at(279)),
        ),
        "W, crew A: begins 60 s before 2026-11-22T11:30:00+00:00",
    ),
    (
        "window",
        lambda: (
            full_day(),
            with_route(with_visit(full_plan(), "W", start=at(231), end=at(261)), "A", back=at(301)),
        ),
        "W, crew A: begins 60 s after 2026-11-22T11:50:00+00:00",
    ),
    (
        "order_of_work",
        plan_with("N", start=at(149), end=at(179)),
        "N, crew C: begins 60 s before Z ends",
    ),
    (
        "order_of_work",
        day_with(lambda day: with_order(day, "N", after=("Z", "W"))),
        "N, crew C: begins 5400 s before W ends",
    ),
    (
        "together",
        plan_with("T2", start=at(69), end=at(99)),
        "T1, crew A: begins 60 s apart from its partner T2",
    ),
    ("together", same_crew_for_a_pair, "E1R, crew C: the same crew does its partner T2"),
    ("work_time", plan_with("E1R", end=at(139)), "E1R, crew C: lasts 1740 s instead of 1800 s"),
    ("work_time", plan_with("G", end=at(30)), "G, crew B: lasts 1800 s instead of 1200 s"),
    ("work_time", plan_with("H", end=at(75)), "H, crew D: lasts 900 s instead of 1800 s"),
    (
        "shift_end",
        day_with(lambda day: with_crew(day, "A", overtime_s=540)),
        "W, crew A: ends, or is home, 60 s after the latest, 2026-11-22T12:39:00+00:00",
    ),
    (
        "shift_end",
        day_with(lambda day: with_crew(day, "C", shift=crew("C", hours=(0.5, 2.75)).shift)),
        "N, crew C: ends, or is home, 900 s after the latest, 2026-11-22T10:45:00+00:00",
    ),
    (
        "way_home",
        route_with("A", back=at(279)),
        "crew A: is back 2026-11-22T12:39:00+00:00 instead of 2026-11-22T12:40:00+00:00",
    ),
    ("way_home", route_with("A", back=None), "crew A: is back never instead of 2026-11-22T12:40"),
    ("way_home", route_with("E", back=at(70)), "crew E: is back 2026-11-22T09:10:00+00:00 instead"),
    (
        "way_home",
        day_with(lambda day: without_way(day, ("orders", "W"), ("homes", "A"))),
        "crew A: no way home from W",
    ),
    (
        "begun_work",
        day_with(lambda day: with_order(day, "U", priority=Priority.P2)),
        "U, crew D: comes before H, which it has begun, as P2",
    ),
    (
        "begun_work",
        lambda: (full_day(), without(full_plan(), "K")),
        "K, crew E: has begun it and does nothing",
    ),
    (
        "on_site",
        plan_with("G", depart=at(1), eta=at(1), start=at(1), end=at(21)),
        "G, crew B: is on site, departs 60 s, begins 60 s after now, drives 0 s",
    ),
    (
        "on_site",
        plan_with("G", eta=at(1), start=at(1), end=at(21), travel_s=60),
        "G, crew B: is on site, departs 0 s, begins 60 s after now, drives 60 s",
    ),
    (
        "interruptible",
        day_with(lambda day: with_order(day, "H", interruptible=False)),
        "U, crew D: leaves H, which may not be interrupted",
    ),
    (
        "make_safe",
        plan_with("U", depart=at(9), eta=at(19)),
        "U, crew D: departs 60 s before H is safe, 600 s needed",
    ),
    ("interrupts", plan_with("U", interrupts=""), "U, crew D: interrupts nothing instead of H"),
    ("interrupts", plan_with("N", interrupts="K"), "N, crew C: interrupts K instead of nothing"),
    (
        "skills",
        day_with(lambda day: with_order(day, "N", skills=frozenset({Skill.PIPE, Skill.METER}))),
        "N, crew C: lacks meter",
    ),
    (
        "levels",
        day_with(lambda day: with_crew(day, "C", levels=())),
        "E1R, crew C: pipe at level 2 needed, has 1",
    ),
    (
        "levels",
        day_with(lambda day: with_order(day, "N", levels=((Skill.CIVIL, 1),))),
        "N, crew C: civil at level 1 needed, has 0",
    ),
    (
        "crew_size",
        day_with(lambda day: with_order(day, "N", crew_size=5)),
        "N, crew C: 5 people needed, has 4",
    ),
    (
        "barred",
        day_with(lambda day: with_running(day, barred=frozenset({("A", "W")}))),
        "W, crew A: is barred from it",
    ),
    (
        "pinned",
        day_with(lambda day: with_running(day, pinned={"N": "A"})),
        "N, crew C: is pinned to crew A",
    ),
    (
        "waits_for_unassigned",
        day_with(lambda day: with_order(day, "N", after=("Z", "L"))),
        "N, crew C: waits for L, which is unassigned",
    ),
    (
        "waits_for_unassigned",
        day_with(lambda day: with_order(day, "N", together="L")),
        "N, crew C: its partner L is unassigned",
    ),
    ("every_order_once", lambda: named("N"), "N is named 2 times"),
    (
        "every_order_once",
        lambda: (full_day(), replace(full_plan(), unassigned=())),
        "L is named 0 times",
    ),
    ("one_route_per_crew", two_routes, "crew F has 2 routes"),
    ("reasons", plan_with("N", reason=Sentence(" ", "x")), "N, crew C: no reason in zh"),
    (
        "reasons",
        lambda: (
            full_day(),
            replace(full_plan(), unassigned=(Unassigned("L", Blocked.NO_SKILL, Sentence("", "")),)),
        ),
        "L, unassigned: no reason in zh and en",
    ),
]
