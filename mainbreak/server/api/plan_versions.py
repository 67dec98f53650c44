"""Every version of the plan: what each changed and why, and the difference of two."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from mainbreak.server.api.models.plans import (
    DifferenceView,
    PlanView,
    VersionPage,
    VersionView,
    plan_view,
)
from mainbreak.server.api.turns import Control, refusing
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, Limit
from operations.plan_difference import plan_difference, plan_version

#: Ids that every database's integers hold.
_GREATEST = 2**31 - 1

Number = Annotated[int, Path(ge=1, le=_GREATEST)]
NumberAsked = Annotated[int, Query(ge=1, le=_GREATEST)]
BeforeNumber = Annotated[
    int | None, Query(ge=1, le=_GREATEST, description="`next` of the page before.")
]


def router(home: LiveHome) -> APIRouter:
    """Return the routes about versions under /api/plan."""
    routes = APIRouter(prefix="/api/plan", tags=["plan"])

    @routes.get("/versions")
    def list_versions(
        _caller: Control, after: BeforeNumber = None, limit: Limit = USUAL
    ) -> VersionPage:
        """Return versions of the plan without their routes, newest first."""
        with home.reading() as work:
            found = work.plans.versions(after, limit + 1)
        shown = found[:limit]
        more = len(found) > limit
        return VersionPage(
            items=[VersionView.of(number, plan) for number, plan in shown],
            next=str(shown[-1][0]) if more else None,
        )

    @routes.get("/versions/{number}")
    def read_version(_caller: Control, number: Number) -> PlanView:
        """Return one version of the plan in full."""
        with home.reading() as work:
            return plan_view(number, plan_version(work, number))

    @routes.get("/difference", responses={404: {}})
    def compare_versions(
        _caller: Control, before: NumberAsked, after: NumberAsked
    ) -> DifferenceView:
        """Return what a later version does otherwise than an earlier one, and why."""
        with refusing("after"), home.reading() as work:
            found = plan_difference(work, before, after)
        return DifferenceView.of((before, after), found)

    return routes
