"""Store a new plan beside what happened while it was being made; nothing is written for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.plans import Plan, Route, Visit
from domain.states import IncidentState, VisitState, WorkOrderState
from domain.visits import TrackedVisit
from operations.incidents.moving import in_state, way
from operations.replanning.kept_visits import is_kept
from operations.replanning.plan_around import Proposal
from operations.replanning.refusals import refusals
from operations.replanning.restoration_times import keep_restoration_times
from storage import UnitOfWork

#: A time that moved by less is no news: nobody is told, nothing is stored.
#: Source: mainbreak default.
NEWS = timedelta(minutes=5)


def keep_plan(work: UnitOfWork, proposal: Proposal, now: datetime) -> Plan:
    """Return the plan that counts from now on, stored with its visits if it is news.

    What started meanwhile stays, what ended meanwhile drops out, and who declined meanwhile is
    left alone.
    """
    fresh = _Fresh.read(work, proposal)
    changes = _changes(fresh, proposal)
    orders = list(_order_moves(fresh, changes))
    plan, before = _plan(fresh, proposal, changes), work.plans.latest()
    if changes.ended or changes.made or orders or is_news(before, plan):
        cancelled = [replace(one, ended_at=now) for one in changes.ended]
        made = _with_ids(work, changes.made)
        work.visits.save([*cancelled, *changes.retimed, *made])
        _store_moves(work, orders)
        work.plans.save(plan)
    elif before is not None:
        plan = before
    keep_restoration_times(work, plan, now)
    return plan


def is_news(before: Plan | None, after: Plan) -> bool:
    """Return True if another crew, work or order of work, or a time differs by ``NEWS``."""
    old = before or replace(after, routes=(), unassigned=())
    if _words(old) != _words(after):
        return True
    new = {visit.work_order: visit for route in after.routes for visit in route.visits}
    return any(
        abs(new[one.work_order].eta - one.eta) >= NEWS
        or abs(new[one.work_order].end - one.end) >= NEWS
        for route in old.routes
        for one in route.visits
    )


def _words(plan: Plan) -> tuple[dict[str, list[str]], set[tuple[str, str]]]:
    """Return a plan without its times: each crew's work in order, what is unassigned and why."""
    routes = {
        route.crew: [visit.work_order for visit in route.visits]
        for route in plan.routes
        if route.visits
    }
    return routes, {(one.work_order, one.reason.value) for one in plan.unassigned}


@dataclass(frozen=True)
class _Fresh:
    """What the database says now, after the search.

    Attributes
    ----------
    visits, orders
        Those that have not ended.
    open
        Ids of the orders that still want doing: their incident is not resolved either.
    refused
        As ``refusals`` of the proposal's orders.
    """

    crews: dict[str, Crew]
    visits: tuple[TrackedVisit, ...]
    orders: dict[str, WorkOrder]
    open: frozenset[str]
    refused: frozenset[tuple[str, str]]

    @classmethod
    def read(cls, work: UnitOfWork, proposal: Proposal) -> _Fresh:
        incidents = work.incidents.active()
        alive = {one.id for one in incidents if one.state is not IncidentState.RESOLVED}
        orders = {order.id: order for order in work.work_orders.active()}
        return cls(
            crews={crew.id: crew for crew in work.crews.all()},
            visits=work.visits.active(),
            orders=orders,
            open=frozenset(one.id for one in orders.values() if one.incident in alive),
            refused=refusals(work, [order.id for order in proposal.task.orders]),
        )


@dataclass
class _Changes:
    """What becomes of the visits: cancelled, the same with new times, or made (ids come later)."""

    ended: list[TrackedVisit] = field(default_factory=list)
    retimed: list[TrackedVisit] = field(default_factory=list)
    made: list[TrackedVisit] = field(default_factory=list)

    @property
    def live(self) -> list[TrackedVisit]:
        """The visits that count from now on."""
        return [*self.retimed, *self.made]


