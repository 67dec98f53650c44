"""Why nobody may do an order that a dispatcher's word keeps crews from: said as what it is."""

from __future__ import annotations

from dataclasses import replace

from dispatch.arrays import is_capable
from domain.crews import Crew
from domain.plans import Blocked, Plan, Rival, Unassigned
from domain.sentences import Sentence
from operations.replanning.running_day import RunningDay

_FORBIDDEN = Sentence("调度员不让它做", "a dispatcher forbids it")
_LOCKED = Sentence("已锁定，不加派", "its day is locked")


def tell_barred(plan: Plan, day: RunningDay) -> Plan:
    """Return the plan with ``forbidden`` where a dispatcher said so, not the crew itself."""
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
    unassigned = tuple(_unassigned(day, one) for one in plan.unassigned)
    return replace(plan, routes=tuple(routes), unassigned=unassigned)


def _unassigned(day: RunningDay, one: Unassigned) -> Unassigned:
    crews = _rivals(day, one.work_order, one.crews)
    if one.reason is not Blocked.DECLINED:
        return replace(one, crews=crews)
    order = day.orders[one.work_order]
    capable = [crew for crew in day.crews if is_capable(crew, order)]
    words = [(crew, why) for crew in capable if (why := _word(day, crew.id, order.id)) is not None]
    if not words:
        return replace(one, crews=crews)
    detail = Sentence(
        "；".join(f"{_name(crew)}：{why.zh}" for crew, why in words),
        "; ".join(f"{_name(crew)}: {why.en}" for crew, why in words),
    )
    return replace(one, reason=Blocked.FORBIDDEN, detail=detail, crews=crews)


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
