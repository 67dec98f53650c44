"""The referee: a plan with everything in it is clean; each rule broken alone is said alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from dispatch import Problem, greedy, rules
from domain.plans import Blocked, Plan, Route
from domain.travel import TravelMatrix
from domain.words import Skill
from tests.conftest import ROOT
from tests.dispatch.broken_rules import CASES, Spoiled
from tests.dispatch.days import at, crew, order, problem
from tests.dispatch.full_day import (
    full_day,
    full_plan,
    rebuilt,
    visit,
    with_crew,
    with_order,
    with_route,
    with_running,
    with_visit,
    without,
    without_way,
)


def test_a_plan_with_everything_in_it_is_clean() -> None:
    """The plan that the others are made from breaks nothing."""
    assert rules.check(full_day(), full_plan()) == ()


@pytest.mark.parametrize(
    ("name", "spoil", "says"), CASES, ids=[f"{i}-{case[0]}" for i, case in enumerate(CASES)]
)
def test_a_broken_rule_is_said(name: str, spoil: Callable[[], Spoiled], says: str) -> None:
    """A plan that breaks one rule gets one line: the rule, the order and crew, the figures."""
    broken = rules.check(*spoil())
    assert len(broken) == 1, broken
    assert broken[0].startswith(f"{name}: {says}"), broken
    assert "\n" not in broken[0]


def test_every_rule_is_broken_by_a_test() -> None:
    """No rule stands on the list that no test has seen fail."""
    assert {name for name, _, _ in CASES} == {rule.name for rule in rules.RULES}


def test_every_rule_has_a_name_and_both_languages() -> None:
    """Names are unique; the sentences are short, and each number of the page has a rule."""
    assert len({rule.name for rule in rules.RULES}) == len(rules.RULES)
    assert {rule.number for rule in rules.RULES} == set(range(1, 13))
    for rule in rules.RULES:
        assert re.search(r"[\u4e00-\u9fff]", rule.said.zh)
        assert re.fullmatch(r"[A-Z][\x20-\x7e]+\.", rule.said.en)
        assert not rule.said.zh.endswith("。")


def test_the_page_lists_the_rules() -> None:
    """docs/plan.md has one line for each, in the same words and order."""
    page = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (\d+) \| (.+?) \| (.+?) \|$", page, re.MULTILINE)
    assert told == [
        (rule.name, str(rule.number), rule.said.en, rule.said.zh) for rule in rules.RULES
    ]


def test_waiting_longer_than_needed_breaks_nothing() -> None:
    """That a time is as early as the rules allow is the engines' promise, not a rule."""
    plan = with_visit(full_plan(), "N", depart=at(145), eta=at(145))
    assert rules.check(full_day(), plan) == ()


def test_a_break_is_due_by_the_departure_that_is_planned() -> None:
    """Who waits before setting out until the next break is due has to take it first."""
    plan = with_visit(full_plan(), "T1", depart=at(60), eta=at(70))
    broken = rules.check(full_day(), plan)
    assert [line.partition(":")[0] for line in broken] == ["breaks", "breaks"]


def test_equally_near_depots_the_first_one_counts() -> None:
    """With two depots at one place the first on the list is the one to drive by."""
    day = full_day()
    twin = replace(day.depots[1], id="X")
    first = rebuilt(day, depots=(twin, day.depots[1]), travel=_both_at_y(day))
    broken = rules.check(first, full_plan())
    assert broken == (
        "parts: P, crew A: lacks clamp, goes by Y; depot X is the nearest, 600 s in all",
    )
    assert rules.check(first, with_visit(full_plan(), "P", depot="X")) == ()


def _both_at_y(day: Problem) -> TravelMatrix:
    seconds = day.travel.seconds.copy()
    seconds[-2, :], seconds[:, -2] = seconds[-1, :], seconds[:, -1]
    return replace(day.travel, seconds=seconds)


def test_each_drive_by_a_depot_is_rounded_up() -> None:
    """Two drives of half a second more take two seconds more, not one."""
    day = full_day()
    seconds = day.travel.seconds.copy()
    seconds[:, -1] += 0.5
    seconds[-1, :] += 0.5
    uneven = rebuilt(day, travel=replace(day.travel, seconds=seconds))
    late = timedelta(seconds=2)
    begin, end = at(150) + late, at(180) + late
    longer = with_visit(full_plan(), "P", travel_s=602, eta=begin, start=begin, end=end)
    longer = with_visit(longer, "W", depart=end, eta=at(200) + late)
    assert rules.check(uneven, longer) == ()


