"""Give a work order to a crew by hand; plans keep it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from domain.crews import Crew, HoldKind
from domain.errors import BadInput
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.plans import Visit
from domain.sentences import Sentence
from domain.states import VisitState, WorkOrderState
from domain.travel import RouteLine
from domain.visits import TrackedVisit
from operations.ground import Ground
from operations.incidents.moving import moved, visit_moved
from operations.incidents.of_incident import OVER, live_visit_of
from operations.replanning.listed_crew import listed_crew
from operations.replanning.roster import is_in_force
from storage import UnitOfWork

_REASON = Sentence("调度员指派", "Assigned by the dispatcher")


def assign_crew(
    work: UnitOfWork, ground: Ground, work_order: str, crew: str | None, now: datetime
) -> TrackedVisit | None:
    """Return the visit of the crew, pinned; another crew's is cancelled if it has not started.

    Without a crew the visit is no longer pinned, so that the next plan may move it. The times are
    estimates from where the crew is; the next plan refines them.

    Raises
    ------
    UnknownId
        If there is no such work order or crew.
    BadInput
        If the work order has ended, another crew has started, or this one is not fit for it.
    """
    order = work.work_orders.get(work_order)
    if order.state in OVER:
        raise BadInput(f"work order {order.id} is already {order.state.value}. Load it again.")
    visit = live_visit_of(work, order.id)
    if crew is None:
        return _pinned(work, visit, pinned=False)
    chosen = _fit(work, order, crew, now)
    if visit is not None and visit.crew == chosen.id:
        return _pinned(work, visit, pinned=True)
    times = _times(work, ground, order, chosen, now)
    if visit is not None:
        _call_off(work, visit, now)
    return new_visit(work, order, times)


def new_visit(work: UnitOfWork, order: WorkOrder, planned: Visit) -> TrackedVisit:
    """Store and return a pinned visit; its work order is assigned."""
    taken = {one.id for one in work.visits.of_orders([order.id])}
    names = (f"{order.id}.{number}" for number in count(1))
    visit = TrackedVisit(next(one for one in names if one not in taken), planned, pinned=True)
    work.visits.save([visit])
    if order.state in {WorkOrderState.READY, WorkOrderState.WAITING}:
        moved(work.work_orders, order, WorkOrderState.ASSIGNED)
    return visit


def _pinned(work: UnitOfWork, visit: TrackedVisit | None, *, pinned: bool) -> TrackedVisit | None:
    if visit is None or visit.pinned is pinned:
        return visit
    changed = replace(visit, pinned=pinned)
    work.visits.save([changed])
    return changed


def _call_off(work: UnitOfWork, visit: TrackedVisit, now: datetime) -> None:
    if visit.has_started:
        raise BadInput(
            f"crew {visit.crew} has already started work order {visit.work_order} "
            f"({visit.state.value}). Ask it to report that it cannot complete it first."
        )
    visit_moved(work.visits, replace(visit, ended_at=now), VisitState.CANCELLED)


def _fit(work: UnitOfWork, order: WorkOrder, crew_id: str, now: datetime) -> Crew:
    """Return the crew if it may do the work."""
    crew = listed_crew(work, crew_id)
    _check_words(work, order, crew_id, now)
    if missing := sorted(skill.value for skill in order.skills - crew.skills):
        raise BadInput(
            f"crew {crew_id} lacks a skill for work order {order.id}: {', '.join(missing)}. "
            "Choose a crew that has it."
        )
    if crew.size < order.crew_size:
        raise BadInput(
            f"crew {crew_id} has {crew.size} people, work order {order.id} takes "
            f"{order.crew_size}. Choose a larger crew."
        )
    if crew.shift.end <= now:
        raise BadInput(f"the shift of crew {crew_id} is over. Choose a crew on shift.")
    return crew


def _check_words(work: UnitOfWork, order: WorkOrder, crew: str, now: datetime) -> None:
    """Pass if no dispatcher has said that the crew is away, or may not do this."""
    if any(one.crew == crew for one in work.crew_words.forbidden([order.id])):
        raise BadInput(
            f"work order {order.id} is forbidden to crew {crew}. Allow it first, or choose "
            "another crew."
        )
    away = (one for one in work.crew_words.holds() if one.kind is HoldKind.AWAY)
    if any(one.crew == crew and is_in_force(one, now) for one in away):
        raise BadInput(f"crew {crew} is away. Call it back first, or choose another crew.")


def _times(work: UnitOfWork, ground: Ground, order: WorkOrder, crew: Crew, now: datetime) -> Visit:
    """Return the visit as soon as the crew can make it, after what it has started."""
    live = work.visits.active()
    begun = [one for one in live if one.crew == crew.id and one.has_started]
    depart = max([now, crew.shift.start, *(one.planned.end for one in begun)])
    here = _whereabouts(work, crew, begun)
    line = ground.travel.route(here, order.location, at=depart)
    if not isinstance(line, RouteLine):
        raise BadInput(
            f"crew {crew.id} cannot drive to work order {order.id}: {line.value}. "
            "Choose another crew."
        )
    eta = depart + timedelta(seconds=round(line.seconds))
    start = max([eta, *(one.planned.end for one in live if one.work_order in order.after)])
    return Visit(
        crew=crew.id,
        work_order=order.id,
        depart=depart,
        eta=eta,
        start=start,
        end=start + timedelta(seconds=order.duration_s),
        travel_s=round(line.seconds),
        travel_m=round(line.metres),
        reason=_REASON,
    )


def _whereabouts(work: UnitOfWork, crew: Crew, begun: Sequence[TrackedVisit]) -> LonLat:
    """Return where the crew will set out from: its last work, its phone, its depot."""
    if begun:
        last = max(begun, key=lambda one: (one.planned.end, one.id))
        return work.work_orders.get(last.work_order).location
    fix = work.fixes.latest().get(crew.id)
    return fix.position if fix else crew.position
