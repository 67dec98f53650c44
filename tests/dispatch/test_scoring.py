"""The price of a plan: every term of docs/plan.md worked out by hand."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import pairwise

import pytest

from dispatch import Problem, Running, Weights, rules
from dispatch.scoring import CHURN, TERMS
from domain.plans import Blocked, Plan, Route, Unassigned
from domain.words import Priority, Skill
from tests.conftest import ROOT
from tests.dispatch.days import NOW, at, burst, crew, order, problem
from tests.dispatch.full_day import (
    WHY,
    full_day,
    full_plan,
    rebuilt,
    visit,
    with_crew,
    with_order,
    with_running,
    with_visit,
)


def price(term: str, day: Problem | None = None, plan: Plan | None = None) -> float:
    """Return one term of the full plan, or of another."""
    return rules.score(day or full_day(), plan or full_plan())[term]


def burst_day() -> tuple[Problem, Plan]:
    """Return a burst and a lesser order, and a plan: A shuts and then does W1, B mends."""
    shut, mend = burst("E1")
    crews = [crew("A", skills="pipe valve"), crew("B", size=2, hours=(1, 3))]
    day = problem(crews, [order("W1", released_at=at(30)), shut, mend], [0, 0, 10, 20, 20])
    of_a = (visit("A", "E1I", 0, 20, 20, 50), visit("A", "W1", 50, 10, 60, 90))
    of_b = (visit("B", "E1R", 60, 20, 80, 110),)
    return day, Plan(day.now, 1, (Route("A", of_a), Route("B", of_b)), ())


def test_the_terms_are_those_of_the_page() -> None:
    """Always all of them, in the page's order; churn on a running day only."""
    page = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    section = page.partition("## Price")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == list(TERMS)
    plain = [name for name in TERMS if name != CHURN]
    assert list(rules.score(full_day(), full_plan())) == [*plain, "total"]
    told = with_running(full_day(), sequences={"A": ("W",)})
    assert list(rules.score(told, full_plan())) == [*TERMS, "total"]


def test_a_burst_by_hand() -> None:
    """40 premises dry until the isolation at 50, 100 until the repair ends at 110."""
    day, plan = burst_day()
    assert rules.check(day, plan) == ()
    cost, w = rules.score(day, plan), day.weights
    assert cost["customer_minutes"] == w.customer * (40 * 50 + 100 * 60) * 60
    assert cost["hazard"] == (w.burst + w.customer * 60) * 50 * 60
    assert cost["lateness"] == w.lateness[Priority.P1] * (80 - 30) * 60 + w.miss[Priority.P1]
    assert cost["waiting"] == w.waiting[Priority.P1] * (20 + 80) * 60 + w.waiting[3] * 30 * 60
    assert cost["travel"] == (20 + 10 + 20) * 60
    assert cost["unassigned"] == 0
    assert cost["total"] == pytest.approx(sum(cost.values()) - cost["total"])


def test_slack_is_priced_before_and_after_the_due_time() -> None:
    """P1 begins ten minutes before 30: A at 20 is in time, B at 80 is 60 minutes into it."""
    day, plan = burst_day()
    assert price("slack", day, plan) == day.weights.slack[Priority.P1] * 60 * 60
    early = with_order(day, "W1", due_on_site=at(100))
    assert price("slack", early, plan) == 1.0 * 3600 + 0.06 * 20 * 60


def test_travel_goes_by_the_depot_and_home() -> None:
    """A drives 20, 10, 10 by Y, 20 and 40 home; C 30 and 10; D 10 and 10; E 20."""
    assert price("travel") == (20 + 10 + 10 + 20 + 40 + 30 + 10 + 10 + 10 + 20) * 60


def test_overtime_is_until_the_return_or_the_last_end() -> None:
    """A is home ten minutes after its shift, B ends five minutes after it."""
    assert price("overtime") == 3.0 * (10 + 5) * 60


def test_a_break_is_priced_from_its_latest_time() -> None:
    """A's begins at 100 instead of 90; its second one was never due."""
    assert price("breaks") == 10 * 60


@pytest.mark.parametrize(
    ("districts", "times"),
    [(("north", "east"), 1), (("south", "east"), 0), (("north",), 2), ((), 0)],
)
def test_a_foreign_district_is_priced_once_an_order(districts: tuple[str, ...], times: int) -> None:
    """P lies in the south, W in the east, E1I and T1 nowhere; without a preference none counts."""
    day = with_crew(full_day(), "A", territories=districts)
    assert price("territory", day) == times * 300.0


def test_the_reserve_is_priced_but_for_emergencies() -> None:
    """D does U, which is P1, and H, which is not."""
    assert price("reserve") == 0.0
    assert price("reserve", with_crew(full_day(), "D", reserve=True)) == 1800.0


def test_interrupting_and_turning_round_have_two_prices() -> None:
    """D leaves work on site; the same visit on the way to H turns it round."""
    assert price("interrupt") == 1800.0
    begun = dict(full_day().running.begun)
    begun["D"] = replace(begun["D"], on_site=False)
    assert price("interrupt", with_running(full_day(), begun=begun)) == 600.0


def test_churn_counts_who_was_told_and_lost_it() -> None:
    """A was told N, which C does, and keeps W; E1R was told to a crew that is not there."""
    told = {"A": ("W", "N"), "Q": ("E1R",)}
    assert price("churn", with_running(full_day(), sequences=told)) == 600.0