def _changes(fresh: _Fresh, proposal: Proposal) -> _Changes:
    solved = {visit.work_order: visit for visit in _still_wanted(fresh, proposal)}
    known = {one.id: one for one in proposal.task.day.visits}
    timed = {one.id: one.planned for one in proposal.stays}
    planned = {order.id for order in proposal.task.orders}
    changes = _Changes()
    for visit in fresh.visits:
        new = solved.get(visit.work_order)
        wanted = visit.work_order in fresh.open and visit.crew in fresh.crews
        if not visit.has_started and not wanted:
            changes.ended.append(in_state(visit, VisitState.CANCELLED))
        elif is_kept(visit, fresh.crews) and visit != known.get(visit.id):
            # It began, or was pinned, while the plan was made: its times are the next run's.
            solved.pop(visit.work_order, None)
            changes.retimed.append(visit)
        elif new is not None and new.crew == visit.crew:
            changes.retimed.append(_at_times_of(visit, solved.pop(visit.work_order)))
        elif is_kept(visit, fresh.crews) or visit.id in timed:
            changes.retimed.append(_at_times_of(visit, timed.get(visit.id, visit.planned)))
        elif visit.work_order in planned:
            changes.ended.append(in_state(visit, VisitState.CANCELLED))
        else:
            changes.retimed.append(visit)
    changes.made += [TrackedVisit("", one) for one in solved.values()]
    return changes


def _still_wanted(fresh: _Fresh, proposal: Proposal) -> Iterator[Visit]:
    """Yield the planned visits whose work still wants doing, by a crew that is still willing."""
    for route in proposal.plan.routes:
        for visit in route.visits:
            refused = (visit.crew, visit.work_order) in fresh.refused - proposal.task.refused
            if visit.work_order in fresh.open and visit.crew in fresh.crews and not refused:
                yield visit


def _at_times_of(visit: TrackedVisit, new: Visit) -> TrackedVisit:
    """Return the visit with new times; why a crew has what it keeps was said before."""
    stays = visit.has_started or visit.pinned
    reason = visit.planned.reason if stays else new.reason
    return replace(visit, planned=replace(new, state=visit.state, reason=reason))


def _plan(fresh: _Fresh, proposal: Proposal, changes: _Changes) -> Plan:
    """Return the plan with what stays; every crew has a route, in the order of the list."""
    visits = sorted(
        (one.planned for one in changes.live), key=lambda one: (one.start, one.end, one.work_order)
    )
    crews = dict.fromkeys([*fresh.crews, *sorted({one.crew for one in visits})])
    live = {one.work_order for one in visits}
    return replace(
        proposal.plan,
        now=proposal.task.day.now,
        routes=tuple(
            Route(crew, tuple(one for one in visits if one.crew == crew)) for crew in crews
        ),
        unassigned=tuple(
            one
            for one in proposal.plan.unassigned
            if one.work_order in fresh.open and one.work_order not in live
        ),
    )


def _with_ids(work: UnitOfWork, made: Sequence[TrackedVisit]) -> list[TrackedVisit]:
    """Return the new visits as the next ones of their work orders."""
    before: dict[str, int] = {}
    for one in work.visits.of_orders([visit.work_order for visit in made]):
        number = one.id.removeprefix(f"{one.work_order}.")
        before[one.work_order] = max(before.get(one.work_order, 0), int(number))
    return [
        replace(one, id=f"{one.work_order}.{before.get(one.work_order, 0) + 1}") for one in made
    ]


def _order_moves(fresh: _Fresh, changes: _Changes) -> Iterator[tuple[WorkOrder, WorkOrderState]]:
    """Yield the work orders that somebody is sent to now, and those that nobody is any more."""
    live = {one.work_order for one in changes.live}
    for order in fresh.orders.values():
        if order.id in live and order.state in {WorkOrderState.READY, WorkOrderState.WAITING}:
            yield order, WorkOrderState.ASSIGNED
        elif order.id not in live and order.state in {
            WorkOrderState.ASSIGNED,
            WorkOrderState.IN_PROGRESS,
        }:
            yield order, WorkOrderState.READY


def _store_moves(work: UnitOfWork, moves: Iterable[tuple[WorkOrder, WorkOrderState]]) -> None:
    """Store each order in every state on its way."""
    ways = [(order, list(way(order.state, state))) for order, state in moves]
    while ways:
        work.work_orders.save(replace(order, state=steps[0]) for order, steps in ways)
        ways = [(replace(order, state=steps[0]), steps[1:]) for order, steps in ways if steps[1:]]
