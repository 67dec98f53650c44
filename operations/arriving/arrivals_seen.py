"""Arrivals that a crew's phone shows before the crew says so: asked about, told, never set.

Everything is found anew from stored fixes, reports and visits: a restart loses nothing.
docs/decisions/0010-arrival-is-asked-not-set.md says why the visit stays as the crew reported it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.incidents import WorkOrder
from domain.reports import CrewFix, Outcome, ReportKind
from domain.states import VisitState
from domain.visits import TrackedVisit
from domain.words import WorkOrderKind
from operations.arriving.arrival_times import place_to_drive_to
from operations.arriving.geofence import NEAR_M, arrival
from operations.arriving.good_fix import FIX_LASTS
from operations.calling.place_of_call import metres_from
from operations.ground import Ground
from operations.incidents.of_incident import outage_of
from operations.reporting.said_before import happened_at
from storage import UnitOfWork

#: What the log calls it.
SEEN = "arrival.seen"

#: The newest events of a visit that are looked at; a visit has some ten in its life.
_EVENTS = 100


@dataclass(frozen=True, slots=True)
class SeenArrival:
    """A crew under way that stands at its work since ``fix``, and has not said so yet."""

    visit: TrackedVisit
    fix: CrewFix

    @property
    def at(self) -> datetime:
        """When it arrived, by its phone."""
        return self.fix.device_time


def arrivals_seen(
    work: UnitOfWork, ground: Ground, now: datetime, crews: Collection[str] | None = None
) -> dict[str, SeenArrival]:
    """Return by visit the crews under way that are at their work as their phones show.

    ``crews`` limits the question to some. Of who drives elsewhere nothing but the last fix is read.
    """
    under_way = [
        one
        for one in work.visits.active()
        if one.state is VisitState.EN_ROUTE and (crews is None or one.crew in crews)
    ]
    latest = work.fixes.latest() if under_way else {}
    found: dict[str, SeenArrival] = {}
    for visit in under_way:
        last = latest.get(visit.crew)
        if last is None or now - last.device_time > FIX_LASTS:
            continue
        fix = _arrived(work, ground, visit, last)
        if fix is not None:
            found[visit.id] = SeenArrival(visit, fix)
    return found


def not_told_yet(work: UnitOfWork, seen: Iterable[SeenArrival]) -> list[SeenArrival]:
    """Return the arrivals that are not in the event log."""
    return [one for one in seen if one.at.isoformat() not in _told(work, one.visit.id)]


def tell_arrivals(work: UnitOfWork, seen: Iterable[SeenArrival]) -> bool:
    """Append one event for each arrival that is not in the log; return True if any was appended.

    The visit is not moved.
    """
    news = not_told_yet(work, seen)
    for one in news:
        about: dict[str, object] = {"crew": one.visit.crew, "work_order": one.visit.work_order}
        said = {"fix": one.fix.id, "arrived_at": one.at.isoformat()}
        work.events.append(SEEN, one.visit.id, about | said)
    return bool(news)


def _told(work: UnitOfWork, visit: str) -> set[object]:
    events = work.events.about([visit], _EVENTS)
    return {one.payload.get("arrived_at") for one in events if one.kind == SEEN}


def _arrived(
    work: UnitOfWork, ground: Ground, visit: TrackedVisit, last: CrewFix
) -> CrewFix | None:
    order = work.work_orders.get(visit.work_order)
    outage = outage_of(work, order.incident) if order.kind is WorkOrderKind.ISOLATE else None
    target = place_to_drive_to(ground, order, outage)
    if metres_from(target, [last.position])[0] > 2 * NEAR_M:
        return None
    since = _set_out(work, visit, order)
    return arrival(ground.travel, work.fixes.trail(visit.crew, since), target)


def _set_out(work: UnitOfWork, visit: TrackedVisit, order: WorkOrder) -> datetime:
    """Return when the crew last said that it sets out; as planned if a dispatcher set it so."""
    said = (
        happened_at(one, order)
        for one in work.reports.of_orders([order.id])
        if one.crew == visit.crew
        and one.kind is ReportKind.EN_ROUTE
        and one.outcome is Outcome.APPLIED
    )
    return max(said, default=visit.planned.depart)
