"""The crews as they stand now: where each is, what it does and keeps, when and where it is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.crews import Crew, CrewHold, HoldKind
from domain.places import LonLat
from domain.states import VisitState
from domain.visits import TrackedVisit
from operations.ground import Ground
from operations.replanning.roster import is_in_force
from operations.replanning.running_day import RunningDay
from operations.replanning.timing import Timing
from storage import UnitOfWork


class CrewState(StrEnum):
    """What a crew is doing, in one word."""

    OFF_SHIFT = "off_shift"
    AWAY = "away"
    FREE = "free"
    ACCEPTED = "accepted"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class LiveCrew:
    """A crew as it stands.

    Attributes
    ----------
    position, fix_at, stale
        Where it is; when its phone last said so, None if never; True if that is too long ago, or
        out of its shift, to be trusted. Then the place it works at counts, else where it was seen
        last in this shift, else the start of its shift.
    kept
        The visits that no plan takes away, in order, with the times they are now expected to have.
    held
        Such visits that wait for work nobody has begun; as they were planned last.
    free_at, free_position
        When and where it can set out for something else.
    away, locked
        What a dispatcher said of it and has not ended; None for most. An absence may be to come.
    needs_you
        True if it is away though it has started work, which no plan takes from it.
    """

    crew: Crew
    state: CrewState
    position: LonLat
    fix_at: datetime | None
    stale: bool
    kept: tuple[TrackedVisit, ...]
    held: tuple[TrackedVisit, ...]
    free_at: datetime
    free_position: LonLat
    away: CrewHold | None = None
    locked: CrewHold | None = None
    needs_you: bool = False

    @property
    def visit(self) -> TrackedVisit | None:
        """The visit it is at or under way to, else the one it accepted to do next."""
        return next((one for one in (*self.kept, *self.held) if one.has_started), None)


def live_crews(work: UnitOfWork, ground: Ground, now: datetime) -> tuple[LiveCrew, ...]:
    """Return every crew on the list as it stands now, in the list's order."""
    day = RunningDay.read(work, ground, now)
    wanted = {one.work_order: day.orders[one.work_order] for one in day.kept.visits}
    timing = day.timing(wanted)
    chains = timing.time(day.kept.chains)
    return tuple(stand(day, crew, chains.get(crew.id, ()), timing) for crew in day.crews)


def stand(day: RunningDay, crew: Crew, chain: Sequence[TrackedVisit], timing: Timing) -> LiveCrew:
    """Return the crew with its chain of kept visits, which is timed already."""
    here = day.whereabouts[crew.id]
    held = tuple(one for one in day.kept.held if one.crew == crew.id)
    away = day.roster.hold(crew.id, HoldKind.AWAY)
    gone = away is not None and is_in_force(away, day.now)
    return LiveCrew(
        crew=crew,
        state=_state(crew, (*chain, *held), day.now, gone=gone),
        position=here.position,
        fix_at=here.fix_at,
        stale=here.fix_at is not None and not here.fresh,
        kept=tuple(chain),
        held=held,
        free_at=timing.free_at(crew, chain),
        free_position=day.orders[chain[-1].work_order].location if chain else here.position,
        away=away,
        locked=day.roster.hold(crew.id, HoldKind.LOCKED),
        needs_you=gone and any(one.has_started for one in (*chain, *held)),
    )


def _state(crew: Crew, kept: Sequence[TrackedVisit], now: datetime, *, gone: bool) -> CrewState:
    """Return what it does first of what it has begun; away or off shift if it does nothing."""
    begun = next((one.state for one in kept if one.has_started), None)
    if begun is not None and begun is not VisitState.ACCEPTED:
        return CrewState(begun.value)
    if gone:
        return CrewState.AWAY
    if not crew.shift.start <= now < crew.shift.end:
        return CrewState.OFF_SHIFT
    return CrewState.FREE if begun is None else CrewState.ACCEPTED
