"""Outages: until when, by whose word, and what to shut instead of what will not close."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter

from domain.incidents import EtrSource, Outage
from mainbreak.server.api.models.incidents import LifeFilter
from mainbreak.server.api.models.outages import (
    EtrBody,
    OutagePage,
    OutageView,
    RetryBody,
    outage_view,
)
from mainbreak.server.api.turns import Dispatcher, Office, deciding
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, PathId, by_id, cut
from operations.ground import Ground
from operations.isolate_incident import adopt_proposal, retry_valve
from operations.set_etr import set_etr
from operations.showing.closing_order import closing_order
from operations.showing.opening_order import opening_order
from operations.showing.outage_supply import outage_supply
from storage import UnitOfWork


def view_of(work: UnitOfWork, ground: Ground, outage: Outage, now: datetime) -> OutageView:
    """Return an outage with its closing order, who is really out, and its opening order."""
    return outage_view(
        outage_supply(work, ground, outage, now),
        closing_order(ground.network, outage),
        opening_order(work, ground, outage),
    )


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/outages."""
    routes = APIRouter(prefix="/api/outages", tags=["outages"])
    _add_reading(routes, home)
    _add_deciding(routes, home)
    return routes


def _add_reading(routes: APIRouter, home: LiveHome) -> None:
    @routes.get("")
    def list_outages(
        _caller: Office, state: LifeFilter = "active", after: After = None, limit: Limit = USUAL
    ) -> OutagePage:
        """Return outages by id, those that are not over unless all are asked for."""
        with home.reading() as work:
            ground = home.ground(work)
            if state == "active":
                shown, cursor = by_id(work.outages.active(), after, limit)
            else:
                shown, cursor = cut(work.outages.page(after, limit + 1), limit)
            views = [view_of(work, ground, one, home.clock()) for one in shown]
        return OutagePage(items=views, next=cursor)


def _add_deciding(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/{outage_id}/etr")
    def set_outage_etr(caller: Dispatcher, outage_id: PathId, given: EtrBody) -> OutageView:
        """Say when supply is restored, over the plan; null lets the plan speak again."""
        with deciding(home, caller) as (work, ground):
            set_etr(work, outage_id, given.at, EtrSource.DISPATCHER, home.clock())
            view = view_of(work, ground, work.outages.get(outage_id), home.clock())
        home.changed()
        return view

    @routes.post("/{outage_id}/adopt")
    def adopt_outage_proposal(caller: Dispatcher, outage_id: PathId) -> OutageView:
        """Take the isolation without the isolation valves that will not close."""
        with deciding(home, caller) as (work, ground):
            adopt_proposal(work, ground, outage_id, home.clock())
            view = view_of(work, ground, work.outages.get(outage_id), home.clock())
        home.changed()
        return view

    @routes.post("/{outage_id}/retry")
    def retry_isolation_valve(
        caller: Dispatcher, outage_id: PathId, given: RetryBody
    ) -> OutageView:
        """Have an isolation valve tried again that was reported stuck; drops the proposal."""
        with deciding(home, caller) as (work, ground):
            retry_valve(work, ground, outage_id, given.isolation_valve, home.clock())
            view = view_of(work, home.ground(work), work.outages.get(outage_id), home.clock())
        home.changed()
        return view
