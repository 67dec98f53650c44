"""Work orders, and who does them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.crews import Forbidden
from domain.durations import DurationEstimate, DurationSource
from domain.incidents import WorkOrder
from domain.states import WorkOrderState
from domain.visits import TrackedVisit
from domain.words import Skill, WorkOrderKind
from mainbreak.server.api.models.base import (
    Body,
    Id,
    PriorityName,
    Spot,
    Stamp,
    View,
    priority_name,
)
from mainbreak.server.api.models.crew_words import ForbiddenView
from mainbreak.server.api.models.visits import Etas, VisitView, visit_view


class AssignBody(Body):
    """The crew that shall do it; null leaves it to the plan again."""

    crew: Id | None


class EstimateView(View):
    """Seconds on site that half of such works keep, and nine of ten.

    Learned from ``jobs`` finished works at ``learned_at``; 0 and null for a preset.
    """

    p50_s: int
    p90_s: int
    source: DurationSource
    jobs: int
    learned_at: Stamp | None

    @classmethod
    def of(cls, one: DurationEstimate | None) -> EstimateView | None:
        """Return an estimate as it is sent, None for none."""
        if one is None:
            return None
        return cls(
            p50_s=one.p50_s,
            p90_s=one.p90_s,
            source=one.source,
            jobs=one.jobs,
            learned_at=one.learned_at,
        )


class WorkOrderView(View):
    """Authorised work at one place; ``visit`` is the one going on, else the last, or null.

    ``estimate`` says where ``duration_s`` comes from, null for orders made before there were any;
    ``together`` names the order that another crew begins at the same instant, "" for none.
    """

    id: str
    incident: str
    kind: WorkOrderKind
    tickets: list[str]
    priority: PriorityName
    state: WorkOrderState
    place: Spot
    skills: list[Skill]
    crew_size: int
    duration_s: int
    estimate: EstimateView | None
    together: str
    interruptible: bool
    released_at: Stamp
    due_on_site: Stamp | None
    after: list[str]
    premises_dry_before: int
    premises_dry_after: int
    leaking: bool
    forbidden: list[ForbiddenView]
    visit: VisitView | None


class WorkOrderPage(View):
    """Work orders by id; ``next`` is the ``after`` of the page behind it."""

    items: list[WorkOrderView]
    next: str | None


def work_order_view(
    one: WorkOrder,
    visits: Sequence[TrackedVisit],
    etas: Etas,
    forbidden: Sequence[Forbidden],
) -> WorkOrderView:
    """Return a work order as it is sent; ``visits`` and ``forbidden`` are its own, in any order."""
    current = max(visits, key=lambda visit: (visit.is_live, _number(visit)), default=None)
    return WorkOrderView(
        id=one.id,
        incident=one.incident,
        kind=one.kind,
        tickets=list(one.tickets),
        priority=priority_name(one.priority),
        state=one.state,
        place=Spot.of(one.location),
        skills=sorted(one.skills),
        crew_size=one.crew_size,
        duration_s=one.duration_s,
        estimate=EstimateView.of(one.estimate),
        together=one.together,
        interruptible=one.interruptible,
        released_at=one.released_at,
        due_on_site=one.due_on_site,
        after=list(one.after),
        premises_dry_before=one.premises_dry_before,
        premises_dry_after=one.premises_dry_after,
        leaking=one.leaking,
        forbidden=[ForbiddenView.of(word) for word in forbidden],
        visit=None if current is None else visit_view(current, etas),
    )


def _number(visit: TrackedVisit) -> int:
    """Return which visit of its order this is: the number its id ends with."""
    tail = visit.id.rpartition(".")[2]
    return int(tail) if tail.isdigit() else 0
