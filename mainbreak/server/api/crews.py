"""Crews: where they are and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from domain.visits import TrackedVisit
from mainbreak.server.api.etas import etas_of
from mainbreak.server.api.models.base import Spot
from mainbreak.server.api.models.crews import CrewPage, CrewView, ShiftView
from mainbreak.server.api.models.visits import Etas, visit_view
from mainbreak.server.api.turns import Control
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, by_id
from operations.live_crews import LiveCrew, live_crews


@dataclass(frozen=True, slots=True)
class _Row:
    """A crew under its own id."""

    id: str
    live: LiveCrew


def router(home: LiveHome) -> APIRouter:
    """Return the route of /api/crews."""
    routes = APIRouter(prefix="/api/crews", tags=["crews"])

    @routes.get("")
    def list_crews(_caller: Control, after: After = None, limit: Limit = USUAL) -> CrewPage:
        """Return crews by id, each where it is as far as is known, and with what it does."""
        with home.reading() as work:
            found = live_crews(work, home.ground(work), home.clock())
            visits, etas = work.visits.active(), etas_of(home, work)
        shown, cursor = by_id([_Row(one.crew.id, one) for one in found], after, limit)
        return CrewPage(items=[_view(row.live, visits, etas) for row in shown], next=cursor)

    return routes


def _view(live: LiveCrew, visits: Sequence[TrackedVisit], etas: Etas) -> CrewView:
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
    )


def _next(live: LiveCrew, visits: Sequence[TrackedVisit]) -> TrackedVisit | None:
    """Return what the crew is to do next, None if nothing is planned for it."""
    own = (one for one in visits if one.crew == live.crew.id)
    return min(own, key=lambda one: (one.planned.start, one.id), default=None)
