"""Why nobody does an order that a dispatcher's word, or a shift's end, keeps crews from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dispatch.arrays import is_capable
from domain.crews import Crew, HoldKind
from domain.plans import Blocked, Plan, Rival, Unassigned
from domain.sentences import Sentence
from operations.replanning.roster import is_in_force
from operations.replanning.running_day import RunningDay

_FORBIDDEN = Sentence("调度员不让它做", "a dispatcher forbids it")
_LOCKED = Sentence("已锁定，不加派", "its day is locked")
_AWAY = Sentence("不在岗", "is away")
_OVER = Sentence("已下班", "its shift is over")

#: Said where the crews that are planned cannot do it; another one on the list may.
_NOT_ABLE = frozenset({Blocked.NO_SKILL, Blocked.LEVEL_TOO_LOW, Blocked.CREW_TOO_SMALL})


def tell_barred(plan: Plan, day: RunningDay) -> Plan:
    """Return the plan with ``forbidden`` where a dispatcher said so, not the crew itself.

    A crew that could, but is away or off shift and so in no plan, is named too.
    """
    routes = (
        replace(
            route,
            visits=tuple(
                replace(visit, rivals=_rivals(day, visit.work_order, visit.rivals))
                for visit in route.visits
            ),
        )
        for route in plan.routes
    )
    planned = {route.crew for route in plan.routes}
    unassigned = tuple(_unassigned(day, one, planned) for one in plan.unassigned)
    return replace(plan, routes=tuple(routes), unassigned=unassigned)


def _unassigned(day: RunningDay, one: Unassigned, planned: Collection[str]) -> Unassigned:
    told = replace(one, crews=_rivals(day, one.work_order, one.crews))
    order = day.orders[one.work_order]
    capable = [crew for crew in day.crews if is_capable(crew, order)]
    if one.reason is Blocked.DECLINED:
        words = [(crew, why) for crew in capable if (why := _word(day, crew.id, order.id))]
        return replace(told, reason=Blocked.FORBIDDEN, detail=_each(words)) if words else told
    if one.reason in _NOT_ABLE:
        gone = [(crew, _absence(day, crew)) for crew in capable if crew.id not in planned]
        return replace(told, reason=Blocked.AFTER_SHIFTS, detail=_each(gone)) if gone else told
    return told


def _each(words: Sequence[tuple[Crew, Sentence]]) -> Sentence:
    return Sentence(
        "；".join(f"{_name(crew)}：{why.zh}" for crew, why in words),
        "; ".join(f"{_name(crew)}: {why.en}" for crew, why in words),
    )


def _absence(day: RunningDay, crew: Crew) -> Sentence:
    """Return why a crew is not in the plan at all."""
    away = day.roster.hold(crew.id, HoldKind.AWAY)
    return _AWAY if away is not None and is_in_force(away, day.now) else _OVER


def _rivals(day: RunningDay, order: str, rivals: tuple[Rival, ...]) -> tuple[Rival, ...]:
    return tuple(_rival(day, order, one) for one in rivals)


def _rival(day: RunningDay, order: str, one: Rival) -> Rival:
    if one.blocked is not Blocked.DECLINED:
        return one
    why = _word(day, one.crew, order)
    return one if why is None else replace(one, blocked=Blocked.FORBIDDEN, said=why)


def _word(day: RunningDay, crew: str, order: str) -> Sentence | None:
    """Return the dispatcher's word that keeps the crew from the order, None if there is none."""
    if (crew, order) in day.roster.forbidden:
        return _FORBIDDEN
    return _LOCKED if crew in day.roster.locked else None


def _name(crew: Crew) -> str:
    return crew.name or crew.id
