"""The plan that counts now, and a new one at once."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from domain.plans import Plan
from mainbreak.plan_weights import weights_of
from mainbreak.server.access import Caller
from mainbreak.server.api.models.plans import PlanView, plan_view
from mainbreak.server.api.turns import Control, Dispatcher
from mainbreak.server.home import LiveHome
from operations.plan_crews import plan_crews
from operations.plan_day import Effort

#: Seconds of search at the most while somebody waits for the answer, where no planner runs.
#: Source: mainbreak default.
EFFORT = Effort(seconds=2.0)

_NONE_YET = "There is no plan yet. Ask for one: POST /api/plan."


def router(home: LiveHome) -> APIRouter:
    """Return the routes of /api/plan."""
    routes = APIRouter(prefix="/api/plan", tags=["plan"])

    @routes.get("", responses={404: {}})
    def read_plan(_caller: Control) -> PlanView:
        """Return the plan that counts now; 404 while there is none."""
        with home.reading() as work:
            number, plan = work.plans.latest_number(), work.plans.latest()
        if plan is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, _NONE_YET)
        return plan_view(number, plan)

    @routes.post("")
    def make_plan(caller: Dispatcher) -> PlanView:
        """Plan now and return the plan that counts; what crews have begun stays theirs."""
        plan = _planned(home, caller)
        home.bell.ring()
        with home.reading() as work:
            return plan_view(work.plans.latest_number(), plan)

    return routes


def _planned(home: LiveHome, caller: Caller) -> Plan:
    if home.replanner is not None:
        return home.replanner.plan_now()
    open_work = partial(home.database.unit_of_work, home.clock, actor=caller.actor)
    weights = weights_of(home.settings)
    return plan_crews(open_work, home.ground, home.clock, EFFORT, weights=weights)