def test_without_a_depot_parts_that_lack_cannot_be_had() -> None:
    """The visit cannot be made."""
    day = problem([crew("A")], [order("W1", parts=(("clamp", 1),))], [0, 10])
    plan = Plan(day.now, 1, (Route("A", (visit("A", "W1", 0, 10, 10, 40),)),), ())
    assert rules.check(day, plan) == (
        "parts: W1, crew A: lacks clamp, and no depot can be reached",
    )


def test_the_van_is_used_up_along_the_route() -> None:
    """Three clamps are enough for the first order and not for the second."""
    team = replace(crew("A"), stock=(("clamp", 3),))
    work = [order(name, parts=(("clamp", 2),)) for name in ("W1", "W2")]
    day = problem([team], work, [0, 10, 10])
    both = (visit("A", "W1", 0, 10, 10, 40), visit("A", "W2", 40, 0, 40, 70))
    assert rules.check(day, Plan(day.now, 1, (Route("A", both),), ())) == (
        "parts: W2, crew A: lacks clamp, and no depot can be reached",
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda day: with_order(day, "H", after=("W",)), id="waits for work"),
        pytest.param(lambda day: with_order(day, "H", after=("Z",)), id="waits for work under way"),
        pytest.param(lambda day: with_order(day, "H", crew_size=9), id="crew too small"),
        pytest.param(lambda day: with_running(day, barred=frozenset({("D", "H")})), id="barred"),
        pytest.param(
            lambda day: without_way(day, ("crews", "D"), ("orders", "H")), id="no way to it"
        ),
    ],
)
def test_begun_work_counts_only_where_its_crew_can_go_on(
    change: Callable[[Problem], Problem],
) -> None:
    """Otherwise the crew is as free as any: it need not make safe, and interrupts nothing."""
    plan = without(with_visit(full_plan(), "U", depart=at(0), eta=at(10)), "H")
    day = change(full_day())
    assert rules.check(day, plan) == ("interrupts: U, crew D: interrupts H instead of nothing",)
    assert rules.check(day, with_visit(plan, "U", interrupts="")) == ()


def test_who_turns_round_is_free_at_once() -> None:
    """E leaves its drive to K for an emergency; another crew may do K."""
    day = with_order(full_day(), "K", window=None)
    turned = visit("E", "U", 0, 5, 20, 50, interrupts="K")
    back = (visit("D", "H", 0, 0, 0, 15), visit("D", "K", 15, 25, 40, 70))
    plan = with_route(with_route(full_plan(), "E", visits=(turned,)), "D", visits=back)
    assert rules.check(day, plan) == ()


def test_a_closed_window_binds_who_has_not_begun() -> None:
    """E may go on to K; had another crew begun nothing, it could not."""
    broken = rules.check(with_running(full_day(), begun={}), full_plan())
    assert "window: K, crew E: begins 3000 s after 2026-11-22T07:30:00+00:00" in broken


def test_begun_work_and_the_way_home_may_end_after_the_shift() -> None:
    """Nothing more than that: another visit on top is too much."""
    home = with_crew(full_day(), "B", overtime_s=0)
    plan = full_plan()
    more = (*plan.routes[1].visits, visit("B", "L", 20, 49, 69, 99))
    day = with_order(home, "L", skills=frozenset({Skill.PIPE}))
    longer = replace(with_route(plan, "B", visits=more), unassigned=())
    assert rules.check(day, plan) == ()
    assert rules.check(day, longer) == (
        "shift_end: L, crew B: ends, or is home, 4740 s after the latest, "
        "2026-11-22T08:20:00+00:00",
    )


def test_no_orders_and_no_crews() -> None:
    """An empty day has an empty plan, and a day without crews says so order by order."""
    assert greedy(problem([], [], [])).cost["total"] == 0
    alone = greedy(problem([], [order("W1")], [0]))
    assert [one.reason for one in alone.unassigned] == [Blocked.NO_SKILL]
    assert alone.violations == ()
