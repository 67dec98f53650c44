"""Why this crew, and why nobody: one sentence from the plan's own numbers, in both languages.

Clauses, joined by a semicolon: who and why; premises spared; waiting on site; the due time. What
a sentence claims is computed on the plan it stands in, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dispatch.draft import Draft
from dispatch.problem import NEVER
from dispatch.schedule import NOT_PLANNED, schedule
from dispatch.tables import NO_WAY
from dispatch.words import SKILL_ZH, join, missing_way, skill_en
from domain.plans import Blocked, Unassigned
from domain.sentences import Sentence
from domain.words import Skill

Clause = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rival:
    """Another eligible crew: when it would arrive (s), after which drive (s), at which position."""

    crew: int
    eta: int
    travel: int
    position: int


def why_visit(draft: Draft, order: int) -> Sentence:
    """Return why this crew does this order, and how it stands to its due time."""
    rival = _first_rival(draft, order)
    clauses = [_who(draft, order, rival), _spared(draft, order, rival), _waits(draft, order)]
    return join([*clauses, _due(draft, order)])


def _minutes(seconds: float) -> int:
    return max(0, round(seconds / 60))


def _name(draft: Draft, crew: int) -> str:
    return draft.tables.problem.crews[crew].name or draft.tables.problem.crews[crew].id


def _first_rival(draft: Draft, order: int) -> Rival | None:
    """Return the other crew that could be there first, None if none has time."""
    crews = draft.tables.crews_for[order]
    own = draft.times.crew[order]
    rivals = [_rival(draft, order, crew) for crew in crews if crew != own]
    able = [rival for rival in rivals if rival is not None]
    return min(able, key=lambda rival: (rival.eta, rival.crew), default=None)


def _rival(draft: Draft, order: int, crew: int) -> Rival | None:
    """Return how another crew could do the order next, once done with what it is doing then."""
    tables, times = draft.tables, draft.times
    moment = times.depart[order]
    begun = [i for i in draft.sequences[crew] if times.depart[i] <= moment]
    free = times.end[begun[-1]] if begun else tables.shift_start[crew]
    place = tables.n_crews + begun[-1] if begun else crew
    travel = tables.travel[place][order]
    eta = max(free, tables.release[order]) + travel
    ready = max([eta, tables.ready[order], *(times.end[j] for j in tables.after[order])])
    if travel == NO_WAY or ready + tables.duration[order] > tables.shift_end[crew]:
        return None
    return Rival(crew, eta, travel, len(begun))


def _who(draft: Draft, order: int, rival: Rival | None) -> Clause:
    name = _name(draft, draft.times.crew[order])
    if len(draft.tables.crews_for[order]) == 1:
        return _only(draft, order, name)
    drive = _minutes(draft.times.travel[order])
    if rival is None:
        text = f"其他能做的班组排不开，{name}车程 {drive} 分"
        return text, f"No other capable crew has time, {name} is {drive} min away"
    other, gap = _name(draft, rival.crew), _minutes(abs(rival.eta - draft.times.eta[order]))
    if gap == 0:
        return f"{name}与{other}同时能到，车程 {drive} 分", (
            f"{name} as soon as {other}, {drive} min away"
        )
    if rival.eta < draft.times.eta[order]:
        return _although(draft, order, rival)
    if draft.times.travel[order] <= rival.travel:
        return f"{name}最近，车程 {drive} 分，{other}晚到 {gap} 分", (
            f"{name} is nearest, {drive} min away, {other} would come {gap} min later"
        )
    return f"{name}最先到，比{other}早 {gap} 分", f"{name} is there first, {gap} min before {other}"


def _only(draft: Draft, order: int, name: str) -> Clause:
    """Name what only this crew has: the skills, or with the skills the people."""
    wanted = draft.tables.problem.work_orders[order]
    skilled = [crew for crew in draft.tables.problem.crews if wanted.skills <= crew.skills]
    if len(skilled) == 1:
        zh, en = _skills(wanted.skills)
        return f"只有{name}会{zh}", f"Only {name} has {en}"
    if sum(crew.size >= wanted.crew_size for crew in skilled) > 1:
        return (
            f"能做的班组里只有{name}可派",
            f"Of the capable crews only {name} can be sent",
        )
    return f"会做的班组里只有{name}够 {wanted.crew_size} 人", (
        f"Of the crews with the skill only {name} has {wanted.crew_size} people"
    )


def _skills(skills: frozenset[Skill]) -> Clause:
    ordered = sorted(skills)
    return "、".join(SKILL_ZH[one] for one in ordered), " and ".join(skill_en(x) for x in ordered)


def _although(draft: Draft, order: int, rival: Rival) -> Clause:
    """Say what the plan would pay for sending the crew that could be there sooner."""
    name, other = _name(draft, draft.times.crew[order]), _name(draft, rival.crew)
    gap = _minutes(draft.times.eta[order] - rival.eta)
    drive = _minutes(draft.times.travel[order])
    trial = [[i for i in sequence if i != order] for sequence in draft.sequences]
    trial[rival.crew].insert(rival.position, order)
    times = schedule(draft.tables, trial)
    if times is None:
        return f"{other}能早 {gap} 分，但后面的活就做不完", (
            f"{other} could be there {gap} min sooner, but would not finish its later work"
        )
    dearer = _minutes(times.cost - draft.cost)
    if dearer > 0:
        return f"{other}能早 {gap} 分，但全天多花 {dearer:,} 分车程当量", (
            f"{other} could be there {gap} min sooner, but the day would cost {dearer:,} "
            "travel minutes more"
        )
    return f"{name}顺路，车程 {drive} 分", f"On the way of {name}, {drive} min away"


def _spared(draft: Draft, order: int, rival: Rival | None) -> Clause | None:
    """Say the customer-minutes that the next crew would have cost more."""
    wanted = draft.tables.problem.work_orders[order]
    premises = wanted.premises_dry_after or wanted.premises_dry_before
    if rival is None or not premises:
        return None
    times = draft.times
    ends = (times.end[j] for j in draft.tables.after[order])
    later = max([rival.eta, draft.tables.ready[order], *ends])
    spared = premises * _minutes(later - times.start[order])
    return (f"少停 {spared:,} 户·分", f"saves {spared:,} customer-minutes") if spared > 0 else None


def _waits(draft: Draft, order: int) -> Clause | None:
    """Say how long the crew waits on site, and for which order."""
    times, after = draft.times, draft.tables.after[order]
    wait = _minutes(times.start[order] - times.eta[order])
    if wait == 0:
        return None
    last = max(after, key=lambda j: (times.end[j], -j), default=None)
    if last is not None and times.end[last] >= draft.tables.ready[order]:
        name = draft.tables.problem.work_orders[last].id
    else:
        name = _under_way(draft, order)
    return f"到场后等 {name} 完成 {wait} 分", f"waits {wait} min on site for {name}"


def _under_way(draft: Draft, order: int) -> str:
    """Return the id of the work under way that this order waits for the longest."""
    problem = draft.tables.problem
    ends = problem.running.ends
    return max((ends[one], one) for one in problem.work_orders[order].after if one in ends)[1]


def _due(draft: Draft, order: int) -> Clause | None:
    due, eta = draft.tables.due[order], draft.times.eta[order]
    if due == NEVER:
        return None
    gap = _minutes(abs(due - eta))
    if eta > due:
        return f"到场超时 {gap} 分", f"arrives {gap} min late"
    return f"比时限早 {gap} 分", f"{gap} min before due"


def why_unassigned(draft: Draft, order: int) -> Unassigned:
    """Return what keeps everybody from this order: the first of the hard reasons that holds."""
    problem = draft.tables.problem
    reason, detail = _blocked(draft, order)
    return Unassigned(problem.work_orders[order].id, reason, join([detail]))


def _blocked(draft: Draft, order: int) -> tuple[Blocked, Clause]:
    tables, problem = draft.tables, draft.tables.problem
    wanted, crews = problem.work_orders[order], tables.crews_for[order]
    skilled = [crew for crew in problem.crews if wanted.skills <= crew.skills]
    if not skilled:
        zh, en = _skills(wanted.skills)
        return Blocked.NO_SKILL, (f"没有班组会{zh}", f"No crew has {en}")
    if any(crew.size >= wanted.crew_size for crew in skilled) and not crews:
        text = (
            "能做的班组都退了单或派不出",
            "Every capable crew has declined it or cannot be sent",
        )
        return Blocked.DECLINED, text
    if not crews:
        most = max(crew.size for crew in skilled)
        return Blocked.CREW_TOO_SMALL, (
            f"要 {wanted.crew_size} 人，会做的班组最多 {most} 人",
            f"Needs {wanted.crew_size} people, the largest crew with the skill has {most}",
        )
    if not any(_ways(draft, order, crew) for crew in crews):
        return Blocked.UNREACHABLE, missing_way(problem, order, crews)
    for j in tables.after[order]:
        if draft.times.crew[j] == NOT_PLANNED:
            name = problem.work_orders[j].id
            text = (f"要等 {name}，它还没有人做", f"Waits for {name}, which is unassigned")
            return Blocked.WAITS_FOR_UNASSIGNED, text
    return _no_time(draft, order, crews)


def _ways(draft: Draft, order: int, crew: int) -> list[int]:
    """Return the drives to the order that this crew could have: from its start or another order."""
    tables, eligible = draft.tables, draft.tables.problem.eligible
    others = [tables.n_crews + i for i in np.flatnonzero(eligible[crew]).tolist() if i != order]
    drives = [tables.travel[place][order] for place in [crew, *others]]
    return [drive for drive in drives if drive != NO_WAY]


def _no_time(draft: Draft, order: int, crews: list[int]) -> tuple[Blocked, Clause]:
    """Return whether even an idle crew next door would end too late, or all are full."""
    tables = draft.tables
    last = max(tables.shift_end[crew] for crew in crews)
    if tables.release[order] >= last:
        text = ("上报时能做的班组都已下班", "Reported after the last capable shift ends")
        return Blocked.AFTER_SHIFTS, text
    if not any(_could_end_in_time(draft, order, crew) for crew in crews):
        text = (
            "能做的班组下班前做不完",
            "No capable shift is long enough to reach and finish it",
        )
        return Blocked.AFTER_SHIFTS, text
    text = (
        f"能做的 {len(crews)} 个班组都排满了",
        f"All {len(crews)} capable crews are full with other work",
    )
    return Blocked.NO_TIME_LEFT, text


def _could_end_in_time(draft: Draft, order: int, crew: int) -> bool:
    tables = draft.tables
    ways = _ways(draft, order, crew)
    if not ways:
        return False
    eta = max(tables.shift_start[crew], tables.release[order]) + min(ways)
    start = max([eta, tables.ready[order], *(draft.times.end[j] for j in tables.after[order])])
    return start + tables.duration[order] <= tables.shift_end[crew]
