"""Store a new plan beside what happened while it was being made; nothing is written for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from domain.incidents import WorkOrder
from domain.plans import Change, Plan, Route
from domain.states import VisitState, WorkOrderState
from operations.incidents.moving import in_state, way
from operations.replanning.causes import Evidence, gives_way, titled, with_causes
from operations.replanning.happened import Happened
from operations.replanning.order_titles import titles_of
from operations.replanning.plan_around import Proposal
from operations.replanning.plan_changes import finished, is_retimed, moves, visits_of
from operations.replanning.restoration_times import keep_restoration_times
from operations.replanning.visit_changes import Fresh, VisitChanges, visit_changes, with_ids
from storage import UnitOfWork


def keep_plan(work: UnitOfWork, proposal: Proposal, now: datetime) -> Plan | None:
    """Return the plan that counts from now on, stored with its visits if it is news.

    What started meanwhile stays, what ended meanwhile drops out, and who declined meanwhile is
    left alone. None, and nothing is done, if another plan was stored meanwhile: this one knows
    nothing of it.
    """
    if work.plans.latest_number() != proposal.task.number:
        return None
    fresh = Fresh.read(work, proposal, now)
    changes = visit_changes(fresh, proposal)
    orders = list(_order_moves(fresh, changes))
    plan, before = _plan(fresh, proposal, changes), proposal.task.running
    if changes.ended or changes.made or changes.left or orders or is_news(before, plan):
        plan = replace(plan, changes=_told(work, fresh, proposal, changes, plan))
        _store_visits(work, fresh, changes, now)
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
    new = visits_of(after)
    return any(is_retimed(one, new[order]) for order, one in visits_of(old).items())


def _words(plan: Plan) -> tuple[dict[str, list[str]], set[tuple[str, str]]]:
    """Return a plan without its times: each crew's work in order, what is unassigned and why."""
    routes = {
        route.crew: [visit.work_order for visit in route.visits]
        for route in plan.routes
        if route.visits
    }
    return routes, {(one.work_order, one.reason.value) for one in plan.unassigned}


def _plan(fresh: Fresh, proposal: Proposal, changes: VisitChanges) -> Plan:
    """Return the plan with what stays; every crew has a route, in the order of the list."""
    visits = sorted(
        (one.planned for one in changes.live), key=lambda one: (one.start, one.end, one.work_order)
    )
    searched = {route.crew: route for route in proposal.plan.routes}
    crews = dict.fromkeys([*fresh.crews, *sorted({one.crew for one in visits})])
    live = {one.work_order for one in visits}
    return replace(
        proposal.plan,
        now=proposal.task.day.now,
        routes=tuple(
            replace(
                searched.get(crew, Route(crew, ())),
                visits=tuple(one for one in visits if one.crew == crew),
            )
            for crew in crews
        ),
        unassigned=tuple(
            one
            for one in proposal.plan.unassigned
            if one.work_order in fresh.open and one.work_order not in live
        ),
    )


def _told(
    work: UnitOfWork, fresh: Fresh, proposal: Proposal, changes: VisitChanges, plan: Plan
) -> tuple[Change, ...]:
    """Return what the plan does otherwise than the one before, and why."""
    before = proposal.task.running
    moved = moves(before, plan, changes.left, finished(work, visits_of(before)))
    evidence = Evidence(
        happened=Happened.since(work, proposal.task.number),
        names={crew.id: crew.name or crew.id for crew in proposal.task.day.crews},
        orders=fresh.orders,
        titles=titles_of(work, fresh.orders),
        visits={one.work_order: one for one in fresh.visits},
        left={order: instead.work_order for order, (_, instead) in changes.left.items()},
        gain_s=proposal.gain_s,
    )
    return with_causes(moved, before, plan, evidence)


def _store_visits(work: UnitOfWork, fresh: Fresh, changes: VisitChanges, now: datetime) -> None:
    """Store what ends, what is left half done, and what goes on or is new."""
    titles = titles_of(work, fresh.orders) if changes.left else {}
    ended = [replace(one, ended_at=now) for one in changes.ended]
    for visit, instead in changes.left.values():
        to = instead.work_order
        said = gives_way(titled(to, fresh.orders.get(to), titles.get(to)))
        over = in_state(visit, VisitState.CANCELLED)
        ended.append(replace(over, ended_at=now, said=f"{said.zh} / {said.en}"))
    work.visits.save([*ended, *changes.retimed, *with_ids(work, changes.made)])
    for visit, instead in changes.left.values():
        about = {"crew": visit.crew, "work_order": visit.work_order, "to": instead.work_order}
        work.events.append("visit.diverted", visit.id, dict(about))


def _order_moves(fresh: Fresh, changes: VisitChanges) -> Iterator[tuple[WorkOrder, WorkOrderState]]:
    """Yield the work orders that somebody is sent to now, and those that nobody is any more."""
    live = {one.work_order for one in changes.live}
    nobody_yet = {WorkOrderState.READY, WorkOrderState.WAITING}
    somebody = {WorkOrderState.ASSIGNED, WorkOrderState.IN_PROGRESS}
    for order in fresh.orders.values():
        begun_anew = order.id in changes.left and order.state is WorkOrderState.IN_PROGRESS
        if order.id in live and (order.state in nobody_yet or begun_anew):
            yield order, WorkOrderState.ASSIGNED
        elif order.id not in live and order.state in somebody:
            yield order, WorkOrderState.READY


def _store_moves(work: UnitOfWork, moves: Iterable[tuple[WorkOrder, WorkOrderState]]) -> None:
    """Store each order in every state on its way."""
    ways = [(order, list(way(order.state, state))) for order, state in moves]
    while ways:
        work.work_orders.save(replace(order, state=steps[0]) for order, steps in ways)
        ways = [(replace(order, state=steps[0]), steps[1:]) for order, steps in ways if steps[1:]]
