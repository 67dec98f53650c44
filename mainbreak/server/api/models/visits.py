"""Visits: what the plan foresees and what really happened."""

from __future__ import annotations

from collections.abc import Mapping

from domain.masking import masked_text
from domain.plans import Blocked, Rival, Visit
from domain.states import VisitState
from domain.visits import TrackedVisit
from mainbreak.server.api.models.base import Said, Stamp, View
from mainbreak.server.api.models.etas import EtaView

#: When crews arrive, by visit.
Etas = Mapping[str, EtaView]


class RivalView(View):
    """Another crew for a visit, and why not this one; ``blocked`` is null where it could.

    ``eta`` is when it would arrive, ``extra_s`` what the plan would cost more, ``slack_s`` how long
    before the due time that is, negative if late.
    """

    crew: str
    blocked: Blocked | None
    eta: Stamp | None
    extra_s: int
    slack_s: int | None
    said: Said

    @classmethod
    def of(cls, one: Rival) -> RivalView:
        """Return it as it is sent."""
        return cls(
            crew=one.crew,
            blocked=one.blocked,
            eta=one.eta,
            extra_s=one.extra_s,
            slack_s=one.slack_s,
            said=Said.of(one.said),
        )


class PlannedVisit(View):
    """One crew at one place for one work order.

    ``depot`` is where it picks up parts on the way, for ``pickup_s``; ``interrupts`` the work order
    that the crew leaves half done for this one; ``rivals`` are the next best crews.
    """

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
    depot: str | None
    pickup_s: int
    interrupts: str | None
    rivals: list[RivalView]

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
        "depot": one.depot or None,
        "pickup_s": one.pickup_s,
        "interrupts": one.interrupts or None,
        "rivals": [RivalView.of(rival) for rival in one.rivals],
    }
