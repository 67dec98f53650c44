"""The reasons: each sentence says what the numbers of its plan say."""

from __future__ import annotations

from dispatch import greedy
from domain.plans import Plan, Visit
from domain.words import Skill
from tests.dispatch.days import at, burst, crew, order, problem


def visit_of(plan: Plan, work: str) -> Visit:
    """Return the visit for an order."""
    return next(v for route in plan.routes for v in route.visits if v.work_order == work)


def test_nearest_and_premises_spared() -> None:
    """Two crews, ten and forty minutes away: the nearer one, thirty minutes' premises spared."""
    work = order("W1", premises_dry_before=20, due_on_site=at(60))
    reason = visit_of(greedy(problem([crew("A"), crew("B")], [work], [10, 40, 0])), "W1").reason
    assert reason.zh == "A班最近，车程 10 分，B班晚到 30 分；少停 600 户·分；比时限早 50 分"
    assert reason.en == (
        "A班 is nearest, 10 min away, B班 would come 30 min later; "
        "saves 600 customer-minutes; 50 min before due"
    )


def test_only_crew_with_the_skill() -> None:
    """The one crew that holds the skill is named with it, and how late it comes."""
    work = order("W1", skills=frozenset({Skill.METER}), due_on_site=at(5))
    day = problem([crew("A"), crew("B", skills="meter")], [work], [0, 20, 0])
    assert visit_of(greedy(day), "W1").reason.zh == "只有B班会水表；到场超时 15 分"


def test_only_crew_with_the_people() -> None:
    """The one crew with the skill that is large enough is named with its people."""
    day = problem([crew("A", size=2), crew("B")], [order("W1", crew_size=3)], [0, 20, 0])
    assert visit_of(greedy(day), "W1").reason.zh == "会做的班组里只有B班够 3 人"


def test_waits_for_the_isolation() -> None:
    """A repair crew that is on site before the isolation ends says how long it waits."""
    shut, mend = burst("E1", due_on_site=None)
    crews = [crew("A", skills="valve"), crew("B", skills="pipe")]
    plan = greedy(problem(crews, [shut, mend], [0, 0, 10, 10]))
    assert visit_of(plan, "E1R").reason.zh.endswith("到场后等 E1I 完成 30 分")
    assert visit_of(plan, "E1R").reason.en.endswith("waits 30 min on site for E1I")


def test_no_other_crew_has_time() -> None:
    """A second crew whose shift is too short is no rival."""
    day = problem([crew("A"), crew("B", hours=(0, 0.5))], [order("W1")], [10, 10, 0])
    assert visit_of(greedy(day), "W1").reason.zh == "其他能做的班组排不开，A班车程 10 分"


def detail(plan: Plan, work: str) -> tuple[str, str, str]:
    """Return the machine's word and both sentences for an unassigned order."""
    one = next(one for one in plan.unassigned if one.work_order == work)
    return one.reason, one.detail.zh, one.detail.en


def test_nobody_has_the_skill() -> None:
    """The skill that is missing is named."""
    work = order("W1", skills=frozenset({Skill.LARGE_MAIN}))
    assert detail(greedy(problem([crew("A")], [work], [0, 1])), "W1") == (
        "no_skill",
        "没有班组会大口径抢修",
        "No crew has large main",
    )


def test_crews_are_too_small() -> None:
    """People needed and people at most are said."""
    plan = greedy(problem([crew("A")], [order("W1", crew_size=6)], [0, 1]))
    assert detail(plan, "W1")[:2] == ("crew_too_small", "要 6 人，会做的班组最多 4 人")


def test_no_road_leads_there() -> None:
    """The street network's own reason is passed on."""
    plan = greedy(problem([crew("A")], [order("W1")], [0, 1], cut=[1]))
    assert detail(plan, "W1") == (
        "unreachable",
        "班组到不了：道路不连通",
        "No crew can get there: the roads do not connect",
    )


def test_reported_after_the_last_shift() -> None:
    """A call in the evening finds nobody; a call just before it ends finds no time."""
    evening, late = order("W1", released_at=at(481)), order("W2", released_at=at(475))
    plan = greedy(problem([crew("A")], [evening, late], [0, 1, 1]))
    assert detail(plan, "W1")[:2] == ("after_shifts", "上报时能做的班组都已下班")
    assert detail(plan, "W2")[:2] == ("after_shifts", "能做的班组下班前做不完")


def test_waits_for_an_unassigned_order() -> None:
    """A repair whose isolation nobody can do waits for it."""
    shut, mend = burst("E1")
    plan = greedy(problem([crew("A")], [shut, mend], [0, 1, 1]))
    assert detail(plan, "E1I")[0] == "no_skill"
    assert detail(plan, "E1R")[:2] == ("waits_for_unassigned", "要等 E1I，它还没有人做")


def test_all_capable_crews_are_full() -> None:
    """Three half hours do not fit into one hour and a quarter."""
    orders = [order(f"W{i}") for i in range(3)]
    plan = greedy(problem([crew("A", hours=(0, 1.25))], orders, [0, 1, 1, 1]))
    assert detail(plan, "W2") == (
        "no_time_left",
        "能做的 1 个班组都排满了",
        "All 1 capable crews are full with other work",
    )
