"""Work orders: listed, and given to a crew by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fastapi import APIRouter

from domain.incidents import WorkOrder
from domain.visits import TrackedVisit
from mainbreak.server.api.etas import etas_of
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
from operations.assign_crew import assign_crew
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

    return routes


def _with_visits(
    home: LiveHome, work: UnitOfWork, orders: Sequence[WorkOrder]
) -> list[WorkOrderView]:
    visits: dict[str, list[TrackedVisit]] = defaultdict(list)
    for one in work.visits.of_orders([order.id for order in orders]):
        visits[one.work_order].append(one)
    etas = etas_of(home, work)
    return [work_order_view(order, visits[order.id], etas) for order in orders]
