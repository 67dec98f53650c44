"""Crews as the board shows them: where they are and what they do."""

from __future__ import annotations

from domain.words import Skill
from mainbreak.server.api.models.base import Spot, Stamp, View
from mainbreak.server.api.models.crew_words import HoldView
from mainbreak.server.api.models.visits import VisitView
from operations.live_crews import CrewState


class ShiftView(View):
    """When a crew is available."""

    start: Stamp
    end: Stamp


class CrewView(View):
    """A crew; ``position`` is where it must be by its phone, its visits and its shift.

    ``stale`` if its last fix is too old to be trusted; ``visit`` is the one it has begun, else the
    next that is planned; ``visits`` counts those that have not ended. ``needs_you`` if it is away
    though it has started work, which no plan takes from it.
    """

    id: str
    name: str
    skills: list[Skill]
    size: int
    vehicle: str
    shift: ShiftView
    position: Spot
    fix_at: Stamp | None
    stale: bool
    state: CrewState
    visit: VisitView | None
    visits: int
    away: HoldView | None
    locked: HoldView | None
    needs_you: bool


class CrewPage(View):
    """Crews by id; ``next`` is the ``after`` of the page behind it."""

    items: list[CrewView]
    next: str | None
