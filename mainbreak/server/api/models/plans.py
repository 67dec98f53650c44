"""The plan that counts now, its earlier versions, and what each of them changed."""

from __future__ import annotations

from collections import Counter

from domain.plans import Blocked, Change, ChangeKind, Plan, Route, Unassigned
from mainbreak.server.api.models.base import Said, Stamp, View
from mainbreak.server.api.models.visits import PlannedVisit, RivalView
from operations.plan_difference import Cause, Difference


class BreakView(View):
    """A break of a crew."""

    start: Stamp
    end: Stamp


class RouteView(View):
    """A crew's visits in order and its breaks; ``back`` is when it is home, null if not planned."""

    crew: str
    visits: list[PlannedVisit]
    breaks: list[BreakView]
    back: Stamp | None

    @classmethod
    def of(cls, one: Route) -> RouteView:
        """Return a route as it is sent."""
        return cls(
            crew=one.crew,
            visits=[PlannedVisit.of(visit) for visit in one.visits],
            breaks=[BreakView(start=start, end=end) for start, end in one.breaks],
            back=one.back,
        )


class UnassignedView(View):
    """A work order nobody could be given, and why; ``crews`` says it crew by crew."""

    work_order: str
    reason: Blocked
    detail: Said
    crews: list[RivalView]

    @classmethod
    def of(cls, one: Unassigned) -> UnassignedView:
        """Return it as it is sent."""
        return cls(
            work_order=one.work_order,
            reason=one.reason,
            detail=Said.of(one.detail),
            crews=[RivalView.of(rival) for rival in one.crews],
        )


class ChangeView(View):
    """What a version does otherwise than the one before, for one work order, and what caused it.

    ``crew_before`` and ``crew`` are null for nobody; ``later_s`` is negative if it begins sooner.
    """

    work_order: str
    kind: ChangeKind
    crew_before: str | None
    crew: str | None
    later_s: int
    cause: Said

    @classmethod
    def of(cls, one: Change) -> ChangeView:
        """Return a change as it is sent."""
        return cls.model_validate(_change(one))


class CauseView(View):
    """What a version of the plan said of a work order."""

    number: int
    cause: Said


class LongChangeView(ChangeView):
    """A change between two versions, with what each version between said of the work order."""

    causes: list[CauseView]

    @classmethod
    def between(cls, one: Change, causes: tuple[Cause, ...]) -> LongChangeView:
        """Return a change as it is sent."""
        told = [CauseView(number=cause.number, cause=Said.of(cause.said)) for cause in causes]
        return cls.model_validate(_change(one) | {"causes": told})


class PlanView(View):
    """All routes plus the unassigned, at the instant ``now``; costs are seconds-equivalents.

    ``changes`` are against the version before.
    """

    number: int
    now: Stamp
    seed: int
    engine: str
    routes: list[RouteView]
    unassigned: list[UnassignedView]
    changes: list[ChangeView]
    cost: dict[str, float]
    greedy_cost: dict[str, float]
    violations: list[str]


class VersionView(View):
    """A version of the plan without its routes; ``kinds`` counts its changes."""

    number: int
    now: Stamp
    engine: str
    cost: dict[str, float]
    kinds: dict[ChangeKind, int]
    changes: list[ChangeView]

    @classmethod
    def of(cls, number: int, plan: Plan) -> VersionView:
        """Return a version as it is sent."""
        return cls(
            number=number,
            now=plan.now,
            engine=plan.engine,
            cost=plan.cost,
            kinds=dict(Counter(one.kind for one in plan.changes)),
            changes=[ChangeView.of(one) for one in plan.changes],
        )


class VersionPage(View):
    """Versions, newest first; ``next`` is the ``after`` of the page behind it."""

    items: list[VersionView]
    next: str | None


class VersionHead(View):
    """Which version, of when."""

    number: int
    now: Stamp
    engine: str
    cost: dict[str, float]


class DifferenceView(View):
    """What changed between two versions."""

    before: VersionHead
    after: VersionHead
    changes: list[LongChangeView]

    @classmethod
    def of(cls, numbers: tuple[int, int], one: Difference) -> DifferenceView:
        """Return it as it is sent."""
        before, after = numbers
        return cls(
            before=_head(before, one.before),
            after=_head(after, one.after),
            changes=[LongChangeView.between(change, causes) for change, causes in one.changes],
        )


def plan_view(number: int, plan: Plan) -> PlanView:
    """Return a plan as it is sent."""
    return PlanView(
        number=number,
        now=plan.now,
        seed=plan.seed,
        engine=plan.engine,
        routes=[RouteView.of(route) for route in plan.routes],
        unassigned=[UnassignedView.of(one) for one in plan.unassigned],
        changes=[ChangeView.of(one) for one in plan.changes],
        cost=plan.cost,
        greedy_cost=plan.greedy_cost,
        violations=list(plan.violations),
    )


def _head(number: int, plan: Plan) -> VersionHead:
    return VersionHead(number=number, now=plan.now, engine=plan.engine, cost=plan.cost)


def _change(one: Change) -> dict[str, object]:
    return {
        "work_order": one.work_order,
        "kind": one.kind,
        "crew_before": one.crew_before or None,
        "crew": one.crew or None,
        "later_s": one.later_s,
        "cause": Said.of(one.cause),
    }
