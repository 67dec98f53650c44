"""Visits: what the plan foresees and what really happened."""

from __future__ import annotations

from collections.abc import Mapping

from domain.masking import masked_text
from domain.plans import Visit
from domain.states import VisitState
from domain.visits import TrackedVisit
from mainbreak.server.api.models.base import Said, Stamp, View
from mainbreak.server.api.models.etas import EtaView

#: When crews arrive, by visit.
Etas = Mapping[str, EtaView]


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
    """A visit of the running day; ``said`` is the reason given with a pause or a failure.

    ``eta_range`` is when its crew arrives as things stand; null once it has.
    """

    id: str
    pinned: bool
    on_site_at: Stamp | None
    ended_at: Stamp | None
    said: str
    eta_range: EtaView | None


def visit_view(one: TrackedVisit, etas: Etas) -> VisitView:
    """Return a visit of the running day as it is sent."""
    own = {
        "id": one.id,
        "pinned": one.pinned,
        "on_site_at": one.on_site_at,
        "ended_at": one.ended_at,
        "said": masked_text(one.said),
        "eta_range": etas.get(one.id),
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
