"""Why this crew, and why nobody: one sentence from the plan's own numbers, in both languages.

Clauses, joined by a semicolon: who and why; premises spared; waiting on site; the due time. What
a sentence claims is computed on the plan it stands in, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dispatch.problem import NEVER
from dispatch.standing import Standing
from dispatch.words import join, skills_in_words
from domain.sentences import Sentence

Clause = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rival:
    """Another eligible crew: when it would arrive (s), after which drive (s), at which position."""

    crew: int
    eta: int
    travel: int
    position: int


def why_visit(standing: Standing, order: int) -> Sentence:
    """Return why this crew does this order, and how it stands to its due time."""
    rival = _first_rival(standing, order)
    who, spared = _who(standing, order, rival), _spared(standing, order, rival)
    clauses = [who, _interrupts(standing, order), spared, _waits(standing, order)]
    return join([*clauses, _due(standing, order)])


def why_it_stays(standing: Standing, order: int) -> Sentence:
    """Return that the visit stays with its crew, and how it stands to its due time."""
    return join([("仍按原计划", "Stays as planned"), _due(standing, order)])


def _minutes(seconds: float) -> int:
    return max(0, round(seconds / 60))


def _name(standing: Standing, crew: int) -> str:
    return standing.problem.crews[crew].name or standing.problem.crews[crew].id


def _first_rival(standing: Standing, order: int) -> Rival | None:
    """Return the other crew that could be there first, None if none has time."""
    own = standing.crew[order]
    crews = [int(c) for c in np.flatnonzero(standing.problem.eligible[:, order]) if c != own]
    rivals = [_rival(standing, order, crew) for crew in crews]
    able = [rival for rival in rivals if rival is not None]
    return min(able, key=lambda rival: (rival.eta, rival.crew), default=None)


def _rival(standing: Standing, order: int, crew: int) -> Rival | None:
    """Return how another crew could do the order next, once done with what it is doing then."""
    problem, moment = standing.problem, standing.depart[order]
    begun = [i for i in standing.sequences[crew] if standing.depart[i] <= moment]
    free = standing.end[begun[-1]] if begun else int(problem.shift_start[crew])
    travel = standing.drive(crew, begun[-1] if begun else -1, order)
    eta = max(free, int(problem.release[order])) + travel
    ready = max([eta, int(problem.ready[order]), *(standing.end[j] for j in problem.after[order])])
    if travel < 0 or ready + int(problem.duration[order]) > problem.limit[crew]:
        return None
    return Rival(crew, eta, travel, len(begun))


def _who(standing: Standing, order: int, rival: Rival | None) -> Clause:
    name = _name(standing, standing.crew[order])
    if int(standing.problem.eligible[:, order].sum()) == 1:
        return _only(standing, order, name)
    drive = _minutes(standing.travel[order])
    if rival is None:
        text = f"其他能做的班组排不开，{name}车程 {drive} 分"
        return text, f"No other capable crew has time, {name} is {drive} min away"
    other, gap = _name(standing, rival.crew), _minutes(abs(rival.eta - standing.eta[order]))
    if gap == 0:
        return f"{name}与{other}同时能到，车程 {drive} 分", (
            f"{name} as soon as {other}, {drive} min away"
        )
    if rival.eta < standing.eta[order]:
        return _although(standing, order, rival)
    if standing.travel[order] <= rival.travel:
        return f"{name}最近，车程 {drive} 分，{other}晚到 {gap} 分", (
            f"{name} is nearest, {drive} min away, {other} would come {gap} min later"
        )
    return f"{name}最先到，比{other}早 {gap} 分", f"{name} is there first, {gap} min before {other}"


def _only(standing: Standing, order: int, name: str) -> Clause:
    """Name what only this crew has: the skills, or with the skills the people."""
    wanted = standing.problem.work_orders[order]
    skilled = [crew for crew in standing.problem.crews if wanted.skills <= crew.skills]
    if len(skilled) == 1:
        zh, en = skills_in_words(wanted.skills)
        return f"只有{name}会{zh}", f"Only {name} has {en}"
    if sum(crew.size >= wanted.crew_size for crew in skilled) > 1:
        return (
            f"能做的班组里只有{name}可派",
            f"Of the capable crews only {name} can be sent",
        )
    return f"会做的班组里只有{name}够 {wanted.crew_size} 人", (
        f"Of the crews with the skill only {name} has {wanted.crew_size} people"
    )


def _although(standing: Standing, order: int, rival: Rival) -> Clause:
    """Say what the plan would pay for sending the crew that could be there sooner."""
    name, other = _name(standing, standing.crew[order]), _name(standing, rival.crew)
    gap = _minutes(standing.eta[order] - rival.eta)
    drive = _minutes(standing.travel[order])
    trial = [[i for i in sequence if i != order] for sequence in standing.sequences]
    trial[rival.crew].insert(rival.position, order)
    price = standing.price_with(trial)
    if price is None:
        return f"{other}能早 {gap} 分，但后面的活就做不完", (
            f"{other} could be there {gap} min sooner, but would not finish its later work"
        )
    dearer = _minutes(price - standing.price)
    if dearer > 0:
        return f"{other}能早 {gap} 分，但全天多花 {dearer:,} 分车程当量", (
            f"{other} could be there {gap} min sooner, but the day would cost {dearer:,} "
            "travel minutes more"
        )
    return f"{name}顺路，车程 {drive} 分", f"On the way of {name}, {drive} min away"


def _spared(standing: Standing, order: int, rival: Rival | None) -> Clause | None:
    """Say the customer-minutes that the next crew would have cost more."""
    wanted = standing.problem.work_orders[order]
    premises = wanted.premises_dry_after or wanted.premises_dry_before
    if rival is None or not premises:
        return None
    ends = (standing.end[j] for j in standing.problem.after[order])
    later = max([rival.eta, int(standing.problem.ready[order]), *ends])
    spared = premises * _minutes(later - standing.start[order])
    return (f"少停 {spared:,} 户·分", f"saves {spared:,} customer-minutes") if spared > 0 else None


def _waits(standing: Standing, order: int) -> Clause | None:
    """Say how long the crew waits on site, and for which order."""
    problem, end = standing.problem, standing.end
    wait = _minutes(standing.start[order] - standing.eta[order])
    if wait == 0:
        return None
    if problem.opens[order] >= standing.start[order]:
        return f"到场后等到预约时间 {wait} 分", f"waits {wait} min on site for the appointment"
    last = max(problem.after[order], key=lambda j: (end[j], -j), default=None)
    partner = int(problem.partner[order])
    if last is not None and end[last] >= standing.start[order]:
        name = problem.work_orders[last].id
    elif partner >= 0 and standing.eta[partner] >= standing.start[order]:
        return f"到场后等同时施工的班组 {wait} 分", f"waits {wait} min on site for the other crew"
    else:
        name = _under_way(standing, order)
    if not name:
        return f"到场后等 {wait} 分", f"waits {wait} min on site"
    return f"到场后等 {name} 完成 {wait} 分", f"waits {wait} min on site for {name}"


def _under_way(standing: Standing, order: int) -> str:
    """Return the id of the work under way that this order waits for the longest, "" if none."""
    problem = standing.problem
    ends = problem.running.ends
    waits = [(ends[one], one) for one in problem.work_orders[order].after if one in ends]
    return max(waits)[1] if waits else ""


def _interrupts(standing: Standing, order: int) -> Clause | None:
    """Say what the crew leaves for this order."""
    begun = standing.interrupted(order)
    if begun < 0:
        return None
    name = standing.problem.work_orders[begun].id
    if standing.problem.remaining[standing.crew[order]] >= 0:
        return f"先把 {name} 停到安全状态再赶来", f"leaves {name} safe and half done for it"
    return f"中途改派，放下 {name}", f"turns round on the way to {name} for it"


def _due(standing: Standing, order: int) -> Clause | None:
    due, eta = int(standing.problem.due[order]), standing.eta[order]
    if due == NEVER:
        return None
    gap = _minutes(abs(due - eta))
    if eta > due:
        return f"到场超时 {gap} 分", f"arrives {gap} min late"
    return f"比时限早 {gap} 分", f"{gap} min before due"
