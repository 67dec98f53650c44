"""What keeps a crew from an order: the first of the hard reasons that holds."""

from __future__ import annotations

import numpy as np

from dispatch.arrays import NEVER
from dispatch.standing import Standing
from dispatch.words import SKILL_ZH, join, missing_way, skill_en, skills_in_words
from domain.plans import Blocked, Rival, Unassigned

Clause = tuple[str, str]

#: From what no crew can help to what the next free hour would: an order nobody is given has the
#: last of its crews' reasons.
_RANK = (
    Blocked.NO_SKILL,
    Blocked.LEVEL_TOO_LOW,
    Blocked.CREW_TOO_SMALL,
    Blocked.PINNED_AWAY,
    Blocked.FORBIDDEN,
    Blocked.DECLINED,
    Blocked.UNREACHABLE,
    Blocked.NO_PARTS,
    Blocked.WINDOW_OVER,
    Blocked.AFTER_SHIFTS,
    Blocked.NO_TIME_LEFT,
)


def why_unassigned(standing: Standing, order: int) -> Unassigned:
    """Return why nobody is given an order, and what keeps each crew from it."""
    problem = standing.problem
    each = [first_block(standing, order, crew) for crew in range(problem.n_crews)]
    crews = tuple(
        Rival(crew.id, reason, None, 0, None, join([said]))
        for crew, (reason, said) in zip(problem.crews, each, strict=True)
    )
    reason, detail = _of_the_order(standing, order) or _of_all(standing, order, each)
    return Unassigned(problem.work_orders[order].id, reason, join([detail]), crews)


def _of_the_order(standing: Standing, order: int) -> tuple[Blocked, Clause] | None:
    """Return what keeps everybody from it alike: what it waits for, or is together with."""
    problem = standing.problem
    for j in problem.after[order]:
        if standing.crew[j] < 0:
            name = problem.work_orders[j].id
            text = (f"要等 {name}，它还没有人做", f"Waits for {name}, which is unassigned")
            return Blocked.WAITS_FOR_UNASSIGNED, text
    if problem.partner[order] >= 0:
        name = problem.work_orders[problem.partner[order]].id
        return Blocked.NO_PARTNER, (
            f"要与 {name} 同时开工，凑不齐两个班组",
            f"Must begin together with {name}: no two crews can",
        )
    return None


def _of_all(
    standing: Standing, order: int, each: list[tuple[Blocked, Clause]]
) -> tuple[Blocked, Clause]:
    """Return the reason that is nearest to being none, said of all crews."""
    problem = standing.problem
    wanted = problem.work_orders[order]
    reason = max((one for one, _ in each), key=_RANK.index, default=Blocked.NO_SKILL)
    capable = [c for c, (one, _) in enumerate(each) if _RANK.index(one) > _RANK.index(_RANK[5])]
    if reason is Blocked.NO_SKILL:
        zh, en = skills_in_words(wanted.skills)
        return reason, (f"没有班组会{zh}", f"No crew has {en}")
    if reason is Blocked.CREW_TOO_SMALL:
        skilled = [crew.size for crew in problem.crews if wanted.skills <= crew.skills]
        return reason, (
            f"要 {wanted.crew_size} 人，会做的班组最多 {max(skilled)} 人",
            f"Needs {wanted.crew_size} people, the largest crew with the skill has {max(skilled)}",
        )
    if reason is Blocked.UNREACHABLE:
        return reason, missing_way(problem, order, capable)
    if reason is Blocked.AFTER_SHIFTS and problem.release[order] >= max(
        problem.limit[c] for c in capable
    ):
        text = ("上报时能做的班组都已下班", "Reported after the last capable shift ends")
        return reason, text
    if reason is Blocked.NO_TIME_LEFT:
        count = sum(one is reason for one, _ in each)
        return reason, (
            f"能做的 {count} 个班组都排满了",
            f"All {count} capable crews are full with other work",
        )
    return reason, _SAID_OF_ALL[reason]


