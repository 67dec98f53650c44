"""The rules on who: a crew that can and may do the work; and what stands in a plan at all."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import chain

from dispatch.rules_case import Case, Violations, low_levels, missing_skills, rule


@rule(
    12,
    "计划中的班组、工单和仓库都在当天名单上",
    "A plan names crews, work orders and depots of the day only.",
)
def known_names(case: Case) -> Violations:
    """Yield each name that the day does not know, or that stands in another's route."""
    for route in case.plan.routes:
        if route.crew not in case.crews:
            yield f"crew {route.crew} is none of the {len(case.crews)} crews"
        for visit in route.visits:
            if visit.crew != route.crew:
                yield f"{visit.work_order} names crew {visit.crew} in crew {route.crew}'s route"
            if visit.depot and visit.depot not in case.depots:
                yield f"{visit.work_order}, crew {visit.crew}: depot {visit.depot} is unknown"
    named = [visit.work_order for visit in case.visits]
    for order in [*named, *(one.work_order for one in case.plan.unassigned)]:
        if order not in case.orders:
            yield f"{order} is none of the {len(case.orders)} work orders"


@rule(12, "每个时刻都带时区，精确到整秒", "Every time has a zone and falls on a whole second.")
def sound_times(case: Case) -> Violations:
    """Yield each time without a zone or between two seconds."""
    for visit in case.visits:
        for instant in (visit.depart, visit.eta, visit.start, visit.end):
            if not _is_sound(instant):
                yield f"{visit.work_order}, crew {visit.crew}: {instant.isoformat()}"
    for route in case.plan.routes:
        back = () if route.back is None else (route.back,)
        for instant in (*chain.from_iterable(route.breaks), *back):
            if not _is_sound(instant):
                yield f"crew {route.crew}: {instant.isoformat()}"


def _is_sound(instant: datetime) -> bool:
    return instant.tzinfo is not None and instant.microsecond == 0


@rule(
    12,
    "每张工单要么派出一次，要么列入未派工单",
    "Every work order is in one visit or among the unassigned.",
)
def every_order_once(case: Case) -> Violations:
    """Yield each order that is nowhere, or named more than once."""
    count = Counter(visit.work_order for visit in case.visits)
    count.update(one.work_order for one in case.plan.unassigned)
    for order in case.orders:
        if count[order] != 1:
            yield f"{order} is named {count[order]} times"


@rule(12, "一个班组只有一条路线", "A crew has one route at most.")
def one_route_per_crew(case: Case) -> Violations:
    """Yield each crew with more routes."""
    for crew, count in Counter(route.crew for route in case.plan.routes).items():
        if count > 1:
            yield f"crew {crew} has {count} routes"


@rule(
    12,
    "每次派工、每张未派工单都用中英文说明理由",
    "Every visit and every unassigned order has a reason in Chinese and English.",
)
def reasons(case: Case) -> Violations:
    """Yield each visit or unassigned order without a sentence in both languages."""
    said = [(f"{one.work_order}, crew {one.crew}", one.reason) for one in case.visits]
    said += [(f"{one.work_order}, unassigned", one.detail) for one in case.plan.unassigned]
    for name, sentence in said:
        absent = [tag for tag in ("zh", "en") if not getattr(sentence, tag).strip()]
        if absent:
            yield f"{name}: no reason in {' and '.join(absent)}"


@rule(10, "班组具备工单要求的全部技能", "The crew holds every skill that the work order asks for.")
def skills(case: Case) -> Violations:
    """Yield each visit whose crew lacks a skill."""
    for stop in case.every_stop:
        missing = missing_skills(stop.crew, stop.order)
        if missing:
            yield f"{stop.name}: lacks {', '.join(missing)}"


@rule(
    10,
    "班组的技能等级达到工单要求",
    "The crew holds each skill at the level that the work order asks for.",
)
def levels(case: Case) -> Violations:
    """Yield each skill that a visit's crew does not hold at the level asked."""
    for stop in case.every_stop:
        for skill, level in low_levels(stop.crew, stop.order):
            if skill in stop.crew.skills or skill not in stop.order.skills:
                has = stop.crew.level(skill)
                yield f"{stop.name}: {skill} at level {level} needed, has {has}"


@rule(10, "班组人数够", "The crew has enough people.")
def crew_size(case: Case) -> Violations:
    """Yield each visit whose crew is too small."""
    for stop in case.every_stop:
        if stop.crew.size < stop.order.crew_size:
            yield f"{stop.name}: {stop.order.crew_size} people needed, has {stop.crew.size}"


@rule(10, "不准做某张工单的班组不派给它", "A crew is not given an order that it may not do.")
def barred(case: Case) -> Violations:
    """Yield each visit whose crew is barred from the order."""
    for stop in case.every_stop:
        if case.is_barred(stop.crew, stop.order):
            yield f"{stop.name}: is barred from it"


@rule(
    10, "指定了班组的工单只派给该班组", "An order that is pinned to a crew is for that crew alone."
)
def pinned(case: Case) -> Violations:
    """Yield each visit by a crew that the order is pinned away from."""
    for stop in case.every_stop:
        crew = case.pinned_to(stop.order)
        if crew not in ("", stop.crew.id):
            yield f"{stop.name}: is pinned to crew {crew}"


@rule(
    11,
    "前序工单或配合工单未派，本工单也不派",
    "An order is not planned while one that it waits for, or its partner, is unassigned.",
)
def waits_for_unassigned(case: Case) -> Violations:
    """Yield each visit that waits for unassigned work, or whose partner is that."""
    for stop in case.every_stop:
        for earlier in stop.order.after:
            if earlier in case.unassigned:
                yield f"{stop.name}: waits for {earlier}, which is unassigned"
        if stop.order.together in case.unassigned:
            yield f"{stop.name}: its partner {stop.order.together} is unassigned"
