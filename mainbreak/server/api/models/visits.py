"""Visits: what the plan foresees and what really happened."""

from __future__ import annotations

from domain.masking import masked_text
from domain.plans import Visit
from domain.states import VisitState
from domain.visits import TrackedVisit
from mainbreak.server.api.models.base import Said, Stamp, View


class PlannedVisit(View):
    """One crew at one place for one work order."""

    crew: str
    work_order: str
    depart: Stamp
    eta: Stamp
    start: Stamp
    end: Stamp
    travel_s: int
    travel_m: int
    reason: Said
    state: VisitState

    @classmethod
    def of(cls, one: Visit) -> PlannedVisit:
        """Return a visit of a plan as it is sent."""
        return cls.model_validate(_fields(one))


class VisitView(PlannedVisit):
    """A visit of the running day; ``said`` is the reason given with a pause or a failure."""

    id: str
    pinned: bool
    on_site_at: Stamp | None
    ended_at: Stamp | None
    said: str


def visit_view(one: TrackedVisit) -> VisitView:
    """Return a visit of the running day as it is sent."""
    own = {
        "id": one.id,
        "pinned": one.pinned,
        "on_site_at": one.on_site_at,
        "ended_at": one.ended_at,
        "said": masked_text(one.said),
    }
    return VisitView.model_validate(_fields(one.planned) | own)


def _fields(one: Visit) -> dict[str, object]:
    times = {name: getattr(one, name) for name in ("depart", "eta", "start", "end")}
    return times | {
        "crew": one.crew,
        "work_order": one.work_order,
        "travel_s": one.travel_s,
        "travel_m": one.travel_m,
        "reason": Said.of(one.reason),
        "state": one.state,
    }