def test_undone_work_counts_to_the_horizon() -> None:
    """An unassigned no-water call counts its premises and its wait until the last shift ends."""
    day = problem([crew("A")], [order("W1", premises_dry_before=3, due_on_site=at(60))], [0, 9])
    undone = Plan(NOW, 1, (), (Unassigned("W1", Blocked.NO_TIME_LEFT, WHY),))
    cost, w = rules.score(day, undone), day.weights
    assert cost["customer_minutes"] == w.customer * 3 * 8 * 3600
    assert cost["waiting"] == pytest.approx(w.waiting[3] * 8 * 3600)
    assert cost["lateness"] == pytest.approx(w.lateness[3] * 7 * 3600 + w.miss[3])
    assert cost["slack"] == pytest.approx(w.slack[3] * 8 * 3600)
    assert cost["unassigned"] == w.unassigned[3]
    assert [cost[one] for one in ("travel", "overtime", "breaks", "territory")] == [0.0] * 4


@pytest.mark.parametrize(("after", "dry"), [("E1I", 100), ("E1T", 40)])
def test_only_an_isolation_that_is_done_has_been_done(after: str, dry: int) -> None:
    """A repair that waits for work of yesterday is behind shut valves, one of a chain is not."""
    chain = order("E1T", incident="E1", premises_dry_before=40, premises_dry_after=100)
    mend = replace(chain, id="E1R", after=(after,))
    day = problem([crew("A")], [chain, mend], [0, 10, 10])
    both = (visit("A", "E1T", 0, 10, 10, 40), visit("A", "E1R", 40, 0, 40, 70))
    plan = Plan(NOW, 1, (Route("A", both),), ())
    assert rules.check(day, plan) == ()
    assert price("customer_minutes", day, plan) == 0.5 * dry * 70 * 60


@pytest.mark.parametrize(("before", "after"), [(40, 100), (100, 40)])
def test_the_price_is_a_straight_line_even_where_supply_is_back_first(
    before: int, after: int
) -> None:
    """Each minute that the isolation is later costs the same, after the repair too."""
    shut, mend = burst("E1", premises_dry_before=before, premises_dry_after=after, due_on_site=None)
    crews = [crew("A", skills="valve"), crew("B")]
    day = problem(crews, [shut, replace(mend, after=())], [0, 0, 10, 10])
    totals = []
    for wait in (0, 60, 120, 180):
        first = visit("A", "E1I", wait, 10, 10 + wait, 40 + wait)
        second = visit("B", "E1R", 0, 10, 70, 100)
        plan = Plan(NOW, 1, (Route("A", (first,)), Route("B", (second,))), ())
        totals.append(rules.score(day, plan)["total"])
    steps = {b - a for a, b in pairwise(totals)}
    assert steps == {3600 * (0.5 * max(0, before - after) + 5.0 + 2.0)}


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


#: Of each weight, the terms that it alone or with others makes.
MAKES = {
    "customer": {"customer_minutes", "hazard"},
    "burst": {"hazard"},
    "leak": {"hazard"},
    "lateness": {"lateness"},
    "miss": {"lateness"},
    "slack": {"slack"},
    "slack_s": {"slack"},
    "overtime": {"overtime"},
    "break_late": {"breaks"},
    "territory": {"territory"},
    "reserve": {"reserve"},
    "interrupt": {"interrupt"},
    "divert": {"interrupt"},
    "waiting": {"waiting"},
    "travel": {"travel"},
    "churn": {"churn"},
    "unassigned": {"unassigned"},
}


@pytest.mark.parametrize("name", [one.name for one in fields(Weights)])
def test_each_weight_moves_its_terms_and_no_other(name: str) -> None:
    """A weight twice as large changes the terms it makes; a weight that does nothing is none."""
    day = with_running(_everything_late(), sequences={"A": ("N",)})
    value = getattr(day.weights, name)
    twice = (
        {key: 2 * one + 1 for key, one in value.items()}
        if isinstance(value, dict)
        else (2 * value + 1)
    )
    dearer = rebuilt(day, weights=replace(day.weights, **{name: twice}))
    turned = with_visit(full_plan(), "N", interrupts="L")
    before, after = rules.score(day, turned), rules.score(dearer, turned)
    assert {term for term in TERMS if after[term] != before[term]} == MAKES[name]


def _everything_late() -> Problem:
    """Return the full day with the reserve at work, a leak, and C on its way to L."""
    day = with_order(full_day(), "N", leaking=True, due_on_site=at(10))
    day = with_crew(day, "A", reserve=True)
    begun = {**day.running.begun, "C": replace(day.running.begun["E"], work_order="L")}
    return with_running(day, begun=begun)


def test_a_running_day_without_what_was_told_has_no_churn() -> None:
    """The batch's cost keeps its terms."""
    assert CHURN not in rules.score(rebuilt(full_day(), running=Running()), full_plan())


def test_undone_work_counts_to_the_next_morning_where_that_is_said() -> None:
    """Nobody can: a waiting second costs 0.1 for 8 hours, or for the 24 until the next shift."""
    left = order("W1", skills=frozenset({Skill.TANKER}))
    base = problem([crew("A", hours=(0, 8))], [left], [0, 5])
    for running, hours in ((Running(), 8), (Running(undone_until=at(24 * 60)), 24)):
        day = Problem.build(
            base.work_orders, base.crews, base.travel, NOW, running=running, weights=base.weights
        )
        cost = rules.score(day, Plan(NOW, 1, (Route("A", ()),), ()))
        assert cost["waiting"] == pytest.approx(0.1 * hours * 3600)
        assert day.horizon == hours * 3600
