"""The referee: says which rules a plan breaks, whoever made the plan.

Reads only the domain values of the problem (work orders, crews, depots, travel, now, running) and
the plan. Shares no code with the engines, so that no engine marks its own homework. ``score`` is
next door. The rules are those of docs/plan.md, which lists them by name.
"""

from __future__ import annotations

from dispatch import rules_begun, rules_road, rules_time, rules_who
from dispatch.problem import Problem
from dispatch.rules_case import Case, Rule
from dispatch.scoring import score
from domain.plans import Plan

__all__ = ["FORM", "RULES", "Rule", "check", "score"]

#: What makes a plan readable; the others cannot be judged where one of these is broken.
FORM: tuple[Rule, ...] = (rules_who.known_names, rules_who.sound_times)

#: Every rule, the readable form first, then as docs/plan.md numbers them.
RULES: tuple[Rule, ...] = (
    *FORM,
    rules_time.shift_start,
    rules_time.not_in_the_past,
    rules_time.release,
    rules_time.no_overlap,
    rules_time.breaks,
    rules_road.parts,
    rules_road.pickup,
    rules_road.reachable,
    rules_road.travel,
    rules_road.arrival,
    rules_time.after_arrival,
    rules_time.window,
    rules_time.order_of_work,
    rules_time.together,
    rules_time.work_time,
    rules_time.shift_end,
    rules_road.way_home,
    rules_begun.begun_work,
    rules_begun.on_site,
    rules_begun.interruptible,
    rules_begun.make_safe,
    rules_begun.interrupts,
    rules_who.skills,
    rules_who.levels,
    rules_who.crew_size,
    rules_who.barred,
    rules_who.pinned,
    rules_who.waits_for_unassigned,
    rules_who.every_order_once,
    rules_who.one_route_per_crew,
    rules_who.reasons,
)


def check(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """Return one line for each breach, "rule: order, crew: figures"; empty if all rules are kept.

    Names or times that make no sense are reported alone: the other rules cannot be judged then.
    """
    case = Case(problem, plan)
    return _broken(case, FORM) or _broken(case, RULES[len(FORM) :])


def _broken(case: Case, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(f"{rule.name}: {text}" for rule in rules for text in rule.check(case))
