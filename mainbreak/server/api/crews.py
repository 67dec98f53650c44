"""Crews: where they are and what they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter

from domain.visits import TrackedVisit
from mainbreak.server.access import Caller
from mainbreak.server.api.etas import etas_of
from mainbreak.server.api.models.base import Spot
from mainbreak.server.api.models.crew_words import AwayBody, HoldView, LockBody
from mainbreak.server.api.models.crews import CrewPage, CrewView, ShiftView
from mainbreak.server.api.models.visits import Etas, visit_view
from mainbreak.server.api.turns import Control, Dispatcher, deciding
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, PathId, by_id
from operations.crew_away import crew_away
from operations.crew_back import crew_back
from operations.live_crews import LiveCrew, live_crews
from operations.lock_crew import lock_crew
from operations.replanning.listed_crew import listed_crew
from operations.unlock_crew import unlock_crew
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Row:
    """A crew under its own id."""

    id: str
    live: LiveCrew


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/crews."""
    routes = APIRouter(prefix="/api/crews", tags=["crews"])

    _add_list(routes, home)
    _add_locks(routes, home)
    _add_absences(routes, home)
    return routes


def _add_list(routes: APIRouter, home: LiveHome) -> None:
    @routes.get("")
    def list_crews(_caller: Control, after: After = None, limit: Limit = USUAL) -> CrewPage:
        """Return crews by id, each where it is as far as is known, and with what it does."""
        with home.reading() as work:
            found = live_crews(work, home.ground(work), home.clock())
            visits, etas = work.visits.active(), etas_of(home, work)
        shown, cursor = by_id([_Row(one.crew.id, one) for one in found], after, limit)
        now = home.clock()
        return CrewPage(items=[_view(row.live, visits, etas, now) for row in shown], next=cursor)


def _add_locks(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/{crew_id}/lock")
    def lock_day(caller: Dispatcher, crew_id: PathId, given: LockBody) -> CrewView:
        """Let a crew's day stand: plans add nothing to it and take nothing from it."""

        def act(work: UnitOfWork) -> None:
            lock_crew(work, crew_id, given.until, given.reason, caller.actor, home.clock())

        return _said(home, caller, crew_id, act)

    @routes.post("/{crew_id}/unlock")
    def unlock_day(caller: Dispatcher, crew_id: PathId) -> CrewView:
        """Let plans change a crew's day again."""
        return _said(home, caller, crew_id, lambda work: unlock_crew(work, crew_id))


def _add_absences(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/{crew_id}/away")
    def say_away(caller: Dispatcher, crew_id: PathId, given: AwayBody) -> CrewView:
        """Say that a crew is not there; what it has not started goes to others."""
        times = given.since, given.until

        def act(work: UnitOfWork) -> None:
            crew_away(work, crew_id, times, given.reason, caller.actor, home.clock())

        return _said(home, caller, crew_id, act)

    @routes.post("/{crew_id}/back")
    def say_back(caller: Dispatcher, crew_id: PathId) -> CrewView:
        """Say that a crew is there again, or will not be away after all."""
        return _said(home, caller, crew_id, lambda work: crew_back(work, crew_id))


def _said(
    home: LiveHome, caller: Caller, crew: str, act: Callable[[UnitOfWork], object]
) -> CrewView:
    """Do what a dispatcher says of a crew and return the crew."""
    now = home.clock()
    with deciding(home, caller) as (work, ground):
        listed_crew(work, crew)
        act(work)
        found = next(one for one in live_crews(work, ground, now) if one.crew.id == crew)
        view = _view(found, work.visits.active(), etas_of(home, work), now)
    home.changed()
    return view


def _view(live: LiveCrew, visits: Sequence[TrackedVisit], etas: Etas, now: datetime) -> CrewView:
    crew, visit = live.crew, live.visit or _next(live, visits)
    return CrewView(
        id=crew.id,
        name=crew.name or crew.id,
        skills=sorted(crew.skills),
        size=crew.size,
        vehicle=crew.vehicle,
        shift=ShiftView(start=crew.shift.start, end=crew.shift.end),
        position=Spot.of(live.position),
        fix_at=live.fix_at,
        stale=live.stale,
        state=live.state,
        visit=visit_view(visit, etas) if visit else None,
        visits=sum(one.crew == crew.id for one in visits),
        away=HoldView.of(live.away, now),
        locked=HoldView.of(live.locked, now),
        needs_you=live.needs_you,
    )


def _next(live: LiveCrew, visits: Sequence[TrackedVisit]) -> TrackedVisit | None:
    """Return what the crew is to do next, None if nothing is planned for it."""
    own = (one for one in visits if one.crew == live.crew.id)
    return min(own, key=lambda one: (one.planned.start, one.id), default=None)
