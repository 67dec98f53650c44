"""The words explanations are made of."""

from __future__ import annotations

from collections.abc import Iterable

from dispatch.problem import Problem
from domain.sentences import Sentence
from domain.travel import Unreachable
from domain.words import Skill

SKILL_ZH = {
    Skill.VALVE: "关阀",
    Skill.PIPE: "管道抢修",
    Skill.LARGE_MAIN: "大口径抢修",
    Skill.LEAK_DETECTION: "检漏",
    Skill.METER: "水表",
    Skill.WATER_QUALITY: "水质",
    Skill.CIVIL: "土建",
    Skill.TANKER: "送水车",
}

_NO_WAY = {
    Unreachable.TOO_FAR_FROM_ROAD: ("离道路太远", "too far from any road"),
    Unreachable.OTHER_PART: ("道路不连通", "the roads do not connect"),
    Unreachable.CLOSED: ("道路封闭", "the road is closed"),
}


def skill_en(skill: Skill) -> str:
    """Return the skill in words, such as "large main"."""
    return skill.value.replace("_", " ")


def skills_in_words(skills: Iterable[Skill]) -> tuple[str, str]:
    """Return the skills in words, zh and en."""
    ordered = sorted(skills)
    return "、".join(SKILL_ZH[one] for one in ordered), " and ".join(skill_en(x) for x in ordered)


def join(clauses: Iterable[tuple[str, str] | None]) -> Sentence:
    """Return the clauses as one sentence in each language; None is left out."""
    said = [clause for clause in clauses if clause is not None]
    return Sentence("；".join(zh for zh, _ in said), "; ".join(en for _, en in said))


def missing_way(problem: Problem, order: int, crews: Iterable[int]) -> tuple[str, str]:
    """Return that no crew has a way, with the street network's own reason where it gives one."""
    place = problem.n_crews + order
    why = next((r for c in crews if (r := problem.travel.reasons.get((c, place)))), None)
    zh, en = _NO_WAY[why] if why else ("没有道路可到", "no way is known")
    return f"班组到不了：{zh}", f"No crew can get there: {en}"
