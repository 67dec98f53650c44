"""Work orders: listed, and given to a crew by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fastapi import APIRouter

from domain.crews import Forbidden
from domain.incidents import WorkOrder
from domain.visits import TrackedVisit
from mainbreak.server.api.etas import etas_of
from mainbreak.server.api.models.crew_words import AllowBody, ForbidBody
from mainbreak.server.api.models.incidents import LifeFilter
from mainbreak.server.api.models.work_orders import (
    AssignBody,
    WorkOrderPage,
    WorkOrderView,
    work_order_view,
)
from mainbreak.server.api.turns import Control, Dispatcher, deciding
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, PathId, by_id, cut
from operations.allow_crew import allow_crew
from operations.assign_crew import assign_crew
from operations.forbid_crew import forbid_crew
from storage import UnitOfWork


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/work-orders."""
    routes = APIRouter(prefix="/api/work-orders", tags=["work orders"])

    @routes.get("")
    def list_work_orders(
        _caller: Control, state: LifeFilter = "active", after: After = None, limit: Limit = USUAL
    ) -> WorkOrderPage:
        """Return work orders by id, those that are not over unless all are asked for."""
        with home.reading() as work:
            if state == "active":
                shown, cursor = by_id(work.work_orders.active(), after, limit)
            else:
                shown, cursor = cut(work.work_orders.page(after, limit + 1), limit)
            return WorkOrderPage(items=_with_visits(home, work, shown), next=cursor)

    @routes.post("/{work_order_id}/assign")
    def assign_work_order(
        caller: Dispatcher, work_order_id: PathId, given: AssignBody
    ) -> WorkOrderView:
        """Give a work order to a crew, which plans then keep; null leaves it to the plan again."""
        with deciding(home, caller) as (work, ground):
            assign_crew(work, ground, work_order_id, given.crew, home.clock())
            (view,) = _with_visits(home, work, [work.work_orders.get(work_order_id)])
        home.changed()
        return view

    _add_words(routes, home)
    return routes


def _add_words(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/{work_order_id}/forbid")
    def forbid_work_order(
        caller: Dispatcher, work_order_id: PathId, given: ForbidBody
    ) -> WorkOrderView:
        """Forbid a work order to a crew; plans give it to others."""
        named = (work_order_id, given.crew, given.reason)
        with deciding(home, caller) as (work, _ground):
            forbid_crew(work, *named, caller.actor, home.clock())
            (view,) = _with_visits(home, work, [work.work_orders.get(work_order_id)])
        home.changed()
        return view

    @routes.post("/{work_order_id}/allow")
    def allow_work_order(
        caller: Dispatcher, work_order_id: PathId, given: AllowBody
    ) -> WorkOrderView:
        """Allow a crew a work order again that was forbidden to it."""
        with deciding(home, caller) as (work, _ground):
            allow_crew(work, work_order_id, given.crew)
            (view,) = _with_visits(home, work, [work.work_orders.get(work_order_id)])
        home.changed()
        return view


def _with_visits(
    home: LiveHome, work: UnitOfWork, orders: Sequence[WorkOrder]
) -> list[WorkOrderView]:
    visits: dict[str, list[TrackedVisit]] = defaultdict(list)
    for one in work.visits.of_orders([order.id for order in orders]):
        visits[one.work_order].append(one)
    words = forbidden_of(work, orders)
    etas = etas_of(home, work)
    return [work_order_view(order, visits[order.id], etas, words[order.id]) for order in orders]


def forbidden_of(
    work: UnitOfWork, orders: Sequence[WorkOrder]
) -> defaultdict[str, list[Forbidden]]:
    """Return by work order which crews may not do it."""
    words: defaultdict[str, list[Forbidden]] = defaultdict(list)
    for word in work.crew_words.forbidden([order.id for order in orders]):
        words[word.work_order].append(word)
    return words
