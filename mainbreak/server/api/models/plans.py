"""The plan that counts now."""

from __future__ import annotations

from domain.plans import Blocked, Plan
from mainbreak.server.api.models.base import Said, Stamp, View
from mainbreak.server.api.models.visits import PlannedVisit


class RouteView(View):
    """A crew's visits in order."""

    crew: str
    visits: list[PlannedVisit]


class UnassignedView(View):
    """A work order nobody could be given, and why."""

    work_order: str
    reason: Blocked
    detail: Said


class PlanView(View):
    """All routes plus the unassigned, at the instant ``now``; costs are seconds-equivalents."""

    number: int
    now: Stamp
    seed: int
    engine: str
    routes: list[RouteView]
    unassigned: list[UnassignedView]
    cost: dict[str, float]
    greedy_cost: dict[str, float]
    violations: list[str]


def plan_view(number: int, plan: Plan) -> PlanView:
    """Return a plan as it is sent."""
    routes = [
        RouteView(crew=route.crew, visits=[PlannedVisit.of(visit) for visit in route.visits])
        for route in plan.routes
    ]
    unassigned = [
        UnassignedView(work_order=one.work_order, reason=one.reason, detail=Said.of(one.detail))
        for one in plan.unassigned
    ]
    return PlanView(
        number=number,
        now=plan.now,
        seed=plan.seed,
        engine=plan.engine,
        routes=routes,
        unassigned=unassigned,
        cost=plan.cost,
        greedy_cost=plan.greedy_cost,
        violations=list(plan.violations),
    )
