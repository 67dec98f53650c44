"""Closures: streets closed or slowed, changed, confirmed, lifted; the next answer obeys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter, Response

from domain.closed_streets import ClosedStreets
from mainbreak.server.access import Caller
from mainbreak.server.api.models.closures import (
    ClosureBody,
    ClosureChangeBody,
    ClosurePage,
    ClosurePreview,
    ClosureView,
)
from mainbreak.server.api.turns import Control, Dispatcher, deciding, refusing
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, PathId, by_id, cut
from operations.change_closure import change_closure, confirm_closure
from operations.close_street import close_street, preview_closure
from operations.closures.reported_by import unconfirmed
from operations.closures.touched import closed_streets
from operations.lift_closure import lift_closure, restore_closure
from storage import UnitOfWork


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/closures."""
    routes = APIRouter(prefix="/api/closures", tags=["closures"])
    _add_reading(routes, home)
    _add_making(routes, home)
    _add_changing(routes, home)
    return routes


def _add_reading(routes: APIRouter, home: LiveHome) -> None:
    @routes.get("")
    def list_closures(
        _caller: Control,
        state: Literal["standing", "all"] = "standing",
        after: After = None,
        limit: Limit = USUAL,
    ) -> ClosurePage:
        """Return closures by id, those that nobody has lifted unless all are asked for.

        What ended by itself stands in the list for a day.
        """
        with home.reading() as work:
            ground = home.ground(work)
            if state == "standing":
                shown, cursor = by_id(ground.closures, after, limit)
            else:
                page, cursor = cut(work.closures.page(after, limit + 1), limit)
                shown = [closed_streets(ground.streets, one) for one in page]
            return ClosurePage(items=_views(home, work, shown), next=cursor)


def _add_making(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/preview")
    def preview_closed_streets(caller: Dispatcher, given: ClosureBody) -> ClosurePreview:
        """Return the streets that a closure would touch; stores nothing."""
        with refusing("places"), home.reading() as work:
            ground = home.ground(work)
            found = preview_closure(ground, given.wanted(), caller.actor, home.clock())
        return ClosurePreview.of(found)

    @routes.post("", status_code=201, responses={200: {"model": ClosureView}})
    def close_streets(caller: Dispatcher, given: ClosureBody, response: Response) -> ClosureView:
        """Close or slow streets; the next answer obeys.

        Sending the same ``client_id`` again answers 200 and changes nothing.
        """
        with deciding(home, caller, "places") as (work, ground):
            found, new = close_street(work, ground, given.wanted(), caller.actor, home.clock())
            (view,) = _views(home, work, [found])
        if new:
            home.changed()
        else:
            response.status_code = 200
        return view


def _add_changing(routes: APIRouter, home: LiveHome) -> None:
    @routes.patch("/{closure_id}")
    def change_closed_streets(
        caller: Dispatcher, closure_id: PathId, given: ClosureChangeBody
    ) -> ClosureView:
        """Change how long, how slow, who may enter or where; what is left out stays."""
        with deciding(home, caller) as (work, ground):
            found = change_closure(work, ground, closure_id, given.changes(), home.clock())
            (view,) = _views(home, work, [found])
        home.changed()
        return view

    @routes.post("/{closure_id}/confirm")
    def confirm_closed_streets(caller: Dispatcher, closure_id: PathId) -> ClosureView:
        """Let a closure stand that a crew reported."""
        with deciding(home, caller) as (work, ground):
            one = confirm_closure(work, closure_id)
            (view,) = _views(home, work, [closed_streets(ground.streets, one)])
        home.changed()
        return view

    @routes.post("/{closure_id}/lift")
    def lift_closed_streets(caller: Dispatcher, closure_id: PathId) -> ClosureView:
        """Open the streets again."""
        return _opened(home, caller, closure_id, lift=True)

    @routes.post("/{closure_id}/restore")
    def restore_closed_streets(caller: Dispatcher, closure_id: PathId) -> ClosureView:
        """Take the lifting back: the closure stands as it did."""
        return _opened(home, caller, closure_id, lift=False)


def _opened(home: LiveHome, caller: Caller, closure_id: str, *, lift: bool) -> ClosureView:
    with deciding(home, caller) as (work, ground):
        if lift:
            one = lift_closure(work, closure_id, caller.actor, home.clock())
        else:
            one = restore_closure(work, closure_id)
        (view,) = _views(home, work, [closed_streets(ground.streets, one)])
    home.changed()
    return view


def _views(home: LiveHome, work: UnitOfWork, found: Sequence[ClosedStreets]) -> list[ClosureView]:
    waiting = unconfirmed(work, [one.closure for one in found])
    now = home.clock()
    return [ClosureView.of(one, now, confirmed=one.id not in waiting) for one in found]
