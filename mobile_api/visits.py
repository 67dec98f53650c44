"""A crew's visits of the current plan, in order, each with where to drive to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from domain.incidents import WorkOrder
from domain.plans import Visit
from storage import UnitOfWork


class CrewVisit(BaseModel):
    """One visit as the phone shows it; WGS-84 degrees, times with offset."""

    work_order: str
    kind: str
    priority: str
    eta: datetime
    start: datetime
    end: datetime
    lon: float
    lat: float
    reason_zh: str
    reason_en: str


def visits_router(open_work: Callable[[], AbstractContextManager[UnitOfWork]]) -> APIRouter:
    """Return the routes under /api/mobile; ``open_work`` opens a unit of work."""
    router = APIRouter(prefix="/api/mobile", tags=["crew"])

    @router.get("/crews/{crew}/visits", response_model=list[CrewVisit])
    def visits(crew: str) -> list[CrewVisit] | JSONResponse:
        """Return the crew's visits, next one first; 404 if the plan has no such crew."""
        with open_work() as work:
            plan = work.plans.latest()
            orders = {order.id: order for order in work.work_orders.all()}
        routes = {route.crew: route for route in plan.routes} if plan else {}
        if crew not in routes:
            return _no_such_crew(crew)
        return [_shown(visit, orders[visit.work_order]) for visit in routes[crew].visits]

    return router


def _shown(visit: Visit, order: WorkOrder) -> CrewVisit:
    return CrewVisit(
        work_order=visit.work_order,
        kind=order.kind,
        priority=order.priority.name,
        eta=visit.eta,
        start=visit.start,
        end=visit.end,
        lon=order.location.lon,
        lat=order.location.lat,
        reason_zh=visit.reason.zh,
        reason_en=visit.reason.en,
    )


def _no_such_crew(crew: str) -> JSONResponse:
    problem = {
        "type": "about:blank",
        "title": "No such crew in the plan",
        "status": 404,
        "detail": f"The current plan has no crew {crew!r}.",
    }
    return JSONResponse(problem, status_code=404, media_type="application/problem+json")
