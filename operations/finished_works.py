"""How long finished work really took: on site, without the pauses, as crews reported it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from dispatch.durations import FinishedWork, LeftOut
from domain.incidents import WorkOrder
from domain.network import Link
from domain.reports import Outcome, Report, ReportKind
from domain.states import VisitState
from domain.visits import TrackedVisit
from operations.open_incidents import role_of
from operations.reporting.said_before import SPEAKS_OF, happened_at
from operations.work_times import circumstances
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Finished:
    """The works that can be learned from, and how many cannot for which reason."""

    works: tuple[FinishedWork, ...]
    left_out: Counter[LeftOut]


@dataclass(frozen=True)
class _Past:
    """What is stored about the visits in question, by id."""

    orders: dict[str, WorkOrder]
    pipes: dict[str, Link]
    #: Pipe of each incident, None where it was put on none.
    on_pipe: dict[str, str | None]
    visits: dict[str, list[TrackedVisit]]
    reports: dict[tuple[str, str], list[Report]]


def finished_works(work: UnitOfWork, since: datetime, zone: tzinfo) -> Finished:
    """Return what visits that ended with the work done since an instant took.

    The parts of the day are by the clock of ``zone``.
    """
    done = [
        one
        for one in work.visits.since(since)
        if one.state is VisitState.FIELD_COMPLETE and one.ended_at is not None
    ]
    past = _read(work, [one.work_order for one in done])
    found = [_measured(past, one, zone) for one in done]
    return Finished(
        tuple(one for one in found if isinstance(one, FinishedWork)),
        Counter(one for one in found if isinstance(one, LeftOut)),
    )


def _read(work: UnitOfWork, order_ids: Sequence[str]) -> _Past:
    orders = work.work_orders.some(order_ids)
    incidents = work.incidents.some([one.incident for one in orders.values()])
    network = work.network.load() if work.network.exists() else None
    visits: dict[str, list[TrackedVisit]] = {}
    for visit in work.visits.of_orders(order_ids):
        visits.setdefault(visit.work_order, []).append(visit)
    reports: dict[tuple[str, str], list[Report]] = {}
    for report in work.reports.of_orders(order_ids):
        reports.setdefault((report.crew, report.work_order), []).append(report)
    on_pipe = {one.id: one.link for one in incidents.values()}
    return _Past(orders, network.link_by_id if network else {}, on_pipe, visits, reports)


def _measured(past: _Past, visit: TrackedVisit, zone: tzinfo) -> FinishedWork | LeftOut:
    """Return how long the work took, or why nobody knows."""
    order = past.orders[visit.work_order]
    pipe = past.on_pipe.get(order.incident)
    if visit.on_site_at is None or visit.ended_at is None:
        return LeftOut.NO_ARRIVAL
    if why := _why_unknown(past, visit, order, pipe):
        return why
    said = _applied(past.reports.get((visit.crew, order.id), []), order)
    paused = _paused([one for one in said if visit.on_site_at <= one[0] <= visit.ended_at])
    if paused is None:
        return LeftOut.NOT_RESUMED
    seconds = (visit.ended_at - visit.on_site_at).total_seconds() - paused
    preset_s = (order.estimate.preset_s if order.estimate else 0) or order.duration_s
    link = past.pipes[pipe] if pipe else None
    return FinishedWork(circumstances(order.kind, link, order.released_at, zone, preset_s), seconds)


def _why_unknown(
    past: _Past, visit: TrackedVisit, order: WorkOrder, pipe: str | None
) -> LeftOut | None:
    if pipe is not None and pipe not in past.pipes:
        return LeftOut.PIPE_GONE
    if role_of(order)[1]:
        return LeftOut.HELPED
    others = (one for one in past.visits[order.id] if one.id != visit.id)
    if any(one.on_site_at is not None for one in others):
        return LeftOut.SECOND_VISIT
    return None


def _applied(reports: Iterable[Report], order: WorkOrder) -> list[tuple[datetime, ReportKind]]:
    """Return when the crew said what, as far as it took effect, in order."""
    counted = (one for one in reports if one.outcome is Outcome.APPLIED)
    return sorted(((happened_at(one, order), one.kind) for one in counted), key=lambda one: one[0])


def _paused(said: Iterable[tuple[datetime, ReportKind]]) -> float | None:
    """Return the seconds of all pauses, None if one has no end.

    A crew that reports anything from the site has resumed. One whose next word is that the work
    is done may have worked all that time, or none of it.
    """
    paused, since = 0.0, None
    for at, kind in said:
        if kind is ReportKind.PAUSED:
            since = since or at
        elif since is not None and SPEAKS_OF.get(kind) is VisitState.ON_SITE:
            paused, since = paused + (at - since).total_seconds(), None
    return paused if since is None else None
