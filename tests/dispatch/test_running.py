"""A plan beside a running day: what was told, what is under way, who may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dispatch import Problem, Running, greedy, rules, solve
from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.plans import Plan
from tests.dispatch.days import NOW, at, burst, crew, line, order
from tests.dispatch.plain_weights import PLAIN
from tests.dispatch.test_explain import detail, visit_of


def running(
    crews: list[Crew], orders: list[WorkOrder], minutes: Sequence[float], **asked: object
) -> Problem:
    """Return a problem beside a running day."""
    around = Running(**asked)  # type: ignore[arg-type]
    return Problem.build(orders, crews, line(minutes), NOW, running=around, weights=PLAIN)


def crew_of(plan: Plan, work: str) -> str:
    """Return who does an order."""
    return visit_of(plan, work).crew


@pytest.mark.parametrize(("nearer", "does_it"), [(5, "A"), (25, "B")])
def test_who_was_told_keeps_it_unless_much_is_gained(nearer: int, does_it: str) -> None:
    """Ten minutes of driving is what a change is worth, five more what any change is."""
    minutes = [30, 30 - nearer, 0]
    day = running([crew("A"), crew("B")], [order("W1")], minutes, sequences={"A": ("W1",)})
    plan = solve(day, seconds=0.2)
    assert crew_of(plan, "W1") == does_it
    assert plan.violations == ()
    assert plan.cost == rules.score(day, plan)
    assert plan.cost["churn"] == (0.0 if does_it == "A" else 600.0)


def test_a_day_not_yet_begun_has_no_churn() -> None:
    """The batch's cost keeps its terms."""
    day = running([crew("A")], [order("W1")], [30, 0])
    assert "churn" not in solve(day, seconds=0.2).cost


def test_a_running_plan_takes_new_work_and_drops_what_no_longer_fits() -> None:
    """The order told last does not fit any more; the crew that has room gets it."""
    work = [order("W1", duration_s=3600), order("W2", duration_s=3600), order("W3")]
    teams = [crew("A", hours=(0, 1.5)), crew("B")]
    day = running(teams, work, [0, 60, 1, 2, 3], sequences={"A": ("W1", "W2")})
    plan = solve(day, seconds=0.3)
    assert plan.unassigned == ()
    assert (crew_of(plan, "W1"), crew_of(plan, "W2")) in {("A", "B"), ("B", "B"), ("B", "A")}


def test_a_crew_that_lost_the_skill_does_not_keep_the_work() -> None:
    """What crews were told is no licence."""
    day = running(
        [crew("A", skills="meter"), crew("B")],
        [order("W1")],
        [0, 100, 1],
        sequences={"A": ("W1",)},
    )
    plan = solve(day, seconds=0.2)
    assert crew_of(plan, "W1") == "B"
    assert plan.violations == ()


def test_work_waits_for_what_is_under_way() -> None:
    """The crew drives meanwhile, waits on site and says for what; the referee sees a cheat."""
    _, mend = burst("E1", due_on_site=None)
    day = running([crew("A")], [mend], [10, 0], ends={"E1I": at(25)})
    plan = greedy(day)
    visit = visit_of(plan, "E1R")
    assert (visit.eta, visit.start) == (at(10), at(25))
    assert visit.reason.zh.endswith("到场后等 E1I 完成 15 分")
    early = replace(visit, start=at(10), end=at(40))
    cheat = replace(plan, routes=(replace(plan.routes[0], visits=(early,)),))
    assert rules.check(day, cheat) == ("order_of_work: E1R, crew A: begins 900 s before E1I ends",)


def test_a_barred_crew_does_not_get_the_order() -> None:
    """The other one does; the reason says why; the referee sees a cheat."""
    day = running(
        [crew("A"), crew("B")], [order("W1")], [0, 50, 1], barred=frozenset({("A", "W1")})
    )
    plan = solve(day, seconds=0.2)
    assert crew_of(plan, "W1") == "B"
    assert visit_of(plan, "W1").reason.zh == "能做的班组里只有B班可派"
    free = greedy(running([crew("A"), crew("B")], [order("W1")], [0, 50, 1]))
    assert rules.check(day, free) == ("barred: W1, crew A: is barred from it",)


def test_an_order_that_all_have_declined_says_so() -> None:
    """No crew is too small, and none lacks the skill."""
    day = running([crew("A")], [order("W1")], [0, 1], barred=frozenset({("A", "W1")}))
    assert detail(greedy(day), "W1") == (
        "declined",
        "能做的班组都退了单或派不出",
        "Every capable crew has declined it or cannot be sent",
    )