_SAID_OF_ALL: dict[Blocked, Clause] = {
    Blocked.LEVEL_TOO_LOW: (
        "没有班组的技能等级够",
        "No crew holds the skill at the level it takes",
    ),
    Blocked.PINNED_AWAY: (
        "指定的班组做不了或不在班",
        "The crew it is pinned to cannot do it or is not there",
    ),
    Blocked.FORBIDDEN: (
        "能做的班组都被禁止派去",
        "Every capable crew is forbidden to do it",
    ),
    Blocked.DECLINED: (
        "能做的班组都退了单或派不出",
        "Every capable crew has declined it or cannot be sent",
    ),
    Blocked.NO_PARTS: (
        "能做的班组车上缺配件，也没有仓库可取",
        "The capable crews lack parts, and no depot can be reached",
    ),
    Blocked.WINDOW_OVER: (
        "没有班组能赶上预约时间",
        "No crew can be there in the appointment's time",
    ),
    Blocked.AFTER_SHIFTS: (
        "能做的班组下班前做不完",
        "No capable shift is long enough to reach and finish it",
    ),
}


def first_block(standing: Standing, order: int, crew: int) -> tuple[Blocked, Clause]:
    """Return the first reason that keeps a crew from an order it has not been given."""
    return _who_may(standing, order, crew) or _when_it_could(standing, order, crew)


def _who_may(standing: Standing, order: int, c: int) -> tuple[Blocked, Clause] | None:
    problem = standing.problem
    wanted, crew = problem.work_orders[order], problem.crews[c]
    if missing := wanted.skills - crew.skills:
        zh, en = skills_in_words(missing)
        return Blocked.NO_SKILL, (f"不会{zh}", f"lacks {en}")
    for skill, level in wanted.levels:
        if crew.level(skill) < level:
            text = (
                f"{SKILL_ZH[skill]}要 {level} 级，只有 {crew.level(skill)} 级",
                f"has {skill_en(skill)} at level {crew.level(skill)}, level {level} is needed",
            )
            return Blocked.LEVEL_TOO_LOW, text
    if crew.size < wanted.crew_size:
        return Blocked.CREW_TOO_SMALL, (
            f"要 {wanted.crew_size} 人，只有 {crew.size} 人",
            f"has {crew.size} people, {wanted.crew_size} are needed",
        )
    pinned = problem.running.pinned.get(wanted.id)
    if pinned is not None and pinned != crew.id:
        return Blocked.PINNED_AWAY, (f"已指定给 {pinned}", f"the order is pinned to {pinned}")
    if not problem.eligible[c, order]:
        return Blocked.DECLINED, ("退过单或不可派", "declined it or cannot be sent")
    return None


def _when_it_could(standing: Standing, order: int, c: int) -> tuple[Blocked, Clause]:
    """Return whether the crew could come at all, in time with an empty day, or is just full."""
    problem = standing.problem
    ways = _ways(standing, order, c)
    if not ways:
        return Blocked.UNREACHABLE, missing_way(problem, order, [c])
    lacking = problem.parts[order] > problem.stock[c]
    if lacking.any() and not _depot_on_the_way(standing, order, c):
        return Blocked.NO_PARTS, ("车上缺配件，没有仓库可取", "lacks parts and can reach no depot")
    eta = max(int(problem.shift_start[c]), int(problem.release[order])) + min(ways)
    ends = [standing.end[j] for j in problem.after[order] if standing.crew[j] >= 0]
    start = max([eta, int(problem.opens[order]), int(problem.ready[order]), *ends])
    if start > problem.closes[order] != NEVER:
        return Blocked.WINDOW_OVER, ("赶不上预约时间", "cannot be there in the appointment's time")
    if start + problem.duration[order] > problem.limit[c]:
        return Blocked.AFTER_SHIFTS, ("下班前做不完", "cannot finish it before the shift ends")
    return Blocked.NO_TIME_LEFT, ("已排满", "is full with other work")


def _ways(standing: Standing, order: int, crew: int) -> list[int]:
    """Return the drives to the order that this crew could have: from its start or another order."""
    problem = standing.problem
    others = np.flatnonzero(problem.eligible[crew])
    places = np.append(problem.n_crews + others[others != order], crew)
    there = problem.n_crews + order
    open_ = problem.reachable[places, there]
    ways: list[int] = problem.travel_s[places, there][open_].tolist()
    return ways


def _depot_on_the_way(standing: Standing, order: int, crew: int) -> bool:
    problem = standing.problem
    depots = problem.depot_place
    there = problem.n_crews + order
    return bool((problem.reachable[crew, depots] & problem.reachable[depots, there]).any())
