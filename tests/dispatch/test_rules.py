"""The referee: a plan that breaks exactly one rule, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from dispatch import Problem, greedy, rules
from domain.plans import Blocked, Plan, Route, Unassigned, Visit
from domain.sentences import Sentence
from domain.words import Skill
from tests.dispatch.days import NOW, at, burst, crew, order, problem

WHY = Sentence("因为", "because")


def visit(crew_id: str, work: str, depart: float, travel: float, begin: float, end: float) -> Visit:
    """Return a visit with times in minutes after now."""
    seconds = round(travel * 60)
    return Visit(
        crew=crew_id,
        work_order=work,
        depart=at(depart),
        eta=at(depart + travel),
        start=at(begin),
        end=at(end),
        travel_s=seconds,
        travel_m=seconds * 10,
        reason=WHY,
    )


@pytest.fixture
def day() -> Problem:
    """Two crews at minute 0 of a road, an order at 10 reported late, a burst at 20."""
    shut, mend = burst("E1")
    crews = [crew("A", skills="pipe valve"), crew("B", skills="pipe", size=2, hours=(1, 3))]
    late = order("W1", released_at=at(30), crew_size=3)
    return problem(crews, [late, shut, mend], [0, 0, 10, 20, 20])


def sound(day: Problem) -> Plan:
    """Return a plan that keeps every rule: A shuts and then does W1, B mends."""
    first = visit("A", "E1I", 0, 20, 20, 50)
    then = visit("A", "W1", 50, 10, 60, 90)
    mend = visit("B", "E1R", 60, 20, 80, 110)
    return Plan(day.now, 1, (Route("A", (first, then)), Route("B", (mend,))), ())


def with_visit(plan: Plan, work: str, **changes: object) -> Plan:
    """Return the plan with one visit changed."""
    routes = [
        replace(
            route,
            visits=tuple(
                replace(one, **changes) if one.work_order == work else one  # type: ignore[arg-type]
                for one in route.visits
            ),
        )
        for route in plan.routes
    ]
    return replace(plan, routes=tuple(routes))


def without(plan: Plan, work: str, *, why: Unassigned | None = None) -> Plan:
    """Return the plan without one visit, perhaps with a line for it."""
    routes = [
        replace(r, visits=tuple(v for v in r.visits if v.work_order != work)) for r in plan.routes
    ]
    return replace(plan, routes=tuple(routes), unassigned=(why,) if why else ())


def test_a_sound_plan_breaks_nothing(day: Problem) -> None:
    """The plan that the others are made from is clean."""
    assert rules.check(day, sound(day)) == ()


def shifted(plan: Plan, work: str, minutes: float) -> Plan:
    """Return the plan with one visit as a whole so many minutes later."""
    old = next(v for route in plan.routes for v in route.visits if v.work_order == work)
    by = timedelta(minutes=minutes)
    return with_visit(
        plan,
        work,
        depart=old.depart + by,
        eta=old.eta + by,
        start=old.start + by,
        end=old.end + by,
    )


MINUTE = timedelta(minutes=1)

CASES: dict[str, tuple[Callable[[Plan], Plan], str]] = {
    "dropped": (lambda p: without(p, "W1"), "W1: neither planned nor unassigned"),
    "twice": (
        lambda p: replace(p, unassigned=(Unassigned("W1", Blocked.NO_TIME_LEFT, WHY),)),
        "W1: named 2 times",
    ),
    "two routes": (
        lambda p: replace(p, routes=(*p.routes, Route("B", ()))),
        "crew B has 2 routes",
    ),
    "after the shift": (lambda p: shifted(p, "E1R", 71), "E1R: crew B ends after its shift"),
    "before the shift": (
        lambda p: shifted(p, "E1R", -1),
        "E1R: crew B departs before its shift starts",
    ),
    "during another": (
        lambda p: shifted(p, "W1", -2),
        "W1: crew A departs during E1I",
    ),
    "unlike the matrix": (
        lambda p: with_visit(p, "W1", eta=at(59), travel_s=540),
        "W1: travel 540 s, the matrix says 600",
    ),
    "arrival": (lambda p: with_visit(p, "W1", eta=at(59)), "W1: arrival is not departure plus"),
    "begun too soon": (
        lambda p: with_visit(p, "W1", start=at(59), end=at(89)),
        "W1: begins before the crew arrives",
    ),
    "too short": (lambda p: with_visit(p, "W1", end=at(89)), "W1: does not take 1800 s"),
    "no reason": (lambda p: with_visit(p, "W1", reason=Sentence("", "x")), "W1: no reason given"),
    "unknown order": (lambda p: with_visit(p, "W1", work_order="X"), "work order X is unknown"),
    "unknown crew": (
        lambda p: replace(p, routes=(*p.routes, Route("Z", ()))),
        "crew Z is unknown",
    ),
    "other route": (
        lambda p: with_visit(p, "W1", crew="B"),
        "W1: stands in the route of A, names B",
    ),
    "no zone": (
        lambda p: with_visit(p, "W1", eta=at(60).replace(tzinfo=None)),
        "W1: a time without a zone or between two seconds",
    ),
    "half a second": (
        lambda p: with_visit(p, "W1", eta=at(60) + timedelta(milliseconds=500)),
        "W1: a time without a zone or between two seconds",
    ),
    "waits for nothing": (
        lambda p: without(p, "E1I", why=Unassigned("E1I", Blocked.NO_TIME_LEFT, WHY)),
        "E1R: waits for E1I, which is unassigned",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_rule_is_said(day: Problem, name: str) -> None:
    """Given a plan that breaks one rule, the referee says that and names the order or crew."""
    spoil, says = CASES[name]
    broken = rules.check(day, spoil(sound(day)))
    assert any(sentence.startswith(says) for sentence in broken), broken
    if name not in {"waits for nothing", "arrival"}:
        assert len(broken) == 1, broken


def test_order_of_work_is_demanded(day: Problem) -> None:
    """A repair that begins a minute before the isolation ends is said."""
    early = with_visit(sound(day), "E1I", start=at(51), end=at(81))  # and A overlaps: two sentences
    assert "E1R: begins before E1I ends" in rules.check(day, early)


def test_setting_out_before_the_report_is_forbidden() -> None:
    """Arriving after the report is not enough: nobody sets out for what is not known."""
    day = problem([crew("A")], [order("W1", released_at=at(30))], [0, 10])
    early = Plan(NOW, 1, (Route("A", (visit("A", "W1", 25, 10, 35, 65),)),), ())
    assert rules.check(day, early) == ("W1: departs before its release",)


def test_the_past_is_over() -> None:
    """A shift that began before now does not let anybody depart before now."""
    day = problem([crew("A", hours=(-1, 8))], [order("W1", released_at=at(-60))], [0, 10])
    early = Plan(NOW, 1, (Route("A", (visit("A", "W1", -5, 10, 5, 35),)),), ())
    assert rules.check(day, early) == ("W1: departs before now",)


def test_skills_and_people_are_demanded() -> None:
    """A crew without the skill or the people is said, each in its words."""
    work = order("W1", skills=frozenset({Skill.METER}), crew_size=5)
    day = problem([crew("A")], [work], [0, 10])
    plan = Plan(NOW, 1, (Route("A", (visit("A", "W1", 0, 10, 10, 40),)),), ())
    assert rules.check(day, plan) == (
        "W1: crew A lacks meter",
        "W1: 5 people needed, A has 4",
    )


def test_a_way_is_demanded() -> None:
    """A visit at a place that no road reaches is said."""
    day = problem([crew("A")], [order("W1")], [0, 10], cut=[1])
    plan = Plan(NOW, 1, (Route("A", (visit("A", "W1", 0, 10, 10, 40),)),), ())
    assert rules.check(day, plan) == ("W1: no way for crew A",)


def test_score_of_a_burst_by_hand(day: Problem) -> None:
    """Every term of the plan above, worked out by hand."""
    cost = rules.score(day, sound(day))
    w = day.weights
    assert cost["customer_minutes"] == w.customer * (40 * 50 + 100 * 60) * 60
    assert cost["hazard"] == (w.burst + w.customer * 60) * 50 * 60
    late = w.lateness[1] * (80 - 30) * 60 + w.miss[1]
    assert cost["lateness"] == late
    assert cost["waiting"] == w.waiting[1] * (20 + 80) * 60 + w.waiting[3] * 30 * 60
    assert cost["travel"] == (20 + 10 + 20) * 60
    assert cost["unassigned"] == 0
    assert cost["total"] == pytest.approx(sum(cost.values()) - cost["total"])


def test_undone_work_counts_to_the_horizon() -> None:
    """An unassigned no-water call counts its premises and its wait until the last shift ends."""
    day = problem([crew("A")], [order("W1", premises_dry_before=3, due_on_site=at(60))], [0, 9])
    undone = Plan(NOW, 1, (), (Unassigned("W1", Blocked.NO_TIME_LEFT, WHY),))
    cost, w = rules.score(day, undone), day.weights
    assert cost["customer_minutes"] == w.customer * 3 * 8 * 3600
    assert cost["waiting"] == pytest.approx(w.waiting[3] * 8 * 3600)
    assert cost["lateness"] == pytest.approx(w.lateness[3] * 7 * 3600 + w.miss[3])
    assert cost["unassigned"] == w.unassigned[3]


@pytest.mark.parametrize("before", [0, 100, 300])
def test_waiting_with_the_isolation_is_never_rewarded(before: int) -> None:
    """With the repair where it is, a later isolation always costs more."""
    shut, mend = burst("E1", premises_dry_before=before, premises_dry_after=100)
    day = problem([crew("A", skills="valve"), crew("B")], [shut, mend], [0, 0, 10, 10])
    totals = []
    for wait in (0, 30, 60):
        first = visit("A", "E1I", wait, 10, 10 + wait, 40 + wait)
        second = visit("B", "E1R", 90, 10, 100, 130)
        plan = Plan(NOW, 1, (Route("A", (first,)), Route("B", (second,))), ())
        assert rules.check(day, plan) == ()
        totals.append(rules.score(day, plan)["total"])
    assert totals == sorted(set(totals))


def test_no_orders_and_no_crews() -> None:
    """An empty day has an empty plan, and a day without crews says so order by order."""
    assert greedy(problem([], [], [])).cost["total"] == 0
    alone = greedy(problem([], [order("W1")], [0]))
    assert [one.reason for one in alone.unassigned] == [Blocked.NO_SKILL]
    assert alone.violations == ()
